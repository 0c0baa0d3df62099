package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// The states of an enterprise, as acts see them.
const (
	Registered State = "registered"
	ShutOut    State = "disqualified"
)

var enterpriseParties = []Party{{Role: EnterpriseStaff, Own: true}, {Role: CountyClerk, Own: true}, {Role: CentreStaff}}

var enterpriseRows = []Transition{
	row(Transition{Kind: KindEnterprise, Act: "register", Says: "登记企业", To: Registered,
		By:      []Party{{Role: EnterpriseStaff}, {Role: CountyClerk}, {Role: CentreStaff}},
		Guards:  []Guard{inJincheng},
		Sources: []policy.Source{policy.Article(7)}, Records: "《科技特派员入驻企业信息登记表》的各项"}, registerEnterprise),
	row(Transition{Kind: KindEnterprise, Act: "revise", Says: "修改企业资料", From: []State{Registered},
		By:      enterpriseParties,
		Guards:  []Guard{inJincheng},
		Sources: []policy.Source{policy.Article(7)}, Records: "改动的各项；规模须重新确认"}, reviseEnterprise),
	row(Transition{Kind: KindEnterprise, Act: "confirm_size", Says: "确认企业规模", From: []State{Registered},
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(2), policy.CentreSetting}, Records: "中型、小型、微型或大型，确认人和日期"}, confirmSize),
	row(Transition{Kind: KindEnterprise, Act: "wish", Says: "登记意向与暂不考虑", From: []State{Registered},
		By:      enterpriseParties,
		Sources: []policy.Source{policy.CentreSetting}, Records: "希望的特派员、暂不考虑的特派员、不予推荐单位"}, wishEnterprise),
}

// inJincheng: the policy serves enterprises of Jincheng (Art. 2, 7). The county is that of the seat or of production, as the
// setting says; a county outside the list is refused by the record's own check.
var inJincheng = Guard{"in-jincheng", "晋城市的中小企业", policy.Article(2), func(d *Deed) string {
	if inputOf[EnterpriseInput](d).Enterprise.County == "" {
		return "没有填写所属县（市、区）；须为晋城市的企业（按" + d.settings().Text(policy.SeatOrProduction) + "认定）"
	}
	return ""
}}

// EnterpriseInput is the registration form.
type EnterpriseInput struct {
	Enterprise Enterprise `json:"enterprise"`
}

// SizeInput is a person's finding.
type SizeInput struct {
	Size string `json:"size"` // 大型 中型 小型 微型
}

// WishInput replaces the wishes of a side.
type WishInput struct {
	Prefer     []string `json:"prefer"`
	Avoid      []string `json:"avoid"`       // 暂不考虑
	AvoidUnits []string `json:"avoid_units"` // 不予推荐单位; of an enterprise only
}

func registerEnterprise(d *Deed, _ *Enterprise, in EnterpriseInput) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("enterprise.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := in.Enterprise
	v.ID = fmt.Sprintf("QY%d-%04d", d.Today.Year, n)
	v.SizeConfirmed, v.Standing, v.BarredTo = "", Active, ""
	d.make(KindEnterprise, &v)
	return nil
}

// reviseEnterprise takes the form anew; what only acts may change stays, and a size is confirmed for the figures it was
// confirmed on.
func reviseEnterprise(_ *Deed, v *Enterprise, in EnterpriseInput) error {
	next := in.Enterprise
	next.ID, next.Standing, next.BarredTo = v.ID, v.Standing, v.BarredTo
	next.Prefer, next.Avoid, next.AvoidUnits = v.Prefer, v.Avoid, v.AvoidUnits
	if next.Employees == v.Employees && next.RevenueWan == v.RevenueWan && next.Industry == v.Industry {
		next.Size, next.SizeConfirmed = v.Size, v.SizeConfirmed
	} else {
		next.SizeConfirmed = ""
	}
	*v = next
	return nil
}

func confirmSize(d *Deed, v *Enterprise, in SizeInput) error {
	if in.Size == "" {
		return invalid("size", "请选择 大型、中型、小型 或 微型")
	}
	v.Size, v.SizeConfirmed = in.Size, d.How.On.String()
	return nil
}

func wishEnterprise(_ *Deed, v *Enterprise, in WishInput) error {
	v.Prefer, v.Avoid, v.AvoidUnits = in.Prefer, in.Avoid, in.AvoidUnits
	return nil
}

func (v *Enterprise) recordID() string { return v.ID }

func (v *Enterprise) state() State {
	if v.Standing == Disqualified {
		return ShutOut
	}
	return Registered
}

func (v *Enterprise) setState(s State) {
	v.Standing = Active
	if s == ShutOut {
		v.Standing = Disqualified
	}
}

func (v *Enterprise) belongsTo(a Actor) bool {
	return a.Role == EnterpriseStaff && a.Of == v.ID || a.Role == CountyClerk && a.Of == v.County
}
