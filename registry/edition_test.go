package registry_test

import (
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

// A new edition is typed with the source of its days and takes effect when both offices confirm it (Art. 22); from then on new
// business of its days is accepted, and what began under it is finished under it.
func TestANewEdition(t *testing.T) {
	o := openOffice(t, "2028-03-02")
	const kind = registry.KindEdition
	next := policy.Edition{ID: "2028", Name: "中小企业科技特派员管理办法", DocumentNo: "示例〔2028〕1号", From: day(t, "2028-01-01"), Until: day(t, "2029-12-31"), State: policy.Confirmed}
	draft := func(e policy.Edition) registry.EditionInput { return registry.EditionInput{Edition: e} }

	in := application(o)
	in.Consent = day(t, "2028-03-01")
	id := o.must(wang, app, "", "apply", in).ID
	o.must(centre, app, id, "tick", allMerits())
	o.refused(centre, app, id, "admit", nil, policy.Article(22), "不在任何一版制度的有效期内")

	o.refused(centre, kind, "", "draft", draft(next), policy.Article(22), "请写明出处")
	next.DatesSource = "第三十条"
	o.refused(bureau, kind, "", "draft", draft(next), policy.Article(22), "可以办理的是市中小企业发展促进中心")
	overlapping := next
	overlapping.From = day(t, "2027-12-31")
	o.must(registry.Actor{ID: "admin", Role: registry.Administrator}, kind, "", "draft", draft(overlapping))
	o.refused(centre, kind, "", "draft", draft(next), policy.Article(22), "已有代号为“2028”的制度版本")
	o.refused(centre, kind, "2028", "confirm", nil, policy.Article(22), "同一天只能有一版制度")
	settings, err := next.Settings.With(policy.Capacity, "1")
	if err != nil {
		t.Fatal(err)
	}
	next.Settings = settings
	o.must(centre, kind, "2028", "revise", draft(next))
	o.must(centre, kind, "2028", "confirm", nil)
	o.refused(centre, app, id, "admit", nil, policy.Article(22), "不在任何一版制度的有效期内") // one office alone puts nothing in force
	if r := o.must(bureau, kind, "2028", "confirm", nil); r.State != registry.EditionConfirmed {
		t.Fatalf("%+v", r)
	}
	o.refused(centre, kind, "2028", "revise", draft(next), policy.Article(22), "现在是“已确认生效”")
	o.must(centre, app, id, "admit", nil)
	if r := o.must(bureau, app, id, "admit", nil); r.Edition != "2028" {
		t.Fatalf("%+v", r)
	}

	// Its settings rule: one enterprise at a time.
	who := registry.Actor{ID: "wang", Role: registry.SpecialistRole, Of: "TPY2028-0001"}
	first, boss := o.pooled(creditCode)
	o.signed(boss, who, between(first, who, day(t, "2028-03-02")))
	second, _ := o.pooled(creditCode)
	o.refused(centre, pact, "", "draft", between(second, who, day(t, "2028-03-02")), policy.Article(2), "同时服务上限 1 家")
}
