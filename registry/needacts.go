package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// needOpenState names NeedOpen, which is empty in records, for the table.
const needOpenState State = "open"

var (
	needParties  = []Party{{Role: EnterpriseStaff, Own: true}, {Role: CountyClerk, Own: true}, {Role: CentreStaff}}
	needAlive    = []State{State(NeedIncomplete), State(NeedUnclassified), needOpenState, State(NeedMatching)}
	needInPool   = []State{needOpenState, State(NeedMatching)}
	needStated   = []State{State(NeedUnclassified), needOpenState, State(NeedMatching)}
	needSettable = []State{State(NeedUnclassified), needOpenState, State(NeedMatching), State(NeedDispatched)}
)

// needRows are the life of a need: 待完善 → 待分类 → 已入库 → 对接中 → 已派驻 → 已解决, and its other ends (Art. 7, 8).
var needRows = []Transition{
	row(Transition{Kind: KindNeed, Act: "submit", Says: "上报需求", To: State(NeedUnclassified),
		By:      []Party{{Role: EnterpriseStaff}, {Role: CountyClerk}, {Role: CentreStaff}},
		Guards:  []Guard{ofARegisteredEnterprise},
		Sources: []policy.Source{policy.Article(7)}, Records: "需求原文、目标指标、已试方案、对外摘要、可见范围"}, submitNeed),
	row(Transition{Kind: KindNeed, Act: "revise", Says: "完善需求", From: needAlive, To: State(NeedUnclassified),
		By:      needParties,
		Sources: []policy.Source{policy.Article(7)}, Records: "修改后的需求；须重新分类"}, reviseNeed),
	row(Transition{Kind: KindNeed, Act: "ask_back", Says: "退回完善", From: needStated, To: State(NeedIncomplete),
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(8), policy.CentreSetting}, Records: "缺什么"}, reasoned[*Need]),
	row(Transition{Kind: KindNeed, Act: "classify", Says: "分类入库", From: []State{State(NeedUnclassified)}, To: needOpenState,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{inEdition, ofAServedEnterprise},
		Sources: []policy.Source{policy.Article(8)}, Records: "技术领域、行业、分类人；技术需求信息库的入库日期"}, classifyNeed),
	row(Transition{Kind: KindNeed, Act: "diagnose", Says: "确认需求研判", From: needSettable,
		By:      needParties,
		Sources: []policy.Source{policy.Article(8)}, Records: "领域、原因、技术术语，以及各自的来源"}, diagnoseNeed),
	row(Transition{Kind: KindNeed, Act: "match", Says: "开始对接", From: []State{needOpenState}, To: State(NeedMatching),
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{ofAServedEnterprise},
		Sources: []policy.Source{policy.Article(8)}, Records: "开始对接的日期"}, nothing[*Need]),
	row(Transition{Kind: KindNeed, Act: "reconfirm", Says: "年度确认需求", From: needInPool,
		By:      needParties,
		Sources: []policy.Source{policy.CentreSetting}, Records: "仍然需要的日期"}, reconfirmNeed),
	row(Transition{Kind: KindNeed, Act: "expire", Says: "需求过期", From: needInPool, To: State(NeedExpired),
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{notReconfirmed},
		Sources: []policy.Source{policy.CentreSetting}, Records: "过期的日期"}, nothing[*Need]),
	row(Transition{Kind: KindNeed, Act: "withdraw", Says: "撤回需求", From: needAlive, To: State(NeedWithdrawn),
		By:      needParties,
		Sources: []policy.Source{policy.CentreSetting}, Records: "撤回的原因"}, reasoned[*Need]),
	row(Transition{Kind: KindNeed, Act: "solve_alone", Says: "已解决（未派驻）", From: needInPool, To: State(NeedSolvedAlone),
		By:      needParties,
		Sources: []policy.Source{policy.CentreSetting}, Records: "怎样解决的；由谁解决的"}, solveAlone),
	row(Transition{Kind: KindNeed, Act: "solve", Says: "需求已解决", From: []State{State(NeedDispatched)}, To: State(NeedSolved),
		By:      needParties,
		Sources: []policy.Source{policy.Article(14), policy.CentreSetting}, Records: "解决的日期、解决的特派员"}, solveNeed),
	row(Transition{Kind: KindNeed, Act: "refer", Says: "转办", From: needAlive, To: State(NeedReferred),
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "转给谁、为什么"}, referNeed),
	row(Transition{Kind: KindNeed, Act: "merge", Says: "合并需求", From: needAlive, To: State(NeedMerged),
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "并入哪一条"}, mergeNeed),
	row(Transition{Kind: KindNeed, Act: "split", Says: "拆分需求", From: needAlive, To: State(NeedMerged),
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "拆成的各条需求"}, splitNeed),
}

