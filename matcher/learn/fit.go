package learn

import (
	"context"

	"tepai/matcher"
)

// MinGain is the least rise of the mean nDCG@10 that moves a weight or counts as a rise. One pair of neighbours that changes places in
// one of sixty needs moves the mean by 0.0001 (far down) to 0.004 (at the top): what is below a thousandth is no news.
const MinGain = 0.001

// mostRounds ends a fit that still moves; on the judged collection two or three rounds suffice.
const mostRounds = 6

// Fit finds weights with a higher mean nDCG@10 over the needs, by coordinate ascent: it turns one weight after the other to the
// best value of its grid until a whole round moves none. A weight moves only if that gains MinGain, and of equal
// values to the nearest; so what the needs say nothing about stays as it is. The version of the weights is left alone.
func (b *Bench) Fit(ctx context.Context, from matcher.Weights, needs []Need) (matcher.Weights, error) {
	w := from
	axes := grid(from)
	for range mostRounds {
		before := w
		for _, a := range axes {
			var err error
			if w, err = b.turn(ctx, w, a, needs); err != nil {
				return from, err
			}
		}
		if w == before {
			break
		}
	}
	return w, nil
}

// turn sets one weight to its best value, the others as they are.
func (b *Bench) turn(ctx context.Context, w matcher.Weights, a axis, needs []Need) (matcher.Weights, error) {
	now, err := b.Mean(ctx, w, needs)
	if err != nil {
		return w, err
	}
	best, top := w, now
	for _, value := range a.others(a.Of(&w)) {
		other := w
		a.Turn(&other, value)
		reached, err := b.Mean(ctx, other, needs)
		if err != nil {
			return w, err
		}
		if reached > top && reached-now >= MinGain {
			best, top = other, reached
		}
	}
	return best, nil
}

// Move is a weight that has been turned; points are decimals.
type Move struct {
	Name string  `json:"name"`
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// Moves are the weights in which two values differ, in the order of matcher.Dials; never nil.
func Moves(from, to matcher.Weights) []Move {
	list := []Move{}
	for _, d := range matcher.Dials() {
		if x, y := d.Of(&from), d.Of(&to); x != y {
			list = append(list, Move{d.Name, x, y})
		}
	}
	return list
}
