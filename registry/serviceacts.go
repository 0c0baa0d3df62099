package registry

import (
	"fmt"
	"slices"

	"tepai/registry/policy"
)

var (
	theSpecialist = []Party{{Role: SpecialistRole, Own: true}}
	theEnterprise = []Party{{Role: EnterpriseStaff, Own: true}}
)

// whenServed are the conditions on the day of a service.
var whenServed = []Guard{namesADuty, withinTheTerm, notResting, notFrozen}

// serviceRows are the life of a service: logged by the specialist, confirmed by the enterprise (Art. 11, 15).
var serviceRows = []Transition{
	row(Transition{Kind: KindService, Act: "log", Says: "登记服务", To: Logged,
		By:      []Party{{Role: SpecialistRole}},
		Guards:  append([]Guard{ofTheOwnDispatch}, whenServed...),
		Sources: []policy.Source{policy.Article(11), policy.Article(15)}, Records: "日期、方式、地点、职责、问题、措施、结果、附件"}, logService),
	row(Transition{Kind: KindService, Act: "revise", Says: "修改服务记录", From: []State{Logged, Disputed}, To: Logged,
		By:      theSpecialist,
		Guards:  whenServed,
		Sources: []policy.Source{policy.Article(11)}, Records: "改动的各项；企业须重新确认"}, reviseService),
	row(Transition{Kind: KindService, Act: "withdraw", Says: "撤回服务记录", From: []State{Logged, Disputed}, To: Struck,
		By:      theSpecialist,
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting}, Records: "撤回的原因"}, reasoned[*Service]),
	row(Transition{Kind: KindService, Act: "confirm", Says: "确认服务", From: []State{Logged, Disputed}, To: Confirmed,
		By:      theEnterprise,
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting}, Records: "确认人、确认日期"}, confirmService),
	row(Transition{Kind: KindService, Act: "presume", Says: "视为确认", From: []State{Logged}, To: Confirmed,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{silenceHeld},
		Sources: []policy.Source{policy.CentreSetting}, Records: "企业逾期没有确认也没有异议；视为确认的日期"}, presumeService),
	row(Transition{Kind: KindService, Act: "dispute", Says: "对服务提出异议", From: []State{Logged, Confirmed}, To: Disputed,
		By:      theEnterprise,
		Guards:  []Guard{wordStands},
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting}, Records: "异议的内容"}, disputeService),
	row(Transition{Kind: KindService, Act: "settle", Says: "处理服务异议", From: []State{Disputed},
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "计入或不计入，理由"}, settleService),
}

// ServiceInput is a service as the specialist states it. A log takes the day of the act (发生日期); On is for revisions only,
// zero = the day stays.
type ServiceInput struct {
	Dispatch    string   `json:"dispatch"`
	On          Date     `json:"on"`
	Clock       string   `json:"clock"`
	Minutes     int      `json:"minutes"`
	Online      bool     `json:"online"`
	Place       string   `json:"place"`
	Duties      []Duty   `json:"duties"`
	Problem     string   `json:"problem"`
	Measures    string   `json:"measures"`
	Result      string   `json:"result"`
	Attachments []string `json:"attachments"`
}

func (in ServiceInput) partOf() (RecordKind, string) { return KindDispatch, in.Dispatch }

// SettleInput is what the centre found about a disputed service.
type SettleInput struct {
	Counts bool   `json:"counts"`
	Reason string `json:"reason"`
}

// servedIn is the dispatch of the service at hand and the day of the service.
func servedIn(d *Deed) (*Dispatch, Date, error) {
	in, on := inputOf[ServiceInput](d), d.How.On
	if v := subjectOf[*Service](d); v != nil {
		if in.Dispatch, on = v.Dispatch, in.On; on.IsZero() {
			on = v.On
		}
	}
	of, err := find[*Dispatch](d, KindDispatch, in.Dispatch)
	return of, on, err
}

// ofTheOwnDispatch: the one who was dispatched serves (Art. 11).
var ofTheOwnDispatch = Guard{"own-dispatch", "科技特派员登记自己派驻的服务", policy.Article(11), func(d *Deed) string {
	of, _, err := servedIn(d)
	if err != nil || !of.belongsTo(d.Party) {
		return "只能登记本人派驻的服务，请核对派驻编号"
	}
	return ""
}}

// namesADuty: every service serves a duty (Art. 15); others and a preliminary visit are named as such.
var namesADuty = Guard{"names-a-duty", "每次服务对应一项或几项职责", policy.Article(15), func(d *Deed) string {
	if len(inputOf[ServiceInput](d).Duties) == 0 {
		return "没有选择职责；请选择第十五条的一项或几项职责，或选“前期走访”“其他”"
	}
	return ""
}}

