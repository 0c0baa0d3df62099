package matcher

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tepai/registry"
	"tepai/segment/knowledge"
)

// Diagnosis (需求研判) is what a need's trouble is called, as proposed by the knowledge base and by past needs, or as
// confirmed in the record. Nothing of it is stored: confirming is an act of the registry.
type Diagnosis struct {
	Field  string        `json:"field"`
	Causes string        `json:"causes"`
	Terms  []string      `json:"terms"`
	Source string        `json:"source"` // 知识库、相似需求 N017, or the source of the confirmed diagnosis; empty = nothing known
	Fired  []FiredSource `json:"fired"`
	Lent   []Lent        `json:"lent,omitempty"` // past needs that lend their confirmed diagnoses, the most alike first
}

// FiredSource is a line of the knowledge base and one place of the text on which it fired.
type FiredSource struct {
	Source
	Spot
}

// Lent is what a past need in like words adds to a proposed diagnosis: inference, though there it was confirmed.
type Lent struct {
	Need     string   `json:"need"`
	Likeness Points   `json:"likeness"` // 1 = the very same words
	Terms    []string `json:"terms"`    // those of its causes and terms that stand in this diagnosis
}

// Diagnose proposes a diagnosis for a need of the records; a confirmed one is given as it stands.
func (e *Engine) Diagnose(ctx context.Context, needID string) (Diagnosis, error) {
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return Diagnosis{}, fmt.Errorf("diagnose need %s: %w", needID, err)
	}
	p, err := e.past(ctx, need, wanted{diagnosed: mostLenders}, nil)
	if err != nil {
		return Diagnosis{}, fmt.Errorf("diagnose need %s: %w", needID, err)
	}
	return diagnoseNeed(e.base(), need, p), nil
}

// DiagnoseText proposes a diagnosis for a free text by the knowledge base alone.
func DiagnoseText(base *knowledge.Base, text string) Diagnosis {
	return diagnoseNeed(base, registry.Need{Description: text}, past{})
}

func diagnoseNeed(base *knowledge.Base, need registry.Need, p past) Diagnosis {
	q := &query{need: need, past: p}
	if base != nil {
		q.infer(base, 0)
	}
	return q.diagnosed()
}

// diagnosed shows what the query uses: the confirmed diagnosis before the inferred one.
func (q *query) diagnosed() Diagnosis {
	d := Diagnosis{Terms: []string{}, Fired: q.fired()}
	if c := q.need.Diagnosis; q.need.Diagnosed() {
		d.Field, d.Causes, d.Source = c.Field, c.Causes, c.Source
		d.Terms = append(d.Terms, c.Terms...)
		return d
	}
	if d.Source = sources(q.diagnosis.Fired); d.Source == "" {
		return d
	}
	if len(q.diagnosis.Fields) > 0 {
		d.Field = q.diagnosis.Fields[0].Name
	}
	d.Causes = strings.Join(each(q.diagnosis.Causes, concept), "、")
	d.Terms = append(d.Terms, each(q.diagnosis.Terms, concept)...)
	d.Lent = q.lent()
	return d
}

func concept(f knowledge.Finding) string { return f.Concept }

// fired lists the lines of the knowledge base by the places on which they fired.
func (q *query) fired() []FiredSource {
	list := []FiredSource{}
	for _, f := range q.diagnosis.Fired {
		for _, s := range f.Spans {
			list = append(list, FiredSource{sourceOf(f), q.spot(s.Passage, s.Start, s.End)})
		}
	}
	return list
}

// lent lists what each past need adds.
func (q *query) lent() (list []Lent) {
	for i, f := range q.diagnosis.Fired {
		if f.Kind != knowledge.Likeness {
			continue
		}
		l := Lent{Need: f.Need, Likeness: Points(f.Sure), Terms: []string{}}
		for _, found := range slices.Concat(q.diagnosis.Causes, q.diagnosis.Terms) {
			if slices.Contains(found.Firings, i) {
				l.Terms = append(l.Terms, found.Concept)
			}
		}
		list = append(list, l)
	}
	return list
}

// sources says who proposes: 知识库, 相似需求 N017, or both; nobody where nothing fired.
func sources(fired []knowledge.Firing) string {
	var who, needs []string
	for _, f := range fired {
		switch {
		case f.Kind == knowledge.Likeness:
			needs = append(needs, f.Need)
		case len(who) == 0:
			who = append(who, "知识库")
		}
	}
	if len(needs) > 0 {
		who = append(who, "相似需求 "+strings.Join(needs, "、"))
	}
	return strings.Join(who, "、")
}
