package registry

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

// Industry is a division (大类) of GB/T 4754-2017, or a section (门类) where no more is known.
type Industry struct {
	Code    string // "01" to "97"; the section's letter for a section
	Name    string // as in the standard; this is what a record holds
	Section string // the letter, A to T
}

//go:embed industries.txt
var industriesText string

type industryTable struct {
	divisions []Industry
	byWord    map[string]Industry // folded names, codes and other wordings
}

var industries = sync.OnceValue(func() *industryTable {
	t := &industryTable{byWord: map[string]Industry{}}
	var sections []Industry
	for _, row := range rows(industriesText) {
		in := Industry{Code: row[0], Name: column(row, 1)}
		if len(in.Code) == 1 {
			in.Section = in.Code
			sections = append(sections, in)
			continue
		}
		in.Section = sections[len(sections)-1].Code
		t.divisions = append(t.divisions, in)
		for _, w := range append(items(column(row, 2)), in.Name, in.Code, in.Section+in.Code) {
			t.byWord[fold(w)] = in
		}
	}
	for _, s := range sections { // 教育, 房地产业 and 国际组织 name a division too, which says more
		for _, w := range []string{s.Name, s.Code} {
			if _, taken := t.byWord[fold(w)]; !taken {
				t.byWord[fold(w)] = s
			}
		}
	}
	return t
})

// Industries are the 97 divisions in the order of their codes.
func Industries() []Industry { return append([]Industry(nil), industries().divisions...) }

var industryCode = regexp.MustCompile(`^\(?(?:([A-T]?\d{2})\d{0,2}|([A-T]))\)?[.\-:,]*`)

// ParseIndustry finds a division or section by its name, its code (06, B06, also a longer class code such as C3391), a
// common other wording (焦化, 建材) or code and name together. ok is false when it is none of them or none is given.
func ParseIndustry(text string) (in Industry, ok bool) {
	t := strings.ToUpper(fold(text))
	t = strings.TrimSuffix(strings.TrimSuffix(t, "大类"), "门类")
	if in, ok = industries().byWord[t]; ok {
		return in, true
	}
	if in, ok = industries().byWord[strings.TrimSuffix(t, "行业")]; ok {
		return in, true
	}
	if found := industryCode.FindStringSubmatch(t); found != nil {
		if rest := t[len(found[0]):]; rest != "" {
			return ParseIndustry(rest)
		}
		in, ok = industries().byWord[found[1]+found[2]]
		return in, ok
	}
	return Industry{}, false
}

// checkIndustry wants the name of a division or section, or nothing.
func checkIndustry(field, text string) error {
	if text == "" {
		return nil
	}
	in, ok := ParseIndustry(text)
	if !ok {
		return invalid(field, "“%s”不是《国民经济行业分类》（GB/T 4754—2017）的大类，请填大类名称或代码，如 %s", Shorten(text, 20), nearestIndustries(text))
	}
	if in.Name != text {
		return invalid(field, "行业“%s”请写成标准名称“%s”", Shorten(text, 20), in.Name)
	}
	return nil
}

// nearestIndustries names up to three divisions that share most characters with text.
func nearestIndustries(text string) string {
	best := topBy(industries().divisions, 3, func(in Industry) int { return sharedRunes(in.Name, text) })
	if len(best) == 0 {
		return "33 金属制品业"
	}
	var names []string
	for _, in := range best {
		names = append(names, in.Code+" "+in.Name)
	}
	return strings.Join(names, "、")
}
