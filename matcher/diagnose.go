package matcher

import (
	"context"
	"fmt"
	"strings"

	"tepai/registry"
	"tepai/segment/knowledge"
)

// Diagnosis (需求研判) is what a need's trouble is called, as proposed by the knowledge base or as confirmed in the record.
// Nothing of it is stored: confirming is an act of the registry.
type Diagnosis struct {
	Field  string        `json:"field"`
	Causes string        `json:"causes"`
	Terms  []string      `json:"terms"`
	Source string        `json:"source"` // 知识库, or the source of the confirmed diagnosis; empty = nothing known
	Fired  []FiredSource `json:"fired"`
}

// FiredSource is a line of the knowledge base and one place of the text on which it fired.
type FiredSource struct {
	Source
	Spot
}

// Diagnose proposes a diagnosis for a need of the records; a confirmed one is given as it stands.
func (e *Engine) Diagnose(ctx context.Context, needID string) (Diagnosis, error) {
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return Diagnosis{}, fmt.Errorf("diagnose need %s: %w", needID, err)
	}
	return diagnoseNeed(e.base(), need), nil
}

// DiagnoseText proposes a diagnosis for a free text.
func DiagnoseText(base *knowledge.Base, text string) Diagnosis {
	return diagnoseNeed(base, registry.Need{Description: text})
}

func diagnoseNeed(base *knowledge.Base, need registry.Need) Diagnosis {
	q := &query{need: need}
	if base != nil && len(confirmedFindings(need.Diagnosis)) == 0 {
		q.diagnosis = base.Diagnose(knowledgePassages(need)...)
	}
	return q.diagnosed()
}

// diagnosed shows what the query uses: the confirmed diagnosis before the inferred one.
func (q *query) diagnosed() Diagnosis {
	d := Diagnosis{Terms: []string{}, Fired: q.fired()}
	if c := q.need.Diagnosis; len(confirmedFindings(c)) > 0 {
		d.Field, d.Causes, d.Source = c.Field, c.Causes, c.Source
		d.Terms = append(d.Terms, c.Terms...)
		return d
	}
	if len(q.diagnosis.Fired) == 0 {
		return d
	}
	d.Source = "知识库"
	if len(q.diagnosis.Fields) > 0 {
		d.Field = q.diagnosis.Fields[0].Name
	}
	d.Causes = strings.Join(each(q.diagnosis.Causes, func(f knowledge.Finding) string { return f.Concept }), "、")
	for _, f := range q.diagnosis.Terms {
		d.Terms = append(d.Terms, f.Concept)
	}
	return d
}

func (q *query) fired() []FiredSource {
	list := []FiredSource{}
	for _, f := range q.diagnosis.Fired {
		for _, s := range f.Spans {
			list = append(list, FiredSource{Source{f.File, f.Line, f.What}, q.spot(s.Passage, s.Start, s.End)})
		}
	}
	return list
}
