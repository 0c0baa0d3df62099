package matcher

import (
	"context"
	"fmt"

	"tepai/registry"
)

// NeedRanking is which open needs a specialist could help with, best first.
type NeedRanking struct {
	Specialist string       `json:"specialist"`
	Versions   Versions     `json:"versions"`
	Results    []NeedResult `json:"results"`
	Excluded   []Excluded   `json:"excluded"` // by need id
	Fits       bool         `json:"fits"`
}

// NeedResult is one need's place and why; Score and Parts are those of Rank for the same pair.
type NeedResult struct {
	Rank       int         `json:"rank"`
	ID         string      `json:"id"`
	Title      string      `json:"title,omitempty"`
	Enterprise string      `json:"enterprise,omitempty"`
	Score      Points      `json:"score"`
	Parts      []PartValue `json:"parts"`
	Reasons    []string    `json:"reasons"`
}

// RankNeeds ranks the open needs for a specialist. A pair has the same score as in Rank: each need is made ready and
// scored against this one specialist.
func (e *Engine) RankNeeds(ctx context.Context, specialistID string, opt RankOptions) (NeedRanking, error) {
	o := e.settle(opt)
	r := NeedRanking{Specialist: specialistID, Versions: e.versions(), Results: []NeedResult{}, Excluded: []Excluded{}}
	v, err := e.records.Specialist(ctx, specialistID)
	if err != nil {
		return r, fmt.Errorf("needs for specialist %s: %w", specialistID, err)
	}
	needs, err := e.records.Needs(ctx, "", 0)
	if err != nil {
		return r, fmt.Errorf("needs for specialist %s: %w", specialistID, err)
	}
	top := topList{n: o.Limit}
	queries := map[string]*query{}
	for _, need := range needs {
		if need.State != registry.NeedOpen && !o.NoRules {
			continue
		}
		c, q, bar, err := e.pair(ctx, need, v, o)
		if err != nil {
			return r, fmt.Errorf("needs for specialist %s: %w", specialistID, err)
		}
		if bar.Reason != "" {
			r.Excluded = append(r.Excluded, Excluded{need.ID, bar.Reason, bar.Source})
			continue
		}
		if q != nil && (c.score.total >= top.least) {
			queries[need.ID] = q
			top.offer(c)
		}
	}
	for i, c := range top.done() {
		q := queries[c.id]
		whole := e.result(q, v, candidate{c.ref, v.ID, c.score}, i+1, o)
		r.Results = append(r.Results, NeedResult{Rank: i + 1, ID: c.id, Title: q.need.Title, Enterprise: q.need.EnterpriseID,
			Score: whole.Score, Parts: whole.Parts, Reasons: whole.Reasons})
		r.Fits = r.Fits || whole.text >= e.weights.fits(q.need)
	}
	return r, nil
}

// pair scores one need against one specialist; the candidate carries the need's id. The query is nil where the need has no text or
// the specialist no postings yet.
func (e *Engine) pair(ctx context.Context, need registry.Need, v registry.Specialist, o *RankOptions) (c candidate, q *query, bar Excluded, err error) {
	q, enterprise, err := e.prepare(ctx, e.books.Specialists.View(), need, o)
	if err != nil {
		return c, nil, bar, err
	}
	ref, ok := q.view.Find(v.ID)
	if !ok || len(q.passages) == 0 {
		return c, nil, bar, nil
	}
	return candidate{ref, need.ID, q.score(&e.weights, ref, q.special[ref])}, q, forbids(v, enterprise, o), nil
}

// Scores scores one need against several specialists of the records, all rules off; unknown ids are an error that names
// the id. It is what `tepai score` prints.
func (e *Engine) Scores(ctx context.Context, needID string, specialists []string) ([]Points, error) {
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return nil, fmt.Errorf("score need %s: %w", needID, err)
	}
	q := e.newQuery(e.books.Specialists.View(), need, e.settle(RankOptions{NoRules: true}))
	values := make([]Points, len(specialists))
	for i, id := range specialists {
		ref, ok := q.view.Find(id)
		if !ok {
			return nil, &registry.Error{Kind: registry.NotFound, Field: "specialist", Msg: "没有编号为 " + id + " 的特派员"}
		}
		values[i] = q.score(&e.weights, ref, special{}).total
	}
	return values, nil
}
