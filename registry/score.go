package registry

import (
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Score is what one of the panel gave.
type Score struct {
	By      string `json:"by"`
	Points  int    `json:"points"` // 0 to 100
	Comment string `json:"comment,omitempty"`
	On      Date   `json:"on"`
}

// PointsInput is a score or an opinion.
type PointsInput struct {
	Points *int   `json:"points"` // 0 to 100; nil = not stated
	Text   string `json:"text"`
}

// byTheChair: the opinion of the panel is signed by its 组长.
var byTheChair = Guard{"by-the-chair", "评审意见由组长签署", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Assessment](d); v.seat(d.Party) != v.Chair {
		return "评审意见由组长 " + v.nameOf(v.Chair) + " 签署"
	}
	return ""
}}

// allScored: the panel is complete when everybody has scored.
var allScored = Guard{"all-scored", "评审专家逐人评分", policy.CentreSetting, func(d *Deed) string {
	v := subjectOf[*Assessment](d)
	var missing []string
	for _, r := range v.Panel {
		if !slices.ContainsFunc(v.Scores, func(s Score) bool { return s.By == r.ID }) {
			missing = append(missing, r.Name)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return strings.Join(missing, "、") + " 还没有评分；全部评分以后由组长签署，不能参加的请重新确定评审专家"
}}

func scoreAssessment(d *Deed, v *Assessment, in PointsInput) error {
	if err := in.check(); err != nil {
		return err
	}
	by := v.seat(d.Party)
	v.Scores = slices.DeleteFunc(v.Scores, func(s Score) bool { return s.By == by })
	v.Scores = append(v.Scores, Score{by, *in.Points, in.Text, d.How.On})
	return nil
}

func (in PointsInput) check() error {
	if in.Points == nil {
		return invalid("points", "没有填写，请填写 0 到 100 的得分")
	}
	return firstBroken(checkRange("points", int64(*in.Points), 0, 100), checkText("text", in.Text))
}

// reopenPanel keeps scores and opinions; the chair signs anew.
func reopenPanel(d *Deed, v *Assessment, in ReasonInput) error {
	v.PanelOpinion, v.Points, v.Proposed, v.Counted, v.Asked = "", 0, "", 0, 0
	return reasoned(d, v, in)
}

func signPanel(_ *Deed, v *Assessment, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明评审意见"); err != nil {
		return err
	}
	v.PanelOpinion = in.Reason
	return nil
}
