package matcher

import (
	"context"
	"fmt"
	"slices"

	"tepai/matcher/judge"
	"tepai/registry"
)

// FitStudy measures how well the best text score tells that somebody fits from that nobody does: each judged need is ranked
// over the whole pool, and judged once with and once without its graded specialists.
type FitStudy struct {
	N       int     `json:"n"`
	Kept    float64 `json:"kept"`         // share of needs of which it is said that somebody fits, all specialists there
	Refused float64 `json:"refused"`      // share of which it is said that nobody fits, their experts gone
	Best    Points  `json:"best"`         // the one threshold with the highest Kept + Refused on these needs
	AtBest  float64 `json:"best_kept"`    // Kept there
	OutBest float64 `json:"best_refused"` // Refused there
}

// fits is the threshold for a need.
func (w *Weights) fits(need registry.Need) Points {
	if need.Diagnosed() {
		return w.FitsSure
	}
	return w.FitsFrom
}

// StudyFits runs the study; needs without grades are left out.
func (e *Engine) StudyFits(ctx context.Context, needs []judge.Judged) (FitStudy, error) {
	var with, without, bars []Points
	for _, n := range needs {
		if len(n.Grades) == 0 {
			continue
		}
		need, err := e.records.Need(ctx, n.ID)
		if err != nil {
			return FitStudy{}, fmt.Errorf("study of fits: %w", err)
		}
		r, err := e.RankNeed(ctx, need, RankOptions{Limit: -1, NoRules: true, NoReason: true})
		if err != nil {
			return FitStudy{}, fmt.Errorf("study of fits: %w", err)
		}
		var best, rest Points
		for _, result := range r.Results {
			best = max(best, result.text)
			if n.Grades[result.ID] == 0 {
				rest = max(rest, result.text)
			}
		}
		with, without, bars = append(with, best), append(without, rest), append(bars, e.weights.fits(need))
	}
	s := FitStudy{N: len(with)}
	s.Kept, s.Refused = shares(with, without, func(i int) Points { return bars[i] })
	for _, t := range slices.Sorted(slices.Values(slices.Concat(with, without))) {
		if kept, refused := shares(with, without, func(int) Points { return t }); kept+refused > s.AtBest+s.OutBest {
			s.Best, s.AtBest, s.OutBest = t, kept, refused
		}
	}
	return s, nil
}

// shares compares the best scores with the bar of each need.
func shares(with, without []Points, bar func(int) Points) (kept, refused float64) {
	for i := range with {
		if with[i] >= bar(i) {
			kept += 1 / float64(len(with))
		}
		if without[i] < bar(i) {
			refused += 1 / float64(len(with))
		}
	}
	return kept, refused
}
