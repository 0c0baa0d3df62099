package registry

import "tepai/registry/policy"

// Assessment (考核评定) judges the service of one dispatch after its end (Art. 20): a panel scores, four parties give their opinions
// (Art. 18), a grade is proposed by rule and decided by both offices, delivered, and put into the person's file.
type Assessment struct {
	ID           string     `json:"id"`
	Dispatch     string     `json:"dispatch"`
	Specialist   string     `json:"specialist"`
	Enterprise   string     `json:"enterprise"`
	HomeUnit     string     `json:"home_unit,omitempty"`
	From         Date       `json:"from"` // the first day of the dispatch, by whose edition it is finished
	Opened       Date       `json:"opened"`
	Panel        []Reviewer `json:"panel,omitempty"`
	Chair        string     `json:"chair,omitempty"` // 组长: the id of one of the panel
	Scores       []Score    `json:"scores,omitempty"`
	PanelOpinion string     `json:"panel_opinion,omitempty"` // which the chair signed
	Opinions     []Opinion  `json:"opinions,omitempty"`
	Counted      int        `json:"counted,omitempty"`  // services that count, as of the proposal
	Asked        int        `json:"asked,omitempty"`    // services that the term asks for
	Points       int        `json:"points,omitempty"`   // weighted, in hundredths of a point, rounded down
	Proposed     string     `json:"proposed,omitempty"` // one of the setting's three grades
	Grade        string     `json:"grade,omitempty"`    // as both offices decided
	Reason       string     `json:"reason,omitempty"`   // of a deviation from what was proposed
	Decided      Date       `json:"decided,omitzero"`
	Publication  string     `json:"publication,omitempty"`
	Delivered    Date       `json:"delivered,omitzero"`
	ReviewAsked  string     `json:"review_asked,omitempty"`
	Outcome      string     `json:"outcome,omitempty"` // of the review
	Filed        Date       `json:"filed,omitzero"`    // the day on which it went to the personnel office (Art. 18)
	FiledWith    string     `json:"filed_with,omitempty"`
	Receipt      Date       `json:"receipt,omitzero"` // 回执
	Subsidy      string     `json:"subsidy,omitempty"`
	State        State      `json:"state"`
}

// The states of an assessment.
const (
	AssessmentOpen  State = "open"
	PanelSits       State = "panel"
	PanelSigned     State = "signed"
	GradeProposed   State = "proposed"
	Graded          State = "graded"
	GradeDelivered  State = "delivered"
	GradeQuestioned State = "questioned"
	GradeSettled    State = "settled" // after a review
	GradeFiled      State = "filed"
)

var (
	article18 = []policy.Source{policy.Article(18)}
	article20 = []policy.Source{policy.Article(20)}
	byRule20  = []policy.Source{policy.Article(20), policy.CentreSetting}
	byCentre  = []Party{{Role: CentreStaff}}
	whileOpen = []State{AssessmentOpen, PanelSits, PanelSigned}
)

