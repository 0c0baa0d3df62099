package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// Recovery (追回台账) is what has to come back under Art. 21 after a disqualification, entry by entry, until nothing is left or
// others have taken it over.
type Recovery struct {
	ID      string          `json:"id"`
	Case    string          `json:"case"`
	Against RecordKind      `json:"against"`
	Subject string          `json:"subject"`
	Opened  Date            `json:"opened"`
	Entries []RecoveryEntry `json:"entries"`
	State   State           `json:"state"`
}

// RecoveryEntry is one line of the ledger.
type RecoveryEntry struct {
	Kind   RecoveryKind `json:"kind"`
	Amount Fen          `json:"amount"`
	On     Date         `json:"on"`
	Note   string       `json:"note,omitempty"` // for what, or by which paper
	By     string       `json:"by"`
}

// RecoveryKind is what an entry does.
type RecoveryKind string

const (
	Demanded   RecoveryKind = "应追回"
	Received   RecoveryKind = "已追回"
	WrittenOff RecoveryKind = "核销"
	ToCourt    RecoveryKind = "移送法院"
)

// The states of a ledger.
const (
	Outstanding State = "outstanding"
	Settled     State = "settled"
	HandedOver  State = "handed_over"
)

var recoveryRows = []Transition{
	row(Transition{Kind: KindRecovery, Act: "demand", Says: "登记应追回资金", To: Outstanding,
		By:      []Party{{Role: CentreStaff}, {Role: FinanceOfficer}},
		Guards:  []Guard{caseDecided},
		Sources: article21, Records: "生活补贴、资金奖励等财政支持资金的应追回数"}, demandBack),
	row(Transition{Kind: KindRecovery, Act: "receive", Says: "登记已追回资金", From: []State{Outstanding, HandedOver},
		By:      []Party{{Role: CentreStaff}, {Role: FinanceOfficer}},
		Sources: article21, Records: "追回的金额、日期、凭证"}, receiveBack),
	row(Transition{Kind: KindRecovery, Act: "write_off", Says: "核销", From: []State{Outstanding, HandedOver},
		By:      []Party{{Role: FinanceOfficer}},
		Sources: append(article21, policy.CentreSetting), Records: "核销的金额和批文"}, writeOff),
	row(Transition{Kind: KindRecovery, Act: "to_court", Says: "移送法院", From: []State{Outstanding}, To: HandedOver,
		By:      []Party{{Role: CentreStaff}, {Role: FinanceOfficer}},
		Sources: article21, Records: "移送的日期和案号"}, toCourt),
}

// DemandInput opens a ledger.
type DemandInput struct {
	Case   string `json:"case"`
	Amount Fen    `json:"amount"`
	Note   string `json:"note"`
}

// AmountInput is an entry.
type AmountInput struct {
	Amount Fen    `json:"amount"`
	Note   string `json:"note"`
}

// caseDecided: money is demanded back only after a decision that stands.
var caseDecided = Guard{"case-decided", "取消资格的决定作出以后追回财政支持资金", policy.Article(21), func(d *Deed) string {
	v, err := find[*Case](d, KindCase, inputOf[DemandInput](d).Case)
	if err != nil {
		return "没有找到取消资格案，请核对编号"
	}
	switch v.State {
	case Decided, Delivered, Reviewing, Upheld:
		return ""
	}
	return fmt.Sprintf("案件 %s 现在是“%s”，取消资格的决定生效以后才能追回", v.ID, stateName(KindCase, v.State))
}}

// Balance is what is still to come back, in fen; never negative.
func (v *Recovery) Balance() (left Fen) {
	for _, e := range v.Entries {
		switch e.Kind {
		case Demanded:
			left += e.Amount
		case Received, WrittenOff:
			left -= e.Amount
		}
	}
	return left
}

func demandBack(d *Deed, _ *Recovery, in DemandInput) error {
	of, err := find[*Case](d, KindCase, in.Case)
	if err != nil {
		return err
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("recovery.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Recovery{ID: fmt.Sprintf("ZH%d-%04d", d.Today.Year, n), Case: of.ID, Against: of.Against, Subject: of.Subject, Opened: d.How.On}
	if err := v.enter(d, Demanded, AmountInput{in.Amount, in.Note}); err != nil {
		return err
	}
	d.make(KindRecovery, v)
	return nil
}

// enter adds a line; what comes in cannot be more than what is left.
func (v *Recovery) enter(d *Deed, kind RecoveryKind, in AmountInput) error {
	if err := firstBroken(checkFen("amount", in.Amount), checkStated("note", in.Note, "请写明是哪笔资金或凭证")); err != nil {
		return err
	}
	if left := v.Balance(); kind != Demanded && in.Amount > left {
		return invalid("amount", "还应追回 %s 元，不能登记 %s 元", left, in.Amount)
	}
	v.Entries = append(v.Entries, RecoveryEntry{kind, in.Amount, d.How.On, in.Note, d.Party.ID})
	return nil
}

func receiveBack(d *Deed, v *Recovery, in AmountInput) error { return v.settle(d, Received, in) }
func writeOff(d *Deed, v *Recovery, in AmountInput) error    { return v.settle(d, WrittenOff, in) }

func (v *Recovery) settle(d *Deed, kind RecoveryKind, in AmountInput) error {
	if err := v.enter(d, kind, in); err != nil {
		return err
	}
	if v.Balance() == 0 {
		v.State = Settled
	}
	return nil
}

func toCourt(d *Deed, v *Recovery, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明移送的法院和案号"); err != nil {
		return err
	}
	v.Entries = append(v.Entries, RecoveryEntry{ToCourt, v.Balance(), d.How.On, in.Reason, d.Party.ID})
	return nil
}

func (v *Recovery) recordID() string     { return v.ID }
func (v *Recovery) state() State         { return v.State }
func (v *Recovery) setState(s State)     { v.State = s }
func (v *Recovery) begun() Date          { return v.Opened }
func (v *Recovery) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Recovery) Validate() error {
	return firstBroken(checkID("id", v.ID), checkID("case", v.Case), checkID("subject", v.Subject), checkCount("entries", len(v.Entries), MaxEvidence),
		checkRange("balance", int64(v.Balance()), 0, maxFen*MaxEvidence))
}

func (v *Recovery) body() ([]byte, error) { return jsonBody(*v) }

var decodeRecovery = fromJSON[Recovery](KindRecovery)
