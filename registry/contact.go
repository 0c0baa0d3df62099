package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// Contact (联系记录) is a call, a message or a visit, what came of it, and when somebody follows it up.
type Contact struct {
	ID     string     `json:"id"`
	With   RecordKind `json:"with"` // KindEnterprise or KindSpecialist
	Of     string     `json:"of"`   // its id
	Medium string     `json:"medium"`
	On     Date       `json:"on"`
	Result string     `json:"result"`
	Next   Date       `json:"next,omitzero"` // 下次联系
	Person string     `json:"person"`        // who keeps up the contact
	State  State      `json:"state"`
}

var contactMedia = []string{"电话", "微信", "走访", "邮件"}

// The states of a contact.
const (
	ContactOpen State = "open" // to be followed up
	ContactDone State = "done"
)

var contactRows = []Transition{
	row(Transition{Kind: KindContact, Act: "note", Says: "登记联系记录",
		By:      []Party{{Role: CentreStaff}, {Role: BureauOfficer}, {Role: CountyClerk}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "联系谁、方式、结果、下次联系日期"}, noteContact),
	row(Transition{Kind: KindContact, Act: "follow_up", Says: "跟进完毕", From: []State{ContactOpen}, To: ContactDone,
		By:      []Party{{Role: CentreStaff}, {Role: BureauOfficer}, {Role: CountyClerk}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "跟进的结果"}, reasoned[*Contact]),
}

// ContactInput is one contact.
type ContactInput struct {
	With   RecordKind `json:"with"`
	Of     string     `json:"of"`
	Medium string     `json:"medium"`
	Result string     `json:"result"`
	Next   Date       `json:"next"`
}

func noteContact(d *Deed, _ *Contact, in ContactInput) error {
	var err error
	switch in.With {
	case KindEnterprise:
		_, err = find[*Enterprise](d, KindEnterprise, in.Of)
	case KindSpecialist:
		_, err = find[*Specialist](d, KindSpecialist, in.Of)
	default:
		return invalid("with", "联系的对象须为企业或科技特派员")
	}
	if err != nil {
		return inField("of", err)
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("contact.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Contact{ID: fmt.Sprintf("LX%d-%05d", d.Today.Year, n), With: in.With, Of: in.Of, Medium: in.Medium, On: d.How.On, Result: in.Result,
		Next: in.Next, Person: d.Party.ID, State: ContactDone}
	if !in.Next.IsZero() {
		v.State = ContactOpen
	}
	d.make(KindContact, v)
	return nil
}

func (v *Contact) recordID() string     { return v.ID }
func (v *Contact) state() State         { return v.State }
func (v *Contact) setState(s State)     { v.State = s }
func (v *Contact) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Contact) Validate() error {
	return firstBroken(checkID("id", v.ID), checkID("of", v.Of), checkStated("medium", v.Medium, "请选择 电话、微信、走访 或 邮件"),
		checkOneOf("medium", v.Medium, contactMedia), checkStated("result", v.Result, "请写明联系的结果"), checkText("result", v.Result))
}

func (v *Contact) body() ([]byte, error) { return jsonBody(*v) }

var decodeContact = fromJSON[Contact](KindContact)
