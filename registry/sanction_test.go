package registry_test

import (
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const (
	affair = registry.KindCase
	debt   = registry.KindRecovery
)

var finance = registry.Actor{ID: "finance-lu", Role: registry.FinanceOfficer}

func (o *office) both(kind registry.RecordKind, id, act string, in any) registry.Receipt {
	o.t.Helper()
	o.must(centre, kind, id, act, in)
	return o.must(bureau, kind, id, act, in)
}

func because(why string) registry.ReasonInput { return registry.ReasonInput{Reason: why} }

// heard brings a case to the point where a decision may be made.
func (o *office) heard(against registry.RecordKind, subject string) string {
	id := o.must(centre, affair, "", "report", registry.CaseInput{Against: against, Subject: subject, Clue: "论文署名不实", Source: "来信"}).ID
	o.both(affair, id, "inquire", registry.InquiryInput{Until: registry.DateOf(o.now).AddDays(30)})
	o.must(centre, affair, id, "notify", because("拟取消资格：提供虚假信息"))
	o.must(centre, affair, id, "hear", because("逾期未提出"))
	return id
}

// The dark twin: a clue, an inquiry, a hearing, a decision by both offices; out of all suggestions at once, dispatches frozen,
// three years refused to the day, recovered to zero (Art. 21).
func TestDisqualification(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang := o.member("王某")
	posting := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))

	// 线索 → 核查: both offices, with an end; recommendation rests and comes back by itself.
	o.turn("2026-04-01")
	id := o.must(centre, affair, "", "report", registry.CaseInput{Against: expert, Subject: wang.Of, Clue: "论文署名不实", Source: "来信"}).ID
	o.refused(centre, affair, id, "inquire", registry.InquiryInput{}, policy.CentreSetting, "请填写核查截止日期")
	o.refused(centre, affair, id, "inquire", registry.InquiryInput{Until: day(t, "2026-06-01")}, policy.CentreSetting, "不晚于2026年5月31日")
	o.both(affair, id, "inquire", registry.InquiryInput{Until: day(t, "2026-04-30")})
	v, err := o.Specialist(t.Context(), wang.Of)
	if err != nil || v.Eligible(day(t, "2026-04-30")).OK || !v.Eligible(day(t, "2026-05-01")).OK {
		t.Fatalf("%+v %v", v, err)
	}
	// 告知、陈述申辩 before any decision.
	o.refused(centre, affair, id, "disqualify", registry.DecisionInput{Ground: "提供虚假信息"}, policy.Article(21), "现在是“核查中”，不能取消资格")
	o.must(centre, affair, id, "notify", because("拟取消资格：提供虚假信息"))
	o.refused(registry.Actor{ID: "x", Role: registry.SpecialistRole, Of: "TPY2026-0099"}, affair, id, "hear", because("不服"), policy.Article(21), "不能记录陈述申辩")
	o.must(wang, affair, id, "hear", because("署名系学生误填"))

	// 决定书: both offices.
	o.turn("2026-04-15")
	decision := registry.DecisionInput{Ground: "提供虚假信息", DocumentNo: "示例〔2026〕1号"}
	if r := o.must(centre, affair, id, "disqualify", decision); r.State != registry.Heard {
		t.Fatalf("one office alone decided: %+v", r)
	}
	o.must(bureau, affair, id, "disqualify", registry.DecisionInput{Ground: "同意取消"})
	if v, err = o.Specialist(t.Context(), wang.Of); err != nil || v.Standing != registry.Disqualified || v.Eligible(day(t, "2026-04-15")).OK {
		t.Fatalf("still in suggestions: %+v %v", v, err)
	}
	if d, err := o.Dispatch(t.Context(), posting); err != nil || d.State != registry.Frozen {
		t.Fatalf("%+v %v", d, err)
	}
	// Running dispatches are decided on one by one; the innocent side gets a new match.
	o.refused(centre, posted, posting, "resume", nil, policy.Article(21), "特派员已取消资格")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByDisqualified, Why: "示例〔2026〕1号"})
	if need, err := o.Need(t.Context(), n); err != nil || need.State != registry.NeedOpen {
		t.Fatalf("%+v %v", need, err)
	}
	o.must(centre, affair, id, "deliver", because("当面签收"))

	// Three years, to the day: 2026-04-15 + 36 months.
	again := application(o)
	again.Specialist = wang.Of
	applicant := registry.Actor{ID: "王某", Role: registry.SpecialistRole, Of: wang.Of}
	for _, on := range []string{"2027-04-15", "2029-04-15"} {
		o.turn(on)
		o.refused(applicant, app, "", "apply", again, policy.Article(21), "2029年4月16日起可以再次申请")
	}
	o.turn("2029-04-16")
	o.must(applicant, app, "", "apply", again)

	// 追回 to zero.
	o.refused(centre, debt, "", "demand", registry.DemandInput{Case: "AJ2026-0099", Amount: 100, Note: "补贴"}, policy.Article(21), "没有找到取消资格案")
	money := o.must(finance, debt, "", "demand", registry.DemandInput{Case: id, Amount: 1_200_000, Note: "2026 年生活补贴"}).ID
	o.refused(finance, debt, money, "receive", registry.AmountInput{Amount: 1_200_001, Note: "缴款书"}, "", "还应追回 12000.00 元")
	if r := o.must(finance, debt, money, "receive", registry.AmountInput{Amount: 1_000_000, Note: "缴款书 1 号"}); r.State != registry.Outstanding {
		t.Fatalf("%+v", r)
	}
	if r := o.must(finance, debt, money, "receive", registry.AmountInput{Amount: 200_000, Note: "缴款书 2 号"}); r.State != registry.Settled {
		t.Fatalf("%+v", r)
	}
}

