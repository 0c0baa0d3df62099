package matcher

import (
	"context"
	"fmt"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
)

// Similar is a past need in like words.
type Similar struct {
	ID       string   `json:"id"`
	Title    string   `json:"title,omitempty"`
	Likeness Points   `json:"likeness"` // 1 = the very same words
	SolvedBy []string `json:"solved_by,omitempty"`
}

// mostSimilar is how many past needs a ranking looks at; least is the likeness below which words agree by chance.
const (
	mostSimilar  = 5
	leastSimilar = Points(200_000)
)

// Similar finds the solved needs of the records that are most like a need, itself left out, best first, at most n.
func (e *Engine) Similar(ctx context.Context, need registry.Need, n int) ([]Similar, error) {
	if e.books.Needs == nil {
		return nil, nil
	}
	view := e.books.Needs.View()
	q := &query{view: view, need: need, passages: index.NeedPassages(need), only: isSolved}
	q.bags[ownWords] = e.ownBag(q, view, &e.weights, &RankOptions{})
	q.share(&e.weights)
	whole := e.likenessToItself(q)
	scratch := e.scratch.Get().(*scratch)
	defer e.release(scratch)
	var list []Similar
	for _, c := range q.sweep(&onlyWords, n+1, scratch) {
		likeness := c.score.total * 1_000_000 / max(whole, 1)
		if c.id == need.ID || likeness < leastSimilar || len(list) == n {
			continue
		}
		past, err := e.records.Need(ctx, c.id)
		if missing(err) || err == nil && past.State != registry.NeedSolved {
			continue // changed since the postings were read
		}
		if err != nil {
			return nil, fmt.Errorf("similar needs: %w", err)
		}
		list = append(list, Similar{ID: past.ID, Title: past.Title, Likeness: min(likeness, 1_000_000), SolvedBy: past.SolvedBy})
	}
	return list, nil
}

func isSolved(f *postings.Facts) bool { return f.Solved }

// onlyWords counts nothing but words.
var onlyWords = Weights{}

// likenessToItself is what a past need with the very same words would score.
func (e *Engine) likenessToItself(q *query) Points {
	var book postings.Book
	same := q.need
	same.ID = "same"
	book.Apply([]postings.Document{index.NewAnalyser(e.words).Need(same)}, nil)
	self := *q
	self.view = book.View()
	ref, _ := self.view.Find(same.ID)
	return self.score(&onlyWords, ref, special{}).total
}
