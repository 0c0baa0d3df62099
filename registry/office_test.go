package registry_test

import (
	"slices"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

// An office names who decides for it; then nobody else of the office may, until the days are over.
func TestDelegation(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	chief, deputy := bureau, registry.Actor{ID: "bureau-sun", Role: registry.BureauOfficer}
	in := registry.DelegationInput{Person: deputy.ID, Acts: []string{"application.admit"}, Until: day(t, "2026-03-31")}
	o.refused(deputy, registry.KindDelegation, "", "grant", in, policy.CentreSetting, "不能授权给自己")
	o.refused(chief, registry.KindDelegation, "", "grant", registry.DelegationInput{Person: deputy.ID, Acts: []string{"need.submit"}}, "", "不是联合审核的决定")
	grant := o.must(chief, registry.KindDelegation, "", "grant", in).ID
	o.refused(centre, registry.KindDelegation, grant, "recall", because("x"), policy.CentreSetting, "只能收回本部门的授权")

	id := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, id, "tick", allMerits())
	o.must(centre, app, id, "admit", nil)
	o.refused(chief, app, id, "admit", nil, policy.CentreSetting, "已授权 bureau-sun 办理审核通过、入库")
	if r := o.must(deputy, app, id, "admit", nil); r.State != registry.Admitted {
		t.Fatalf("%+v", r)
	}
	// Other decisions, and the day after the last, are anybody's of the office.
	second := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, second, "tick", allMerits())
	o.turn("2026-04-01")
	o.must(chief, app, second, "admit", nil)
	if r := o.must(centre, app, second, "admit", nil); r.State != registry.Admitted {
		t.Fatalf("%+v", r)
	}
}

// A complaint is received, assigned, handled by whom it was given to, and answered; it is no sanction by itself.
func TestComplaint(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	boss := registry.Actor{ID: "boss", Role: registry.EnterpriseStaff, Of: "QY1"}
	const kind = registry.KindComplaint
	o.refused(boss, kind, "", "receive", registry.ComplaintInput{}, "", "请写明投诉或建议的内容")
	id := o.must(boss, kind, "", "receive", registry.ComplaintInput{From: "某企业", About: "王某", Text: "三个月没有来"}).ID
	o.refused(boss, kind, id, "assign", registry.AssignInput{Person: "x"}, policy.CentreSetting, "不能交办")
	o.must(centre, kind, id, "assign", registry.AssignInput{Person: centre2.ID})
	o.refused(centre, kind, id, "handle", because("已核实"), policy.CentreSetting, "承办人是 centre-wu")
	o.must(centre2, kind, id, "handle", because("电话核实：因病请假"))
	o.refused(centre, kind, id, "answer", registry.AnswerInput{Answer: "已告知", Case: "AJ2026-0099"}, "", "没有编号为 AJ2026-0099 的取消资格案")
	o.must(centre, kind, id, "answer", registry.AnswerInput{Answer: "已告知企业"})
}

// Whoever leaves hands over what is open, in one act; past acts keep the name.
func TestHandover(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	_, boss := o.pooled(creditCode)
	li := centre.ID
	o.must(centre2, registry.KindDelegation, "", "grant", registry.DelegationInput{Person: li})
	complaint := o.must(centre, registry.KindComplaint, "", "receive", registry.ComplaintInput{Text: "建议增加培训"}).ID
	o.must(centre2, registry.KindComplaint, complaint, "assign", registry.AssignInput{Person: li})
	in := registry.ContactInput{With: firm, Of: boss.Of, Medium: "走访", Result: "约定下周看现场", Next: day(t, "2026-03-09")}
	o.refused(centre, registry.KindContact, "", "note", registry.ContactInput{With: firm, Of: "QY2026-0099", Medium: "走访", Result: "x"}, "", "没有编号为 QY2026-0099 的企业")
	o.must(centre, registry.KindContact, "", "note", in)
	in.Next = registry.Date{}
	o.must(centre, registry.KindContact, "", "note", in) // nothing left to do

	o.refused(centre2, registry.KindHandover, "", "hand_over", registry.HandoverInput{From: li, To: li}, "", "不能是交出人本人")
	id := o.must(centre2, registry.KindHandover, "", "hand_over", registry.HandoverInput{From: li, To: "centre-new"}).ID
	v, err := o.Handover(t.Context(), id)
	if want := []string{"delegation.SQ0001", "complaint." + complaint, "contact.LX2026-00001"}; err != nil || !slices.Equal(v.Moved, want) {
		t.Fatalf("%+v %v", v, err)
	}
	changes, err := o.Changes(t.Context(), 0, 0)
	if err != nil || !slices.ContainsFunc(changes, func(c registry.Change) bool { return c.Act == "note" && c.Actor == li }) {
		t.Error("past acts lost their name", err)
	}
}
