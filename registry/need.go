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
	Targets        []Target   `json:"targets,omitempty"`     // 目标指标: name, value, unit
	Tried          string     `json:"tried,omitempty"`       // 已尝试方案
	BudgetWan      int64      `json:"budget_wan,omitempty"`  // 拟投入, 万元
	Deadline       string     `json:"deadline,omitempty"`    // 期限, 2006-01-02
	Cooperation    string     `json:"cooperation,omitempty"` // 合作方式
	Summary        string     `json:"summary,omitempty"`     // 对外摘要, beside the full text
	Visibility     Visibility `json:"visibility,omitempty"`  // who sees the full text; empty = the public sees the summary only
	Field          string     `json:"field,omitempty"`       // technical field of the taxonomy, confirmed by a person
	ClassifiedBy   string     `json:"classified_by,omitempty"`
	Confirmed      string     `json:"confirmed,omitempty"`  // day of entry into the 技术需求信息库, or of the last yearly confirmation
	Into           []string   `json:"into,omitempty"`       // needs that it was merged into or split into
	Referred       string     `json:"referred,omitempty"`   // 转办: to whom
	Difficulty     string     `json:"difficulty,omitempty"` // easy, mismatch, hard: for reports on judged needs, never read by a ranker
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

// Target is one indicator that the enterprise wants to reach.
type Target struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Unit  string `json:"unit,omitempty"`
}

// Visibility says who sees the full text of a need.
type Visibility string

const (
	SummaryOnly   Visibility = ""         // everybody sees the summary, until the enterprise agrees to more
	InFull        Visibility = "full"     // 公开
	ToRecommended Visibility = "selected" // 仅被推荐的特派员
	ToCentre      Visibility = "centre"   // 仅中心
)

// NeedState is where a need stands in its life.
type NeedState string

const (
	NeedOpen         NeedState = ""             // 已入库, looking for a specialist
	NeedIncomplete   NeedState = "incomplete"   // 待完善
	NeedUnclassified NeedState = "unclassified" // 待分类
	NeedMatching     NeedState = "matching"     // 对接中
	NeedDispatched   NeedState = "dispatched"   // 已派驻
	NeedSolved       NeedState = "solved"       // 已解决
	NeedSolvedAlone  NeedState = "solved_alone" // 已解决（未派驻）
	NeedWithdrawn    NeedState = "withdrawn"    // 撤回
	NeedExpired      NeedState = "expired"      // 过期
	NeedMerged       NeedState = "merged"       // 合并 or 拆分: see Into
	NeedReferred     NeedState = "referred"     // 转办
	NeedClosed       NeedState = "closed"       // ended, as older files say it
)

// Sought tells whether specialists are sought for the need.
func (s NeedState) Sought() bool { return s == NeedOpen || s == NeedMatching }