// NeedInput is a need as the enterprise states it.
type NeedInput struct {
	Need Need `json:"need"`
}

// ClassifyInput is the person's classification; the engine may have proposed it.
type ClassifyInput struct {
	Field    string `json:"field"`    // of the taxonomy
	Industry string `json:"industry"` // GB/T 4754; empty = as stated
}

// DiagnosisInput is what a person confirms.
type DiagnosisInput struct {
	Diagnosis Diagnosis `json:"diagnosis"`
}

// SolvedInput says who solved a need and how.
type SolvedInput struct {
	By  []string `json:"by"` // ids of specialists
	How string   `json:"how"`
}

// ReferInput says to whom a need goes.
type ReferInput struct {
	To     string `json:"to"`
	Reason string `json:"reason"`
}

// MergeInput names the need that another is merged into.
type MergeInput struct {
	Into string `json:"into"`
}

// SplitInput are the needs that one becomes.
type SplitInput struct {
	Needs []Need `json:"needs"`
}

// ofARegisteredEnterprise: a need belongs to an enterprise that is registered, and whose own it is (Art. 7).
var ofARegisteredEnterprise = Guard{"registered-enterprise", "已登记的晋城市中小企业上报自己的需求", policy.Article(7), func(d *Deed) string {
	id := inputOf[NeedInput](d).Need.EnterpriseID
	e, err := find[*Enterprise](d, KindEnterprise, id)
	switch {
	case err != nil:
		return fmt.Sprintf("没有编号为“%s”的企业；请先登记企业", Shorten(id, 40))
	case d.Party.Role != CentreStaff && !e.belongsTo(d.Party):
		return "只能上报本企业（本县、市、区企业）的需求"
	case e.state() == ShutOut:
		return e.Served(d.How.On).Reason
	}
	return ""
}}

// ofAServedEnterprise: specialists go to small and medium enterprises in order (Art. 2, 21).
var ofAServedEnterprise = Guard{"served-enterprise", "派驻到晋城市中小企业", policy.Article(2), func(d *Deed) string {
	e, err := find[*Enterprise](d, KindEnterprise, subjectOf[*Need](d).EnterpriseID)
	if err != nil {
		return "没有找到需求的企业；请先登记企业"
	}
	return e.Served(d.How.On).Reason
}}

// notReconfirmed: a need of the pool is asked for anew after the setting's months.
var notReconfirmed = Guard{"not-reconfirmed", "需求超过有效期没有重新确认", policy.CentreSetting, func(d *Deed) string {
	since, err := ParseDate(subjectOf[*Need](d).Confirmed)
	if err != nil {
		return ""
	}
	if due := since.AddMonths(d.settings().Int(policy.NeedMonths)); d.How.On.Before(due) {
		return fmt.Sprintf("%s才到期；企业可以先确认是否仍然需要", due.Chinese())
	}
	return ""
}}

// newNeed gives a need its number and clears what only acts may set.
func newNeed(d *Deed, v Need) (*Need, error) {
	n, err := nextSerial(d.tx, fmt.Sprintf("need.%d", d.Today.Year))
	if err != nil {
		return nil, err
	}
	v.ID = fmt.Sprintf("XQ%d-%04d", d.Today.Year, n)
	v.Diagnosis, v.SolvedBy, v.Field, v.ClassifiedBy, v.Confirmed, v.Into, v.Referred = nil, nil, "", "", "", nil, ""
	return &v, nil
}

func submitNeed(d *Deed, _ *Need, in NeedInput) error {
	v, err := newNeed(d, in.Need)
	if err != nil {
		return err
	}
	d.make(KindNeed, v)
	return nil
}

