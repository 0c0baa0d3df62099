package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// The conditions that several acts share.

// inEdition: outside every edition new business is saved, but not accepted (Art. 22).
var inEdition = Guard{"in-edition", "受理新的申请、需求、协议，须在某一版制度的有效期内", policy.Article(22), func(d *Deed) string {
	if d.Covered {
		return ""
	}
	on := d.How.On
	if r, ok := d.Subject.(interface{ begun() Date }); ok && !r.begun().IsZero() {
		on = r.begun()
	}
	return policy.Outside(on)
}}

// consented: joining is voluntary, and the day of the applicant's consent is known (Art. 6).
var consented = Guard{"consented", "本人自愿，并有本人同意的日期", policy.Article(6), func(d *Deed) string {
	consent := inputOf[ApplicationInput](d).Consent
	if v := subjectOf[*Application](d); v != nil && d.row.Act != "revise" {
		consent = v.Consent
	}
	switch {
	case consent.IsZero():
		return "没有本人同意的日期；须由本人自愿申请，请填写本人同意的日期"
	case d.Today.Before(consent):
		return fmt.Sprintf("本人同意的日期%s晚于今天，请核对", consent.Chinese())
	}
	return ""
}}

// notBarred: for three years after a disqualification no application is accepted (Art. 21).
var notBarred = Guard{"not-barred", "取消资格后三年内不再受理其申报", policy.Article(21), func(d *Deed) string {
	id := inputOf[ApplicationInput](d).Specialist
	if v := subjectOf[*Application](d); v != nil {
		id = v.Specialist
	}
	if id == "" {
		return ""
	}
	former, err := find[*Specialist](d, KindSpecialist, id)
	if err != nil {
		return fmt.Sprintf("没有入库编号为 %s 的原成员，请核对", Shorten(id, 40))
	}
	if former.Standing == Disqualified && former.BarredTo == "" {
		return "已取消资格，决定送达以后才能算出不再受理申报的期限；请先送达决定书"
	}
	end, err := ParseDate(former.BarredTo)
	if former.BarredTo == "" || err != nil || end.Before(d.How.On) {
		return ""
	}
	return fmt.Sprintf("已取消资格，至%s不再受理其申报；%s起可以再次申请", end.Chinese(), end.AddDays(1).Chinese())
}}

// qualified: a master's degree or an intermediate title, seen by a person (Art. 5 (一)).
var qualified = Guard{"qualified", "具有硕士以上学位或中级以上职称", policy.Article(5, 1), func(d *Deed) string {
	v := subjectOf[*Application](d)
	if v.By != "" {
		return ""
	}
	if q := v.Profile.Qualification(); q.Answer == NotSatisfied {
		return q.Reason
	}
	return "学位或职称还没有经办人核实；请先逐项核对选拔条件"
}}

// ticked: knowledge, abilities, will (Art. 5 (二)(三)).
var ticked = Guard{"ticked", "具有专业知识、研发和协调能力、责任心，熟悉企业、愿意服务、能解决问题", policy.Article(5, 2, 3), func(d *Deed) string {
	v := subjectOf[*Application](d)
	for _, item := range merits {
		if !contains(v.Ticked, item) {
			return "选拔条件“" + item + "”还没有核对为符合；请先逐项核对选拔条件"
		}
	}
	return ""
}}
