package learn

import (
	"context"
	"slices"

	"tepai/matcher"
	"tepai/matcher/judge"
)

// Study tells by needs that a fit has not seen what learning is worth. All figures are nDCG@10.
type Study struct {
	Folds  []Fold         `json:"folds"`
	Needs  int            `json:"needs"`
	Topics int            `json:"topics"` // main ones
	Before float64        `json:"before"` // mean over the needs, under the weights at the start
	After  float64        `json:"after"`  // each need under the weights that were fitted without its fold
	Diff   float64        `json:"diff"`   // After − Before
	CI     judge.Interval `json:"ci"`     // of Diff, over needs
}

// Fold is one held-out part and what became of it under weights that were fitted on others.
type Fold struct {
	Needs  []string `json:"needs"`
	Topics []string `json:"topics"` // main ones
	Seen   int      `json:"seen"`   // needs that the fit saw
	Before float64  `json:"before"` // mean over this part
	After  float64  `json:"after"`
	Moves  []Move   `json:"moves"` // what the fit turned
}

// Rises tells whether learning helps where it was not looking.
func (s Study) Rises() bool { return s.Diff >= MinGain }

// CrossValidate judges fits by needs that they have not seen, for every split of Folds(needs, k).
func (b *Bench) CrossValidate(ctx context.Context, from matcher.Weights, needs []Need, k int) (Study, error) {
	splits, err := Folds(needs, k)
	if err != nil {
		return Study{}, err
	}
	study := Study{Needs: len(needs), Topics: len(byTopic(needs))}
	var before, after []float64
	for _, s := range splits {
		fitted, err := b.Fit(ctx, from, s.Seen)
		if err != nil {
			return Study{}, err
		}
		old, err := b.each(ctx, from, s.Held)
		if err != nil {
			return Study{}, err
		}
		now, err := b.each(ctx, fitted, s.Held)
		if err != nil {
			return Study{}, err
		}
		fold := Fold{Seen: len(s.Seen), Before: mean(old), After: mean(now), Moves: Moves(from, fitted)}
		fold.Needs, fold.Topics = names(s.Held)
		study.Folds = append(study.Folds, fold)
		before, after = append(before, old...), append(after, now...)
	}
	study.Before, study.After = mean(before), mean(after)
	study.Diff, study.CI = judge.Paired(after, before)
	return study, nil
}

// names gives the ids of needs, and their main topics once each.
func names(needs []Need) (ids, topics []string) {
	for _, n := range needs {
		ids, topics = append(ids, n.ID), append(topics, n.main())
	}
	slices.Sort(topics)
	return ids, slices.Compact(topics)
}
