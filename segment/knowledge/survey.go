package knowledge

import (
	"io/fs"
	"slices"
	"strings"
)

// Check reads the files as Load does and lists all that an author has to mend: faulty lines, and rules that do not
// fire on their own example. What is right beside faulty lines is checked, too, and counted in the stats. The error is
// that of reading fsys.
func Check(fsys fs.FS, o Options) (Stats, Problems, error) {
	b, problems, err := load(fsys, o)
	if err != nil {
		return Stats{}, nil, err
	}
	return b.Stats(), append(problems, b.CheckExamples()...).sorted(), nil
}

// Share is what one file, or one technical field, has of a base.
type Share struct {
	Name                                         string // of the file, or of the field
	Concepts, Objects, Symptoms, Rules, Wordings int
}

// ByFile counts what every file holds, in order of the files' names. Files without an entry are left out.
func (b *Base) ByFile() []Share {
	var out []Share
	at := map[string]int{}
	for _, e := range b.entries {
		shareOf(&out, at, e.File).entry(&e)
	}
	for _, r := range b.rules {
		shareOf(&out, at, r.File).Rules++
	}
	slices.SortFunc(out, func(x, y Share) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// ByField counts what is filed under every technical field, in order of first use. An entry or a rule with two fields
// counts in both, one without in none; symptoms have no fields.
func (b *Base) ByField() []Share {
	out := make([]Share, len(b.fields))
	for i, name := range b.fields {
		out[i].Name = name
	}
	for _, e := range b.entries {
		for _, f := range e.fields {
			out[f].entry(&e)
		}
	}
	for _, r := range b.rules {
		for _, f := range r.fields {
			out[f].Rules++
		}
	}
	return out
}

func shareOf(list *[]Share, at map[string]int, name string) *Share {
	i, ok := at[name]
	if !ok {
		i = len(*list)
		at[name], *list = i, append(*list, Share{Name: name})
	}
	return &(*list)[i]
}

func (s *Share) entry(e *entry) {
	*[kinds]*int{&s.Concepts, &s.Objects, &s.Symptoms}[e.kind]++
	s.Wordings += len(e.wordings)
}

// Conclusions are what a rule says when it fires.
type Conclusions struct {
	Place
	Condition     string     // as in the files: 铸件 + 渗漏
	Causes, Terms []Weighted // in the order of writing
	Fields        []string
	Example       string
}

// RuleAt gives the rule that stands on a line.
func (b *Base) RuleAt(at Place) (Conclusions, bool) {
	i := slices.IndexFunc(b.rules, func(r rule) bool { return r.Place == at })
	if i < 0 {
		return Conclusions{}, false
	}
	r := &b.rules[i]
	out := Conclusions{Place: at, Condition: r.cond, Example: r.example, Causes: b.weights(r.causes), Terms: b.weights(r.terms)}
	for _, f := range r.fields {
		out.Fields = append(out.Fields, b.fields[f])
	}
	return out, true
}

func (b *Base) weights(list []weighted) (out []Weighted) {
	for _, w := range list {
		out = append(out, Weighted{b.entries[w.concept].name, w.weight})
	}
	return out
}
