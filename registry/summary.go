package registry

import (
	"tepai/registry/policy"
)

// Summary is a 半年工作小结 or a 年终工作总结 of a specialist about the service to one enterprise (Art. 19).
type Summary struct {
	ID         string         `json:"id"`
	Dispatch   string         `json:"dispatch"`
	Specialist string         `json:"specialist"`
	Enterprise string         `json:"enterprise"`
	Unit       string         `json:"unit,omitempty"` // 派出单位, which compiles it; empty where there is none
	Kind       policy.Summary `json:"kind"`
	From       Date           `json:"from"` // first day that it reports on
	Due        Date           `json:"due"`  // last day that it reports on, and on which it is due
	SummaryText
	Services  int    `json:"services"`           // that counted in From…Due when it was submitted
	Submitted Date   `json:"submitted,omitzero"` // by the specialist
	Bundle    string `json:"bundle,omitempty"`   // with which the unit passes it on
	Received  Date   `json:"received,omitzero"`  // by the centre
	Reason    string `json:"reason,omitempty"`   // why it was sent back, passed to another unit or received without one
	State     State  `json:"state"`
}

// SummaryText is what a specialist writes.
type SummaryText struct {
	Work        string   `json:"work,omitempty"`       // 开展的工作
	Effects     string   `json:"effects,omitempty"`    // 取得的成效, in words
	Results     Results  `json:"results,omitzero"`     // 取得的成效, in figures
	Trouble     string   `json:"trouble,omitempty"`    // 存在的问题和建议
	Plan        string   `json:"plan,omitempty"`       // 下一步打算
	Conditions  string   `json:"conditions,omitempty"` // 企业提供条件的情况 (Art. 14); kept apart from the grade, and not shown to the enterprise
	Attachments []string `json:"attachments,omitempty"`
}

// Results are the figures of the yearly report (年度报表) that a specialist's work led to in the time of a summary.
type Results struct {
	Solved    int `json:"solved,omitempty"`    // 解决难题数
	Products  int `json:"products,omitempty"`  // 新产品
	Processes int `json:"processes,omitempty"` // 新工艺
	Patents   int `json:"patents,omitempty"`   // 专利
	Projects  int `json:"projects,omitempty"`  // 申报科技项目
	Trained   int `json:"trained,omitempty"`   // 培训人次
	Funding   Fen `json:"funding,omitempty"`   // 申报项目金额
	Contracts Fen `json:"contracts,omitempty"` // 技术合同额
	Output    Fen `json:"output,omitempty"`    // 新增产值
}

// The states of a summary, beside Drafted, Submitted and SentBack.
const (
	Compiled State = "compiled" // in a bundle of the unit
	TakenIn  State = "received"
)

// round is the half year into which a summary falls: units compile by it.
func (v *Summary) round() Round {
	half := 1
	if v.Due.Month > 6 {
		half = 2
	}
	return Round{v.Due.Year, half}
}

func (v *Summary) recordID() string             { return v.ID }
func (v *Summary) state() State                 { return v.State }
func (v *Summary) setState(s State)             { v.State = s }
func (v *Summary) partOf() (RecordKind, string) { return KindDispatch, v.Dispatch }

// belongsTo leaves the enterprise out: what a specialist says about it is not for it to see.
func (v *Summary) belongsTo(a Actor) bool {
	return a.Role != EnterpriseStaff && a.among(v.Enterprise, v.Specialist, v.Unit)
}

func (v *Summary) links() []link {
	list := []link{under(KindDispatch, v.Dispatch)}
	if v.Unit != "" {
		list = append(list, underUnit(v.Unit))
	}
	return list
}

// Validate is as for Specialist.
func (v *Summary) Validate() error {
	return firstBroken(
		checkID("id", v.ID), checkID("dispatch", v.Dispatch), checkID("specialist", v.Specialist), checkID("enterprise", v.Enterprise),
		checkLine("unit", v.Unit), checkOneOf("kind", string(v.Kind), []string{string(policy.HalfYear), string(policy.YearEnd)}),
		checkStated("due", v.Due.String(), "请选择哪一期的小结或总结"),
		checkText("work", v.Work), checkText("effects", v.Effects), checkText("trouble", v.Trouble), checkText("plan", v.Plan),
		checkText("conditions", v.Conditions), checkDigests("attachments", v.Attachments), v.Results.check(),
		checkOptionalID("bundle", v.Bundle), checkText("reason", v.Reason),
	)
}

// mostFen bounds an amount of a whole enterprise: ten thousand million yuan.
const mostFen = 1_000_000_000_000

func (r Results) check() error {
	const most = 1_000_000
	return firstBroken(
		checkRange("results.solved", int64(r.Solved), 0, most), checkRange("results.products", int64(r.Products), 0, most),
		checkRange("results.processes", int64(r.Processes), 0, most), checkRange("results.patents", int64(r.Patents), 0, most),
		checkRange("results.projects", int64(r.Projects), 0, most), checkRange("results.trained", int64(r.Trained), 0, most),
		checkRange("results.funding", int64(r.Funding), 0, mostFen), checkRange("results.contracts", int64(r.Contracts), 0, mostFen),
		checkRange("results.output", int64(r.Output), 0, mostFen),
	)
}

func (v *Summary) body() ([]byte, error) { return jsonBody(*v) }

var decodeSummary = fromJSON[Summary](KindSummary)
