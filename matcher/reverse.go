package matcher

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
)

// NeedRanking is which open needs a specialist could help with, best first.
type NeedRanking struct {
	Specialist string       `json:"specialist"`
	On         string       `json:"on"`
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
// scored against this one specialist. Who may not be suggested at all is refused, with the rule.
func (e *Engine) RankNeeds(ctx context.Context, specialistID string, opt RankOptions) (NeedRanking, error) {
	o := e.settle(opt)
	r := NeedRanking{Specialist: specialistID, On: o.day().String(), Versions: e.versions(), Results: []NeedResult{}, Excluded: []Excluded{}}
	v, err := e.records.Specialist(ctx, specialistID)
	if err != nil {
		return r, fmt.Errorf("needs for specialist %s: %w", specialistID, err)
	}
	if bar := forbids(v, registry.Enterprise{}, o); bar.Reason != "" {
		return r, &registry.Error{Kind: registry.Denied, Source: bar.Source, Field: "specialist", Msg: "特派员 " + specialistID + " 目前不能推荐：" + bar.Reason}
	}
	needs, err := e.records.Needs(ctx, "", 0)
	if err != nil {
		return r, fmt.Errorf("needs for specialist %s: %w", specialistID, err)
	}
	pairs, excluded, err := e.pairs(ctx, v, needs, o)
	if err != nil {
		return r, fmt.Errorf("needs for specialist %s: %w", specialistID, err)
	}
	r.Excluded = append(r.Excluded, excluded...)
	for i, p := range pairs {
		q, c := e.current(p.query, v, p.candidate)
		whole := e.result(q, v, c, i+1, o)
		r.Results = append(r.Results, NeedResult{Rank: i + 1, ID: q.need.ID, Title: q.need.Title, Enterprise: q.need.EnterpriseID,
			Score: whole.Score, Parts: whole.Parts, Reasons: whole.Reasons})
		r.Fits = r.Fits || whole.text >= e.weights.fits(q.need)
	}
	return r, nil
}

// needPair is a need made ready and this specialist's score for it.
type needPair struct {
	query     *query
	candidate candidate
}

// pairs scores the open needs (all of them without rules), the best o.Limit first; excluded are those that a rule forbids.
func (e *Engine) pairs(ctx context.Context, v registry.Specialist, needs []registry.Need, o *RankOptions) (best []needPair, excluded []Excluded, err error) {
	view := e.books.Specialists.View()
	w := wantedBy(v, needs)
	for _, need := range needs {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if !need.State.Sought() && !o.NoRules || len(index.NeedPassages(need)) == 0 {
			continue
		}
		p, bar, err := e.pair(ctx, view, need, v, w, o)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case bar.Reason != "":
			excluded = append(excluded, Excluded{need.ID, bar.Reason, bar.Source})
		case o.NoRules || p.candidate.score.speaks():
			best = append(best, p)
		}
		if o.Limit > 0 && len(best) >= 2*o.Limit+64 {
			best = bestPairs(best, o.Limit)
		}
	}
	return bestPairs(best, o.Limit), excluded, nil
}

func bestPairs(pairs []needPair, n int) []needPair {
	slices.SortFunc(pairs, func(a, b needPair) int {
		return cmp.Or(cmp.Compare(b.candidate.score.total, a.candidate.score.total), strings.Compare(a.query.need.ID, b.query.need.ID))
	})
	if n >= 0 && len(pairs) > n {
		clear(pairs[n:])
		pairs = pairs[:n]
	}
	return pairs
}

// wantedBy leaves out past needs that cannot matter: those that others solved, and diagnoses where there are none.
func wantedBy(v registry.Specialist, needs []registry.Need) (w wanted) {
	for _, n := range needs {
		if n.State == registry.NeedSolved && slices.Contains(n.SolvedBy, v.ID) {
			w.solved = mostSimilar
		}
		if n.Diagnosed() {
			w.diagnosed = mostLenders
		}
	}
	return w
}

// pair scores one need against one specialist, as Rank would.
func (e *Engine) pair(ctx context.Context, view *postings.View, need registry.Need, v registry.Specialist, w wanted, o *RankOptions) (p needPair, bar Excluded, err error) {
	enterprise, err := e.enterpriseOf(ctx, need, o)
	if err != nil {
		return p, bar, err
	}
	if bar = forbids(v, enterprise, o); bar.Reason != "" {
		return p, bar, nil
	}
	if p.query, err = e.ready(ctx, view, need, enterprise, w, o); err != nil {
		return p, bar, err
	}
	p.candidate, err = e.candidate(p.query, v)
	return p, bar, err
}

// Scores scores one need against several specialists of the records, all rules off; unknown ids are an error that names
// the id. It is what `tepai score` prints.
func (e *Engine) Scores(ctx context.Context, needID string, specialists []string) ([]Points, error) {
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return nil, fmt.Errorf("score need %s: %w", needID, err)
	}
	q, _, err := e.prepare(ctx, e.books.Specialists.View(), need, e.settle(RankOptions{NoRules: true}))
	if err != nil {
		return nil, fmt.Errorf("score need %s: %w", needID, err)
	}
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
