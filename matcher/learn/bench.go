package learn

import (
	"context"
	"fmt"

	"tepai/matcher"
	"tepai/matcher/judge"
)

// Measure gives the nDCG@10 of one need, 0…1, under some weights. It must depend on nothing else, for it is asked once.
type Measure func(ctx context.Context, w matcher.Weights, need string) (float64, error)

// Rankings measures needs of an engine's records by ranking the whole pool with the rules off, as `tepai eval` does.
func Rankings(e *matcher.Engine, needs []judge.Judged) Measure {
	grades := map[string]judge.Grades{}
	for _, n := range needs {
		grades[n.ID] = n.Grades
	}
	return func(ctx context.Context, w matcher.Weights, need string) (float64, error) {
		r, err := e.With(w).Rank(ctx, need, matcher.RankOptions{Limit: -1, NoRules: true, NoReason: true})
		if err != nil {
			return 0, err
		}
		ids := make([]string, len(r.Results))
		for i, x := range r.Results {
			ids[i] = x.ID
		}
		return judge.NDCG(ids, grades[need], 10), nil
	}
}

// Bench measures needs under different weights and remembers what it has measured. It is for one goroutine.
type Bench struct {
	measure Measure
	known   map[trial]float64
}

type trial struct {
	weights matcher.Weights
	need    string
}

// NewBench makes a Bench that remembers nothing yet.
func NewBench(measure Measure) *Bench { return &Bench{measure, map[trial]float64{}} }

// Mean is the mean nDCG@10 over needs; of none it is 0.
func (b *Bench) Mean(ctx context.Context, w matcher.Weights, needs []Need) (float64, error) {
	values, err := b.each(ctx, w, needs)
	return mean(values), err
}

// each gives the nDCG@10 of every need; between two needs it can be called off.
func (b *Bench) each(ctx context.Context, w matcher.Weights, needs []Need) ([]float64, error) {
	values := make([]float64, len(needs))
	for i, n := range needs {
		key := trial{w, n.ID}
		v, known := b.known[key]
		if !known {
			err := ctx.Err()
			if err == nil {
				v, err = b.measure(ctx, w, n.ID)
			}
			if err != nil {
				return nil, fmt.Errorf("learn from need %s: %w", n.ID, err)
			}
			b.known[key] = v
		}
		values[i] = v
	}
	return values, nil
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(len(values), 1))
}
