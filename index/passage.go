package index

import "tepai/registry"

// Passage is one text of a record as ranking reads it. Offsets in explanations count bytes of its Text.
type Passage struct {
	Field  string  // the field's name in files: "keywords", "expertise", "evidence" …
	Item   int     // which one of a list, from 0
	Unit   int     // the unit of the postings that it belongs to: 0 = the profile, i+1 = evidence item i
	Text   string  // as the reader knows it
	Weight float64 // what one occurrence of a term counts for
}

// What an occurrence counts for, by field: names of the own field say more than running text (the weights of the judged
// collection's baselines, kept).
const (
	keywordWeight     = 2.0
	fieldWeight       = 1.5
	expertiseWeight   = 1.0
	achievementWeight = 0.7
	wishWeight        = 0.5
	evidenceTitle     = 1.5
	evidenceText      = 1.0
	needTitle         = 2.0
	needText          = 1.0
)

// SpecialistPassages lists the texts of a specialist, the profile first, empty ones left out.
func SpecialistPassages(v registry.Specialist) []Passage {
	var p passages
	p.list("keywords", 0, keywordWeight, v.Keywords)
	p.list("fields", 0, fieldWeight, v.Fields)
	p.add("expertise", 0, 0, expertiseWeight, v.Expertise)
	p.add("achievements", 0, 0, achievementWeight, v.Achievements)
	p.add("service_wish", 0, 0, wishWeight, v.ServiceWish)
	for i, e := range v.Evidence {
		p.add("evidence.title", i, i+1, evidenceTitle, e.Title)
		p.add("evidence.text", i, i+1, evidenceText, e.Text)
	}
	return p
}

// NeedPassages lists the texts of a need that say what is wanted.
func NeedPassages(v registry.Need) []Passage {
	var p passages
	p.add("title", 0, 0, needTitle, v.Title)
	p.add("description", 0, 0, needText, v.Description)
	p.add("wanted", 0, 0, needText, v.Wanted)
	p.add("field_hint", 0, 0, needText, v.FieldHint)
	p.add("enterprise_type", 0, 0, needText, v.EnterpriseType)
	return p
}

type passages []Passage

func (p *passages) add(field string, item, unit int, weight float64, text string) {
	if text != "" {
		*p = append(*p, Passage{field, item, unit, text, weight})
	}
}

func (p *passages) list(field string, unit int, weight float64, texts []string) {
	for i, text := range texts {
		p.add(field, i, unit, weight, text)
	}
}