// A revoked decision restores the status, the recommendation and the frozen dispatches, and keeps the history.
func TestARevokedDecisionRestoresEverything(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang := o.member("王某")
	posting := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))
	before, err := o.Specialist(t.Context(), wang.Of)
	if err != nil {
		t.Fatal(err)
	}
	id := o.heard(expert, wang.Of)
	o.both(affair, id, "disqualify", registry.DecisionInput{Ground: "提供虚假信息"})
	o.must(centre, affair, id, "deliver", because("挂号信"))
	o.must(wang, affair, id, "ask_review", because("有新证据"))
	o.both(affair, id, "revoke", because("复核查明署名属实"))
	after, err := o.Specialist(t.Context(), wang.Of)
	if err != nil || after.Standing != before.Standing || after.BarredTo != "" || after.PausedTo != "" || !after.Eligible(day(t, "2026-03-02")).OK {
		t.Fatalf("%+v %v", after, err)
	}
	if d, err := o.Dispatch(t.Context(), posting); err != nil || d.State != registry.Running {
		t.Fatalf("%+v %v", d, err)
	}
	if v, err := o.Case(t.Context(), id); err != nil || v.Ground == "" || v.Decided.IsZero() || v.State != registry.RevokedCase {
		t.Fatalf("the history is gone: %+v %v", v, err)
	}
}

// Enterprises are disqualified, too; the specialist keeps his services.
func TestAnEnterpriseIsDisqualified(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang := o.member("王某")
	posting := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))
	id := o.heard(firm, boss.Of)
	if e, err := o.Enterprise(t.Context(), boss.Of); err != nil || e.Served(day(t, "2026-03-20")).OK {
		t.Fatalf("served while under inquiry: %+v %v", e, err)
	}
	o.both(affair, id, "disqualify", registry.DecisionInput{Ground: "虚报需求"})
	o.refused(boss, need, "", "submit", leak(boss.Of), policy.Article(7), "已取消资格")
	if d, err := o.Dispatch(t.Context(), posting); err != nil || d.State != registry.Frozen {
		t.Fatalf("%+v %v", d, err)
	}
	if s, err := o.Specialist(t.Context(), wang.Of); err != nil || !s.Eligible(day(t, "2026-03-02")).OK {
		t.Fatalf("the innocent side was barred: %+v %v", s, err)
	}
}

// A clue that does not hold leaves nothing behind.
func TestADismissedClue(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	wang := o.member("王某")
	id := o.heard(expert, wang.Of)
	o.both(affair, id, "dismiss", because("查无实据"))
	if s, err := o.Specialist(t.Context(), wang.Of); err != nil || s.Standing != registry.Active || s.PausedTo != "" {
		t.Fatalf("%+v %v", s, err)
	}
}

// Where the centre counts the three years from the delivery, they begin with it.
func TestABarFromTheDelivery(t *testing.T) {
	edition := sample(t)
	settings, err := edition.Settings.With(policy.BarStart, policy.FromDelivery)
	if err != nil {
		t.Fatal(err)
	}
	edition.Settings = settings
	o := openOfficeUnder(t, "2026-03-02", edition)
	wang := o.member("王某")
	id := o.heard(expert, wang.Of)
	o.both(affair, id, "disqualify", registry.DecisionInput{Ground: "提供虚假信息"})
	again := application(o)
	again.Specialist = wang.Of
	o.refused(wang, app, "", "apply", again, policy.Article(21), "请先送达决定书")
	o.turn("2026-03-20")
	o.must(centre, affair, id, "deliver", because("挂号信"))
	if v, err := o.Specialist(t.Context(), wang.Of); err != nil || v.BarredTo != "2029-03-20" {
		t.Fatalf("%+v %v", v, err)
	}
}
