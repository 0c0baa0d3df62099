package registry

import (
	"fmt"
	"strings"

	"tepai/registry/policy"
)

// Case (取消资格案) is the procedure of Art. 21 against a specialist or an enterprise, from a clue to a decision that is delivered,
// reviewed and, where it was wrong, revoked. It bars the one who did it.
type Case struct {
	ID           string     `json:"id"`
	Against      RecordKind `json:"against"` // KindSpecialist or KindEnterprise
	Subject      string     `json:"subject"`
	Clue         string     `json:"clue"` // 线索
	Source       string     `json:"source"`
	Reported     Date       `json:"reported"`
	InquiryUntil Date       `json:"inquiry_until,omitzero"` // 核查 ends, and with it the pause of recommendation
	Notice       string     `json:"notice,omitempty"`       // 告知: what is held against the subject
	Notified     Date       `json:"notified,omitzero"`
	Statement    string     `json:"statement,omitempty"` // 陈述申辩, or that none was made
	Ground       string     `json:"ground,omitempty"`    // of the decision
	DocumentNo   string     `json:"document_no,omitempty"`
	Decided      Date       `json:"decided,omitzero"`
	Delivered    Date       `json:"delivered,omitzero"` // 送达
	ReviewAsked  string     `json:"review_asked,omitempty"`
	Outcome      string     `json:"outcome,omitempty"`  // of the review, of a dismissal, of a revocation
	Referred     string     `json:"referred,omitempty"` // 移送: to whom (依法追究)
	Frozen       []string   `json:"frozen,omitempty"`   // dispatches that the decision froze
	Before       State      `json:"before,omitempty"`   // where the subject stood before the case touched it
	State        State      `json:"state"`
}

// The states of a case.
const (
	ClueNoted   State = "clue"
	Inquiring   State = "inquiry"
	Noticed     State = "noticed"
	Heard       State = "heard"
	Decided     State = "decided"
	Delivered   State = "delivered"
	Reviewing   State = "reviewing"
	Upheld      State = "upheld"
	Dismissed   State = "dismissed"
	RevokedCase State = "revoked"
)

var article21 = []policy.Source{policy.Article(21)}

var caseRows = []Transition{
	row(Transition{Kind: KindCase, Act: "report", Says: "登记线索", To: ClueNoted,
		By:      []Party{{Role: CentreStaff}, {Role: BureauOfficer}, {Role: FinanceOfficer}},
		Sources: article21, Records: "线索、来源、当事人"}, reportCase),
	row(Transition{Kind: KindCase, Act: "inquire", Says: "启动核查", From: []State{ClueNoted}, To: Inquiring, Joint: true, By: bothOffices,
		Guards:  []Guard{inquiryEnds},
		Sources: append(article21, policy.CentreSetting), Records: "核查到哪一天；其间暂停推荐"}, inquire),
	row(Transition{Kind: KindCase, Act: "dismiss", Says: "线索不成立", From: []State{ClueNoted, Inquiring, Noticed, Heard}, To: Dismissed, Joint: true, By: bothOffices,
		Sources: article21, Records: "不成立的理由；恢复推荐"}, dismissCase),
	row(Transition{Kind: KindCase, Act: "notify", Says: "告知拟作出的决定", From: []State{Inquiring}, To: Noticed,
		By:      []Party{{Role: CentreStaff}},
		Sources: append(article21, policy.CentreSetting), Records: "告知的事实、理由和陈述申辩的权利"}, notifyCase),
	row(Transition{Kind: KindCase, Act: "hear", Says: "记录陈述申辩", From: []State{Noticed}, To: Heard,
		By:      []Party{{Role: CentreStaff}, {Role: SpecialistRole, Own: true}, {Role: EnterpriseStaff, Own: true}},
		Sources: append(article21, policy.CentreSetting), Records: "当事人的陈述申辩，或逾期未提出"}, hearCase),
	row(Transition{Kind: KindCase, Act: "disqualify", Says: "取消资格", From: []State{Heard}, To: Decided, Joint: true, By: bothOffices,
		Sources: article21, Records: "决定书、理由；三年内不再受理其申报；在派的派驻冻结"}, disqualify),
	row(Transition{Kind: KindCase, Act: "deliver", Says: "送达决定书", From: []State{Decided}, To: Delivered,
		By:      []Party{{Role: CentreStaff}},
		Sources: append(article21, policy.CentreSetting), Records: "送达日期和方式"}, deliverCase),
	row(Transition{Kind: KindCase, Act: "ask_review", Says: "申请复核", From: []State{Delivered}, To: Reviewing,
		By:      []Party{{Role: SpecialistRole, Own: true}, {Role: EnterpriseStaff, Own: true}},
		Sources: append(article21, policy.CentreSetting), Records: "复核申请"}, askReview),
	row(Transition{Kind: KindCase, Act: "uphold", Says: "维持决定", From: []State{Reviewing}, To: Upheld, Joint: true, By: bothOffices,
		Sources: append(article21, policy.CentreSetting), Records: "维持的理由"}, concludeCase),
	row(Transition{Kind: KindCase, Act: "revoke", Says: "撤销决定", From: []State{Decided, Delivered, Reviewing, Upheld}, To: RevokedCase, Joint: true, By: bothOffices,
		Sources: append(article21, policy.CentreSetting), Records: "撤销的理由；资格、推荐和冻结的派驻恢复，历史保留"}, revokeCase),
	row(Transition{Kind: KindCase, Act: "refer", Says: "移送", From: []State{Inquiring, Noticed, Heard, Decided, Delivered, Reviewing, Upheld},
		By:      []Party{{Role: CentreStaff}, {Role: BureauOfficer}},
		Sources: article21, Records: "移送到哪里（依法追究相关责任）"}, referCase),
}

