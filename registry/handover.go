package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// Handover (交接) moves what somebody has open to a successor, in one act: delegations, complaints, contacts to follow up. What was done before keeps
// the name of who did it.
type Handover struct {
	ID    string   `json:"id"`
	From  string   `json:"from"`
	To    string   `json:"to"`
	On    Date     `json:"on"`
	Moved []string `json:"moved"` // kind.id of what was handed over
	State State    `json:"state"`
}

// HandedOn is the only state of a handover.
const HandedOn State = "done"

var handoverRows = []Transition{
	row(Transition{Kind: KindHandover, Act: "hand_over", Says: "办理交接", To: HandedOn,
		By:      []Party{{Role: CentreStaff}, {Role: BureauOfficer}, {Role: Administrator}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "交出人、接手人、移交的授权、投诉建议和联系记录"}, handOver),
}

// HandoverInput names the two.
type HandoverInput struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func handOver(d *Deed, _ *Handover, in HandoverInput) error {
	if err := firstBroken(checkStated("from", in.From, "请填写交出人"), checkStated("to", in.To, "请填写接手人")); err != nil {
		return err
	}
	if in.From == in.To {
		return invalid("to", "接手人不能是交出人本人")
	}
	n, err := nextSerial(d.tx, "handover")
	if err != nil {
		return err
	}
	v := &Handover{ID: fmt.Sprintf("JJ%04d", n), From: in.From, To: in.To, On: d.How.On}
	d.make(KindHandover, v)
	return firstBroken(
		handOn(d, v, KindDelegation, decodeDelegation, func(r *Delegation) bool {
			return r.State == Granted && replaced(&r.Person, in)
		}),
		handOn(d, v, KindComplaint, decodeComplaint, func(r *Complaint) bool {
			return r.State != ComplaintAnswered && replaced(&r.Assignee, in)
		}),
		handOn(d, v, KindContact, decodeContact, func(r *Contact) bool {
			return r.State == ContactOpen && replaced(&r.Person, in)
		}))
}

func replaced(person *string, in HandoverInput) bool {
	if *person != in.From {
		return false
	}
	*person = in.To
	return true
}

// handOn changes the records of a kind that are open with the one who leaves.
func handOn[T any, R interface {
	*T
	record
}](d *Deed, v *Handover, kind RecordKind, decode func([]byte) (T, error), take func(R) bool) error {
	all, err := listIn(d.tx, kind, "", 0, decode)
	if err != nil {
		return err
	}
	for i := range all {
		if r := R(&all[i]); take(r) {
			d.change(kind, r)
			v.Moved = append(v.Moved, string(kind)+"."+r.recordID())
		}
	}
	return nil
}

func (v *Handover) recordID() string     { return v.ID }
func (v *Handover) state() State         { return v.State }
func (v *Handover) setState(s State)     { v.State = s }
func (v *Handover) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Handover) Validate() error {
	return firstBroken(checkID("id", v.ID), checkLine("from", v.From), checkLine("to", v.To))
}

func (v *Handover) body() ([]byte, error) { return jsonBody(*v) }

var decodeHandover = fromJSON[Handover](KindHandover)
