package registry_test

import (
	"slices"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const (
	pact   = registry.KindAgreement
	posted = registry.KindDispatch
	expert = registry.KindSpecialist
)

// member brings somebody into the pool and gives his own account.
func (o *office) member(name string) registry.Actor {
	in := application(o)
	in.Profile.Name = name
	id := o.must(registry.Actor{ID: name, Role: registry.SpecialistRole, Of: name}, app, "", "apply", in).ID
	o.must(centre, app, id, "tick", allMerits())
	o.must(centre, app, id, "admit", nil)
	o.must(bureau, app, id, "admit", nil)
	v, err := o.Application(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return registry.Actor{ID: name, Role: registry.SpecialistRole, Of: v.Specialist}
}

// pooled is a need of an enterprise that may be served.
func (o *office) pooled(creditCode string) (id string, boss registry.Actor) {
	in := foundry()
	in.Enterprise.CreditCode = creditCode
	firmID := o.must(county, firm, "", "register", in).ID
	o.must(centre, firm, firmID, "confirm_size", registry.SizeInput{Size: "小型"})
	boss = registry.Actor{ID: "boss-" + firmID, Role: registry.EnterpriseStaff, Of: firmID}
	id = o.must(boss, need, "", "submit", leak(firmID)).ID
	o.must(centre, need, id, "classify", registry.ClassifyInput{Field: "铸造"})
	return id, boss
}

const creditCode = "91350100M000100Y43"

func between(need string, who registry.Actor, from registry.Date) registry.AgreementInput {
	return registry.AgreementInput{Need: need, Specialist: who.Of, Origin: registry.BySuggestion, From: from,
		OfEnterprise: "提供工作条件和食宿，履行协议。", OfSpecialist: "每年服务不少于 24 次，遵守企业管理制度。"}
}

// Both sides sign; the dispatch lasts a year as a rule, with 24 services (Art. 9, 10, 11).
func TestFromAnAgreementToADispatch(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	who := o.member("王某")
	n, _ := o.pooled("")
	in := between(n, who, day(t, "2026-03-31"))

	// Art. 2, 7: an enterprise with its credit code; it may be 待补 until the dispatch.
	o.refused(centre, pact, "", "draft", in, policy.Article(2), "统一社会信用代码待补")
	n, boss := o.pooled(creditCode)
	in = between(n, who, day(t, "2026-03-31"))

	// Art. 6: by the enterprises' real needs.
	gone := o.must(boss, need, "", "submit", leak(boss.Of)).ID
	o.refused(centre, pact, "", "draft", between(gone, who, day(t, "2026-03-31")), policy.Article(6), "现在是“待分类”，须已入库")
	o.refused(o.member("赵某"), pact, "", "draft", in, policy.Article(9), "只能起草本人、本企业的")
	a := o.must(boss, pact, "", "draft", in).ID

	// Art. 9: both sides sign, in either order; a change of the draft asks both anew.
	if r := o.must(who, pact, a, "sign", nil); r.State != registry.Signing {
		t.Fatalf("%+v", r)
	}
	in.OfEnterprise += "提供实验场地。"
	o.must(boss, pact, a, "revise", in)
	o.must(boss, pact, a, "sign", nil)
	o.refused(centre, pact, a, "sign", nil, policy.Article(9), "不能签署派驻协议")
	if r := o.must(who, pact, a, "sign", nil); r.State != registry.Signed {
		t.Fatalf("%+v", r)
	}
	v, err := o.Agreement(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	d, err := o.Dispatch(t.Context(), v.Dispatch)
	if err != nil || d.Until != day(t, "2027-03-30") || d.Quota != 24 || d.HomeUnit != "示例大学" || d.State != registry.Running {
		t.Fatalf("%+v %v", d, err)
	}
	if need, err := o.Need(t.Context(), n); err != nil || need.State != registry.NeedDispatched {
		t.Fatalf("%+v %v", need, err)
	}
	if s, err := o.Specialist(t.Context(), who.Of); err != nil || !slices.Equal(s.Serving, []string{boss.Of}) {
		t.Fatalf("%+v %v", s, err)
	}

	// Whoever serves an enterprise does not leave the pool before the dispatch is ended.
	o.refused(who, expert, who.Of, "leave", because("退休"), policy.CentreSetting, "请先办理派驻终止或更换")

	// Art. 9: the paper, and supplements.
	o.must(centre, pact, a, "file", registry.DocumentInput{Step: registry.Printed})
	o.refused(centre, pact, a, "file", registry.DocumentInput{Step: registry.Returned}, "", "须附扫描件")
	o.must(centre, pact, a, "file", registry.DocumentInput{Step: registry.Archived})
	o.refused(centre, pact, a, "file", registry.DocumentInput{Step: registry.Printed}, "", "协议文本已到")
	o.must(boss, pact, a, "supplement", registry.Supplement{Kind: registry.OnSecrecy, Text: "双方对工艺保密五年。"})

	// Art. 11: a term ends on its last day and not before; the specialist leaves no place behind and the need goes back.
	o.refused(centre, posted, d.ID, "end", registry.EndInput{By: registry.AtTerm}, policy.Article(11), "2027年3月30日期满")
	o.refused(centre, posted, d.ID, "end", registry.EndInput{By: registry.ByBoth}, "", "请写明终止的原因")
	o.turn("2027-03-30")
	o.must(centre, posted, d.ID, "end", registry.EndInput{By: registry.AtTerm, Solved: true})
	if s, err := o.Specialist(t.Context(), who.Of); err != nil || len(s.Serving) != 0 {
		t.Fatalf("%+v %v", s, err)
	}
	if need, err := o.Need(t.Context(), n); err != nil || need.State != registry.NeedSolved || !slices.Equal(need.SolvedBy, []string{who.Of}) {
		t.Fatalf("%+v %v", need, err)
	}
}

// signed makes a dispatch of an agreement.
func (o *office) signed(boss, who registry.Actor, in registry.AgreementInput) string {
	a := o.must(centre, pact, "", "draft", in).ID
	o.must(boss, pact, a, "sign", nil)
	o.must(who, pact, a, "sign", nil)
	v, err := o.Agreement(o.t.Context(), a)
	if err != nil || v.Dispatch == "" {
		o.t.Fatal(v, err)
	}
	return v.Dispatch
}

// A specialist is replaced in the middle of a term: the old dispatch ends, the new one is linked, the need stays served.
func TestReplacement(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang, zhao := o.member("王某"), o.member("赵某")
	first := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))
	o.turn("2026-09-01")
	in := between(n, wang, day(t, "2026-09-01"))
	in.Replaces = first
	o.refused(centre, pact, "", "draft", in, "", "更换须换一位特派员")
	in.Specialist, in.Months = zhao.Of, 6
	second := o.signed(boss, zhao, in)
	old, err := o.Dispatch(t.Context(), first)
	if err != nil || old.State != registry.Over || old.EndedBy != registry.ByReplacement || old.ReplacedBy != second || old.Ended != day(t, "2026-09-01") {
		t.Fatalf("%+v %v", old, err)
	}
	next, err := o.Dispatch(t.Context(), second)
	if err != nil || next.Replaces != first || next.Quota != 12 || next.Until != day(t, "2027-02-28") {
		t.Fatalf("%+v %v", next, err)
	}
	if v, err := o.Need(t.Context(), n); err != nil || v.State != registry.NeedDispatched {
		t.Fatalf("%+v %v", v, err)
	}
	if v, err := o.Specialist(t.Context(), wang.Of); err != nil || len(v.Serving) != 0 {
		t.Fatalf("%+v %v", v, err)
	}
}

// Several serve one need; the need goes back only when the last one leaves.
func TestATeamOnOneNeed(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang, zhao := o.member("王某"), o.member("赵某")
	lead := between(n, wang, day(t, "2026-03-02"))
	lead.Lead = true
	first, second := o.signed(boss, wang, lead), o.signed(boss, zhao, between(n, zhao, day(t, "2026-03-02")))
	o.must(centre, posted, first, "end", registry.EndInput{By: registry.ByTheServing, Why: "调离"})
	if v, err := o.Need(t.Context(), n); err != nil || v.State != registry.NeedDispatched {
		t.Fatalf("%+v %v", v, err)
	}
	o.must(centre, posted, second, "end", registry.EndInput{By: registry.ByTheFirm, Why: "停产"})
	if v, err := o.Need(t.Context(), n); err != nil || v.State != registry.NeedOpen {
		t.Fatalf("%+v %v", v, err)
	}
}

// On expiry the two may apply again by the enterprise's need (Art. 11); the new agreement is linked to the old dispatch.
func TestRenewal(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang, zhao := o.member("王某"), o.member("赵某")
	first := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))
	o.turn("2027-02-20")
	in := between(n, wang, day(t, "2027-03-02"))
	o.refused(centre, pact, "", "draft", in, policy.Article(2), "正在该企业派驻服务")
	in.Renews, in.Origin, in.Specialist = first, registry.ByRenewal, zhao.Of
	o.refused(centre, pact, "", "draft", in, "", "继续申报须为同一人")
	in.Specialist = wang.Of
	second := o.signed(boss, wang, in)
	o.turn("2027-03-01")
	o.must(centre, posted, first, "end", registry.EndInput{By: registry.AtTerm})
	if v, err := o.Specialist(t.Context(), wang.Of); err != nil || len(v.Serving) != 1 {
		t.Fatalf("the renewal lost its place: %+v %v", v, err)
	}
	if v, err := o.Dispatch(t.Context(), second); err != nil || v.Renews != first || v.State != registry.Running {
		t.Fatalf("%+v %v", v, err)
	}
}

