package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Opinion (考核意见) is what one of the four parties says (Art. 18).
type Opinion struct {
	Party  Role   `json:"party"`
	By     string `json:"by"`
	Points int    `json:"points"` // 0 to 100
	Text   string `json:"text,omitempty"`
	Absent bool   `json:"absent,omitempty"` // the party gave none; Text says why
	On     Date   `json:"on"`
}

// fourParties assess together (Art. 18), by the names that the weights give them.
var fourParties = []struct {
	role Role
	name string
}{{CentreStaff, "促进中心"}, {BureauOfficer, "科学技术局"}, {HomeUnit, "派出单位"}, {EnterpriseStaff, "入驻企业"}}

// thePanel is the name that the weights give to the reviewers.
const thePanel = "专家评审"

// MissInput says which party gave no opinion.
type MissInput struct {
	Party  Role   `json:"party"`
	Reason string `json:"reason"`
}

// allHeard: 共同考核 (Art. 18).
var allHeard = Guard{"all-heard", "两部门联合派出单位和入驻企业共同考核", policy.Article(18), func(d *Deed) string {
	v := subjectOf[*Assessment](d)
	var missing []string
	for _, p := range fourParties {
		if p.role == HomeUnit && v.HomeUnit == "" {
			continue
		}
		if !slices.ContainsFunc(v.Opinions, func(o Opinion) bool { return o.Party == p.role }) {
			missing = append(missing, p.name)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return strings.Join(missing, "、") + " 还没有出具考核意见；确实不出具的，请记录未出具的原因"
}}

// anybodyWeighs: where only parties without a weight have spoken, there is no number.
var anybodyWeighs = Guard{"anybody-weighs", "建议等次由有权重的评审和意见得出", policy.CentreSetting.About("考核权重"), func(d *Deed) string {
	v := subjectOf[*Assessment](d)
	if _, ok := weighed(d.settings().Weights(policy.PartyWeights), v.Scores, v.Opinions); !ok {
		return "已出具的评审和意见权重都是 0，得不出建议等次；请补齐有权重的一方的意见"
	}
	return ""
}}

func opineOnAssessment(d *Deed, v *Assessment, in PointsInput) error {
	if err := firstBroken(in.check(), checkStated("text", in.Text, "请写明考核意见")); err != nil {
		return err
	}
	v.hear(Opinion{Party: d.Party.Role, By: d.Party.ID, Points: *in.Points, Text: in.Text, On: d.How.On})
	return nil
}

func missOpinion(d *Deed, v *Assessment, in MissInput) error {
	if in.Party != HomeUnit && in.Party != EnterpriseStaff {
		return invalid("party", "两部门的意见不能缺；可以记录派出单位或入驻企业没有出具意见")
	}
	if err := firstBroken(checkStated("reason", in.Reason, "请写明为什么没有出具意见，如“两次书面催办未复”"), checkText("reason", in.Reason)); err != nil {
		return err
	}
	v.hear(Opinion{Party: in.Party, By: d.Party.ID, Text: in.Reason, Absent: true, On: d.How.On})
	return nil
}

// hear puts a party's opinion in the place of its earlier one.
func (v *Assessment) hear(o Opinion) {
	v.Opinions = slices.DeleteFunc(v.Opinions, func(old Opinion) bool { return old.Party == o.Party })
	v.Opinions = append(v.Opinions, o)
}

func proposeGrade(d *Deed, v *Assessment, _ struct{}) error {
	of, err := find[*Dispatch](d, KindDispatch, v.Dispatch)
	if err != nil {
		return err
	}
	pace, err := d.paceOf(of)
	if err != nil {
		return err
	}
	points, ok := weighed(d.settings().Weights(policy.PartyWeights), v.Scores, v.Opinions)
	if !ok {
		return fmt.Errorf("assessment %s: nobody weighs", v.ID) // said by anybody-weighs
	}
	v.Counted, v.Asked = pace.Counted, pace.Asked
	v.Points, v.Proposed = points, gradeFor(points, v.Counted < v.Asked, d.settings())
	return nil
}

// weighed is the weighted mean of the panel's average and the parties' opinions, in hundredths of a point and rounded down, so that it
// reaches a line exactly when the mean does. The weight of a party without an opinion falls to the others in proportion. ok
// is false where nobody with a weight has spoken.
func weighed(weights []policy.Weight, scores []Score, opinions []Opinion) (hundredths int, ok bool) {
	sum, whole := 0, 0 // both times the number of scores, which makes them whole numbers
	n := max(1, len(scores))
	for _, w := range weights {
		if w.Party == thePanel {
			for _, s := range scores {
				sum += w.Percent * s.Points
				whole += w.Percent
			}
			continue
		}
		if o := opinionOf(w.Party, opinions); o != nil && !o.Absent {
			sum += w.Percent * o.Points * n
			whole += w.Percent * n
		}
	}
	if whole == 0 {
		return 0, false
	}
	return 100 * sum / whole, true
}

// opinionOf finds the opinion of a party by the name that the weights give it; nil when there is none.
func opinionOf(party string, opinions []Opinion) *Opinion {
	for _, p := range fourParties {
		for i := range opinions {
			if p.name == party && opinions[i].Party == p.role {
				return &opinions[i]
			}
		}
	}
	return nil
}

// gradeFor is the grade that the rules propose: by the lines of the settings, and capped where the services were too few and the
// setting says so.
func gradeFor(hundredths int, short bool, s policy.Settings) string {
	rank := 2
	switch {
	case hundredths >= 100*s.Int(policy.ExcellentFrom):
		rank = 0
	case hundredths >= 100*s.Int(policy.CompetentFrom):
		rank = 1
	}
	if short {
		rank = max(rank, map[string]int{policy.CapCompetent: 1, policy.CapFailed: 2}[s.Choice(policy.ShortfallCap)])
	}
	return s.List(policy.Grades)[rank]
}

// paceOf holds the services of a dispatch against what its term asks for (Art. 11), as of the day of the act.
func (d *Deed) paceOf(v *Dispatch) (Pace, error) {
	services, err := servicesBy(d.tx, v.Specialist)
	if err != nil {
		return Pace{}, err
	}
	return v.Pace(d.How.On, services, d.settings()), nil
}
