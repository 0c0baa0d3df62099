package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Application (申请) is somebody's wish to join the pool: recommended by a unit or on his own (Art. 6).
type Application struct {
	ID         string     `json:"id"`
	Applicant  string     `json:"applicant"`            // the account or person that applies; sees to it as the own
	Channel    Channel    `json:"channel"`              // 机构推荐 or 个人自荐
	Unit       string     `json:"unit,omitempty"`       // 推荐单位; compulsory when recommended
	Consent    Date       `json:"consent"`              // 本人自愿: the day on which the applicant agreed
	Intended   string     `json:"intended,omitempty"`   // the enterprise that the applicant has in mind
	Profile    Specialist `json:"profile"`              // the future member; its id is given with the pool number
	Filed      Date       `json:"filed"`                // the day of the application, by which it is judged
	Ticked     []string   `json:"ticked,omitempty"`     // items of Art. 5 (二)(三) that a reviewer found satisfied
	TickedBy   string     `json:"ticked_by,omitempty"`  // who
	By         string     `json:"by,omitempty"`         // what satisfied Art. 5 (一): 学位, 职称, 人工认定
	Missing    string     `json:"missing,omitempty"`    // 退回补正: what
	Due        Date       `json:"due,omitzero"`         // 退回补正: until when
	Reason     string     `json:"reason,omitempty"`     // of the refusal
	Specialist string     `json:"specialist,omitempty"` // id of the member that it led to, or whose return it asks for

	Publication string `json:"publication,omitempty"` // the list on which it is shown
	State       State  `json:"state"`
}

// Channel is how an application came about.
type Channel string

const (
	Recommended   Channel = "机构推荐"
	SelfNominated Channel = "个人自荐"
)

// The states of an application.
const (
	Submitted   State = "submitted"
	SentBack    State = "sent_back"
	Admitted    State = "admitted"
	NotAdmitted State = "not_admitted"
	TakenBack   State = "taken_back"
)

// The items of Art. 5 (二) and (三) that a reviewer ticks.
var merits = []string{"专业知识", "研发能力", "组织协调能力和工作责任心", "熟悉企业科研情况", "有志于产学研用结合", "能解决企业科技问题"}

var applicationRows = []Transition{
	row(Transition{Kind: KindApplication, Act: "apply", Says: "提交申请", To: Submitted,
		By:      []Party{{Role: SpecialistRole}, {Role: HomeUnit}, {Role: CentreStaff}},
		Guards:  []Guard{consented, notBarred},
		Sources: []policy.Source{policy.Article(6)}, Records: "申请、推荐单位、本人同意的日期"}, apply),
	row(Transition{Kind: KindApplication, Act: "revise", Says: "补正", From: []State{SentBack}, To: Submitted,
		By:      []Party{{Role: SpecialistRole, Own: true}, {Role: HomeUnit, Own: true}, {Role: CentreStaff}},
		Guards:  []Guard{consented},
		Sources: []policy.Source{policy.Article(6)}, Records: "补正后的申请"}, revise),
	row(Transition{Kind: KindApplication, Act: "take_back", Says: "撤回申请", From: []State{Submitted, SentBack}, To: TakenBack,
		By:      []Party{{Role: SpecialistRole, Own: true}, {Role: HomeUnit, Own: true}},
		Sources: []policy.Source{policy.Article(6), policy.CentreSetting}, Records: "撤回的日期"}, nothing[*Application]),
	row(Transition{Kind: KindApplication, Act: "tick", Says: "逐项核对选拔条件", From: []State{Submitted},
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(5, 2), policy.Article(5, 3)}, Records: "核对人、符合的各项、学位或职称的认定"}, tick),
	row(Transition{Kind: KindApplication, Act: "send_back", Says: "退回补正", From: []State{Submitted}, To: SentBack, Joint: true,
		By:      bothOffices,
		Sources: []policy.Source{policy.Article(6), policy.CentreSetting}, Records: "缺什么、补到哪一天"}, sendBack),
	row(Transition{Kind: KindApplication, Act: "admit", Says: "审核通过、入库", From: []State{Submitted}, To: Admitted, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{inEdition, qualified, ticked, consented, notBarred, poolPublished},
		Sources: []policy.Source{policy.Article(2), policy.Article(6)}, Records: "两部门的意见、入库编号、入库日期"}, admit),
	row(Transition{Kind: KindApplication, Act: "decline", Says: "不予入库", From: []State{Submitted}, To: NotAdmitted, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{inEdition},
		Sources: []policy.Source{policy.Article(6)}, Records: "不予入库的理由"}, decline),
}

// ApplicationInput is what is applied with, and what a revision may change.
type ApplicationInput struct {
	Channel    Channel    `json:"channel"`
	Unit       string     `json:"unit"`
	Consent    Date       `json:"consent"`
	Intended   string     `json:"intended"`
	Profile    Specialist `json:"profile"`
	Specialist string     `json:"specialist"` // id of a former member who applies again
}

// TickInput is what a reviewer found.
type TickInput struct {
	Ticked  []string `json:"ticked"`  // of the items of Art. 5 (二)(三)
	Proved  bool     `json:"proved"`  // the certificate of degree or title has been seen
	ByHand  string   `json:"by_hand"` // why an unknown title counts as intermediate or above (人工认定)
	Refused string   `json:"refused"` // why it does not
}

// SendBackInput says what is missing; Days 0 = the setting.
type SendBackInput struct {
	Missing string `json:"missing"`
	Days    int    `json:"days"`
}

