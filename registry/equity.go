package registry

import (
	"fmt"
	"slices"

	"tepai/registry/policy"
)

// Equity (投资入股备案) notes that a specialist invested in an enterprise with technology, management or money after the home unit agreed
// (Art. 13). The note claims no legal effect; it is a conflict for reviewers, and none for matching.
type Equity struct {
	ID         string     `json:"id"`
	Specialist string     `json:"specialist"`
	Enterprise string     `json:"enterprise"`
	Unit       string     `json:"unit"` // 派出单位, which has to agree
	Form       EquityForm `json:"form"`
	Share      string     `json:"share"` // as the papers say it
	Since      Date       `json:"since"`
	Consent    string     `json:"consent,omitempty"` // SHA-256 of the unit's written consent
	ConsentOn  Date       `json:"consent_on,omitzero"`
	State      State      `json:"state"`
}

// EquityForm is with what somebody invested.
type EquityForm string

const (
	WithTechnology EquityForm = "技术"
	WithManagement EquityForm = "管理"
	WithMoney      EquityForm = "资金"
)

var equityForms = []string{string(WithTechnology), string(WithManagement), string(WithMoney)}

// The states of a note.
const (
	EquityStated State = "stated"
	EquityNoted  State = "noted"
	EquityGone   State = "gone"
)

var equityRows = []Transition{
	row(Transition{Kind: KindEquity, Act: "state", Says: "申报投资入股", To: EquityStated,
		By:      []Party{{Role: SpecialistRole}, {Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(13)}, Records: "企业、出资方式、份额、起始日期"}, stateEquity),
	row(Transition{Kind: KindEquity, Act: "note", Says: "投资入股备案", From: []State{EquityStated}, To: EquityNoted,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{unitConsents},
		Sources: []policy.Source{policy.Article(13)}, Records: "派出单位同意的书面材料；已备案"}, noteEquity),
	row(Transition{Kind: KindEquity, Act: "leave", Says: "登记退出投资", From: []State{EquityStated, EquityNoted}, To: EquityGone,
		By:      []Party{{Role: SpecialistRole, Own: true}, {Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(13), policy.CentreSetting}, Records: "退出的日期和原因"}, leaveEquity),
}

// EquityInput is what a specialist states.
type EquityInput struct {
	Specialist string     `json:"specialist"`
	Enterprise string     `json:"enterprise"`
	Form       EquityForm `json:"form"`
	Share      string     `json:"share"`
	Since      Date       `json:"since"`
}

// ConsentInput is the unit's written consent.
type ConsentInput struct {
	Scan string `json:"scan"` // SHA-256
	On   Date   `json:"on"`
}

// unitConsents: 同派出单位协商允许后 (Art. 13).
var unitConsents = Guard{"unit-consents", "同派出单位协商允许后方可备案", policy.Article(13), func(d *Deed) string {
	in := inputOf[ConsentInput](d)
	switch {
	case !isDigest(in.Scan):
		return "没有派出单位同意的书面材料；请附上扫描件后再备案"
	case in.On.IsZero() || d.Today.Before(in.On):
		return "请填写派出单位同意的日期，不晚于今天"
	}
	return ""
}}

func stateEquity(d *Deed, _ *Equity, in EquityInput) error {
	if d.Party.Role == SpecialistRole && d.Party.Of != in.Specialist {
		return &Error{Kind: Denied, Source: string(policy.Article(13)), Msg: "只能申报本人的投资入股"}
	}
	who, err := find[*Specialist](d, KindSpecialist, in.Specialist)
	if err != nil {
		return inField("specialist", err)
	}
	if _, err := find[*Enterprise](d, KindEnterprise, in.Enterprise); err != nil {
		return inField("enterprise", err)
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("equity.%d", d.Today.Year))
	if err != nil {
		return err
	}
	d.make(KindEquity, &Equity{ID: fmt.Sprintf("GQ%d-%04d", d.Today.Year, n), Specialist: who.ID, Enterprise: in.Enterprise, Unit: who.Organisation,
		Form: in.Form, Share: in.Share, Since: in.Since})
	return who.holds(d, in.Enterprise)
}

// holds makes the share a fact of the specialist's record at once, noted or not: who holds shares is no reviewer.
func (v *Specialist) holds(d *Deed, enterprise string) error {
	if !slices.Contains(v.Equity, enterprise) {
		v.Equity = append(slices.Clip(v.Equity), enterprise)
		d.change(KindSpecialist, v)
	}
	return nil
}

func noteEquity(_ *Deed, v *Equity, in ConsentInput) error {
	v.Consent, v.ConsentOn = in.Scan, in.On
	return nil
}

func leaveEquity(d *Deed, v *Equity, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明退出的原因"); err != nil {
		return err
	}
	who, err := find[*Specialist](d, KindSpecialist, v.Specialist)
	if err != nil {
		return err
	}
	who.Equity = slices.DeleteFunc(slices.Clone(who.Equity), func(id string) bool { return id == v.Enterprise })
	d.change(KindSpecialist, who)
	return nil
}

func (v *Equity) recordID() string { return v.ID }
func (v *Equity) state() State     { return v.State }
func (v *Equity) setState(s State) { v.State = s }
func (v *Equity) begun() Date      { return v.Since }
func (v *Equity) belongsTo(a Actor) bool {
	return a.Role == SpecialistRole && a.Of == v.Specialist || a.Role == HomeUnit && SameName(a.Of, v.Unit)
}

// Validate is as for Specialist.
func (v *Equity) Validate() error {
	return firstBroken(checkID("id", v.ID), checkID("specialist", v.Specialist), checkID("enterprise", v.Enterprise),
		checkStated("form", string(v.Form), "请选择 技术、管理 或 资金"), checkOneOf("form", string(v.Form), equityForms),
		checkStated("share", v.Share, "请写明份额"), checkLine("share", v.Share), checkStated("since", v.Since.String(), "请填写起始日期"))
}

func (v *Equity) body() ([]byte, error) { return jsonBody(*v) }

var decodeEquity = fromJSON[Equity](KindEquity)
