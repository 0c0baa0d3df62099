package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// Cooperation (合作项目) is a project of a specialist and an enterprise beside the services, in one of many forms (Art. 16).
type Cooperation struct {
	ID        string       `json:"id"`
	Dispatch  string       `json:"dispatch"`
	Title     string       `json:"title"`
	Form      string       `json:"form"` // 技术开发, 技术转让, 技术咨询, 技术服务, 共建平台 … as the two call it
	Amount    Fen          `json:"amount,omitempty"`
	From      Date         `json:"from"`
	Until     Date         `json:"until,omitzero"`
	Secrecy   string       `json:"secrecy,omitempty"`  // 技术保密
	Property  string       `json:"property,omitempty"` // 知识产权归属
	Contracts []Supplement `json:"contracts,omitempty"`
	Result    string       `json:"result,omitempty"`
	State     State        `json:"state"`
}

// The states of a project.
const (
	ProjectRuns State = "running"
	ProjectDone State = "done"
	ProjectLeft State = "left"
)

var cooperationRows = []Transition{
	row(Transition{Kind: KindCooperation, Act: "begin", Says: "登记合作项目", To: ProjectRuns,
		By:      []Party{{Role: SpecialistRole}, {Role: EnterpriseStaff}, {Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(16)}, Records: "名称、形式、金额、起止日期、保密和知识产权约定"}, beginProject),
	row(Transition{Kind: KindCooperation, Act: "contract", Says: "登记项目协议", From: []State{ProjectRuns},
		By:      eitherSide,
		Sources: []policy.Source{policy.Article(16)}, Records: "保密、知识产权归属等协议"}, contractProject),
	row(Transition{Kind: KindCooperation, Act: "finish", Says: "合作项目完成", From: []State{ProjectRuns}, To: ProjectDone,
		By:      eitherSide,
		Sources: []policy.Source{policy.Article(16)}, Records: "结果"}, finishProject),
	row(Transition{Kind: KindCooperation, Act: "stop", Says: "合作项目终止", From: []State{ProjectRuns}, To: ProjectLeft,
		By:      eitherSide,
		Sources: []policy.Source{policy.Article(16), policy.CentreSetting}, Records: "终止的原因"}, finishProject),
}

// ProjectInput is a project as the two state it.
type ProjectInput struct {
	Dispatch string `json:"dispatch"`
	Title    string `json:"title"`
	Form     string `json:"form"`
	Amount   Fen    `json:"amount"`
	From     Date   `json:"from"`
	Until    Date   `json:"until"`
	Secrecy  string `json:"secrecy"`
	Property string `json:"property"`
}

func beginProject(d *Deed, _ *Cooperation, in ProjectInput) error {
	of, err := find[*Dispatch](d, KindDispatch, in.Dispatch)
	if err != nil {
		return inField("dispatch", err)
	}
	if d.Party.Role != CentreStaff && !of.belongsTo(d.Party) {
		return &Error{Kind: Denied, Source: string(policy.Article(16)), Msg: "只能登记本人、本企业的合作项目"}
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("cooperation.%d", d.Today.Year))
	if err != nil {
		return err
	}
	d.make(KindCooperation, &Cooperation{ID: fmt.Sprintf("XM%d-%04d", d.Today.Year, n), Dispatch: of.ID, Title: in.Title, Form: in.Form,
		Amount: in.Amount, From: in.From, Until: in.Until, Secrecy: in.Secrecy, Property: in.Property})
	return nil
}

func contractProject(d *Deed, v *Cooperation, in Supplement) error {
	a := Agreement{}
	if err := supplementAgreement(d, &a, in); err != nil {
		return err
	}
	v.Contracts = append(v.Contracts, a.Supplements...)
	return nil
}

func finishProject(_ *Deed, v *Cooperation, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明结果或终止的原因"); err != nil {
		return err
	}
	v.Result = in.Reason
	return nil
}

// belongsThrough: a project is of those whose dispatch it is.
func (v *Cooperation) belongsThrough(d *Deed) bool {
	of, err := find[*Dispatch](d, KindDispatch, v.Dispatch)
	return err == nil && of.belongsTo(d.Party)
}

func (v *Cooperation) recordID() string     { return v.ID }
func (v *Cooperation) state() State         { return v.State }
func (v *Cooperation) setState(s State)     { v.State = s }
func (v *Cooperation) begun() Date          { return v.From }
func (v *Cooperation) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Cooperation) Validate() error {
	if !v.Until.IsZero() && v.Until.Before(v.From) {
		return invalid("until", "结束日期%s早于开始日期%s，请核对", v.Until.Chinese(), v.From.Chinese())
	}
	return firstBroken(checkID("id", v.ID), checkID("dispatch", v.Dispatch), checkStated("title", v.Title, "请填写项目名称"), checkLine("title", v.Title),
		checkStated("form", v.Form, "请写明合作形式"), checkLine("form", v.Form), checkStated("from", v.From.String(), "请填写开始日期"),
		checkRange("amount", int64(v.Amount), 0, maxFen), checkText("secrecy", v.Secrecy), checkText("property", v.Property), checkText("result", v.Result),
		checkCount("contracts", len(v.Contracts), MaxList))
}

func (v *Cooperation) body() ([]byte, error) { return jsonBody(*v) }

var decodeCooperation = fromJSON[Cooperation](KindCooperation)