// ReasonInput is a decision's ground; both offices may word it in their own way.
type ReasonInput struct {
	Reason string `json:"reason"`
}

func (ReasonInput) bare() any          { return nil }
func (in ReasonInput) words() string   { return in.Reason }
func (SendBackInput) bare() any        { return nil }
func (in SendBackInput) words() string { return in.Missing }

func apply(d *Deed, _ *Application, in ApplicationInput) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("application.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Application{ID: fmt.Sprintf("SQ%d-%04d", d.Today.Year, n), Applicant: d.Party.Of, Filed: d.How.On}
	if v.Applicant == "" {
		v.Applicant = d.Party.ID
	}
	v.take(in)
	d.make(KindApplication, v)
	return nil
}

func revise(_ *Deed, v *Application, in ApplicationInput) error {
	v.take(in)
	v.Missing, v.Due, v.Ticked, v.TickedBy, v.By, v.Publication = "", Date{}, nil, "", "", ""
	return nil
}

func (v *Application) take(in ApplicationInput) {
	v.Channel, v.Unit, v.Consent, v.Intended, v.Profile, v.Specialist = in.Channel, in.Unit, in.Consent, in.Intended, in.Profile, in.Specialist
	v.Profile.ID = v.ID
}

func nothing[R record](*Deed, R, struct{}) error { return nil }

func tick(d *Deed, v *Application, in TickInput) error {
	for _, item := range in.Ticked {
		if !slices.Contains(merits, item) {
			return invalid("ticked", "“%s”不是第五条的条件，可选：%s", Shorten(item, 20), strings.Join(merits, "、"))
		}
	}
	v.Ticked, v.TickedBy, v.By = in.Ticked, d.Party.ID, ""
	switch q := v.Profile.Qualification(); {
	case strings.TrimSpace(in.Refused) != "":
		v.Reason = in.Refused
	case q.Answer == Satisfied && in.Proved:
		v.By = q.By
	case q.Answer == NeedsPerson && in.Proved && strings.TrimSpace(in.ByHand) != "":
		v.By = "人工认定：" + in.ByHand
	}
	return nil
}

func sendBack(d *Deed, v *Application, in SendBackInput) error {
	if err := checkStated("missing", in.Missing, "请写明需要补正什么"); err != nil {
		return err
	}
	days := in.Days
	if days == 0 {
		days = d.settings().Int(policy.SupplementDays)
	}
	v.Missing, v.Due = in.Missing, d.How.On.AddDays(days)
	return nil
}

func decline(_ *Deed, v *Application, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明不予入库的理由，如“暂无相应需求”"); err != nil {
		return err
	}
	v.Reason = in.Reason
	return nil
}

// admit puts the applicant into the pool, with a number that is never given twice; a former member gets back the old record.
func admit(d *Deed, v *Application, _ struct{}) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("pool.%d", d.How.On.Year))
	if err != nil {
		return err
	}
	member := v.Profile
	if v.Specialist == "" {
		v.Specialist = fmt.Sprintf("TPY%d-%04d", d.How.On.Year, n)
	} else if err := member.returnsAs(d, v.Specialist); err != nil {
		return err
	}
	member.ID, member.Standing, member.BarredTo = v.Specialist, Active, ""
	member.PoolNumber, member.Admitted = fmt.Sprintf("%d-%04d", d.How.On.Year, n), d.How.On.String()
	d.change(KindSpecialist, &member)
	return nil
}

// returnsAs gives a former member back what the old record knows and an application does not. Whoever is in the pool does not return.
func (v *Specialist) returnsAs(d *Deed, id string) error {
	former, err := find[*Specialist](d, KindSpecialist, id)
	if err != nil {
		return inField("specialist", err)
	}
	if s := former.state(); s == InPool || s == PausedOut {
		return &Error{Kind: Conflict, Source: string(policy.Article(6)), Field: "specialist",
			Msg: fmt.Sprintf("%s %s（入库编号 %s），不须再申请；资料有变动请办理年度信息核对", former.Name, stateName(KindSpecialist, s), former.PoolNumber)}
	}
	v.Serving, v.Equity = former.Serving, former.Equity
	return nil
}

func (v *Application) recordID() string { return v.ID }
func (v *Application) state() State     { return v.State }
func (v *Application) setState(s State) { v.State = s }
func (v *Application) begun() Date      { return v.Filed }
func (v *Application) belongsTo(a Actor) bool {
	return a.Role == SpecialistRole && (a.Of == v.Applicant || a.ID == v.Applicant) || a.Role == HomeUnit && SameName(a.Of, v.Unit)
}

// Validate is as for Specialist.
func (v *Application) Validate() error {
	return firstBroken(
		checkID("id", v.ID),
		checkStated("applicant", v.Applicant, "请写明申请人"),
		checkStated("channel", string(v.Channel), "请选择 机构推荐 或 个人自荐"),
		checkOneOf("channel", string(v.Channel), []string{string(Recommended), string(SelfNominated)}),
		v.checkUnit(),
		checkOptionalID("intended", v.Intended),
		checkOptionalID("specialist", v.Specialist),
		checkText("missing", v.Missing),
		checkText("reason", v.Reason),
		checkStated("profile.name", v.Profile.Name, "请填写姓名"),
		v.Profile.Validate(),
	)
}

func (v *Application) checkUnit() error {
	if v.Channel == Recommended {
		return checkStated("unit", v.Unit, "机构推荐须写明推荐单位")
	}
	return checkLine("unit", v.Unit)
}

func (v *Application) body() ([]byte, error) { return jsonBody(*v) }

var decodeApplication = fromJSON[Application](KindApplication)