var assessmentRows = []Transition{
	row(Transition{Kind: KindAssessment, Act: "open", Says: "启动考核评定", To: AssessmentOpen,
		By:      byCentre,
		Guards:  []Guard{serviceEnded, assessedOnce},
		Sources: article20, Records: "考核的派驻、特派员、企业、派出单位"}, openAssessment),
	row(Transition{Kind: KindAssessment, Act: "appoint", Says: "确定评审专家", From: []State{AssessmentOpen, PanelSits}, To: PanelSits,
		By:      byCentre,
		Guards:  []Guard{panelSize, panelApart, panelChair},
		Sources: byRule20, Records: "评审专家、组长、回避事项"}, appointPanel),
	row(Transition{Kind: KindAssessment, Act: "score", Says: "评分", From: []State{PanelSits},
		By:      []Party{{Role: ExpertReviewer, Own: true}},
		Sources: article20, Records: "评审专家的得分和评语"}, scoreAssessment),
	row(Transition{Kind: KindAssessment, Act: "sign", Says: "签署评审意见", From: []State{PanelSits}, To: PanelSigned,
		By:      []Party{{Role: ExpertReviewer, Own: true}},
		Guards:  []Guard{byTheChair, allScored},
		Sources: byRule20, Records: "评审意见、组长、签署日期"}, signPanel),
	row(Transition{Kind: KindAssessment, Act: "opine", Says: "出具考核意见", From: whileOpen,
		By:      []Party{{Role: CentreStaff}, {Role: BureauOfficer}, {Role: HomeUnit, Own: true}, {Role: EnterpriseStaff, Own: true}},
		Sources: article18, Records: "四方各自的考核意见和得分"}, opineOnAssessment),
	row(Transition{Kind: KindAssessment, Act: "miss", Says: "记录未出具考核意见", From: whileOpen,
		By:      byCentre,
		Sources: []policy.Source{policy.Article(18), policy.CentreSetting}, Records: "哪一方没有出具意见、为什么；它的权重由其他各方分担"}, missOpinion),
	row(Transition{Kind: KindAssessment, Act: "propose", Says: "提出建议等次", From: []State{PanelSigned}, To: GradeProposed,
		By:      byCentre,
		Guards:  []Guard{allHeard, anybodyWeighs},
		Sources: byRule20, Records: "加权得分、服务次数、建议等次"}, proposeGrade),
	row(Transition{Kind: KindAssessment, Act: "reopen", Says: "重新评审", From: []State{PanelSigned, GradeProposed}, To: PanelSits,
		By:      byCentre,
		Sources: byRule20, Records: "重新评审的原因；组长须重新签署"}, reopenPanel),
	row(Transition{Kind: KindAssessment, Act: "grade", Says: "评定等次", From: []State{GradeProposed}, To: Graded, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{gradeNamed, deviationExplained},
		Sources: article20, Records: "考核等次；与建议等次不同的理由"}, decideGrade),
	row(Transition{Kind: KindAssessment, Act: "reconsider", Says: "撤回等次、重新评定", From: []State{Graded}, To: GradeProposed, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{reviewExplained},
		Sources: byRule20, Records: "撤回的理由，如公示的异议成立"}, reconsiderGrade),
	row(Transition{Kind: KindAssessment, Act: "deliver", Says: "送达考核结果", From: []State{Graded}, To: GradeDelivered,
		By:      byCentre,
		Guards:  []Guard{gradesPublished},
		Sources: byRule20, Records: "送达的日期和方式；可以申请复核"}, deliverGrade),
	row(Transition{Kind: KindAssessment, Act: "ask_review", Says: "申请复核考核结果", From: []State{GradeDelivered}, To: GradeQuestioned,
		By:      []Party{{Role: SpecialistRole, Own: true}},
		Guards:  []Guard{reviewInTime},
		Sources: []policy.Source{policy.CentreSetting.About("复核申请期限")}, Records: "复核申请"}, questionGrade),
	row(Transition{Kind: KindAssessment, Act: "uphold", Says: "维持考核等次", From: []State{GradeQuestioned}, To: GradeSettled, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{reviewExplained},
		Sources: byRule20, Records: "维持的理由"}, upholdGrade),
	row(Transition{Kind: KindAssessment, Act: "regrade", Says: "改变考核等次", From: []State{GradeQuestioned}, To: GradeSettled, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{gradeNamed, deviationExplained, reviewExplained},
		Sources: byRule20, Records: "新的等次和理由"}, regrade),
	row(Transition{Kind: KindAssessment, Act: "file", Says: "把考核结果存入本人档案", From: []State{GradeDelivered, GradeSettled}, To: GradeFiled,
		By:      byCentre,
		Guards:  []Guard{gradeStands},
		Sources: article18, Records: "送交哪个人事部门、送交日期"}, fileGrade),
	row(Transition{Kind: KindAssessment, Act: "acknowledge", Says: "登记档案回执", From: []State{GradeFiled},
		By:      []Party{{Role: HomeUnit, Own: true}, {Role: CentreStaff}},
		Sources: article18, Records: "回执日期"}, acknowledgeGrade),
	row(Transition{Kind: KindAssessment, Act: "reward", Says: "提出奖补", From: []State{GradeDelivered, GradeSettled, GradeFiled},
		By:      byCentre,
		Guards:  []Guard{gradeEarns, gradeStands, rewardedOnce, mayBePaid, standardsEntered},
		Sources: article20, Records: "预算年度、生活补贴和资金奖励的标准"}, proposeSubsidy),
}

func (v *Assessment) recordID() string { return v.ID }
func (v *Assessment) state() State     { return v.State }
func (v *Assessment) setState(s State) { v.State = s }
func (v *Assessment) begun() Date      { return v.From }
func (v *Assessment) links() []link {
	all := []link{under(KindSpecialist, v.Specialist), under(KindEnterprise, v.Enterprise), underUnit(v.HomeUnit)}
	for _, r := range v.Panel {
		all = append(all, link{linkReviewer, r.ID})
	}
	return all
}
func (v *Assessment) belongsTo(a Actor) bool {
	return a.among(v.Enterprise, v.Specialist, v.HomeUnit) || a.Role == ExpertReviewer && v.seat(a) != ""
}

func (v *Assessment) chronicle(string) []Entry {
	return []Entry{
		{v.Delivered, KindAssessment, v.ID, v.Dispatch, "考核结果送达：" + v.Grade},
		{v.Filed, KindAssessment, v.ID, v.Dispatch, "考核结果存入本人档案：" + v.FiledWith},
	}
}

// Validate is as for Specialist.
func (v *Assessment) Validate() error {
	return firstBroken(checkID("id", v.ID), checkID("dispatch", v.Dispatch), checkID("specialist", v.Specialist), checkID("enterprise", v.Enterprise),
		v.checkPanel(), checkCount("opinions", len(v.Opinions), len(fourParties)), checkText("panel_opinion", v.PanelOpinion), checkText("reason", v.Reason),
		checkText("review_asked", v.ReviewAsked), checkText("outcome", v.Outcome), checkLine("filed_with", v.FiledWith))
}

func (v *Assessment) body() ([]byte, error) { return jsonBody(*v) }

var decodeAssessment = fromJSON[Assessment](KindAssessment)
