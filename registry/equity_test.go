package registry_test

import (
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

// A specialist invests after the home unit agreed (Art. 13); whoever holds shares is no reviewer, and may still be matched.
func TestInvesting(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	_, boss := o.pooled(creditCode)
	wang, zhao := o.member("王某"), o.member("赵某")
	in := registry.EquityInput{Specialist: wang.Of, Enterprise: boss.Of, Form: registry.WithTechnology, Share: "5%", Since: day(t, "2026-02-01")}
	o.refused(zhao, registry.KindEquity, "", "state", in, policy.Article(13), "只能申报本人的")
	id := o.must(wang, registry.KindEquity, "", "state", in).ID
	if v, err := o.Specialist(t.Context(), wang.Of); err != nil || !slices.Equal(v.Equity, []string{boss.Of}) {
		t.Fatalf("%+v %v", v, err)
	}
	e, err := o.Enterprise(t.Context(), boss.Of)
	if err != nil {
		t.Fatal(err)
	}
	v, err := o.Specialist(t.Context(), wang.Of)
	if c := v.ConflictWith(e); err != nil || c.Barred || len(c.Facts) != 1 {
		t.Fatalf("%+v %v", c, err)
	}
	o.refused(centre, registry.KindEquity, id, "note", nil, policy.Article(13), "没有派出单位同意的书面材料")
	consent := registry.ConsentInput{Scan: strings.Repeat("0a", 32), On: day(t, "2026-01-20")}
	if r := o.must(centre, registry.KindEquity, id, "note", consent); r.State != registry.EquityNoted {
		t.Fatalf("%+v", r)
	}
	o.must(wang, registry.KindEquity, id, "leave", because("转让股份"))
	if v, err := o.Specialist(t.Context(), wang.Of); err != nil || len(v.Equity) != 0 {
		t.Fatalf("%+v %v", v, err)
	}
}

// The two work together in many forms; secrecy and property are agreed on (Art. 16).
func TestWorkingTogether(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	n, boss := o.pooled(creditCode)
	wang, zhao := o.member("王某"), o.member("赵某")
	posting := o.signed(boss, wang, between(n, wang, day(t, "2026-03-02")))
	in := registry.ProjectInput{Dispatch: posting, Title: "阀体铸造工艺开发", Form: "技术开发", Amount: 20_000_000, From: day(t, "2026-03-02"), Until: day(t, "2025-12-31")}
	o.refused(zhao, registry.KindCooperation, "", "begin", in, policy.Article(16), "只能登记本人、本企业的")
	o.refused(wang, registry.KindCooperation, "", "begin", in, "", "早于开始日期")
	in.Until = day(t, "2026-12-31")
	id := o.must(wang, registry.KindCooperation, "", "begin", in).ID
	o.refused(zhao, registry.KindCooperation, id, "contract", registry.Supplement{Kind: registry.OnProperty, Text: "共有"}, policy.Article(16), "不能登记项目协议")
	o.refused(boss, registry.KindCooperation, id, "contract", registry.Supplement{Kind: "口头", Text: "共有"}, "", "不在可选范围内")
	o.must(boss, registry.KindCooperation, id, "contract", registry.Supplement{Kind: registry.OnProperty, Text: "专利共有"})
	o.must(boss, registry.KindCooperation, id, "finish", because("废品率降到 2%"))
	if v, err := o.Cooperation(t.Context(), id); err != nil || len(v.Contracts) != 1 || v.Amount.String() != "200000.00" || v.State != registry.ProjectDone {
		t.Fatalf("%+v %v", v, err)
	}
}
