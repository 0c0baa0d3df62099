package registry_test

import (
	"slices"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const (
	firm = registry.KindEnterprise
	need = registry.KindNeed
)

var county = registry.Actor{ID: "zezhou-qin", Role: registry.CountyClerk, Of: "泽州县"}

func foundry() registry.EnterpriseInput {
	return registry.EnterpriseInput{Enterprise: registry.Enterprise{Name: "示例铸造有限公司", Industry: "金属制品业", County: "泽州县", Employees: 86, RevenueWan: 4200}}
}

// registered brings an enterprise of confirmed size into being, and gives its own account.
func (o *office) registered() (id string, own registry.Actor) {
	id = o.must(county, firm, "", "register", foundry()).ID
	o.must(centre, firm, id, "confirm_size", registry.SizeInput{Size: "小型"})
	return id, registry.Actor{ID: "boss", Role: registry.EnterpriseStaff, Of: id}
}

func leak(enterprise string) registry.NeedInput {
	return registry.NeedInput{Need: registry.Need{EnterpriseID: enterprise, Title: "泵壳试压冒汗", Description: "补焊也没用，废品率 8%。",
		Targets: []registry.Target{{Name: "废品率", Value: "2", Unit: "%"}}, Summary: "铸件渗漏治理"}}
}

// An enterprise registers itself and its needs; the centre classifies them (Art. 7 and 8).
func TestFromANeedToTheNeedsPool(t *testing.T) {
	o := openOffice(t, "2026-03-02")

	// Art. 2, 7: enterprises of Jincheng.
	elsewhere := foundry()
	elsewhere.Enterprise.County = ""
	o.refused(county, firm, "", "register", elsewhere, policy.Article(2), "没有填写所属县")
	elsewhere.Enterprise.County = "太原市"
	o.refused(county, firm, "", "register", elsewhere, "", "不在可选范围内")
	id := o.must(county, firm, "", "register", foundry()).ID
	boss := registry.Actor{ID: "boss", Role: registry.EnterpriseStaff, Of: id}
	stranger := registry.Actor{ID: "other", Role: registry.EnterpriseStaff, Of: "QY2026-0099"}

	// Art. 7: one's own needs.
	o.refused(stranger, need, "", "submit", leak(id), policy.Article(7), "只能上报本企业")
	o.refused(boss, need, "", "submit", leak("QY2026-0099"), policy.Article(7), "请先登记企业")
	n := o.must(boss, need, "", "submit", leak(id)).ID

	// Art. 2, 8: classified by a person, for an enterprise whose size has been confirmed.
	classify := registry.ClassifyInput{Field: "铸造"}
	o.refused(boss, need, n, "classify", classify, policy.Article(8), "可以办理的是市中小企业发展促进中心")
	o.refused(centre, need, n, "classify", classify, policy.Article(2), "规模还没有经人确认")
	o.must(centre, firm, id, "confirm_size", registry.SizeInput{Size: "大型"})
	o.refused(centre, need, n, "classify", classify, policy.Article(2), "大型企业")
	o.must(centre, firm, id, "confirm_size", registry.SizeInput{Size: "小型"})
	o.refused(centre, need, n, "classify", registry.ClassifyInput{Field: "翻砂术"}, "", "不是技术领域分类里的名称")
	if r := o.must(centre, need, n, "classify", classify); r.State != "open" {
		t.Fatalf("%+v", r)
	}
	v, err := o.Need(t.Context(), n)
	if err != nil || v.State != registry.NeedOpen || v.Field != "铸造" || v.Confirmed != "2026-03-02" || v.ClassifiedBy != centre.ID {
		t.Fatalf("%+v %v", v, err)
	}

	// Art. 8: the diagnosis is proposed by the engine and confirmed by a person; it falls away with the text it was made for.
	o.must(county, need, n, "diagnose", registry.DiagnosisInput{Diagnosis: registry.Diagnosis{Field: "铸造", Causes: "缩松", Terms: []string{"补缩"}, Source: "knowledge"}})
	revised := leak(id)
	revised.Need.Tried = "换过冒口"
	o.must(boss, need, n, "revise", revised)
	if v, err := o.Need(t.Context(), n); err != nil || v.Diagnosis == nil || v.State != registry.NeedUnclassified {
		t.Fatalf("the same text lost its diagnosis: %+v %v", v, err)
	}
	revised.Need.Description = "阀体也冒汗。"
	o.must(boss, need, n, "revise", revised)
	if v, err := o.Need(t.Context(), n); err != nil || v.Diagnosis != nil {
		t.Fatalf("a new text kept the diagnosis of the old one: %+v %v", v, err)
	}
}

// The other ends of a need: withdrawn, expired, solved without a dispatch, referred, merged, split.
func TestOtherEndsOfANeed(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, boss := o.registered()
	pooled := func() string {
		n := o.must(boss, need, "", "submit", leak(id)).ID
		o.must(centre, need, n, "classify", registry.ClassifyInput{Field: "铸造"})
		return n
	}
	a, b, c, d, e := pooled(), pooled(), pooled(), pooled(), pooled()
	o.refused(boss, need, a, "withdraw", nil, "", "请写明原因")
	o.must(boss, need, a, "withdraw", registry.ReasonInput{Reason: "设备已更换"})
	o.refused(boss, need, b, "solve_alone", nil, "", "怎样解决")
	o.must(boss, need, b, "solve_alone", registry.SolvedInput{How: "自行改了浇口"})
	o.must(centre, need, c, "refer", registry.ReferInput{To: "市工业和信息化局", Reason: "属技改补助"})
	o.refused(centre, need, d, "merge", registry.MergeInput{Into: d}, "", "不能并入自己")
	o.refused(centre, need, d, "merge", registry.MergeInput{Into: a}, "", "已经撤回")
	o.must(centre, need, d, "merge", registry.MergeInput{Into: e})

	// Needs are asked for anew every year; only then do they expire.
	o.refused(centre, need, e, "expire", nil, policy.CentreSetting, "2027年3月2日才到期")
	o.turn("2027-03-01")
	o.must(county, need, e, "reconfirm", nil)
	o.turn("2027-03-02")
	o.refused(centre, need, e, "expire", nil, policy.CentreSetting, "2028年3月1日才到期")

	parts := registry.SplitInput{Needs: []registry.Need{{Title: "试压冒汗"}, {Title: "砂处理粉尘大"}}}
	o.refused(centre, need, e, "split", registry.SplitInput{Needs: parts.Needs[:1]}, "", "至少要有两条")
	o.must(centre, need, e, "split", parts)
	v, err := o.Need(t.Context(), e)
	if err != nil || len(v.Into) != 2 {
		t.Fatalf("%+v %v", v, err)
	}
	if part, err := o.Need(t.Context(), v.Into[1]); err != nil || part.EnterpriseID != id || part.State != registry.NeedUnclassified {
		t.Fatalf("%+v %v", part, err)
	}
}

// A size is confirmed for the figures it was confirmed on.
func TestNewFiguresAskForTheSizeAnew(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, boss := o.registered()
	in := foundry()
	in.Enterprise.Business = "球铁管件"
	o.must(boss, firm, id, "revise", in)
	if v, err := o.Enterprise(t.Context(), id); err != nil || v.SizeConfirmed == "" || v.Business != "球铁管件" {
		t.Fatalf("%+v %v", v, err)
	}
	in.Enterprise.Employees = 1200
	o.must(boss, firm, id, "revise", in)
	if v, err := o.Enterprise(t.Context(), id); err != nil || v.SizeConfirmed != "" || v.Served(day(t, "2026-03-02")).OK {
		t.Fatalf("%+v %v", v, err)
	}
}

// What only acts may change does not come in with a form.
func TestFormsCannotSetWhatActsDecide(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	in := foundry()
	in.Enterprise.ID, in.Enterprise.SizeConfirmed, in.Enterprise.BarredTo = "QY1", "2026-01-01", "2099-01-01"
	id := o.must(county, firm, "", "register", in).ID
	if v, err := o.Enterprise(t.Context(), id); err != nil || id != "QY2026-0001" || v.SizeConfirmed != "" || v.BarredTo != "" {
		t.Fatalf("%+v %v", v, err)
	}
	n := leak(id)
	n.Need.ID, n.Need.State, n.Need.SolvedBy, n.Need.Field = "N1", registry.NeedSolved, []string{"S1"}, "铸造"
	got := o.must(county, need, "", "submit", n)
	if v, err := o.Need(t.Context(), got.ID); err != nil || v.State != registry.NeedUnclassified || v.SolvedBy != nil || v.Field != "" || slices.Contains([]string{"N1"}, v.ID) {
		t.Fatalf("%+v %v", v, err)
	}
}
