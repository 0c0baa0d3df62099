package registry

import (
	"fmt"
	"slices"

	"tepai/registry/policy"
)

// Reviewer (评审专家) sits on a panel.
type Reviewer struct {
	ID     string   `json:"id"` // the account, or a number given to somebody who scores on paper
	Name   string   `json:"name"`
	Unit   string   `json:"unit,omitempty"`
	Member string   `json:"member,omitempty"` // id in the pool, where he is in it: his shares are known from there
	Ties   []string `json:"ties,omitempty"`   // 回避事项 that he declared, in the words of the setting
}

// OpenAssessmentInput names the dispatch.
type OpenAssessmentInput struct {
	Dispatch string `json:"dispatch"`
}

// PanelInput is a whole panel.
type PanelInput struct {
	Panel []Reviewer `json:"panel"`
	Chair string     `json:"chair"`
}

// serviceEnded: 派驻服务结束后 (Art. 20).
var serviceEnded = Guard{"service-ended", "派驻服务结束后进行考核评定", policy.Article(20), func(d *Deed) string {
	v, err := find[*Dispatch](d, KindDispatch, inputOf[OpenAssessmentInput](d).Dispatch)
	switch {
	case err != nil:
		return "没有找到派驻，请核对编号"
	case v.State != Over:
		return fmt.Sprintf("派驻 %s 现在是“%s”；请先办理终止派驻，再启动考核评定", v.ID, stateName(KindDispatch, v.State))
	}
	return ""
}}

// assessedOnce: a second judgement of the same service is a review of the first.
var assessedOnce = Guard{"assessed-once", "每个派驻考核一次", policy.CentreSetting, func(d *Deed) string {
	v, err := find[*Dispatch](d, KindDispatch, inputOf[OpenAssessmentInput](d).Dispatch)
	if err != nil || v.Assessment == "" {
		return ""
	}
	return fmt.Sprintf("派驻 %s 已有考核 %s；对结果有异议的，请在其中办理复核", v.ID, v.Assessment)
}}

// panelSize: enough reviewers, each once.
var panelSize = Guard{"panel-size", "评审专家不少于规定的人数", policy.CentreSetting.About("评审专家人数"), func(d *Deed) string {
	in, least := inputOf[PanelInput](d), d.settings().Int(policy.PanelSize)
	if n := len(in.Panel); n < least {
		return fmt.Sprintf("评审专家 %d 人，至少 %d 人；请补足", n, least)
	}
	for i, r := range in.Panel {
		if slices.ContainsFunc(in.Panel[:i], func(other Reviewer) bool { return other.ID == r.ID || r.Member != "" && other.Member == r.Member }) {
			return fmt.Sprintf("%s 列了两次，请换一位评审专家", r.Name)
		}
	}
	return ""
}}

// panelApart: nobody of the panel has to do with the assessed (回避).
var panelApart = Guard{"panel-apart", "评审专家回避：与被考核人、派出单位、入驻企业没有关系", policy.CentreSetting.About("评审专家回避"), func(d *Deed) string {
	v, barred := subjectOf[*Assessment](d), d.settings().List(policy.PanelExclusions)
	firm, err := find[*Enterprise](d, KindEnterprise, v.Enterprise)
	if err != nil {
		return "没有找到入驻企业，无法核对回避"
	}
	for _, r := range inputOf[PanelInput](d).Panel {
		if r.Member != "" && r.Member == v.Specialist {
			return r.Name + "是被考核人本人，不能评审自己；请换一位评审专家"
		}
		holds, err := r.shares(d)
		if err != nil {
			return fmt.Sprintf("没有编号为“%s”的科技特派员，请核对%s的编号", Shorten(r.Member, 40), r.Name)
		}
		for _, tie := range r.ties(v, firm.Name, holds) {
			if slices.Contains(barred, tie) {
				return fmt.Sprintf("%s应当回避：%s；请换一位评审专家", r.Name, tie)
			}
		}
	}
	return ""
}}

// shares are the enterprises in which the reviewer holds shares, as far as the pool knows.
func (r Reviewer) shares(d *Deed) ([]string, error) {
	if r.Member == "" {
		return nil, nil
	}
	who, err := find[*Specialist](d, KindSpecialist, r.Member)
	if err != nil {
		return nil, err
	}
	return who.Equity, nil
}

// ties are what stands between a reviewer and an assessment, in the words of the setting: what the records show, and what he
// declared himself. holds are the enterprises in which he has shares.
func (r Reviewer) ties(v *Assessment, enterprise string, holds []string) []string {
	ties := slices.Clone(r.Ties)
	if r.Unit != "" && SameName(r.Unit, v.HomeUnit) {
		ties = append(ties, policy.OfHomeUnit)
	}
	if r.Unit != "" && SameName(r.Unit, enterprise) {
		ties = append(ties, policy.OfEnterprise)
	}
	if slices.Contains(holds, v.Enterprise) {
		ties = append(ties, policy.WithEquity)
	}
	return ties
}

// panelChair: one of the panel leads it.
var panelChair = Guard{"panel-chair", "组长从评审专家中产生", policy.CentreSetting, func(d *Deed) string {
	in := inputOf[PanelInput](d)
	if slices.ContainsFunc(in.Panel, func(r Reviewer) bool { return r.ID == in.Chair }) {
		return ""
	}
	return "请从评审专家中指定组长"
}}

func openAssessment(d *Deed, _ *Assessment, in OpenAssessmentInput) error {
	of, err := find[*Dispatch](d, KindDispatch, in.Dispatch)
	if err != nil {
		return inField("dispatch", err)
	}
	if err := d.notBefore(of.Ended, "派驻终止"); err != nil {
		return err
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("assessment.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Assessment{ID: fmt.Sprintf("KH%d-%04d", d.Today.Year, n), Dispatch: of.ID, Specialist: of.Specialist, Enterprise: of.Enterprise,
		HomeUnit: of.HomeUnit, From: of.From, Opened: d.How.On}
	of.Assessment = v.ID
	d.make(KindAssessment, v)
	d.change(KindDispatch, of)
	return nil
}

// appointPanel keeps the scores of those who stay.
func appointPanel(_ *Deed, v *Assessment, in PanelInput) error {
	v.Panel, v.Chair = in.Panel, in.Chair
	v.Scores = slices.DeleteFunc(v.Scores, func(s Score) bool {
		return !slices.ContainsFunc(v.Panel, func(r Reviewer) bool { return r.ID == s.By })
	})
	return nil
}

// seat is the id under which somebody sits on the panel; empty when he does not. On paper the number stands in Actor.Of.
func (v *Assessment) seat(a Actor) string {
	for _, r := range v.Panel {
		if r.ID == a.ID || r.ID == a.Of {
			return r.ID
		}
	}
	return ""
}

func (v *Assessment) nameOf(reviewer string) string {
	for _, r := range v.Panel {
		if r.ID == reviewer {
			return r.Name
		}
	}
	return reviewer
}

func (v *Assessment) checkPanel() error {
	if err := checkCount("panel", len(v.Panel), MaxList); err != nil {
		return err
	}
	for _, r := range v.Panel {
		if err := firstBroken(checkID("panel.id", r.ID), checkStated("panel.name", r.Name, "请填写评审专家的姓名"), checkLine("panel.name", r.Name),
			checkLine("panel.unit", r.Unit), checkOptionalID("panel.member", r.Member), checkLines("panel.ties", r.Ties)); err != nil {
			return err
		}
	}
	return nil
}
