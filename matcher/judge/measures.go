package judge

import (
	"cmp"
	"math"
	"slices"
)

// Grades are the judged specialists of one need: id → 1, 2 or 3; an absent one has grade 0.
type Grades map[string]int

// Figures are the measures of one ranking or the means over several, all between 0 and 1.
type Figures struct {
	NDCG10   float64 `json:"ndcg10"`
	MAP      float64 `json:"map"`
	MRR      float64 `json:"mrr"`
	P5       float64 `json:"p5"`
	Recall20 float64 `json:"recall20"`
	Recall50 float64 `json:"recall50"`
}

// Measure judges one ranking, best first, over the whole pool. Where nothing is judged relevant all figures are 0.
// Relevant means grade 1 or more, except in nDCG, which uses the grade itself.
func Measure(ranking []string, grades Grades) Figures {
	relevant := 0
	for _, g := range grades {
		if g > 0 {
			relevant++
		}
	}
	if relevant == 0 {
		return Figures{}
	}
	f := Figures{NDCG10: NDCG(ranking, grades, 10)}
	found, precisions := 0, 0.0
	for i, id := range ranking {
		if grades[id] <= 0 {
			continue
		}
		found++
		precisions += float64(found) / float64(i+1)
		if found == 1 {
			f.MRR = 1 / float64(i+1)
		}
		if i < 5 {
			f.P5 += 1.0 / 5
		}
		if i < 20 {
			f.Recall20 += 1 / float64(relevant)
		}
		if i < 50 {
			f.Recall50 += 1 / float64(relevant)
		}
	}
	f.MAP = precisions / float64(relevant)
	return f
}

// NDCG is the normalised discounted cumulative gain of the first k places, gain 2^grade − 1, discount log2(place + 1)
// (Järvelin and Kekäläinen 2002, in the form of Burges et al. 2005).
func NDCG(ranking []string, grades Grades, k int) float64 {
	got := 0.0
	for i, id := range ranking[:min(k, len(ranking))] {
		got += gain(grades[id]) / math.Log2(float64(i+2))
	}
	var best []int
	for _, g := range grades {
		best = append(best, g)
	}
	slices.SortFunc(best, func(a, b int) int { return cmp.Compare(b, a) })
	ideal := 0.0
	for i, g := range best[:min(k, len(best))] {
		ideal += gain(g) / math.Log2(float64(i+2))
	}
	if ideal == 0 {
		return 0
	}
	return got / ideal
}

func gain(grade int) float64 { return math.Exp2(float64(max(grade, 0))) - 1 }

// Mean averages figures; of none it is zero.
func Mean(all []Figures) Figures {
	var m Figures
	n := float64(max(len(all), 1))
	for _, f := range all {
		m.NDCG10 += f.NDCG10 / n
		m.MAP += f.MAP / n
		m.MRR += f.MRR / n
		m.P5 += f.P5 / n
		m.Recall20 += f.Recall20 / n
		m.Recall50 += f.Recall50 / n
	}
	return m
}