// CaseInput is a clue.
type CaseInput struct {
	Against RecordKind `json:"against"`
	Subject string     `json:"subject"`
	Clue    string     `json:"clue"`
	Source  string     `json:"source"`
}

// InquiryInput is the last day of an inquiry.
type InquiryInput struct {
	Until Date `json:"until"`
}

// DecisionInput is a decision under Art. 21.
type DecisionInput struct {
	Ground     string `json:"ground"`
	DocumentNo string `json:"document_no"`
}

func (DecisionInput) bare() any        { return nil }
func (in DecisionInput) words() string { return in.Ground }

// inquiryEnds: the pause of recommendation is reversible and has an end.
var inquiryEnds = Guard{"inquiry-ends", "核查期间暂停推荐，有截止日期", policy.CentreSetting, func(d *Deed) string {
	until, most := inputOf[InquiryInput](d).Until, d.How.On.AddDays(d.settings().Int(policy.InquiryDays))
	if until.IsZero() || until.Before(d.How.On) || most.Before(until) {
		return fmt.Sprintf("请填写核查截止日期，不早于%s，不晚于%s", d.How.On.Chinese(), most.Chinese())
	}
	return ""
}}

func reportCase(d *Deed, _ *Case, in CaseInput) error {
	if err := firstBroken(checkStated("clue", in.Clue, "请写明线索"), checkStated("source", in.Source, "请写明线索的来源")); err != nil {
		return err
	}
	v := &Case{Against: in.Against, Subject: in.Subject, Clue: in.Clue, Source: in.Source, Reported: d.How.On}
	if _, err := v.accused(d); err != nil {
		return err
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("case.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v.ID = fmt.Sprintf("AJ%d-%04d", d.Today.Year, n)
	d.make(KindCase, v)
	return nil
}

// accused reads the subject, ready to be changed.
func (v *Case) accused(d *Deed) (record, error) {
	switch v.Against {
	case KindSpecialist:
		return find[*Specialist](d, KindSpecialist, v.Subject)
	case KindEnterprise:
		return find[*Enterprise](d, KindEnterprise, v.Subject)
	}
	return nil, invalid("against", "取消资格的对象须为科技特派员或企业")
}

// inquire pauses the recommendation until the last day of the inquiry.
func inquire(d *Deed, v *Case, in InquiryInput) error {
	r, err := v.accused(d)
	if err != nil {
		return err
	}
	v.InquiryUntil, v.Before = in.Until, r.state()
	switch who := r.(type) {
	case *Specialist:
		if who.Standing == Active {
			who.Standing, who.PausedTo = Paused, in.Until.String()
		}
	case *Enterprise:
		who.PausedTo = in.Until.String()
	}
	d.change(v.Against, r)
	return nil
}

// restore puts the subject back to where it stood before the case.
func (v *Case) restore(d *Deed) error {
	r, err := v.accused(d)
	if err != nil || v.Before == "" {
		return err
	}
	switch who := r.(type) {
	case *Specialist:
		who.PausedTo, who.BarredTo = "", ""
	case *Enterprise:
		who.PausedTo, who.BarredTo = "", ""
	}
	r.setState(v.Before)
	d.change(v.Against, r)
	return nil
}

func dismissCase(d *Deed, v *Case, in ReasonInput) error {
	if err := concludeCase(d, v, in); err != nil {
		return err
	}
	return v.restore(d)
}

func notifyCase(d *Deed, v *Case, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明告知的事实、理由和依据"); err != nil {
		return err
	}
	v.Notice, v.Notified = in.Reason, d.How.On
	return nil
}

func hearCase(_ *Deed, v *Case, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请记录当事人的陈述申辩；没有提出的，写明“逾期未提出”"); err != nil {
		return err
	}
	v.Statement = in.Reason
	return nil
}

