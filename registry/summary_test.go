package registry_test

import (
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const (
	report = registry.KindSummary
	bundle = registry.KindBundle
)

var university = registry.Actor{ID: "unit-sun", Role: registry.HomeUnit, Of: "示例大学"}

func about(t *testing.T, dispatch, due string) registry.SummaryInput {
	return registry.SummaryInput{Dispatch: dispatch, Due: day(t, due), SummaryText: registry.SummaryText{
		Work: "现场服务，解决泵壳渗漏。", Results: registry.Results{Solved: 1, Output: 30_000_000}, Conditions: "企业提供了实验场地。"}}
}

// submitted is a summary that waits for the unit.
func (o *office) submitted(who registry.Actor, dispatch, due string) string {
	o.t.Helper()
	id := o.must(who, report, "", "draft", about(o.t, dispatch, due)).ID
	o.must(who, report, id, "submit", nil)
	return id
}

func (o *office) summary(id string) registry.Summary {
	o.t.Helper()
	v, err := o.Summary(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

// A summary every half year and one at the year's end, arranged and compiled by the home unit, sent to the centre (Art. 19).
func TestSummariesOfAYear(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	other, zhao, _ := o.dispatched("赵某", "2026-03-02")
	o.must(boss, served, o.must(wang, served, "", "log", visit(id)).ID, "confirm", nil)

	// Art. 19: what is due, when.
	o.turn("2026-06-20")
	owed, err := o.SummariesOwed(t.Context(), id, day(t, "2026-07-01"))
	if err != nil || len(owed) != 2 || owed[0].Record != "" || !owed[0].Late || owed[1].Late ||
		owed[0].On != day(t, "2026-06-30") || owed[0].Summary != policy.HalfYear || owed[1].Summary != policy.YearEnd {
		t.Fatalf("%+v %v", owed, err)
	}
	o.refused(zhao, report, "", "draft", about(t, id, "2026-06-30"), policy.Article(19), "只能起草本人派驻的")
	o.refused(wang, report, "", "draft", about(t, id, "2026-07-01"), policy.Article(19), "应交的是：2026年6月30日的半年工作小结、2026年12月31日的年终工作总结")
	blank := about(t, id, "2026-06-30")
	blank.Work = ""
	first := o.must(wang, report, "", "draft", blank).ID
	o.refused(wang, report, "", "draft", blank, policy.Article(19), "这一期已有 "+first)
	o.refused(wang, report, first, "submit", nil, policy.Article(19), "请写明开展的工作")
	o.must(wang, report, first, "revise", about(t, id, "2026-12-31")) // which one it is stays
	o.must(wang, report, first, "submit", nil)
	if v := o.summary(first); v.ID != "ZJ2026-00001" || v.Kind != policy.HalfYear || v.From != day(t, "2026-03-02") || v.Due != day(t, "2026-06-30") || v.Services != 1 || v.Unit != "示例大学" {
		t.Fatalf("%+v", v)
	}

	// The unit arranges and compiles; what it finds wanting goes back to the writer.
	o.refused(boss, report, first, "send_back", because("x"), policy.Article(19), "不能退回小结或总结")
	o.refused(university, report, first, "send_back", nil, "", "需要修改什么")
	o.must(university, report, first, "send_back", because("请补充成效"))
	o.must(wang, report, first, "revise", about(t, id, "2026-06-30"))
	o.must(wang, report, first, "submit", nil)
	second := o.submitted(zhao, other, "2026-06-30")
	if list, err := o.SummariesOfUnit(t.Context(), "示例 大学"); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	stranger := registry.Actor{ID: "x", Role: registry.HomeUnit, Of: "另一大学"}
	o.refused(stranger, bundle, "", "compile", registry.BundleInput{Summaries: []string{first}}, policy.Article(19), "不是本单位")
	o.refused(university, bundle, "", "compile", registry.BundleInput{}, "", "请选择要汇总的")
	b := o.must(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{first}}).ID
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{second}}, policy.Article(19), "2026年上半年的汇总 "+b+" 还没有送交")
	o.refused(university, bundle, b, "send", nil, policy.Article(19), "没有填写封面")
	o.refused(wang, report, first, "revise", about(t, id, "2026-06-30"), policy.Article(19), "现在是“单位已汇总”")
	all := registry.BundleInput{Summaries: []string{first, second}, Cover: "我单位派出 2 人，均按期服务。"}
	o.refused(stranger, bundle, b, "revise", all, policy.Article(19), "不能修改汇总")
	o.must(university, bundle, b, "revise", all)
	o.must(university, bundle, b, "send", nil)

	// The centre receives, or sends back what is wanting: the whole, or one of them.
	o.refused(bureau, bundle, b, "receive", nil, policy.Article(19), "可以办理的是市中小企业发展促进中心")
	o.refused(centre, bundle, b, "send_back", nil, "", "需要修改什么")
	o.must(centre, bundle, b, "send_back", because("封面缺公章"))
	third := o.must(wang, report, "", "draft", about(t, id, "2026-12-31")).ID
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{third}}, "", "现在是“草稿”，须为“已提交”")
	o.refused(wang, report, "", "draft", about(t, id, "2026-06-30"), policy.Article(19), "这一期已有 "+first)
	o.must(university, bundle, b, "revise", all)
	o.must(university, bundle, b, "send", nil)
	o.refused(centre, bundle, b, "receive", registry.ReceiveInput{Back: map[string]string{"ZJ2026-00099": "x"}}, "", "不在这份汇总里")
	o.refused(centre, bundle, b, "receive", registry.ReceiveInput{Back: map[string]string{second: " "}}, "", "需要修改什么")
	o.refused(centre, bundle, b, "receive", registry.ReceiveInput{Back: map[string]string{first: "x", second: "x"}}, "", "请退回汇总")
	o.turn("2026-07-06")
	o.must(centre, bundle, b, "receive", registry.ReceiveInput{Back: map[string]string{second: "与服务记录不符"}})
	if v := o.summary(first); v.State != registry.TakenIn || v.Received != day(t, "2026-07-06") || v.Bundle != b {
		t.Fatalf("%+v", v)
	}
	if v := o.summary(second); v.State != registry.SentBack || v.Bundle != "" || v.Reason != "与服务记录不符" {
		t.Fatalf("%+v", v)
	}

	// Late is what was not submitted when its day was over.
	for on, late := range map[string]bool{"2026-06-19": false, "2026-07-01": false, "2027-01-01": true} {
		owed, err := o.SummariesOwed(t.Context(), id, day(t, on))
		if err != nil || owed[0].Late || owed[1].Late != late {
			t.Errorf("as of %s: %+v %v", on, owed, err)
		}
	}

	// What comes late follows in another bundle.
	o.must(zhao, report, second, "submit", nil)
	if owed, err := o.SummariesOwed(t.Context(), other, day(t, "2026-07-03")); err != nil || !owed[0].Late {
		t.Errorf("%+v %v", owed, err) // submitted anew on 6 July
	}
	late := o.must(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{second}, Cover: "补报。"}).ID
	if v, err := o.Bundle(t.Context(), late); err != nil || v.Follows != b || v.Round.String() != "2026年上半年" {
		t.Fatalf("%+v %v", v, err)
	}
	o.must(university, bundle, late, "send", nil)
	o.must(centre, bundle, late, "receive", nil)
	if list, err := o.BundlesOf(t.Context(), "示例大学"); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if owed, err := o.SummariesOwed(t.Context(), other, day(t, "2026-07-10")); err != nil || owed[0].State != registry.TakenIn || !owed[1].On.Before(day(t, "2027-01-01")) {
		t.Fatalf("%+v %v", owed, err)
	}
}

