package judge

import "slices"

// Report is what `tepai eval` prints: the figures over all needs and by difficulty.
type Report struct {
	All      *Group `json:"all"`
	Easy     *Group `json:"easy,omitempty"`
	Mismatch *Group `json:"mismatch,omitempty"`
	Hard     *Group `json:"hard,omitempty"`
}

// Group is the mean over some needs.
type Group struct {
	N int `json:"n"`
	Figures
	CI      Interval `json:"ci"`                // of nDCG@10
	Against *Versus  `json:"against,omitempty"` // a stored run, on the same needs
}

// Versus is the paired difference of nDCG@10 to another run: positive when this one is better.
type Versus struct {
	NDCG10 float64  `json:"ndcg10"` // of the other run
	Diff   float64  `json:"diff"`
	CI     Interval `json:"ci"`
}

// Judged is a need with its grades; difficulty may be empty.
type Judged struct {
	ID, Difficulty string
	Grades         Grades
}

// Compare measures a run on judged needs; needs without any grade are left out. against may be nil.
func Compare(run, against Run, needs []Judged) Report {
	group := func(difficulty string) *Group {
		var mine, other []Figures
		for _, n := range needs {
			if len(n.Grades) == 0 || difficulty != "" && n.Difficulty != difficulty {
				continue
			}
			mine = append(mine, Measure(IDs(run[n.ID]), n.Grades))
			if against != nil {
				other = append(other, Measure(IDs(against[n.ID]), n.Grades))
			}
		}
		return newGroup(mine, other)
	}
	return Report{All: group(""), Easy: group("easy"), Mismatch: group("mismatch"), Hard: group("hard")}
}

func newGroup(mine, other []Figures) *Group {
	if len(mine) == 0 {
		return nil
	}
	g := &Group{N: len(mine), Figures: Mean(mine), CI: Bootstrap(ndcgs(mine))}
	if len(other) > 0 {
		diff, ci := Paired(ndcgs(mine), ndcgs(other))
		g.Against = &Versus{NDCG10: Mean(other).NDCG10, Diff: diff, CI: ci}
	}
	return g
}

func ndcgs(all []Figures) []float64 {
	values := make([]float64, len(all))
	for i, f := range all {
		values[i] = f.NDCG10
	}
	return values
}

// Worst gives the n needs with the lowest nDCG@10, the worst first, ties by id.
func Worst(run Run, needs []Judged, n int) []string {
	var ranked []Ranked
	for _, need := range needs {
		if len(need.Grades) > 0 {
			ranked = append(ranked, Ranked{need.ID, int64(-1e6 * NDCG(IDs(run[need.ID]), need.Grades, 10))})
		}
	}
	slices.SortFunc(ranked, ByScore)
	return IDs(ranked[:min(n, len(ranked))])
}
