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

// sweep finds the n best documents of a view for a query, best first, exactly: every document is summed, and one is passed
// over only when even the most that the remaining parts can add leaves it behind n others. n < 0 asks for all.
func (q *query) sweep(w *Weights, n int, scratch *scratch) []candidate {
	top := topList{n: n, best: scratch.best[:0]}
	for ref, extra := range q.special {
		top.offer(candidate{ref, q.view.ID(ref), q.score(w, ref, extra)})
	}
	var queries [channels][]postings.Weighted
	for c := range channels {
		queries[c] = q.bags[c].query
	}
	scratch.sweeper.Sweep(q.view, queries[:], func(win *postings.Window) {
		for doc := win.First; doc < win.End; doc++ {
			if q.ceiling(w, win, doc) < top.floor || win.Dead(doc) || q.only != nil && !q.only(win.Facts(doc)) {
				continue
			}
			if len(q.special) > 0 {
				if _, done := q.special[win.Ref(doc)]; done {
					continue
				}
			}
			from, to := win.Units(doc)
			var sums [channels][]uint64
			for c := range channels {
				sums[c] = win.Sums[c][from:to]
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

// ceiling is the most that a document can reach, in points × Full: its words, its evidence as if all of it were like the
// best item, and all that other parts could add. It is compared with topList.floor without a division.
func (q *query) ceiling(w *Weights, win *postings.Window, doc int) uint64 {
	from, to := win.Units(doc)
	text := q.worth(win.Sums, from)
	if to > from+1 {
		item := uint64(0)
		for unit := from + 1; unit < to; unit++ {
			item = max(item, q.worth(win.Sums, unit))
		}
		item = item>>10 + 1
		text = max(text+item*reach(w.Proof), item*reach(aloneProof))
	}
	return text + uint64(q.reach)*postings.Full
}

// reach is what all evidence of one worth adds under a weight, in 1/1024 of that worth, rounded up.
func reach(weight Points) uint64 { return uint64(weight)*1024*11/6/1_000_000 + 1 }

// worth is what a unit's words are worth, in points × Full.
func (q *query) worth(sums [][]uint64, unit int) uint64 {
	total := uint64(0)
	for c := range channels {
		total += sums[c][unit] * uint64(q.bags[c].worth)
	}
	return total
}

// score is what the sweep would find for one document, with what only this specialist gets.
func (q *query) score(w *Weights, ref postings.Ref, extra special) score {
	s := q.rate(w, q.view.Facts(ref), q.view.Marks(ref), q.sums(ref))
	s.with(extra)
	return s
}

// sums are a document's sums by channel and unit.
func (q *query) sums(ref postings.Ref) (sums [channels][]uint64) {
	for c := range channels {
		sums[c] = q.view.Sum(ref, q.bags[c].query, nil)
	}
	return sums
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
