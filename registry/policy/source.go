package policy

import "fmt"

// Source says where a rule comes from, as a person cites it: "第五条", "本中心设定". Only the policy's own words are
// cited as an article.
type Source string

// The sources beside the articles.
const (
	CentreSetting  Source = "本中心设定"
	Implementation Source = "实施细则"
	JointNotice    Source = "联合通知"
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
