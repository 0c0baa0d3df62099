package knowledge

import (
	"strings"
	"unicode/utf8"
)

// Case is a need in an enterprise's own words, with what somebody who knows the trade, but not the base, expects of its
// diagnosis.
type Case struct {
	ID       string   `json:"id"`
	Industry string   `json:"industry"` // given to the base as context
	Text     string   `json:"text"`
	Fields   []string `json:"fields"` // right technical fields, the best first
	Terms    []string `json:"terms"`  // right terms; spellings of one term are parted by /
	Wrong    []string `json:"wrong"`  // terms or fields to which a careless reading would jump
}

// Verdicts tell, by case and inferred concept, whether somebody who read the diagnosis called it right. A concept is right
// when a specialist for it could help with the need, or would be asked for advice.
type Verdicts map[string]map[string]bool

// Study counts over cases how general a base is: on needs that its authors have not seen.
type Study struct {
	Cases   int `json:"cases"`
	Ruled   int `json:"ruled"`           // some rule fires
	Field   int `json:"field_in_three"`  // a right field is among the first three
	Terms   int `json:"three_terms"`     // at least three right terms are inferred
	Trapped int `json:"trapped"`         // a careless reading is among the causes, the terms or is the first field
	Judged  int `json:"judged"`          // all inferred concepts have a verdict
	Wrong   int `json:"wrong"`           // of Judged: at least one inferred concept is wrong
	Shown   int `json:"concepts"`        // inferred concepts of the judged cases
	Faults  int `json:"wrong_concepts"`  // of Shown: wrong ones
	Unread  int `json:"without_verdict"` // inferred concepts that nobody has judged
}

// CaseResult is what a base makes of one case.
type CaseResult struct {
	ID         string   `json:"id"`
	FieldRight bool     `json:"field_right"`
	Fields     []string `json:"fields"` // the first three
	Met        []string `json:"met"`    // right terms that were inferred, as the case writes them
	Trap       []string `json:"trap"`   // careless readings that were inferred
	Concepts   []string `json:"concepts"`
	Wrong      []string `json:"wrong"`
	Unread     []string `json:"without_verdict"`
	Ruled      bool     `json:"ruled"`
}

// Study diagnoses every case.
func (b *Base) Study(cases []Case, verdicts Verdicts) (Study, []CaseResult) {
	var s Study
	results := make([]CaseResult, 0, len(cases))
	for _, c := range cases {
		r := b.caseResult(&c, verdicts[c.ID])
		s.add(&r)
		results = append(results, r)
	}
	return s, results
}

func (s *Study) add(r *CaseResult) {
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	s.Cases++
	count(&s.Ruled, r.Ruled)
	count(&s.Field, r.FieldRight)
	count(&s.Terms, len(r.Met) >= 3)
	count(&s.Trapped, len(r.Trap) > 0)
	s.Unread += len(r.Unread)
	if len(r.Unread) == 0 {
		s.Judged++
		count(&s.Wrong, len(r.Wrong) > 0)
		s.Shown += len(r.Concepts)
		s.Faults += len(r.Wrong)
	}
}

func (b *Base) caseResult(c *Case, verdicts map[string]bool) CaseResult {
	d := b.Diagnose(Passage{Name: "description", Text: c.Text}, Passage{Name: "industry", Text: c.Industry, Context: true})
	r := CaseResult{ID: c.ID}
	for _, f := range d.Fields[:min(3, len(d.Fields))] {
		r.Fields = append(r.Fields, f.Name)
		for _, want := range c.Fields {
			r.FieldRight = r.FieldRight || f.Name == want
		}
	}
	for _, f := range d.Fired {
		r.Ruled = r.Ruled || f.Kind == Rule
	}
	found := append(append([]Finding(nil), d.Causes...), d.Terms...)
	for _, f := range found {
		r.Concepts = append(r.Concepts, f.Concept)
		switch right, read := verdicts[f.Concept]; {
		case !read:
			r.Unread = append(r.Unread, f.Concept)
		case !right:
			r.Wrong = append(r.Wrong, f.Concept)
		}
	}
	r.Met = amongst(found, c.Terms)
	r.Trap = amongst(found, c.Wrong)
	for _, name := range c.Wrong {
		if len(r.Fields) > 0 && r.Fields[0] == name {
			r.Trap = append(r.Trap, name)
		}
	}
	return r
}

// amongst lists the terms that stand among the findings in one of their spellings.
func amongst(found []Finding, terms []string) (met []string) {
	var fold folder
	for _, term := range terms {
		if fold.finds(found, term) {
			met = append(met, term)
		}
	}
	return met
}

func (f *folder) finds(found []Finding, term string) bool {
	for spelling := range strings.SplitSeq(term, "/") {
		spelling = f.fold(strings.TrimSpace(spelling))
		for _, one := range found {
			for _, surface := range one.Surfaces {
				if sameTerm(f.fold(surface), spelling) {
					return true
				}
			}
		}
	}
	return false
}

// sameTerm tells whether two folded terms mean the same thing for a study: they are equal, or one of at least three characters
// stands in the other (凝固模拟 in 铸造凝固模拟).
func sameTerm(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || utf8.RuneCountInString(a) >= 3 && strings.Contains(b, a)
}
