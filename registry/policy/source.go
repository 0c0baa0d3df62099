package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Source says where a rule comes from, as a person cites it: "第五条（一）", "实施细则", "本中心设定：同时服务上限". Only the
// policy's own words are cited as an article.
type Source string

// The sources beside the articles.
const (
	CentreSetting  Source = "本中心设定"
	Implementation Source = "实施细则" // announced by Art. 22
	JointNotice    Source = "联合通知" // of the centre and the bureau
)

// Articles is how many articles the policy has.
const Articles = 22

var numerals = [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// Article cites an article of the policy, 1 to 22; parts are its numbered items (1 = （一）). A number that does not exist is a
// bug and panics.
func Article(n int, parts ...int) Source {
	if n < 1 || n > Articles {
		panic(fmt.Sprintf("the policy has no article %d", n))
	}
	cited := "第" + numeral(n) + "条"
	for _, p := range parts {
		if p < 1 || p > Articles {
			panic(fmt.Sprintf("article %d has no item %d", n, p))
		}
		cited += "（" + numeral(p) + "）"
	}
	return Source(cited)
}

func numeral(n int) string {
	tens, ones := n/10, n%10
	switch tens {
	case 0:
		return numerals[ones]
	case 1:
		return "十" + numerals[ones]
	}
	return numerals[tens] + "十" + numerals[ones]
}

// About names what a source other than an article says something about: 本中心设定：同时服务上限. An article says it itself.
func (s Source) About(what string) Source {
	if _, article := s.Article(); article || what == "" {
		return s
	}
	return s.base() + "：" + Source(what)
}

// base is the source without what it is about.
func (s Source) base() Source {
	base, _, _ := strings.Cut(string(s), "：")
	return Source(base)
}

var citation = regexp.MustCompile(`^(第[一二三四五六七八九十]+条)((?:（[一二三四五六七八九十]+）)*)$`)

// Article is the number of the article that the source cites; ok is false for the other sources.
func (s Source) Article() (n int, ok bool) {
	found := citation.FindStringSubmatch(string(s))
	if found == nil {
		return 0, false
	}
	for n := 1; n <= Articles; n++ {
		if string(Article(n)) == found[1] {
			return n, true
		}
	}
	return 0, false
}

// ParseSource reads a source as it stands in files; what is no source is a *Refusal.
func ParseSource(text string) (Source, error) {
	s := Source(strings.TrimSpace(text))
	if _, article := s.Article(); article || slices.Contains([]Source{CentreSetting, Implementation, JointNotice}, s.base()) {
		return s, nil
	}
	return "", refuse("source", "", "“%s”不是依据，请写条款（如 %s）、%s、%s 或 %s", shorten(text), Article(11), Implementation, JointNotice, CentreSetting)
}
