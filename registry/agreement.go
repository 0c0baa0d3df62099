package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Agreement (《科技特派员派驻协议书》) is what a specialist and an enterprise sign about one need (Art. 9), with the undertakings of
// both (Art. 12, 14) and its supplements.
type Agreement struct {
	ID           string       `json:"id"`
	Need         string       `json:"need"`
	Specialist   string       `json:"specialist"`
	Enterprise   string       `json:"enterprise"`
	HomeUnit     string       `json:"home_unit,omitempty"` // 所在（派出）单位, as in the specialist's record at the time
	Origin       Origin       `json:"origin"`
	Lead         bool         `json:"lead,omitempty"`     // 牵头人, where several serve one need
	Renews       string       `json:"renews,omitempty"`   // the dispatch that it continues
	Replaces     string       `json:"replaces,omitempty"` // the dispatch whose specialist is replaced
	From         Date         `json:"from"`
	Months       int          `json:"months"`            // 0 = the edition's term
	Quota        int          `json:"quota"`             // services in the term; pro rata of the year's
	OfEnterprise string       `json:"of_enterprise"`     // undertakings of the enterprise (Art. 14)
	OfSpecialist string       `json:"of_specialist"`     // undertakings of the specialist (Art. 12)
	Opinion      string       `json:"opinion,omitempty"` // of the home unit, where it does not sign
	Signatures   []Signature  `json:"signatures,omitempty"`
	Document     DocumentStep `json:"document,omitempty"`
	Supplements  []Supplement `json:"supplements,omitempty"`
	Drafted      Date         `json:"drafted"`
	Dispatch     string       `json:"dispatch,omitempty"` // what it led to
	State        State        `json:"state"`
}

// Origin is how the two found each other.
type Origin string

const (
	ByEvent      Origin = "对接活动"
	BySuggestion Origin = "推荐"
	ByThemselves Origin = "自行达成意向"
	ByRenewal    Origin = "继续申报"
)

var origins = []string{string(ByEvent), string(BySuggestion), string(ByThemselves), string(ByRenewal)}

// Signature is one party's.
type Signature struct {
	Role Role   `json:"role"`
	By   string `json:"by"`
	On   Date   `json:"on"`
}

// DocumentStep is how far the paper has come.
type DocumentStep string

const (
	Printed  DocumentStep = "已打印"
	Returned DocumentStep = "签章件已回传"
	Archived DocumentStep = "原件已归档"
)

var documentSteps = []string{string(Printed), string(Returned), string(Archived)}

// Supplement (补充协议) is a further agreement of both (Art. 9, 16).
type Supplement struct {
	Kind SupplementKind `json:"kind"`
	Text string         `json:"text"`
	On   Date           `json:"on"`
	Scan string         `json:"scan,omitempty"` // SHA-256 of the signed scan
}

// SupplementKind is what a supplement settles.
type SupplementKind string

const (
	OnProperty SupplementKind = "知识产权"
	OnBenefit  SupplementKind = "利益归属"
	OnSecrecy  SupplementKind = "保密"
	OnOther    SupplementKind = "其他"
)

var supplementKinds = []string{string(OnProperty), string(OnBenefit), string(OnSecrecy), string(OnOther)}

// The states of an agreement.
const (
	Drafted State = "drafted"
	Signing State = "signing"
	Signed  State = "signed"
	Voided  State = "voided"
)

var (
	eitherSide = []Party{{Role: EnterpriseStaff, Own: true}, {Role: SpecialistRole, Own: true}, {Role: CentreStaff}}
	allParties = []Party{{Role: EnterpriseStaff, Own: true}, {Role: SpecialistRole, Own: true}, {Role: HomeUnit, Own: true}}
	fitToServe = []Guard{specialistMayServe, enterpriseMayBeServed, needIsSought}
)