// reviseNeed takes the text anew. A diagnosis was confirmed for the old text and falls away with it.
func reviseNeed(_ *Deed, v *Need, in NeedInput) error {
	next := in.Need
	next.ID, next.EnterpriseID, next.State, next.Difficulty, next.Confirmed = v.ID, v.EnterpriseID, v.State, v.Difficulty, v.Confirmed
	next.SolvedBy, next.Field, next.ClassifiedBy, next.Into, next.Referred = nil, "", "", nil, ""
	if next.Diagnosis = v.Diagnosis; !slices.Equal(next.Texts(), v.Texts()) {
		next.Diagnosis = nil
	}
	*v = next
	return nil
}

func classifyNeed(d *Deed, v *Need, in ClassifyInput) error {
	if in.Field == "" {
		return invalid("field", "请选择技术领域")
	}
	v.Field, v.ClassifiedBy, v.Confirmed = in.Field, d.Party.ID, d.How.On.String()
	if in.Industry != "" {
		v.Industry = in.Industry
	}
	return nil
}

func diagnoseNeed(_ *Deed, v *Need, in DiagnosisInput) error {
	g := in.Diagnosis
	if g.Field == "" && g.Causes == "" && len(g.Terms) == 0 {
		v.Diagnosis = nil // taken back
		return nil
	}
	v.Diagnosis = &g
	return nil
}

func reconfirmNeed(d *Deed, v *Need, _ struct{}) error {
	v.Confirmed = d.How.On.String()
	return nil
}

func solveAlone(d *Deed, v *Need, in SolvedInput) error {
	if err := checkStated("how", in.How, "请写明怎样解决的"); err != nil {
		return err
	}
	d.How.Reason, v.SolvedBy = in.How, in.By
	return nil
}

func solveNeed(d *Deed, v *Need, in SolvedInput) error {
	if len(in.By) == 0 {
		return invalid("by", "请写明由哪位特派员解决")
	}
	for _, id := range in.By {
		if _, err := find[*Specialist](d, KindSpecialist, id); err != nil {
			return inField("by", err)
		}
	}
	d.How.Reason, v.SolvedBy = in.How, in.By
	return nil
}

func referNeed(d *Deed, v *Need, in ReferInput) error {
	if strings.TrimSpace(in.To) == "" || strings.TrimSpace(in.Reason) == "" {
		return invalid("to", "请写明转给谁、为什么")
	}
	v.Referred, d.How.Reason = in.To, in.Reason
	return nil
}

func mergeNeed(d *Deed, v *Need, in MergeInput) error {
	into, err := find[*Need](d, KindNeed, in.Into)
	switch {
	case err != nil:
		return inField("into", err)
	case into.ID == v.ID:
		return invalid("into", "不能并入自己")
	case into.EnterpriseID != v.EnterpriseID:
		return invalid("into", "需求 %s 属于另一家企业，不能合并", into.ID)
	case !slices.Contains(needAlive, into.state()):
		return invalid("into", "需求 %s 已经%s，不能并入", into.ID, stateName(KindNeed, into.state()))
	}
	v.Into = []string{into.ID}
	return nil
}

func splitNeed(d *Deed, v *Need, in SplitInput) error {
	if len(in.Needs) < 2 {
		return invalid("needs", "拆分至少要有两条需求")
	}
	for _, part := range in.Needs {
		part.EnterpriseID, part.State = v.EnterpriseID, NeedUnclassified
		p, err := newNeed(d, part)
		if err != nil {
			return err
		}
		v.Into = append(v.Into, p.ID)
		d.change(KindNeed, p)
	}
	return nil
}

func (v *Need) recordID() string { return v.ID }

func (v *Need) state() State {
	if v.State == NeedOpen {
		return needOpenState
	}
	return State(v.State)
}

func (v *Need) setState(s State) {
	v.State = NeedState(s)
	if s == needOpenState {
		v.State = NeedOpen
	}
}

// belongsThrough: a need is a county's own when its enterprise is.
func (v *Need) belongsThrough(d *Deed) bool {
	e, err := find[*Enterprise](d, KindEnterprise, v.EnterpriseID)
	return err == nil && e.belongsTo(d.Party)
}

func (v *Need) belongsTo(a Actor) bool { return a.Role == EnterpriseStaff && a.Of == v.EnterpriseID }
