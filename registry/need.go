package registry

import "strings"

// Need (技术需求) is what an enterprise wants solved, in its own words. An empty field means "not stated".
type Need struct {
	ID             string     `json:"id"`
	EnterpriseID   string     `json:"enterprise,omitempty"`
	EnterpriseType string     `json:"enterprise_type,omitempty"` // "铸造企业"
	Industry       string     `json:"industry,omitempty"`        // a division of GB/T 4754
	Title          string     `json:"title,omitempty"`
	Description    string     `json:"description,omitempty"` // 现状与问题
	Wanted         string     `json:"wanted,omitempty"`      // 目标
	FieldHint      string     `json:"field_hint,omitempty"`  // 技术领域, as the enterprise wrote it
	Diagnosis      *Diagnosis `json:"diagnosis,omitempty"`   // only a confirmed one stands in the record
	State          NeedState  `json:"state,omitempty"`       // empty = open
	SolvedBy       []string   `json:"solved_by,omitempty"`   // ids of the specialists who solved it
	Difficulty     string     `json:"difficulty,omitempty"`  // easy, mismatch, hard: for reports on judged needs, never read by a ranker
}

// Diagnosed tells whether the need has a confirmed diagnosis that says anything.
func (n Need) Diagnosed() bool {
	d := n.Diagnosis
	return d != nil && (d.Field != "" || d.Causes != "" || strings.Join(d.Terms, "") != "")
}

// Diagnosis (需求研判) says what an enterprise's trouble is called: field, likely causes, technical terms.
type Diagnosis struct {
	Field  string   `json:"field,omitempty"`
	Causes string   `json:"causes,omitempty"`
	Terms  []string `json:"terms,omitempty"`
	Source string   `json:"source,omitempty"` // who or what proposed it: knowledge, similar, model, person
}

// NeedState is where a need stands in its life.
type NeedState string

const (
	NeedOpen       NeedState = ""           // 已入库, looking for a specialist
	NeedDispatched NeedState = "dispatched" // 已派驻
	NeedSolved     NeedState = "solved"     // 已解决
	NeedClosed     NeedState = "closed"     // 撤回 or 过期
)