// A summary that a unit takes out of its bundle waits for another; summaries of two half years stand under two covers.
func TestWhatABundleHolds(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, _ := o.dispatched("王某", "2026-03-02")
	other, zhao, _ := o.dispatched("赵某", "2026-03-02")
	half, year := o.submitted(wang, id, "2026-06-30"), o.submitted(wang, id, "2026-12-31")
	next := o.submitted(zhao, other, "2026-06-30")
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{half, year}}, "", "属于2026年下半年，这份汇总是2026年上半年的")
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{half, half}}, "", "写了两次")
	b := o.must(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{half, next}}).ID
	o.must(university, bundle, b, "revise", registry.BundleInput{Summaries: []string{next}, Cover: "1 人。"})
	if v := o.summary(half); v.State != registry.Submitted || v.Bundle != "" {
		t.Fatalf("%+v", v)
	}
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{half}}, policy.Article(19), "还没有送交，请加入其中")
	o.must(university, bundle, b, "send", nil)
	o.must(centre, bundle, b, "send_back", because("缺公章"))
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{half}}, policy.Article(19), "还没有送交，请加入其中")
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{next}}, "", "现在是“单位已汇总”，须为“已提交”")
	o.must(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{year}}) // another half year, another bundle
	if list, err := o.SummariesOf(t.Context(), id); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
}