// withinTheTerm: services are of the term; a preliminary visit alone may lie before it.
var withinTheTerm = Guard{"within-the-term", "服务在派驻期内", policy.Article(11), func(d *Deed) string {
	of, on, err := servedIn(d)
	preliminary := slices.Equal(inputOf[ServiceInput](d).Duties, []Duty{PreliminaryVisit})
	switch {
	case err != nil:
		return "没有找到派驻，请核对派驻编号"
	case on.Before(of.From) && !preliminary:
		return fmt.Sprintf("派驻自%s开始，%s的服务不在派驻期内；派驻以前的请登记为“前期走访”", of.From.Chinese(), on.Chinese())
	case of.last().Before(on):
		return fmt.Sprintf("派驻到%s为止，%s的服务不在派驻期内；继续服务请办理继续申报或变更期限", of.last().Chinese(), on.Chinese())
	case d.Today.Before(on):
		return fmt.Sprintf("服务日期%s晚于今天，请核对", on.Chinese())
	}
	return ""
}}

// notResting: while a dispatch rests nothing is served.
var notResting = Guard{"not-resting", "暂停派驻的日子不登记服务", policy.CentreSetting, func(d *Deed) string {
	of, on, err := servedIn(d)
	if err == nil && of.restsOn(on) {
		return fmt.Sprintf("%s派驻在暂停中；请先由中心办理恢复派驻", on.Chinese())
	}
	return ""
}}

// notFrozen: a frozen dispatch waits for a person's decision (Art. 21); what was served before it is entered after that.
var notFrozen = Guard{"not-frozen", "冻结的派驻先由人决定", policy.Article(21), func(d *Deed) string {
	if of, _, err := servedIn(d); err == nil && of.State == Frozen {
		return "派驻已冻结；待中心决定恢复或终止以后，再登记此前的服务"
	}
	return ""
}}

// silenceHeld: the enterprise has had the days of the setting.
var silenceHeld = Guard{"silence-held", "企业在期限内没有确认也没有异议的，视为确认", policy.CentreSetting, func(d *Deed) string {
	switch from := subjectOf[*Service](d).deemed(d.settings()); {
	case from.IsZero():
		return "本版制度设定为不视为确认；请由企业确认，或附盖章的汇总确认表"
	case d.Today.Before(from):
		return fmt.Sprintf("企业可在%s以前确认或提出异议，%s起才视为确认", from.Chinese(), from.Chinese())
	}
	return ""
}}

// wordStands: what an enterprise confirmed by its own word or seal it cannot dispute; silence it may still break.
var wordStands = Guard{"word-stands", "企业自己确认过的服务不再提异议", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Service](d); v.State == Confirmed && v.ConfirmedBy != BySilence {
		return fmt.Sprintf("企业已于%s确认（%s）；确有错误的请中心办理更正", v.Confirmed.Chinese(), v.ConfirmedBy)
	}
	return ""
}}

func logService(d *Deed, _ *Service, in ServiceInput) error {
	of, on, err := servedIn(d)
	if err != nil {
		return inField("dispatch", err)
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("service.%d", d.Today.Year))
	if err != nil {
		return err
	}
	number, err := nextSerial(d.tx, "service."+of.ID)
	if err != nil {
		return err
	}
	v := &Service{ID: fmt.Sprintf("FW%d-%05d", d.Today.Year, n), Dispatch: of.ID, Specialist: of.Specialist, Enterprise: of.Enterprise, Number: number}
	v.take(d, in, on)
	d.make(KindService, v)
	return nil
}

// reviseService takes the form anew; the enterprise's word was about the old one.
func reviseService(d *Deed, v *Service, in ServiceInput) error {
	_, on, err := servedIn(d)
	if err != nil {
		return inField("dispatch", err)
	}
	v.take(d, in, on)
	return nil
}

func (v *Service) take(d *Deed, in ServiceInput, on Date) {
	v.On, v.Clock, v.Minutes, v.Online, v.Place, v.Duties = on, in.Clock, in.Minutes, in.Online, in.Place, in.Duties
	v.Problem, v.Measures, v.Result, v.Attachments = in.Problem, in.Measures, in.Result, in.Attachments
	v.Logged, v.Confirmed, v.ConfirmedBy, v.Objection = d.Today, Date{}, "", ""
}

// confirm notes whose word it is that the service took place.
func (v *Service) confirm(on Date, by string) error {
	if on.Before(v.On) {
		return invalid("on", "确认日期%s早于服务 %s 的日期%s，请核对", on.Chinese(), v.ID, v.On.Chinese())
	}
	v.Confirmed, v.ConfirmedBy, v.Objection = on, by, ""
	return nil
}

func confirmService(d *Deed, v *Service, _ struct{}) error { return v.confirm(d.How.On, d.Party.ID) }

func presumeService(d *Deed, v *Service, _ struct{}) error {
	return v.confirm(v.deemed(d.settings()), BySilence)
}

func disputeService(_ *Deed, v *Service, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明对这次服务有什么异议"); err != nil {
		return err
	}
	v.Objection, v.Confirmed, v.ConfirmedBy = in.Reason, Date{}, ""
	return nil
}

// settleService decides on an objection, which stays in the record.
func settleService(d *Deed, v *Service, in SettleInput) error {
	if err := checkStated("reason", in.Reason, "请写明核实的情况和理由"); err != nil {
		return err
	}
	d.How.Reason = in.Reason
	if v.State = Struck; in.Counts {
		v.State, v.Confirmed, v.ConfirmedBy = Confirmed, d.How.On, ByTheCentre
	}
	return nil
}
