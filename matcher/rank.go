package matcher

import (
	"slices"
	"strings"

	"tepai/index/postings"
)

// candidate is a scored document.
type candidate struct {
	ref   postings.Ref
	id    string
	score score
}

func better(a, b candidate) int {
	if a.score.total != b.score.total {
		if a.score.total > b.score.total {
			return -1
		}
		return 1
	}
	return strings.Compare(a.id, b.id)
}

// sweep finds the n best documents of a view that have any word of a query or a wish or past case for it, best first,
// exactly: every unit is summed, and a document is passed over only when even the most that its remaining parts can add
// leaves it behind n others. n < 0 asks for all documents, those without a word among them.
func (q *query) sweep(w *Weights, n int, scratch *scratch) []candidate {
	top := topList{n: n, best: scratch.best[:0]}
	for ref, extra := range q.special {
		top.offer(candidate{ref, q.view.ID(ref), q.score(w, ref, extra)})
	}
	active, queries := q.activeChannels()
	scratch.sweeper.Sweep(q.view, queries, func(win *postings.Window) {
		for unit := 0; ; {
			if unit = q.next(win.Sums, active, unit, q.gate(w, &top)); unit < 0 {
				return
			}
			doc := win.Doc(unit)
			from, to := win.Units(doc)
			unit = to
			if q.ceiling(w, win.Sums, active, from, to) < top.floor || win.Dead(doc) || q.isSpecial(win.Ref(doc)) {
				continue
			}
			var sums unitSums
			for i, c := range active {
				sums[c] = win.Sums[i][from:to]
			}
			if s := q.rate(w, win.Facts(doc), win.Marks(doc), sums); s.total >= top.least {
				top.offer(candidate{win.Ref(doc), win.ID(doc), s})
			}
		}
	})
	best := top.done()
	scratch.best = best
	return slices.Clone(best)
}

// activeChannels are those with terms: one or two, because a confirmed diagnosis stands in place of an inferred one. Where there
// are none the need's own words are taken, so that every document is looked at all the same.
func (q *query) activeChannels() (active []channel, queries [][]postings.Weighted) {
	for c := range channels {
		if len(q.bags[c].query) > 0 {
			active, queries = append(active, c), append(queries, q.bags[c].query)
		}
	}
	if len(active) == 0 {
		return []channel{ownWords}, [][]postings.Weighted{nil}
	}
	return active, queries
}

func (q *query) isSpecial(ref postings.Ref) bool {
	if len(q.special) == 0 {
		return false
	}
	_, is := q.special[ref]
	return is
}

// ceiling is the most that a document can reach, in points × Full: with p for the profile's words and e for the best item of
// evidence it is the larger of p + 11/6·Proof·e and e, and what field, industry and free places can add.
func (q *query) ceiling(w *Weights, sums [][]uint64, active []channel, from, to int) uint64 {
	profile, item := uint64(0), uint64(0)
	for unit := from; unit < to; unit++ {
		worth := uint64(0)
		for i, c := range active {
			worth += sums[i][unit] * uint64(q.bags[c].worth)
		}
		if unit == from {
			profile = worth
		} else {
			item = max(item, worth)
		}
	}
	return max(profile+(item>>10+1)*w.proofReach(), item) + uint64(q.reach)*postings.Full
}

// proofReach is what all evidence adds beside a profile, in 1/1024 of its best item, rounded up.
func (w *Weights) proofReach() uint64 { return uint64(w.Proof)*1024*11/6/1_000_000 + 1 }

// gate is the least that one of a document's units must be worth, in points × Full, for the document's ceiling to reach the
// floor of a list.
func (q *query) gate(w *Weights, top *topList) uint64 {
	rest := uint64(q.reach) * postings.Full
	switch {
	case top.n < 0:
		return 0
	case top.floor <= rest:
		return 1 // any word
	}
	gate := (top.floor - rest) / (1024 + w.proofReach()) * 1024
	return max(gate, 2049) - 2048 // what ceiling rounds up
}

// next finds the first unit from a place on that is worth the gate, or -1.
func (q *query) next(sums [][]uint64, active []channel, from int, gate uint64) int {
	first, worth := sums[0], uint64(q.bags[active[0]].worth)
	if len(active) == 1 {
		for u := from; u < len(first); u++ {
			if first[u]*worth >= gate {
				return u
			}
		}
		return -1
	}
	second, worth2 := sums[1], uint64(q.bags[active[1]].worth)
	second = second[:len(first)]
	for u := from; u < len(first); u++ {
		if first[u]*worth+second[u]*worth2 >= gate {
			return u
		}
	}
	return -1
}

// score is what the sweep would find for one document, with what only this specialist gets.
func (q *query) score(w *Weights, ref postings.Ref, extra special) score {
	s := q.rate(w, q.view.Facts(ref), q.view.Marks(ref), q.sums(ref))
	s.with(extra)
	return s
}

// sums are a document's sums by channel and unit.
func (q *query) sums(ref postings.Ref) (sums unitSums) {
	for c := range channels {
		if len(q.bags[c].query) > 0 {
			sums[c] = q.view.Sum(ref, q.bags[c].query, nil)
		}
	}
	return sums
}

// unitSums are a document's sums by channel and unit; a channel without terms has none.
type unitSums [channels][]uint64

// value is what a channel is worth in a unit.
func (q *query) value(sums *unitSums, c channel, unit int) Points {
	if sums[c] == nil {
		return 0
	}
	return q.bags[c].value(sums[c][unit])
}

// topList keeps the n best of what it is offered.
type topList struct {
	n     int
	best  []candidate
	least Points // a candidate below it cannot stay
	floor uint64 // the same for ceiling
}

func (t *topList) offer(c candidate) {
	t.best = append(t.best, c)
	if t.n >= 0 && len(t.best) >= 2*t.n+64 {
		t.cut()
	}
}

func (t *topList) cut() {
	slices.SortFunc(t.best, better)
	if t.n < 0 || len(t.best) < t.n {
		return
	}
	t.best = t.best[:t.n]
	if t.n > 0 && t.best[t.n-1].score.total > 0 {
		t.least = t.best[t.n-1].score.total
		t.floor = uint64(t.least) * postings.Full
	}
}

func (t *topList) done() []candidate {
	t.cut()
	return t.best
}

// scratch is what one ranking needs besides its query; the Engine keeps a pool of them.
type scratch struct {
	sweeper postings.Sweeper
	best    []candidate
}
