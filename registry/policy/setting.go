package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Setting is one parameter of the policy. The default stands for every edition that says nothing else, so once released it is never
// changed: that would rewrite what editions in force mean (TestDefaultsNeverChange).
type Setting struct {
	Key         Key
	Name        string   // as a person reads it
	Means       string   // one sentence
	Article     int      // the article that it serves; 0 = all of them
	UsedIn      string   // the acts that ask for it
	Unit        string   // 个月, 次, 天, 元
	Default     string   // in the text form of its kind
	Least, Most int      // of a number, of an amount in yuan, of the items of a list
	Choices     []string // of a choice, of the items of a list, of those who have a weight
	Source      Source   // who fixed the default: an article only where the policy's own words do
}

// Kind is what values the setting takes.
func (s Setting) Kind() Kind { return s.Key.Kind() }

// Allowed says which values it takes, for a person.
func (s Setting) Allowed() string {
	switch s.Kind() {
	case Number, Months, Days, Workdays:
		return fmt.Sprintf("%d–%d", s.Least, s.Most)
	case Yearly:
		return fmt.Sprintf("每年 %d–%d", s.Least, s.Most)
	case YesNo:
		return "是、否"
	case Choice:
		return strings.Join(s.Choices, "；")
	case List:
		if len(s.Choices) > 0 {
			return "任选：" + strings.Join(s.Choices, "、")
		}
		if s.Least == s.Most {
			return fmt.Sprintf("%d 项", s.Most)
		}
		return fmt.Sprintf("%d–%d 项", s.Least, s.Most)
	case Dates:
		return fmt.Sprintf("至多 %d 天", s.Most)
	case Weights:
		return "合计 100"
	}
	return "每个行业一行"
}

// Shown is a value in its text form with its unit, as a person reads it.
func (s Setting) Shown(text string) string {
	switch {
	case text == "" && s.Kind() == Yearly:
		return "尚未录入"
	case text == "":
		return "无"
	case s.Kind() == Sizes:
		return "见《划型标准》"
	case s.Kind() == Yearly:
		return strings.ReplaceAll(strings.ReplaceAll(text, ":", " 年 "), "、", " 元、") + " 元"
	case s.Kind() == Weights:
		return strings.ReplaceAll(strings.ReplaceAll(text, ":", " "), "、", "%、") + "%"
	case s.Unit != "":
		return text + " " + s.Unit
	}
	return text
}

// All lists every setting, in the order of the articles.
func All() []Setting {
	all := slices.Concat(poolSettings, dispatchSettings, assessmentSettings, generalSettings)
	all[slices.IndexFunc(all, func(s Setting) bool { return s.Key == SizeStandards })].Default = sizesText()
	return all
}

// row is a setting with the value of its default.
type row struct {
	Setting
	value any
}

var rows = sync.OnceValue(func() map[string]row {
	table := map[string]row{}
	for _, s := range All() {
		value, text, err := s.parse(s.Default)
		if err != nil || text != s.Default || s.Key.String() == "" {
			panic(fmt.Sprintf("policy: the default of %s is %q: %v", s.Key, s.Default, err))
		}
		table[s.Key.String()] = row{s, value}
	}
	return table
})

// Lookup finds a setting by its key.
func Lookup(k Key) (Setting, bool) {
	r, ok := rows()[k.String()]
	return r.Setting, ok && r.Key == k
}

// Named finds a setting by the name of its key in files.
func Named(key string) (Setting, bool) {
	r, ok := rows()[key]
	return r.Setting, ok
}

// mustLookup is for keys of this package; another one is a bug and panics.
func mustLookup(k Key) row {
	r, ok := rows()[k.String()]
	if !ok || r.Key != k {
		panic("policy: no setting " + k.String())
	}
	return r
}

// Check says in a Chinese sentence what is wrong with a value; empty when it may be used.
func (s Setting) Check(text string) string {
	if _, _, err := s.parse(text); err != nil {
		return err.Error()
	}
	return ""
}
