package matcher

import (
	"context"
	"fmt"
	"slices"

	"tepai/matcher/judge"
)

// LendingStudy measures what the confirmed diagnoses of similar past needs are worth. Each judged need is ranked as if
// it had no diagnosis of its own while others lend theirs, the whole pool, rules off; Against in every report is the
// ranking in which nobody lends.
type LendingStudy struct {
	Alike  Points         `json:"alike"`  // the floor in use
	Nobody judge.Report   `json:"nobody"` // nobody lends
	Floors []LendingFloor `json:"floors"` // ascending
	Twin   Lending        `json:"twin"`   // the upper bound: a past need in the very same words lends the need's own diagnosis
}

// LendingFloor is the study with one likeness from which needs lend.
type LendingFloor struct {
	Alike       Points  `json:"alike"`
	OtherTopics Lending `json:"other_topics"` // a truly new topic: no need of the own topic lends
	OtherNeeds  Lending `json:"other_needs"`  // every other need lends
}

// Lending is one ranking of all needs.
type Lending struct {
	judge.Report
	Borrowed int `json:"borrowed"` // needs to which another one lent
}

// lendingFloors are studied beside the one in use.
var lendingFloors = [...]Points{50_000, 100_000, 150_000, 200_000}

// StudyLending runs the study over needs of the records. topics gives the topics of a need; one without is of no other's.
func (e *Engine) StudyLending(ctx context.Context, needs []judge.Judged, topics map[string][]string) (s LendingStudy, err error) {
	nobody, _, err := e.lend(ctx, needs, func(_, _ string) bool { return false })
	if err != nil {
		return s, err
	}
	study := func(e *Engine, lends func(from, to string) bool) (l Lending) {
		if err == nil {
			var run judge.Run
			run, l.Borrowed, err = e.lend(ctx, needs, lends)
			l.Report = judge.Compare(run, nobody, needs)
		}
		return l
	}
	s = LendingStudy{Alike: e.weights.Alike, Nobody: judge.Compare(nobody, nil, needs)}
	for _, floor := range e.studiedFloors() {
		w := e.weights
		w.Alike = floor
		at := e.With(w)
		s.Floors = append(s.Floors, LendingFloor{floor,
			study(at, func(from, to string) bool { return from != to && !shared(topics[from], topics[to]) }),
			study(at, func(from, to string) bool { return from != to })})
	}
	s.Twin = study(e, func(from, to string) bool { return from == to })
	return s, err
}

func (e *Engine) studiedFloors() []Points {
	floors := slices.Sorted(slices.Values(append(lendingFloors[:], e.weights.Alike)))
	return slices.Compact(floors)
}

// shared tells whether two needs have a topic in common.
func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(topic string) bool { return slices.Contains(b, topic) })
}

// lend ranks every need as a new one, undiagnosed and not recorded, and counts those that borrow.
func (e *Engine) lend(ctx context.Context, needs []judge.Judged, lends func(from, to string) bool) (run judge.Run, borrowed int, err error) {
	run = judge.Run{}
	for _, n := range needs {
		need, err := e.records.Need(ctx, n.ID)
		if err != nil {
			return nil, 0, fmt.Errorf("study of lending: %w", err)
		}
		need.ID, need.Diagnosis = "", nil
		r, err := e.RankNeed(ctx, need, RankOptions{Limit: -1, NoRules: true, NoReason: true, lends: func(id string) bool { return lends(id, n.ID) }})
		if err != nil {
			return nil, 0, fmt.Errorf("study of lending: need %s: %w", n.ID, err)
		}
		run[n.ID] = each(r.Results, func(x Result) judge.Ranked { return judge.Ranked{ID: x.ID, Score: int64(x.Score)} })
		if len(r.Diagnosis.Lent) > 0 {
			borrowed++
		}
	}
	return run, borrowed, nil
}
