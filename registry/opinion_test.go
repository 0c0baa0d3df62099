package registry

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry/policy"
)

func defaultWeights() []policy.Weight { return policy.Settings{}.Weights(policy.PartyWeights) }

func TestWeighed(t *testing.T) {
	scores := []Score{{Points: 90}, {Points: 85}, {Points: 86}}
	all := []Opinion{{Party: CentreStaff, Points: 80}, {Party: BureauOfficer, Points: 80}, {Party: HomeUnit, Points: 90}, {Party: EnterpriseStaff, Points: 70}}
	noUnit := append([]Opinion{{Party: HomeUnit, Absent: true}}, all[:2]...)
	onlyUnit := []policy.Weight{{Party: "派出单位", Percent: 100}, {Party: "专家评审"}}
	for _, c := range []struct {
		name     string
		weights  []policy.Weight
		scores   []Score
		opinions []Opinion
		want     int
		ok       bool
	}{
		{"everybody: 60% of 87, 10% each of 80, 80, 90, 70", defaultWeights(), scores, all, 8420, true},
		{"the weight of the absent falls to the others", defaultWeights(), scores, noUnit, 8525, true},
		{"reviewers alone, rounded down", defaultWeights(), []Score{{Points: 84}, {Points: 85}, {Points: 85}}, nil, 8466, true},
		{"one party has all the weight", onlyUnit, scores, all, 9000, true},
		{"and has not spoken", onlyUnit, scores, noUnit, 0, false},
		{"nobody", defaultWeights(), nil, nil, 0, false},
	} {
		if got, ok := weighed(c.weights, c.scores, c.opinions); got != c.want || ok != c.ok {
			t.Errorf("%s: %d %v, want %d %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

// The points are the exact mean, cut off behind two decimals.
func TestWeighedAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		percent := rapid.Custom(func(t *rapid.T) int { return rapid.IntRange(0, 40).Draw(t, "percent") })
		point := rapid.IntRange(0, 100)
		weights := defaultWeights()
		sum, whole := new(big.Rat), new(big.Rat)
		add := func(w int, p *big.Rat) {
			sum.Add(sum, new(big.Rat).Mul(big.NewRat(int64(w), 1), p))
			whole.Add(whole, big.NewRat(int64(w), 1))
		}
		var scores []Score
		total := int64(0)
		for _, p := range rapid.SliceOfN(point, 1, 9).Draw(t, "scores") {
			scores = append(scores, Score{Points: p})
			total += int64(p)
		}
		var opinions []Opinion
		for i := range weights {
			weights[i].Percent = percent.Draw(t, weights[i].Party)
			if weights[i].Party == thePanel {
				add(weights[i].Percent, big.NewRat(total, int64(len(scores))))
			}
		}
		for _, p := range fourParties {
			o := Opinion{Party: p.role, Points: point.Draw(t, p.name), Absent: rapid.Bool().Draw(t, "absent")}
			opinions = append(opinions, o)
			for _, w := range weights {
				if w.Party == p.name && !o.Absent {
					add(w.Percent, big.NewRat(int64(o.Points), 1))
				}
			}
		}
		got, ok := weighed(weights, scores, opinions)
		if ok != (whole.Sign() > 0) {
			t.Fatalf("ok is %v, the weights are %v", ok, whole)
		}
		if !ok {
			return
		}
		mean := sum.Quo(sum, whole)
		if low, high := big.NewRat(int64(got), 100), big.NewRat(int64(got)+1, 100); mean.Cmp(low) < 0 || mean.Cmp(high) >= 0 {
			t.Fatalf("%d hundredths for %s", got, mean.FloatString(6))
		}
	})
}

func TestGradeFor(t *testing.T) {
	capped := func(text string) policy.Settings {
		s, err := policy.Settings{}.With(policy.ShortfallCap, text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, c := range []struct {
		points int
		short  bool
		cap    string
		want   string
	}{
		{10000, false, policy.NoCap, "优秀"}, {8500, false, policy.NoCap, "优秀"}, {8499, false, policy.NoCap, "称职"},
		{6000, false, policy.NoCap, "称职"}, {5999, false, policy.NoCap, "不称职"}, {0, false, policy.NoCap, "不称职"},
		{9000, true, policy.NoCap, "优秀"}, // Art. 11: a shortfall blocks nothing by itself
		{9000, true, policy.CapCompetent, "称职"}, {9000, false, policy.CapCompetent, "优秀"}, {5000, true, policy.CapCompetent, "不称职"},
		{9000, true, policy.CapFailed, "不称职"}, {7000, false, policy.CapFailed, "称职"},
	} {
		if got := gradeFor(c.points, c.short, capped(c.cap)); got != c.want {
			t.Errorf("%d, short %v, %s: %s, want %s", c.points, c.short, c.cap, got, c.want)
		}
	}
}