// A dispatch rests, is extended by a supplement, and its specialist changes the home unit: the history stays.
func TestPauseExtendMove(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang := o.member("王某")
	id := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))
	o.turn("2026-05-01")
	o.refused(boss, posted, id, "pause", nil, "", "请写明暂停的原因")
	o.must(boss, posted, id, "pause", registry.ReasonInput{Reason: "设备大修"})
	o.turn("2026-06-01")
	o.must(centre, posted, id, "resume", nil)
	o.refused(centre, posted, id, "extend", registry.ExtendInput{Until: day(t, "2027-04-01")}, "", "补充协议")
	o.must(centre, posted, id, "extend", registry.ExtendInput{Until: day(t, "2027-04-01"), Why: "补充协议一"})
	o.must(centre, posted, id, "move", registry.MoveInput{Unit: "另一示例大学"})
	v, err := o.Dispatch(t.Context(), id)
	if err != nil || v.Pauses[0].Until != day(t, "2026-05-31") || v.Until != day(t, "2027-04-01") ||
		v.HomeUnit != "另一示例大学" || v.Units[0] != (registry.Moved{Unit: "示例大学", Until: day(t, "2026-05-31")}) {
		t.Fatalf("%+v %v", v, err)
	}
	if s, err := o.Specialist(t.Context(), wang.Of); err != nil || s.Organisation != "另一示例大学" {
		t.Fatalf("%+v %v", s, err)
	}
}

// What began under an edition is finished under it; new agreements outside every edition are not accepted (Art. 22).
func TestADispatchOutlivesItsEdition(t *testing.T) {
	o := openOffice(t, "2027-12-30")
	n, boss := o.pooled(creditCode)
	wang := o.member("王某")
	id := o.signed(boss, wang, between(n, wang, day(t, "2027-12-30")))
	o.turn("2028-01-05")
	o.refused(centre, pact, "", "draft", between(n, wang, day(t, "2028-01-05")), policy.Article(22), "不在任何一版制度的有效期内")
	if r := o.must(centre, posted, id, "pause", registry.ReasonInput{Reason: "春节"}); r.Edition != "sample" {
		t.Fatalf("%+v", r)
	}
}
