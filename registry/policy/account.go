package policy

import (
	"slices"
	"strings"
)

// Rule is a rule that the software holds acts to, as the account of the policy shows it: an act of the transition table, a
// condition of an act, a rule on plain data.
type Rule struct {
	Name    string   `json:"name"`              // as a person reads it: 提交申请
	Kind    string   `json:"kind,omitempty"`    // on what: 申请
	Says    string   `json:"says"`              // one sentence or a few words
	Who     string   `json:"who,omitempty"`     // who may
	Sources []Source `json:"sources"`           // where it comes from
	Article int      `json:"article,omitempty"` // under which article it stands; 0 = those that Sources cite
	Tests   []string `json:"tests,omitempty"`   // the tests that hold it, by name
}

// articles are those under which a rule stands: its own, or those that its sources cite, or that of the setting that they name.
func (r Rule) articles() (list []int) {
	if r.Article > 0 {
		return []int{r.Article}
	}
	for _, s := range r.Sources {
		n, ok := s.Article()
		if _, about, named := strings.Cut(string(s), "："); !ok && named {
			n, ok = settingOf(about)
		}
		if ok && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

func settingOf(name string) (article int, ok bool) {
	for _, r := range rows() {
		if r.Name == name {
			return r.Article, true
		}
	}
	return 0, false
}

// Part is one article of the account, or (Article 0, at the end) what serves all of them.
type Part struct {
	Article  int      `json:"article,omitempty"`
	Source   Source   `json:"source,omitempty"`
	Chapter  string   `json:"chapter,omitempty"`
	Title    string   `json:"title"`
	Quote    string   `json:"quote,omitempty"`
	Becomes  string   `json:"becomes,omitempty"`
	Settings []Stated `json:"settings"`
	Rules    []Rule   `json:"rules"`
}

// Stated is a setting with its value in an edition.
type Stated struct {
	Key     string `json:"key"`
	Name    string `json:"name"`
	Means   string `json:"means"`
	Kind    string `json:"kind"`
	Unit    string `json:"unit,omitempty"`
	Value   string `json:"value"` // in its text form
	Shown   string `json:"shown"` // as a person reads it
	Default string `json:"default"`
	Allowed string `json:"allowed"`
	Source  Source `json:"source"`
	Changed bool   `json:"changed,omitempty"` // the edition states it itself
	UsedIn  string `json:"used_in"`
}

// Account lays out the policy in the order of its articles: what each becomes, the settings that serve it with their values in an
// edition, and the rules that stand under it. Every setting stands in it once, every rule at least once.
func Account(e Edition, rules []Rule) []Part {
	parts := make([]Part, 0, Articles+1)
	for _, p := range provisions {
		parts = append(parts, Part{Article: p.Number, Source: p.Source(), Chapter: p.Chapter, Title: p.Title, Quote: p.Quote, Becomes: p.Becomes})
	}
	parts = append(parts, Part{Title: "各条通用", Becomes: "日期、代录、工作日等对各项办理都适用的设定和规则。"})
	for i := range parts {
		parts[i].Settings, parts[i].Rules = e.Settings.statedFor(parts[i].Article), rulesFor(rules, parts[i].Article)
	}
	return parts
}

func (s Settings) statedFor(article int) []Stated {
	list := []Stated{}
	for _, x := range All() {
		if x.Article != article {
			continue
		}
		text := s.Text(x.Key)
		list = append(list, Stated{Key: x.Key.String(), Name: x.Name, Means: x.Means, Kind: x.Kind().String(), Unit: x.Unit, Value: text, Shown: x.Shown(text),
			Default: x.Default, Allowed: x.Allowed(), Source: s.get(x.Key).source, Changed: s.Changed(x.Key), UsedIn: x.UsedIn})
	}
	return list
}

func rulesFor(rules []Rule, article int) []Rule {
	list := []Rule{}
	for _, r := range rules {
		if at := r.articles(); slices.Contains(at, article) || article == 0 && len(at) == 0 {
			list = append(list, r)
		}
	}
	return list
}
