package registry

import (
	"slices"
	"strings"

	"tepai/registry/policy"
)

// The states of a member of the pool, as acts see them.
const (
	InPool    State = "active"
	PausedOut State = "paused"
	LeftPool  State = "withdrawn"
	PutOut    State = "disqualified"
)

var poolRows = []Transition{
	row(Transition{Kind: KindSpecialist, Act: "pause", Says: "暂停推荐", From: []State{InPool}, To: PausedOut,
		By:      []Party{{Role: CentreStaff}, {Role: SpecialistRole, Own: true}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "暂停的原因"}, reasoned[*Specialist]),
	row(Transition{Kind: KindSpecialist, Act: "resume", Says: "恢复推荐", From: []State{PausedOut}, To: InPool,
		By:      []Party{{Role: CentreStaff}, {Role: SpecialistRole, Own: true}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "恢复的日期"}, nothing[*Specialist]),
	row(Transition{Kind: KindSpecialist, Act: "leave", Says: "退出信息库", From: []State{InPool, PausedOut}, To: LeftPool,
		By:      []Party{{Role: SpecialistRole, Own: true}},
		Guards:  []Guard{noRunningDispatch},
		Sources: []policy.Source{policy.CentreSetting}, Records: "退出的原因"}, reasoned[*Specialist]),
	row(Transition{Kind: KindSpecialist, Act: "confirm", Says: "年度信息核对", From: []State{InPool, PausedOut},
		By:      []Party{{Role: SpecialistRole, Own: true}, {Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "核对过的资料和日期"}, confirm),
}

// reasoned refuses an act without a reason; the reason stands in the change log.
func reasoned[R record](d *Deed, _ R, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明原因"); err != nil {
		return err
	}
	d.How.Reason = in.Reason
	return nil
}

// noRunningDispatch: whoever serves an enterprise ends the dispatch first.
var noRunningDispatch = Guard{"no-running-dispatch", "退出以前须办结在派的派驻", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Specialist](d); len(v.Serving) > 0 {
		return "还在服务企业 " + strings.Join(v.Serving, "、") + "；请先办理派驻终止或更换"
	}
	return ""
}}

// ProfileInput is what the yearly check may change; nil = nothing has changed.
type ProfileInput struct {
	Profile *Specialist `json:"profile"`
}

// confirm keeps what only acts may change.
func confirm(d *Deed, v *Specialist, in ProfileInput) error {
	if in.Profile != nil {
		kept := *v
		*v = *in.Profile
		v.ID, v.Standing, v.BarredTo, v.Serving = kept.ID, kept.Standing, kept.BarredTo, kept.Serving
		v.PoolNumber, v.Admitted = kept.PoolNumber, kept.Admitted
	}
	v.Confirmed = d.How.On.String()
	return nil
}

func (v *Specialist) recordID() string { return v.ID }

func (v *Specialist) state() State {
	if v.Standing == Active {
		return InPool
	}
	return State(v.Standing)
}

func (v *Specialist) setState(s State) {
	v.Standing = Standing(s)
	if s == InPool {
		v.Standing = Active
	}
}

func (v *Specialist) belongsTo(a Actor) bool {
	return a.Role == SpecialistRole && a.Of == v.ID || a.Role == HomeUnit && SameName(a.Of, v.Organisation)
}

// stateWords are the states as people read them.
var stateWords = map[RecordKind]map[State]string{
	KindApplication: {Submitted: "待审核", SentBack: "退回补正", Admitted: "已入库", NotAdmitted: "不予入库", TakenBack: "已撤回"},
	KindAgreement:   {Drafted: "草案", Signing: "签署中", Signed: "已签署", Voided: "已作废"},
	KindCase: {ClueNoted: "线索", Inquiring: "核查中", Noticed: "已告知", Heard: "已听取申辩", Decided: "已决定", Delivered: "已送达",
		Reviewing: "复核中", Upheld: "已维持", Dismissed: "不成立", RevokedCase: "已撤销"},
	KindAssessment: {AssessmentOpen: "已启动", PanelSits: "评审中", PanelSigned: "评审已签署", GradeProposed: "已提出建议等次", Graded: "已评定",
		GradeDelivered: "已送达", GradeQuestioned: "复核中", GradeSettled: "复核已结束", GradeFiled: "已存档"},
	KindSubsidy: {SubsidyProposed: "待审核", SubsidyApproved: "两部门已审核", SubsidyPassed: "财政局已审核", SubsidyListed: "已列入发放清单", SubsidyPaid: "已发放",
		SubsidyReturned: "已退票", SubsidyRefused: "不予奖补"},
	KindPublication: {Publishing: "公示中", Published: "已结束"},
	KindCooperation: {ProjectRuns: "进行中", ProjectDone: "已完成", ProjectLeft: "已终止"},
	KindEdition:     {EditionDraft: "草案", EditionConfirmed: "已确认生效"},
	KindEquity:      {EquityStated: "已申报", EquityNoted: "已备案", EquityGone: "已退出"},
	KindComplaint:   {ComplaintReceived: "已受理", ComplaintAssigned: "已交办", ComplaintHandled: "已办理", ComplaintAnswered: "已答复"},
	KindAttachment:  {Kept: "已保存"},
	KindContact:     {ContactOpen: "待跟进", ContactDone: "已完毕"},
	KindDelegation:  {Granted: "授权中", Recalled: "已收回"},
	KindHandover:    {HandedOn: "已交接"},
	KindDispatch:    {Running: "派驻中", Resting: "已暂停", Frozen: "已冻结，待决定", Over: "已终止"},
	KindEnterprise:  {Registered: "已登记", ShutOut: "已取消资格"},
	KindNeed: {needOpenState: "已入库", State(NeedIncomplete): "待完善", State(NeedUnclassified): "待分类", State(NeedMatching): "对接中",
		State(NeedDispatched): "已派驻", State(NeedSolved): "已解决", State(NeedSolvedAlone): "已解决（未派驻）", State(NeedWithdrawn): "撤回",
		State(NeedExpired): "过期", State(NeedMerged): "合并或拆分", State(NeedReferred): "转办", State(NeedClosed): "已结束"},
	KindRecovery:   {Outstanding: "追回中", Settled: "已结清", HandedOver: "已移送法院"},
	KindService:    {Logged: "待企业确认", Confirmed: "已确认", Disputed: "有异议", Struck: "不计入"},
	KindSheet:      {Filed: "已登记"},
	KindSummary:    {Drafted: "草稿", Submitted: "已提交", SentBack: "已退回", Compiled: "单位已汇总", TakenIn: "已接收"},
	KindBundle:     {Compiling: "汇总中", PassedOn: "已送交", SentBack: "已退回", TakenIn: "已接收"},
	KindActivity:   {ActivityPlanned: "已安排", ActivityHeld: "已举办", ActivityReported: "已总结", ActivityCancelled: "已取消"},
	KindSpecialist: {InPool: "在库", PausedOut: "已暂停推荐", LeftPool: "已退出", PutOut: "已取消资格"},
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
