package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Delegation (授权) names who decides for an office, on which joint decisions and for how long. Where an office has named anybody for
// an act, only those may do it; where it has named nobody, everybody of the office may.
type Delegation struct {
	ID     string   `json:"id"`
	Office Role     `json:"office"` // the centre or the bureau
	Person string   `json:"person"`
	Acts   []string `json:"acts"` // kind.act of the transition table; empty = every joint decision
	From   Date     `json:"from"`
	Until  Date     `json:"until,omitzero"` // last day; zero = until recalled
	By     string   `json:"by"`             // who named the person
	State  State    `json:"state"`
}

// The states of a delegation.
const (
	Granted  State = "granted"
	Recalled State = "recalled"
)

var delegationRows = []Transition{
	row(Transition{Kind: KindDelegation, Act: "grant", Says: "授权办理联合审核", To: Granted,
		By:      bothOffices,
		Guards:  []Guard{ownOffice},
		Sources: []policy.Source{policy.CentreSetting}, Records: "被授权人、可办理的决定、起止日期"}, grantDelegation),
	row(Transition{Kind: KindDelegation, Act: "recall", Says: "收回授权", From: []State{Granted}, To: Recalled,
		By:      bothOffices,
		Guards:  []Guard{ownOffice},
		Sources: []policy.Source{policy.CentreSetting}, Records: "收回的日期和原因"}, reasoned[*Delegation]),
}

// DelegationInput names a person.
type DelegationInput struct {
	Person string   `json:"person"`
	Acts   []string `json:"acts"`
	From   Date     `json:"from"`
	Until  Date     `json:"until"`
}

// ownOffice: an office names its own people, and nobody names himself.
var ownOffice = Guard{"own-office", "授权由本部门作出，不能授权给自己", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Delegation](d); v != nil && v.Office != d.Party.Role {
		return "只能收回本部门的授权"
	}
	if inputOf[DelegationInput](d).Person == d.Party.ID {
		return "不能授权给自己；请由本部门另一人授权"
	}
	return ""
}}

func grantDelegation(d *Deed, _ *Delegation, in DelegationInput) error {
	for _, act := range in.Acts {
		if !slices.ContainsFunc(d.table, func(t Transition) bool { return t.Joint && string(t.Kind)+"."+t.Act == act }) {
			return invalid("acts", "“%s”不是联合审核的决定，请从联合审核的决定中选择", Shorten(act, 40))
		}
	}
	n, err := nextSerial(d.tx, "delegation")
	if err != nil {
		return err
	}
	v := &Delegation{ID: fmt.Sprintf("SQ%04d", n), Office: d.Party.Role, Person: in.Person, Acts: in.Acts, From: in.From, Until: in.Until, By: d.Party.ID}
	if v.From.IsZero() {
		v.From = d.How.On
	}
	d.make(KindDelegation, v)
	return nil
}

// covers tells whether the delegation is for an act on a day.
func (v *Delegation) covers(office Role, act string, on Date) bool {
	return v.State == Granted && v.Office == office && (len(v.Acts) == 0 || slices.Contains(v.Acts, act)) &&
		!on.Before(v.From) && (v.Until.IsZero() || !v.Until.Before(on))
}

// delegated refuses a half of somebody whom the office has not named, where it has named others.
func (d *Deed) delegated() error {
	all, err := listIn(d.tx, KindDelegation, "", 0, decodeDelegation)
	if err != nil {
		return err
	}
	var named []string
	for _, v := range all {
		if v.covers(d.Party.Role, string(d.row.Kind)+"."+d.row.Act, d.How.On) {
			named = append(named, v.Person)
		}
	}
	if len(named) == 0 || slices.Contains(named, d.Party.ID) {
		return nil
	}
	return &Error{Kind: Denied, Rule: "delegated", Source: string(policy.CentreSetting),
		Msg: fmt.Sprintf("%s已授权 %s 办理%s；请由被授权人办理", d.Party.Role, strings.Join(named, "、"), d.row.Says)}
}

func (v *Delegation) recordID() string     { return v.ID }
func (v *Delegation) state() State         { return v.State }
func (v *Delegation) setState(s State)     { v.State = s }
func (v *Delegation) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Delegation) Validate() error {
	if !v.Until.IsZero() && v.Until.Before(v.From) {
		return invalid("until", "截止日期%s早于起始日期%s，请核对", v.Until.Chinese(), v.From.Chinese())
	}
	return firstBroken(checkID("id", v.ID), checkStated("person", v.Person, "请填写被授权人"), checkLine("person", v.Person), checkCount("acts", len(v.Acts), MaxList))
}

func (v *Delegation) body() ([]byte, error) { return jsonBody(*v) }

var decodeDelegation = fromJSON[Delegation](KindDelegation)