var agreementRows = []Transition{
	row(Transition{Kind: KindAgreement, Act: "draft", Says: "起草派驻协议", To: Drafted,
		By:      []Party{{Role: CentreStaff}, {Role: EnterpriseStaff}, {Role: SpecialistRole}},
		Guards:  append([]Guard{inEdition}, fitToServe...),
		Sources: []policy.Source{policy.Article(8), policy.Article(9)}, Records: "双方、需求、期限、服务次数要求、双方责任、怎样达成意向"}, draftAgreement),
	row(Transition{Kind: KindAgreement, Act: "revise", Says: "修改协议草案", From: []State{Drafted, Signing}, To: Drafted,
		By:      eitherSide,
		Sources: []policy.Source{policy.Article(9)}, Records: "修改的各项；已有的签署作废"}, reviseAgreement),
	row(Transition{Kind: KindAgreement, Act: "opine", Says: "所在单位意见", From: []State{Drafted, Signing},
		By:      []Party{{Role: HomeUnit, Own: true}},
		Sources: []policy.Source{policy.Article(10), policy.CentreSetting}, Records: "所在单位的意见"}, opineOnAgreement),
	row(Transition{Kind: KindAgreement, Act: "sign", Says: "签署派驻协议", From: []State{Drafted, Signing},
		By:      allParties,
		Guards:  append([]Guard{inEdition}, fitToServe...),
		Sources: []policy.Source{policy.Article(9)}, Records: "签署人、签署日期；各方签齐之日起派驻成立"}, signAgreement),
	row(Transition{Kind: KindAgreement, Act: "void", Says: "作废协议草案", From: []State{Drafted, Signing}, To: Voided,
		By:      eitherSide,
		Sources: []policy.Source{policy.CentreSetting}, Records: "作废的原因"}, reasoned[*Agreement]),
	row(Transition{Kind: KindAgreement, Act: "file", Says: "登记协议文本", From: []State{Drafted, Signing, Signed},
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(9), policy.CentreSetting}, Records: "已打印、签章件已回传或原件已归档"}, fileAgreement),
	row(Transition{Kind: KindAgreement, Act: "supplement", Says: "登记补充协议", From: []State{Signed},
		By:      eitherSide,
		Sources: []policy.Source{policy.Article(9), policy.Article(16)}, Records: "知识产权、利益归属、保密或其他"}, supplementAgreement),
}

// AgreementInput is what is agreed on.
type AgreementInput struct {
	Need         string `json:"need"`
	Specialist   string `json:"specialist"`
	Origin       Origin `json:"origin"`
	Lead         bool   `json:"lead"`
	Renews       string `json:"renews"`
	Replaces     string `json:"replaces"`
	From         Date   `json:"from"`
	Months       int    `json:"months"` // 0 = the edition's term
	OfEnterprise string `json:"of_enterprise"`
	OfSpecialist string `json:"of_specialist"`
}

// DocumentInput is the step that the paper has reached.
type DocumentInput struct {
	Step DocumentStep `json:"step"`
	Scan string       `json:"scan"`
}

// The parties to an agreement as its guards see them: of the draft at hand, or of what is being drafted.
func agreedOn(d *Deed) (need, specialist, renews, replaces string) {
	if v := subjectOf[*Agreement](d); v != nil {
		return v.Need, v.Specialist, v.Renews, v.Replaces
	}
	in := inputOf[AgreementInput](d)
	return in.Need, in.Specialist, in.Renews, in.Replaces
}

// specialistMayServe: in the pool and in order on the day, with a place free, and nothing between the two (Art. 2, 21).
var specialistMayServe = Guard{"specialist-may-serve", "在库、未暂停、未取消资格的科技特派员，有名额，与企业没有冲突", policy.Article(2), func(d *Deed) string {
	n, id, renews, replaces := agreedOn(d)
	v, err := find[*Specialist](d, KindSpecialist, id)
	if err != nil {
		return fmt.Sprintf("没有编号为“%s”的科技特派员，请核对", Shorten(id, 40))
	}
	if e := v.Eligible(d.How.On); !e.OK {
		return v.Name + "：" + e.Reason
	}
	wanted, err := find[*Need](d, KindNeed, n)
	if err != nil {
		return "" // said by need-is-sought
	}
	renewal := (renews != "" || replaces != "") && slices.Contains(v.Serving, wanted.EnterpriseID)
	if w := v.Workload(d.settings().Int(policy.Capacity)); w.Full && !renewal {
		return v.Name + "：" + w.Reason
	}
	e, err := find[*Enterprise](d, KindEnterprise, wanted.EnterpriseID)
	if err != nil {
		return ""
	}
	if c := v.ConflictWith(*e); c.Barred && !renewal {
		return v.Name + "：" + c.Reason
	}
	return ""
}}

