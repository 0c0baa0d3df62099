package registry_test

import (
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

// One specialist and one enterprise, from the application to the paid subsidy, over a year: the policy as it is meant.
func TestAYear(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, map[policy.Key]string{policy.SubsidyBudget: "2027:50000"}))

	// 第五条、第六条: recommended, of his own will; both offices certify; a number in the 科技特派员信息库.
	applied := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, applied, "tick", allMerits())
	o.must(centre, app, applied, "admit", nil)
	o.must(bureau, app, applied, "admit", nil)
	v, err := o.Application(t.Context(), applied)
	if err != nil {
		t.Fatal(err)
	}
	who := registry.Actor{ID: "wang", Role: registry.SpecialistRole, Of: v.Specialist}

	// 第七条: the enterprise registers itself and its need; a person confirms its size.
	in := foundry()
	in.Enterprise.CreditCode = creditCode
	e := o.must(registry.Actor{ID: "boss", Role: registry.EnterpriseStaff}, firm, "", "register", in).ID
	boss := registry.Actor{ID: "boss", Role: registry.EnterpriseStaff, Of: e}
	o.must(centre, firm, e, "confirm_size", registry.SizeInput{Size: "小型"})
	n := o.must(boss, need, "", "submit", leak(e)).ID

	// 第八条: classified, diagnosed, matched.
	o.must(centre, need, n, "classify", registry.ClassifyInput{Field: "铸造"})
	o.must(boss, need, n, "diagnose", registry.DiagnosisInput{Diagnosis: registry.Diagnosis{Field: "铸造", Causes: "缩松", Terms: []string{"补缩"}, Source: "knowledge"}})
	o.must(centre, need, n, "match", nil)

	// 第九条、第十条、第十二条、第十四条: both sign, with the undertakings of both.
	o.turn("2026-03-16")
	a := o.must(centre, pact, "", "draft", between(n, who, day(t, "2026-03-16"))).ID
	o.must(homeUnit, pact, a, "opine", because("同意派出，工资待遇不变"))
	o.must(boss, pact, a, "sign", nil)
	o.must(who, pact, a, "sign", nil)
	agreement, err := o.Agreement(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	posting := agreement.Dispatch

	// 第十三条: a share, with the unit's consent.
	share := o.must(who, registry.KindEquity, "", "state", registry.EquityInput{Specialist: who.Of, Enterprise: e, Form: registry.WithTechnology, Share: "3%", Since: day(t, "2026-03-16")}).ID
	o.must(centre, registry.KindEquity, share, "note", registry.ConsentInput{Scan: strings.Repeat("7f", 32), On: day(t, "2026-03-10")})

	// 第十一条、第十五条: two services a month, on site and online, each confirmed by the enterprise; and what a year brings beside them.
	beside := map[string]func(){
		"2026-06-18": func() { o.half(who, posting, "2026-06-30") }, // 第十九条: the half-year summary
		"2026-09-01": func() { // 第十六条: a project
			id := o.must(who, registry.KindCooperation, "", "begin", registry.ProjectInput{Dispatch: posting, Title: "阀体工艺开发", Form: "技术开发", From: day(t, "2026-09-01")}).ID
			o.must(boss, registry.KindCooperation, id, "contract", registry.Supplement{Kind: registry.OnProperty, Text: "专利共有"})
		},
		"2026-10-16": func() { // 第十七条: a meeting of the specialists
			id := o.must(centre, meeting, "", "plan", registry.ActivityInput{Form: "座谈会", Title: "下半年座谈会", From: day(t, "2026-10-16"), Place: "市科技大厦", Specialists: []string{who.Of}}).ID
			o.must(centre, meeting, id, "hold", registry.AttendanceInput{Present: []string{who.Of}})
		},
		"2026-12-30": func() { o.half(who, posting, "2026-12-31") }, // 第十九条: the year's summary
	}
	for on := day(t, "2026-03-20"); on.Before(day(t, "2027-03-15")); on = on.AddDays(15) {
		o.turn(on.String())
		o.must(boss, served, o.must(who, served, "", "log", visit(posting)).ID, "confirm", nil)
		if also, ok := beside[on.String()]; ok {
			also()
			delete(beside, on.String())
		}
	}
	if p := o.pace(posting, "2027-03-15"); p.Asked != 24 || p.Counted < 24 || len(beside) > 0 {
		t.Fatalf("%+v %v", p, beside)
	}

	// 第十一条: the term is over, the need is solved.
	o.turn("2027-03-15")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.AtTerm, Solved: true})

	// 第十八条、第二十条: experts, four parties, both offices; delivered, filed.
	id := o.proposed(posting, boss, 92)
	if got := o.assessment(id); got.Proposed != "优秀" {
		t.Fatalf("%+v", got)
	}
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "优秀"})
	o.must(centre, verdict, id, "deliver", because("当面签收"))
	o.turn("2027-03-31")
	o.must(centre, verdict, id, "file", because("示例大学人事处"))

	// 第三条、第二十条: within the budget of the year, reviewed by the finance bureau, paid.
	grant := o.rewarded(id)
	o.both(money, grant, "approve", nil)
	o.must(finance, money, grant, "pass", nil)
	o.must(centre, money, grant, "list", registry.ListInput{List: "2027 年第一批"})
	o.must(finance, money, grant, "pay", registry.PaidInput{Voucher: "示例-2027-001"})
	if got := o.subsidy(grant); got.State != registry.SubsidyPaid || got.Net() != 1_660_000 {
		t.Fatalf("%+v", got)
	}

	// The 工作台账 tells the year, and the need knows who solved it.
	if solved, err := o.Need(t.Context(), n); err != nil || solved.State != registry.NeedSolved || solved.SolvedBy[0] != who.Of {
		t.Fatalf("%+v %v", solved, err)
	}
	log, err := o.WorkLog(t.Context(), who.Of, registry.Date{}, registry.Date{})
	if err != nil || len(log) < 30 {
		t.Fatalf("%d lines, %v", len(log), err)
	}
}

// half brings a summary from the specialist over the unit to the centre.
func (o *office) half(who registry.Actor, posting, due string) {
	o.t.Helper()
	id := o.submitted(who, posting, due)
	b := o.must(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{id}, Cover: "我单位派出 1 人。"}).ID
	o.must(university, bundle, b, "send", nil)
	o.must(centre, bundle, b, "receive", nil)
}
