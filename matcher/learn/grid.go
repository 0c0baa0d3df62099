package learn

import (
	"cmp"
	"slices"
	"strconv"

	"tepai/matcher"
)

// learnt are the weights that a fit may turn, in the order in which it turns them: those of the query first, then field and
// industry. There are few because some sixty judged needs cannot hold more figures apart. Left out are Words, the unit against
// which the others count; the weights of kinds of terms and the thresholds of Fits, which are set with the analysis and by
// another measure; and what such a collection says nothing about: evidence, wishes, past cases, places, confirmed diagnoses.
var learnt = [...]string{"inferred", "half_sure", "synonym", "stray", "saturation", "field", "near_field", "industry"}

// steps are what a weight can become, as multiples of its value at the start. Learning tunes: it switches no weight off, and
// one that is 0 stays so.
var steps = [...]float64{0.25, 0.5, 0.7, 1, 1.4, 2, 4}

// axis is a dial with the values that a fit tries, in ascending order.
type axis struct {
	matcher.Dial
	values []float64
}

// grid gives the axes about a start. Values have three significant digits, but for the start itself; those out of a dial's range
// are left out.
func grid(from matcher.Weights) []axis {
	var axes []axis
	for _, dial := range matcher.Dials() {
		if slices.Contains(learnt[:], dial.Name) {
			axes = append(axes, axis{dial, values(dial, from)})
		}
	}
	slices.SortFunc(axes, func(a, b axis) int {
		return cmp.Compare(slices.Index(learnt[:], a.Name), slices.Index(learnt[:], b.Name))
	})
	return axes
}

func values(dial matcher.Dial, w matcher.Weights) (list []float64) {
	start := dial.Of(&w)
	for _, step := range steps {
		value := start
		if step != 1 {
			value = rounded(start * step)
		}
		if dial.Turn(&w, value); dial.Low <= value && value <= dial.High {
			list = append(list, dial.Of(&w)) // points are rounded once more
		}
	}
	return slices.Compact(list)
}

func rounded(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		panic(err) // it was a number a moment ago
	}
	return r
}

// others are the values beside the present one, the nearest first, of two as near the smaller.
func (a axis) others(present float64) []float64 {
	at := slices.Index(a.values, present)
	var list []float64
	for away := 1; away < len(a.values); away++ {
		for _, i := range []int{at - away, at + away} {
			if 0 <= i && i < len(a.values) {
				list = append(list, a.values[i])
			}
		}
	}
	return list
}