// enterpriseMayBeServed: small or medium, of Jincheng, with its credit code, in order on the day (Art. 2, 7, 21).
var enterpriseMayBeServed = Guard{"enterprise-may-be-served", "晋城市中小企业，规模已确认，统一社会信用代码已补", policy.Article(2), func(d *Deed) string {
	id, _, _, _ := agreedOn(d)
	n, err := find[*Need](d, KindNeed, id)
	if err != nil {
		return ""
	}
	e, err := find[*Enterprise](d, KindEnterprise, n.EnterpriseID)
	switch {
	case err != nil:
		return "没有找到需求的企业，请先登记企业"
	case e.CreditCode == "":
		return e.Name + "的统一社会信用代码待补；派驻以前请补齐"
	}
	return e.Served(d.How.On).Reason
}}

// needIsSought: there is a need of the pool to serve (Art. 6, 8); a team, a renewal or a replacement joins one that is served.
var needIsSought = Guard{"need-is-sought", "结合企业实际需求派驻", policy.Article(6), func(d *Deed) string {
	id, _, _, _ := agreedOn(d)
	n, err := find[*Need](d, KindNeed, id)
	if err != nil {
		return fmt.Sprintf("没有编号为“%s”的需求，请核对", Shorten(id, 40))
	}
	if !n.State.Sought() && n.State != NeedDispatched {
		return fmt.Sprintf("需求 %s 现在是“%s”，须已入库才能派驻", n.ID, stateName(KindNeed, n.state()))
	}
	return ""
}}

func draftAgreement(d *Deed, _ *Agreement, in AgreementInput) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("agreement.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Agreement{ID: fmt.Sprintf("XY%d-%04d", d.Today.Year, n), Drafted: d.How.On}
	if err := v.take(d, in); err != nil {
		return err
	}
	if !v.belongsTo(d.Party) && d.Party.Role != CentreStaff {
		return &Error{Kind: Denied, Source: string(policy.Article(9)), Msg: "只能起草本人、本企业的派驻协议"}
	}
	d.make(KindAgreement, v)
	return nil
}

func reviseAgreement(d *Deed, v *Agreement, in AgreementInput) error {
	v.Signatures = nil
	return v.take(d, in)
}

// take fills the agreement in. Term and quota come from the edition where nothing else is agreed; the quota of a term is its share
// of the year's.
func (v *Agreement) take(d *Deed, in AgreementInput) error {
	need, err := find[*Need](d, KindNeed, in.Need)
	if err != nil {
		return inField("need", err)
	}
	who, err := find[*Specialist](d, KindSpecialist, in.Specialist)
	if err != nil {
		return inField("specialist", err)
	}
	if err := v.continues(d, in); err != nil {
		return err
	}
	v.Need, v.Specialist, v.Enterprise, v.HomeUnit = in.Need, in.Specialist, need.EnterpriseID, who.Organisation
	v.Origin, v.Lead, v.Renews, v.Replaces = in.Origin, in.Lead, in.Renews, in.Replaces
	v.From, v.Months = in.From, in.Months
	if v.Months == 0 {
		v.Months = d.settings().Int(policy.TermMonths)
	}
	v.Quota = d.settings().Required(v.From, v.From.TermEnd(v.Months))
	v.OfEnterprise, v.OfSpecialist = in.OfEnterprise, in.OfSpecialist
	return nil
}

// continues checks what a renewal or a replacement refers to.
func (v *Agreement) continues(d *Deed, in AgreementInput) error {
	for _, link := range []struct{ field, id string }{{"renews", in.Renews}, {"replaces", in.Replaces}} {
		field, id := link.field, link.id
		if id == "" {
			continue
		}
		old, err := find[*Dispatch](d, KindDispatch, id)
		switch {
		case err != nil:
			return inField(field, err)
		case field == "renews" && old.Specialist != in.Specialist:
			return invalid(field, "派驻 %s 是另一位特派员的，继续申报须为同一人；换人请办理更换", id)
		case field == "replaces" && old.Specialist == in.Specialist:
			return invalid(field, "更换须换一位特派员")
		}
	}
	return nil
}

