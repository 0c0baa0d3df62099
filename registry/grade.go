package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// GradeInput is a grade as both offices must agree on it; each may give its reason in its own words.
type GradeInput struct {
	Grade  string `json:"grade"`
	Reason string `json:"reason"`
}

func (in GradeInput) bare() any     { return in.Grade }
func (in GradeInput) words() string { return in.Reason }

// gradeNamed: 优秀、称职、不称职三个等次 (Art. 20).
var gradeNamed = Guard{"grade-named", "考核结果分为三个等次", policy.Article(20), func(d *Deed) string {
	in, grades := inputOf[GradeInput](d), d.settings().List(policy.Grades)
	if slices.Contains(grades, in.Grade) {
		return ""
	}
	return fmt.Sprintf("“%s”不是考核等次，请选择 %s", Shorten(in.Grade, 20), strings.Join(grades, "、"))
}}

// deviationExplained: the offices decide, and say why where they see it otherwise than the rules.
var deviationExplained = Guard{"deviation-explained", "评定的等次与建议等次不同的，须说明理由", policy.CentreSetting, func(d *Deed) string {
	v, in := subjectOf[*Assessment](d), inputOf[GradeInput](d)
	if in.Grade == v.Proposed || strings.TrimSpace(in.Reason) != "" {
		return ""
	}
	return fmt.Sprintf("建议等次为“%s”（%d.%02d 分），评定为“%s”须说明理由", v.Proposed, v.Points/100, v.Points%100, in.Grade)
}}

// gradesPublished: where the setting says so, the result is shown before it is delivered.
var gradesPublished = Guard{"grades-published", "考核结果公示期满后送达", policy.CentreSetting.About("考核结果公示"), func(d *Deed) string {
	return d.published(policy.PublicationGrades, subjectOf[*Assessment](d).Publication)
}}

// reviewInTime: a review is asked for within the days of the setting after the delivery.
var reviewInTime = Guard{"review-in-time", "在期限内申请复核", policy.CentreSetting.About("复核申请期限"), func(d *Deed) string {
	if last := subjectOf[*Assessment](d).reviewUntil(d.settings()); last.Before(d.How.On) {
		return fmt.Sprintf("复核申请期限到%s为止", last.Chinese())
	}
	return ""
}}

// reviewExplained: a decided grade is looked at again with reasons.
var reviewExplained = Guard{"review-explained", "复核、重新评定须写明理由", policy.CentreSetting, func(d *Deed) string {
	if strings.TrimSpace(inputOf[ReasonInput](d).Reason+inputOf[GradeInput](d).Reason) == "" {
		return "请写明复核或重新评定的理由"
	}
	return ""
}}

// gradeStands: what follows from a grade waits until no review can change it any more.
var gradeStands = Guard{"grade-stands", "复核申请期满或复核结束以后，考核结果才能归档、奖补", policy.CentreSetting.About("复核申请期限"), func(d *Deed) string {
	v := subjectOf[*Assessment](d)
	if last := v.reviewUntil(d.settings()); v.State == GradeDelivered && !last.Before(d.How.On) {
		return fmt.Sprintf("本人在%s以前可以申请复核；请在次日以后办理", last.Chinese())
	}
	return ""
}}

// reviewUntil is the last day on which a review may be asked for.
func (v *Assessment) reviewUntil(s policy.Settings) Date {
	return v.Delivered.AddDays(s.Days(policy.ReviewRequestDays))
}

// notBefore refuses a day before that of what the act follows.
func (d *Deed) notBefore(on Date, of string) error {
	if d.How.On.Before(on) {
		return invalid("on", "发生日期%s早于%s的日期%s，请核对", d.How.On.Chinese(), of, on.Chinese())
	}
	return nil
}

func decideGrade(d *Deed, v *Assessment, in GradeInput) error {
	v.Grade, v.Reason, v.Decided = in.Grade, in.Reason, d.How.On
	return nil
}

// reconsiderGrade takes a decided grade back before its owner has got it, and off the list that shows it.
func reconsiderGrade(d *Deed, v *Assessment, in ReasonInput) error {
	v.Grade, v.Reason, v.Decided, d.How.Reason = "", "", Date{}, in.Reason
	return d.takeOff(KindAssessment, v, in.Reason)
}

func deliverGrade(d *Deed, v *Assessment, in ReasonInput) error {
	if err := firstBroken(d.notBefore(v.Decided, "评定等次"), checkStated("reason", in.Reason, "请写明送达的方式，如当面签收、挂号信")); err != nil {
		return err
	}
	v.Delivered, d.How.Reason = d.How.On, in.Reason
	return nil
}

func questionGrade(d *Deed, v *Assessment, in ReasonInput) error {
	if err := firstBroken(d.notBefore(v.Delivered, "送达考核结果"), checkStated("reason", in.Reason, "请写明申请复核的理由")); err != nil {
		return err
	}
	v.ReviewAsked = in.Reason
	return nil
}

func upholdGrade(_ *Deed, v *Assessment, in ReasonInput) error {
	v.Outcome = in.Reason
	return nil
}

func regrade(d *Deed, v *Assessment, in GradeInput) error {
	v.Outcome = in.Reason
	return decideGrade(d, v, in)
}

func fileGrade(d *Deed, v *Assessment, in ReasonInput) error {
	if err := firstBroken(d.notBefore(v.Delivered, "送达考核结果"), checkStated("reason", in.Reason, "请写明送交哪个单位的人事部门")); err != nil {
		return err
	}
	v.Filed, v.FiledWith = d.How.On, in.Reason
	return nil
}

func acknowledgeGrade(d *Deed, v *Assessment, _ struct{}) error {
	v.Receipt = d.How.On
	return d.notBefore(v.Filed, "送交人事部门")
}
