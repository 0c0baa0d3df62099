package judge

import (
	"math/rand/v2"
	"slices"
)

// Interval is a two-sided 95 % confidence interval.
type Interval [2]float64

// draws is how many samples a bootstrap takes: the ends of an interval then move by less than 0.002 from seed to seed.
const draws = 10_000

// Bootstrap gives the percentile interval of the mean of values (Efron 1979). Needs are drawn with replacement; the
// seed is fixed, so that the same values always give the same interval. Of no values it is {0, 0}.
func Bootstrap(values []float64) Interval {
	if len(values) == 0 {
		return Interval{}
	}
	r := rand.New(rand.NewPCG(2020, 32))
	means := make([]float64, draws)
	for i := range means {
		sum := 0.0
		for range values {
			sum += values[r.IntN(len(values))]
		}
		means[i] = sum / float64(len(values))
	}
	slices.Sort(means)
	return Interval{means[draws*25/1000], means[draws*975/1000]}
}

// Paired compares two rankers on the same needs: the mean of a−b and its interval. An interval that does not hold 0
// says that the difference is more than the chance of these needs. The slices must have one length.
func Paired(a, b []float64) (mean float64, ci Interval) {
	diffs := make([]float64, len(a))
	for i := range a {
		diffs[i] = a[i] - b[i]
		mean += diffs[i] / float64(len(a))
	}
	return mean, Bootstrap(diffs)
}
