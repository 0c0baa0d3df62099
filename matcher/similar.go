package matcher

import (
	"context"
	"fmt"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment/knowledge"
)

// Similar is a past need in like words.
type Similar struct {
	ID       string   `json:"id"`
	Title    string   `json:"title,omitempty"`
	Likeness Points   `json:"likeness"` // 1 = the very same words
	SolvedBy []string `json:"solved_by,omitempty"`
}

// past is what the records know of needs in like words, each list the most alike first.
type past struct {
	solved    []Similar // who solved them
	diagnosed []lender  // what they were found to be
}

// lender is a past need that lends its confirmed diagnosis.
type lender struct {
	id        string
	likeness  Points
	diagnosis registry.Diagnosis
}

// wanted is how many past needs of each kind to look for.
type wanted struct{ solved, diagnosed int }

// mostSimilar and mostLenders are how many past needs a ranking looks at. leastSimilar is the likeness below which words
// agree by chance, so that the past says nothing of who can help; lending asks for more, see Weights.Alike.
const (
	mostSimilar  = 5
	mostLenders  = 3
	leastSimilar = Points(200_000)
)

// Similar finds the solved needs of the records that are most like a need, itself left out, best first, at most n.
func (e *Engine) Similar(ctx context.Context, need registry.Need, n int) ([]Similar, error) {
	p, err := e.past(ctx, need, wanted{solved: n}, nil)
	return p.solved, err
}

// past looks for all that is wanted in one sweep over the needs, the need itself left out. A need with a confirmed
// diagnosis borrows none; lends tells which needs may lend, nil = all.
func (e *Engine) past(ctx context.Context, need registry.Need, w wanted, lends func(id string) bool) (p past, err error) {
	if need.Diagnosed() {
		w.diagnosed = 0
	}
	if e.books.Needs == nil || w.solved+w.diagnosed == 0 {
		return p, nil
	}
	solved, diagnosed := topList{n: w.solved}, topList{n: w.diagnosed}
	e.alike(need, func(f *postings.Facts, c candidate) {
		if w.solved > 0 && f.Solved && c.score.total >= leastSimilar {
			solved.offer(c)
		}
		if w.diagnosed > 0 && f.Diagnosed && c.score.total >= e.weights.Alike && (lends == nil || lends(c.id)) {
			diagnosed.offer(c)
		}
	})
	if p.solved, err = e.solved(ctx, solved.done()); err != nil {
		return past{}, fmt.Errorf("similar needs: %w", err)
	}
	if p.diagnosed, err = e.lenders(ctx, diagnosed.done()); err != nil {
		return past{}, fmt.Errorf("similar needs: %w", err)
	}
	return p, nil
}

// alike visits the other needs whose words are like a need's; a candidate's total is the likeness.
func (e *Engine) alike(need registry.Need, visit func(*postings.Facts, candidate)) {
	view := e.books.Needs.View()
	bag := e.ownBag(&query{passages: index.NeedPassages(need)}, view, &e.weights, &RankOptions{})
	whole := e.sumOfItself(need, bag)
	least := whole * uint64(min(leastSimilar, e.weights.Alike)) / 1_000_000
	scratch := e.scratch.Get().(*scratch)
	defer e.release(scratch)
	scratch.sweeper.Sweep(view, [][]postings.Weighted{bag.query}, func(win *postings.Window) {
		for unit, sum := range win.Sums[0] { // a need has one unit
			if sum < max(least, 1) {
				continue
			}
			doc := win.Doc(unit)
			if win.Dead(doc) || win.ID(doc) == need.ID {
				continue
			}
			likeness := Points(min(sum*1_000_000/whole, 1_000_000))
			visit(win.Facts(doc), candidate{win.Ref(doc), win.ID(doc), score{total: likeness}})
		}
	})
}

// sumOfItself is what a past need with the very same words would sum to.
func (e *Engine) sumOfItself(need registry.Need, bag bag) (sum uint64) {
	impacts := map[string]uint16{}
	for _, entry := range index.NewAnalyser(e.words).Need(need).Units[0].Terms {
		impacts[entry.Term] = entry.Impact
	}
	for _, t := range bag.query {
		sum += uint64(t.Weight) * uint64(impacts[t.Term])
	}
	return sum
}

// solved reads what the records say now of needs that were found solved.
func (e *Engine) solved(ctx context.Context, found []candidate) (list []Similar, err error) {
	for _, c := range found {
		need, err := e.records.Need(ctx, c.id)
		if missing(err) || err == nil && need.State != registry.NeedSolved {
			continue // changed since the postings were read
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Similar{ID: need.ID, Title: need.Title, Likeness: c.score.total, SolvedBy: need.SolvedBy})
	}
	return list, nil
}

// lenders reads the diagnoses of needs that were found diagnosed.
func (e *Engine) lenders(ctx context.Context, found []candidate) (list []lender, err error) {
	for _, c := range found {
		need, err := e.records.Need(ctx, c.id)
		if missing(err) || err == nil && !need.Diagnosed() {
			continue // changed since the postings were read
		}
		if err != nil {
			return nil, err
		}
		list = append(list, lender{need.ID, c.score.total, *need.Diagnosis})
	}
	return list, nil
}

// precedents are the past diagnoses as the knowledge base takes them: each term is as sure as the needs are alike.
func (p past) precedents() []knowledge.Precedent {
	return each(p.diagnosed, func(l lender) knowledge.Precedent {
		out := knowledge.Precedent{Need: l.id, Sure: int32(l.likeness), Terms: stated(l.diagnosis.Terms), Causes: stated([]string{l.diagnosis.Causes})}
		for _, id := range registry.FieldsOf(l.diagnosis.Field) {
			if f, ok := registry.FieldByID(id); ok {
				out.Fields = append(out.Fields, f.Name)
			}
		}
		return out
	})
}
