package registry

import (
	"fmt"
	"strings"

	"tepai/registry/kv"
	"tepai/registry/policy"
)

// summaryRows are the life of a summary: written by the specialist, compiled by the unit, received by the centre (Art. 19). The
// unit's own acts are those of a Bundle.
var summaryRows = []Transition{
	row(Transition{Kind: KindSummary, Act: "draft", Says: "起草小结或总结", To: Drafted,
		By:      []Party{{Role: SpecialistRole}},
		Guards:  []Guard{ofTheOwnWork, isDue},
		Sources: []policy.Source{policy.Article(19)}, Records: "派驻、期间、到期日、开展的工作、成效、问题和打算"}, draftSummary),
	row(Transition{Kind: KindSummary, Act: "revise", Says: "修改小结或总结", From: []State{Drafted, SentBack}, To: Drafted,
		By:      theSpecialist,
		Sources: []policy.Source{policy.Article(19)}, Records: "改动的各项"}, reviseSummary),
	row(Transition{Kind: KindSummary, Act: "submit", Says: "提交小结或总结", From: []State{Drafted, SentBack}, To: Submitted,
		By:      theSpecialist,
		Sources: []policy.Source{policy.Article(19)}, Records: "提交日期、期间内计次的服务"}, submitSummary),
	row(Transition{Kind: KindSummary, Act: "send_back", Says: "退回小结或总结", From: []State{Submitted}, To: SentBack,
		By:      []Party{{Role: HomeUnit, Own: true}, {Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(19), policy.CentreSetting}, Records: "退回的原因"}, sendBackSummary),
	row(Transition{Kind: KindSummary, Act: "pass", Says: "转由推荐单位汇总", From: []State{Submitted},
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{recommenderReceives},
		Sources: []policy.Source{policy.CentreSetting}, Records: "推荐单位、派出单位不汇总的原因"}, passSummary),
	row(Transition{Kind: KindSummary, Act: "receive", Says: "直接接收小结或总结", From: []State{Submitted}, To: TakenIn,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{centreReceives},
		Sources: []policy.Source{policy.Article(19), policy.CentreSetting}, Records: "接收日期、派出单位没有汇总的原因"}, receiveSummary),
}

// SummaryInput is a summary as the specialist writes it. Dispatch and Due say which one and stay.
type SummaryInput struct {
	Dispatch string `json:"dispatch"`
	Due      Date   `json:"due"`
	SummaryText
}

func (in SummaryInput) partOf() (RecordKind, string) { return KindDispatch, in.Dispatch }

// PassInput names the unit that compiles a summary instead of the home unit.
type PassInput struct {
	Unit   string `json:"unit"`
	Reason string `json:"reason"`
}

// ofTheOwnWork: specialists report on their own service.
var ofTheOwnWork = Guard{"own-work", "科技特派员总结自己的服务", policy.Article(19), func(d *Deed) string {
	of, err := find[*Dispatch](d, KindDispatch, inputOf[SummaryInput](d).Dispatch)
	if err != nil || !of.belongsTo(d.Party) {
		return "只能起草本人派驻的小结和总结，请核对派驻编号"
	}
	return ""
}}

// isDue: what is reported on is one of the times for which a summary is due.
var isDue = Guard{"is-due", "每半年一次工作小结，年终一次工作总结", policy.Article(19), func(d *Deed) string {
	in := inputOf[SummaryInput](d)
	of, err := find[*Dispatch](d, KindDispatch, in.Dispatch)
	if err != nil {
		return "没有找到派驻，请核对派驻编号"
	}
	var names []string
	for _, due := range of.SummariesDue(d.settings()) {
		if due.On == in.Due {
			return ""
		}
		names = append(names, due.On.Chinese()+"的"+string(due.Summary))
	}
	return "没有在这一天到期的小结或总结；该派驻应交的是：" + strings.Join(names, "、")
}}

var (
	centreReceives = Guard{"centre-receives", "派出单位不汇总时，由促进中心说明原因后直接接收", policy.CentreSetting, func(d *Deed) string {
		if d.settings().Text(policy.SummariesReceiver) != policy.CentreReceives {
			return "本版制度设定为派出单位不汇总时由推荐单位汇总；请转由推荐单位汇总"
		}
		return ""
	}}
	recommenderReceives = Guard{"recommender-receives", "派出单位不汇总时，由推荐单位汇总", policy.CentreSetting, func(d *Deed) string {
		if d.settings().Text(policy.SummariesReceiver) != policy.RecommenderReceives {
			return "本版制度设定为派出单位不汇总时由促进中心直接接收；请说明原因后直接接收"
		}
		return ""
	}}
)

func draftSummary(d *Deed, _ *Summary, in SummaryInput) error {
	of, err := find[*Dispatch](d, KindDispatch, in.Dispatch)
	if err != nil {
		return inField("dispatch", err)
	}
	others, err := findUnder[*Summary](d, under(KindDispatch, of.ID), KindSummary)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Due == in.Due {
			return &Error{Kind: Conflict, Source: string(policy.Article(19)), Field: "due", Msg: "这一期已有 " + o.ID + "，请在那一份上修改"}
		}
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("summary.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Summary{ID: fmt.Sprintf("ZJ%d-%05d", d.Today.Year, n), Dispatch: of.ID, Specialist: of.Specialist, Enterprise: of.Enterprise, Unit: of.HomeUnit,
		SummaryText: in.SummaryText}
	for _, due := range of.SummariesDue(d.settings()) {
		if due.On == in.Due {
			v.Kind, v.From, v.Due = due.Summary, due.From, due.On
		}
	}
	d.make(KindSummary, v)
	return nil
}

func reviseSummary(_ *Deed, v *Summary, in SummaryInput) error {
	v.SummaryText = in.SummaryText
	return nil
}

// submitSummary goes to the unit of the day; the number of services is that of the day, so that the unit sees what it passes on.
func submitSummary(d *Deed, v *Summary, _ struct{}) error {
	if strings.TrimSpace(v.Work) == "" {
		return &Error{Kind: Invalid, Source: string(policy.Article(19)), Field: "work", Msg: "请写明开展的工作以后再提交"}
	}
	of, err := find[*Dispatch](d, KindDispatch, v.Dispatch)
	if err != nil {
		return err
	}
	v.Unit, v.Submitted, v.Reason = of.HomeUnit, d.How.On, ""
	v.Services, err = servicesWithin(d.tx, *of, v.From, v.Due, d.settings(), d.How.On)
	return err
}

// servicesWithin is how many services of a dispatch count from one day of its term to another, as they are known on a third.
func servicesWithin(tx kv.Reader, v Dispatch, from, until Date, s policy.Settings, on Date) (int, error) {
	services, err := servicesBy(tx, v.Specialist)
	if err != nil {
		return 0, err
	}
	visits, _ := v.visits(from, until, on, services, s)
	return s.Count(visits, v.ID), nil
}

func sendBackSummary(_ *Deed, v *Summary, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明需要修改什么"); err != nil {
		return err
	}
	v.Reason = in.Reason
	return nil
}

func passSummary(_ *Deed, v *Summary, in PassInput) error {
	if err := firstBroken(checkStated("unit", in.Unit, "请填写推荐单位"), checkStated("reason", in.Reason, "请写明派出单位为什么没有汇总")); err != nil {
		return err
	}
	v.Unit, v.Reason = in.Unit, in.Reason
	return nil
}

func receiveSummary(d *Deed, v *Summary, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明派出单位为什么没有汇总，如“无派出单位”"); err != nil {
		return err
	}
	v.Received, v.Reason = d.How.On, in.Reason
	return nil
}