func opineOnAgreement(_ *Deed, v *Agreement, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明所在单位的意见"); err != nil {
		return err
	}
	v.Opinion = in.Reason
	return nil
}

// signAgreement takes one party's signature; with the last one the dispatch begins to exist.
func signAgreement(d *Deed, v *Agreement, _ struct{}) error {
	v.Signatures = slices.DeleteFunc(v.Signatures, func(s Signature) bool { return s.Role == d.Party.Role })
	v.Signatures = append(v.Signatures, Signature{d.Party.Role, d.Party.ID, d.How.On})
	v.State = Signing
	if len(v.unsigned(d.settings())) > 0 {
		return nil
	}
	v.State = Signed
	return beginDispatch(d, v)
}

// unsigned names the parties that have not signed.
func (v *Agreement) unsigned(s policy.Settings) []Role {
	missing := []Role{EnterpriseStaff, SpecialistRole}
	if s.Yes(policy.HomeUnitSigns) && v.HomeUnit != "" {
		missing = append(missing, HomeUnit)
	}
	return slices.DeleteFunc(missing, func(r Role) bool {
		return slices.ContainsFunc(v.Signatures, func(s Signature) bool { return s.Role == r })
	})
}

func fileAgreement(_ *Deed, v *Agreement, in DocumentInput) error {
	if at := slices.Index(documentSteps, string(in.Step)); at < slices.Index(documentSteps, string(v.Document)) {
		return invalid("step", "协议文本已到“%s”，请选择以后的一步：%s", v.Document, strings.Join(documentSteps, "、"))
	}
	if in.Step == Returned && !isDigest(in.Scan) {
		return invalid("scan", "签章件已回传须附扫描件")
	}
	v.Document = in.Step
	return nil
}

func supplementAgreement(d *Deed, v *Agreement, in Supplement) error {
	if err := firstBroken(checkStated("kind", string(in.Kind), "请选择 "+strings.Join(supplementKinds, "、")), checkOneOf("kind", string(in.Kind), supplementKinds),
		checkStated("text", in.Text, "请写明补充了什么")); err != nil {
		return err
	}
	in.On = d.How.On
	v.Supplements = append(v.Supplements, in)
	return nil
}

func (v *Agreement) recordID() string       { return v.ID }
func (v *Agreement) state() State           { return v.State }
func (v *Agreement) setState(s State)       { v.State = s }
func (v *Agreement) begun() Date            { return v.Drafted }
func (v *Agreement) belongsTo(a Actor) bool { return a.among(v.Enterprise, v.Specialist, v.HomeUnit) }

// Validate is as for Specialist.
func (v *Agreement) Validate() error {
	return firstBroken(
		checkID("id", v.ID), checkID("need", v.Need), checkID("specialist", v.Specialist), checkID("enterprise", v.Enterprise),
		checkStated("origin", string(v.Origin), "请选择 "+strings.Join(origins, "、")), checkOneOf("origin", string(v.Origin), origins),
		checkRange("months", int64(v.Months), 1, 60), checkRange("quota", int64(v.Quota), 0, 1000),
		checkStated("from", v.From.String(), "请填写派驻起始日期"),
		checkStated("of_enterprise", v.OfEnterprise, "请写明企业的责任（提供生活和工作条件、履行承诺）"), checkText("of_enterprise", v.OfEnterprise),
		checkStated("of_specialist", v.OfSpecialist, "请写明特派员的责任（服务次数、遵守企业制度）"), checkText("of_specialist", v.OfSpecialist),
		checkText("opinion", v.Opinion), checkOneOf("document", string(v.Document), documentSteps), checkCount("supplements", len(v.Supplements), MaxList),
	)
}

func (v *Agreement) body() ([]byte, error) { return jsonBody(*v) }

var decodeAgreement = fromJSON[Agreement](KindAgreement)