// Where no unit acts the centre receives directly, with the reason; or, as an edition may say, the recommending unit compiles.
func TestNoUnitActs(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, _ := o.dispatched("王某", "2026-03-02")
	s := o.submitted(wang, id, "2026-06-30")
	o.refused(centre, report, s, "receive", nil, "", "派出单位为什么没有汇总")
	o.refused(centre, report, s, "pass", registry.PassInput{Unit: "示例学会", Reason: "x"}, policy.CentreSetting, "由促进中心直接接收")
	o.must(centre, report, s, "receive", because("无派出单位"))
	if v := o.summary(s); v.State != registry.TakenIn || v.Reason != "无派出单位" {
		t.Fatalf("%+v", v)
	}

	o = openOfficeUnder(t, "2026-03-02", sampleWith(t, policy.SummariesReceiver, policy.RecommenderReceives))
	id, wang, _ = o.dispatched("王某", "2026-03-02")
	s = o.submitted(wang, id, "2026-06-30")
	o.refused(centre, report, s, "receive", because("无派出单位"), policy.CentreSetting, "请转由推荐单位汇总")
	o.refused(centre, report, s, "pass", registry.PassInput{Unit: "示例学会"}, "", "为什么没有汇总")
	o.must(centre, report, s, "pass", registry.PassInput{Unit: "示例学会", Reason: "原单位已撤销"})
	o.refused(university, bundle, "", "compile", registry.BundleInput{Summaries: []string{s}}, policy.Article(19), "不是本单位")
	o.must(registry.Actor{ID: "society", Role: registry.HomeUnit, Of: "示例学会"}, bundle, "", "compile", registry.BundleInput{Summaries: []string{s}})
	if list, err := o.SummariesOfUnit(t.Context(), university.Of); err != nil || len(list) != 0 {
		t.Fatal("still listed under the former unit", list, err)
	}
}

// By term a dispatch that ended early owes its last summary on its last day.
func TestSummariesByTerm(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", sampleWith(t, policy.SummariesDue, policy.ByTerm))
	id, wang, _ := o.dispatched("王某", "2026-03-02")
	due := func() (days []string) {
		owed, err := o.SummariesOwed(t.Context(), id, day(t, "2026-03-02"))
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range owed {
			days = append(days, o.On.String())
		}
		return days
	}
	if got := due(); !slices.Equal(got, []string{"2026-09-01", "2027-03-01"}) {
		t.Error(got)
	}
	o.turn("2026-11-15")
	o.must(centre, posted, id, "end", registry.EndInput{By: registry.ByTheFirm, Why: "停产"})
	if got := due(); !slices.Equal(got, []string{"2026-09-01", "2026-11-15"}) {
		t.Error(got)
	}
	o.submitted(wang, id, "2026-11-15")
}

// What figures a summary may state.
func TestFiguresOfASummary(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, _ := o.dispatched("王某", "2026-03-02")
	for field, spoil := range map[string]func(*registry.SummaryInput){
		"results.solved": func(in *registry.SummaryInput) { in.Results.Solved = -1 },
		"results.output": func(in *registry.SummaryInput) { in.Results.Output = 2_000_000_000_000 },
		"attachments":    func(in *registry.SummaryInput) { in.Attachments = []string{"报告.pdf"} },
		"work":           func(in *registry.SummaryInput) { in.Work = strings.Repeat("长", registry.MaxText+1) },
	} {
		in := about(t, id, "2026-06-30")
		spoil(&in)
		o.refused(wang, report, "", "draft", in, "", field)
	}
}