// disqualify bars the subject to the day, takes it out of every suggestion and freezes what runs.
func disqualify(d *Deed, v *Case, in DecisionInput) error {
	if err := checkStated("ground", in.Ground, "请写明取消资格的理由和依据"); err != nil {
		return err
	}
	v.Ground, v.DocumentNo, v.Decided = in.Ground, in.DocumentNo, d.How.On
	if err := v.bar(d); err != nil {
		return err
	}
	return v.freeze(d)
}

// bar puts the subject out until the last day of the bar, which is known once the setting's day has come: of the decision, or of
// its delivery.
func (v *Case) bar(d *Deed) error {
	r, err := v.accused(d)
	if err != nil {
		return err
	}
	end := d.settings().BarEnd(v.Decided, v.Delivered).String()
	switch who := r.(type) {
	case *Specialist:
		who.Standing, who.BarredTo, who.PausedTo = Disqualified, end, ""
	case *Enterprise:
		who.Standing, who.BarredTo, who.PausedTo = Disqualified, end, ""
	}
	d.change(v.Against, r)
	return nil
}

// freeze stops the running dispatches of the subject until a person decides on each.
func (v *Case) freeze(d *Deed) error {
	running, err := d.dispatches(under(v.Against, v.Subject), func(o *Dispatch) bool { return o.State == Running || o.State == Resting })
	if err != nil {
		return err
	}
	for _, o := range running {
		o.State = Frozen
		v.Frozen = append(v.Frozen, o.ID)
		d.change(KindDispatch, o)
	}
	return nil
}

func deliverCase(d *Deed, v *Case, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明送达的方式，如当面签收、挂号信"); err != nil {
		return err
	}
	v.Delivered, d.How.Reason = d.How.On, in.Reason
	return v.bar(d)
}

func askReview(_ *Deed, v *Case, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明申请复核的理由"); err != nil {
		return err
	}
	v.ReviewAsked = in.Reason
	return nil
}

func concludeCase(_ *Deed, v *Case, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明理由"); err != nil {
		return err
	}
	v.Outcome = in.Reason
	return nil
}

// revokeCase restores what the decision took; frozen dispatches that nobody has decided on go on.
func revokeCase(d *Deed, v *Case, in ReasonInput) error {
	if err := concludeCase(d, v, in); err != nil {
		return err
	}
	for _, id := range v.Frozen {
		o, err := find[*Dispatch](d, KindDispatch, id)
		if err != nil {
			return err
		}
		if o.State == Frozen {
			o.State = Running
			d.change(KindDispatch, o)
		}
	}
	return v.restore(d)
}

func referCase(_ *Deed, v *Case, in ReferInput) error {
	if strings.TrimSpace(in.To) == "" || strings.TrimSpace(in.Reason) == "" {
		return invalid("to", "请写明移送到哪里、为什么")
	}
	v.Referred = in.To + "：" + in.Reason
	return nil
}

func (v *Case) recordID() string { return v.ID }
func (v *Case) state() State     { return v.State }
func (v *Case) setState(s State) { v.State = s }
func (v *Case) begun() Date      { return v.Reported }
func (v *Case) belongsTo(a Actor) bool {
	return a.Of == v.Subject && (a.Role == SpecialistRole && v.Against == KindSpecialist || a.Role == EnterpriseStaff && v.Against == KindEnterprise)
}

// Validate is as for Specialist.
func (v *Case) Validate() error {
	return firstBroken(checkID("id", v.ID), checkID("subject", v.Subject), checkText("clue", v.Clue), checkLine("source", v.Source),
		checkText("notice", v.Notice), checkText("statement", v.Statement), checkText("ground", v.Ground), checkLine("document_no", v.DocumentNo),
		checkText("review_asked", v.ReviewAsked), checkText("outcome", v.Outcome), checkText("referred", v.Referred), checkIDs("frozen", v.Frozen))
}

func (v *Case) body() ([]byte, error) { return jsonBody(*v) }

var decodeCase = fromJSON[Case](KindCase)
