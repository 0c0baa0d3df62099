package registry

import (
	"fmt"
	"strings"

	"tepai/registry/policy"
)

// shown is a record that stands on a list.
type shown interface {
	record
	publication() *string // the id of the publication that shows it
	line(*Deed) string    // what it shows
}

// listable are the lists that may be published: the state in which a record goes on it, and for how long it stands there.
var listable = map[RecordKind]struct {
	state State
	days  policy.WorkdaysKey
}{
	KindApplication: {Submitted, policy.PublicationPool},
	KindAssessment:  {Graded, policy.PublicationGrades},
	KindSubsidy:     {SubsidyApproved, policy.PublicationSubsidies},
}

// publishable: a list holds records that are decided and wait for nothing but to be shown.
var publishable = Guard{"publishable", "公示的名单由待公示的申请、考核结果或奖补组成", policy.CentreSetting, func(d *Deed) string {
	in := inputOf[PublishInput](d)
	list, ok := listable[in.Of]
	if !ok || len(in.IDs) == 0 {
		return "请选择要公示的申请、考核结果或奖补"
	}
	for _, id := range in.IDs {
		r, err := find[shown](d, in.Of, id)
		switch {
		case err != nil:
			return fmt.Sprintf("没有编号为“%s”的%s，请核对", Shorten(id, 40), in.Of)
		case r.state() != list.state:
			return fmt.Sprintf("%s %s 现在是“%s”，须为“%s”才能公示", in.Of, id, stateName(in.Of, r.state()), stateName(in.Of, list.state))
		}
		if v, err := find[*Publication](d, KindPublication, *r.publication()); err == nil && v.State == Publishing {
			return fmt.Sprintf("%s %s 已在公示 %s 中", in.Of, id, v.ID)
		}
	}
	return ""
}}

// poolPublished: where the setting says so, the list is shown before anybody is admitted.
var poolPublished = Guard{"pool-published", "入库名单公示期满后入库", policy.CentreSetting.About("入库名单公示"), func(d *Deed) string {
	return d.published(policy.PublicationPool, subjectOf[*Application](d).Publication)
}}

// published says why the act that follows a publication has to wait; empty where nothing is published, or the list was shown to
// the end and long enough for the edition of the record.
func (d *Deed) published(days policy.WorkdaysKey, id string) string {
	n := d.settings().Workdays(days)
	if n == 0 {
		return ""
	}
	v, err := find[*Publication](d, KindPublication, id)
	switch {
	case id == "" || err != nil:
		return fmt.Sprintf("还没有公示；请公示 %d 个工作日以后再办理", n)
	case v.State != Published:
		return fmt.Sprintf("公示 %s 到%s为止，结束并处理异议以后再办理", v.ID, v.Until.Chinese())
	case v.Until.Before(d.settings().Calendar().Last(v.From, n)):
		return fmt.Sprintf("公示 %s 不足 %d 个工作日，请重新公示", v.ID, n)
	}
	return ""
}

// takeOff strikes a record off the list that shows it, if any.
func (d *Deed) takeOff(kind RecordKind, r shown, why string) error {
	id := *r.publication()
	if id == "" {
		return nil
	}
	v, err := find[*Publication](d, KindPublication, id)
	if err != nil {
		return err
	}
	v.strike(r.recordID(), why)
	*r.publication() = ""
	d.change(KindPublication, v)
	d.change(kind, r)
	return nil
}

func (v *Application) publication() *string { return &v.Publication }
func (v *Assessment) publication() *string  { return &v.Publication }
func (v *Subsidy) publication() *string     { return &v.Publication }

func (v *Application) line(*Deed) string {
	return joined(v.Profile.Name, v.Profile.Organisation)
}

func (v *Assessment) line(d *Deed) string { return joined(d.publicName(v.Specialist), v.Grade) }

func (v *Subsidy) line(d *Deed) string {
	parts := []string{d.publicName(v.Specialist), v.Grade}
	for _, i := range v.Items {
		parts = append(parts, fmt.Sprintf("%s %s 元", i.Kind, i.Due))
	}
	return joined(parts...)
}

// publicName is how a list names a member of the pool: with the number in the pool, which tells two of a name apart.
func (d *Deed) publicName(specialist string) string {
	who, err := find[*Specialist](d, KindSpecialist, specialist)
	if err != nil {
		return specialist
	}
	return joined(who.Name, who.Organisation, who.PoolNumber)
}

func joined(parts ...string) string { return strings.Join(nonEmpty(parts), "，") }
