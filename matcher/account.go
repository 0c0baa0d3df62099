package matcher

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tepai/index"
	"tepai/registry"
	"tepai/segment"
)

// Account is the full account of one pair: what it scores and why, where it stands, and what would bring it in.
type Account struct {
	Need      string    `json:"need"`
	Versions  Versions  `json:"versions"`
	Result    Result    `json:"result"`             // Rank counts everybody whom no rule excludes
	Excluded  *Excluded `json:"excluded,omitempty"` // the rule that keeps the specialist out; Rank is then where it would stand
	Listed    bool      `json:"listed"`             // among the first Limit
	Behind    *Behind   `json:"behind,omitempty"`   // only where not listed for the score
	WayIn     string    `json:"way_in,omitempty"`   // the smallest change that would bring the specialist into the list
	Diagnosis Diagnosis `json:"diagnosis"`
}

// Behind compares with the last one of the list.
type Behind struct {
	ID    string      `json:"id"`
	Score Points      `json:"score"`
	Lost  []PartValue `json:"lost"` // the parts in which this specialist has less, and how much
}

// Explain gives the account of a pair of the records: also why a specialist is not among the first opt.Limit.
func (e *Engine) Explain(ctx context.Context, needID, specialistID string, opt RankOptions) (Account, error) {
	o := e.settle(opt)
	o.NoReason = false
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return Account{}, fmt.Errorf("explain need %s: %w", needID, err)
	}
	v, err := e.records.Specialist(ctx, specialistID)
	if err != nil {
		return Account{}, fmt.Errorf("explain specialist %s: %w", specialistID, err)
	}
	q, enterprise, err := e.prepare(ctx, e.books.Specialists.View(), need, o)
	if err != nil {
		return Account{}, fmt.Errorf("explain need %s: %w", needID, err)
	}
	ref, ok := q.view.Find(specialistID)
	if !ok {
		return Account{}, &registry.Error{Kind: registry.Unavailable, Msg: "特派员 " + specialistID + " 刚刚入库，排序数据还在更新，请稍后再试"}
	}
	c := candidate{ref, v.ID, q.score(&e.weights, ref, q.special[ref])}
	a := Account{Need: needID, Versions: e.versions(), Diagnosis: q.diagnosed()}
	if bar := forbids(v, enterprise, o); bar.Reason != "" {
		a.Excluded = &bar
	}
	st, err := e.standing(ctx, q, enterprise, c, o)
	if err != nil {
		return Account{}, fmt.Errorf("explain need %s: %w", needID, err)
	}
	a.Result = e.result(q, v, c, st.rank, o)
	a.Listed = a.Excluded == nil && st.rank <= o.Limit
	if st.rank > o.Limit {
		a.Behind = behind(st.last, c)
	}
	if !a.Listed {
		a.WayIn, err = e.wayIn(ctx, q, v, enterprise, &a, o)
	}
	return a, err
}

// standing is a candidate's place among those whom no rule excludes, and who is last on the list without it.
type standing struct {
	rank int
	last candidate
}

func (e *Engine) standing(ctx context.Context, q *query, enterprise registry.Enterprise, c candidate, o *RankOptions) (standing, error) {
	scratch := e.scratch.Get().(*scratch)
	defer e.scratch.Put(scratch)
	st := standing{rank: 1}
	others := 0
	for _, other := range q.sweep(&e.weights, -1, scratch) {
		if other.id == c.id {
			continue
		}
		if better(other, c) > 0 && others >= o.Limit {
			break
		}
		v, err := e.records.Specialist(ctx, other.id)
		if err != nil {
			return st, err
		}
		if forbids(v, enterprise, o).Reason != "" {
			continue
		}
		if others++; others <= o.Limit {
			st.last = other
		}
		if better(other, c) < 0 {
			st.rank++
		}
	}
	return st, nil
}

func behind(last, c candidate) *Behind {
	b := &Behind{ID: last.id, Score: last.score.total, Lost: []PartValue{}}
	for p := range partCount {
		if d := last.score.parts[p] - c.score.parts[p]; d > 0 {
			b.Lost = append(b.Lost, PartValue{p.String(), d})
		}
	}
	slices.SortStableFunc(b.Lost, func(x, y PartValue) int { return cmp.Compare(y.Value, x.Value) })
	return b
}

// wayIn names the smallest change: first what a rule asks for, then the fewest missing words of the need that would
// lift the specialist into the list if they stood among the keywords – and were true. Each step is ranked anew over the whole
// pool as it would then be.
func (e *Engine) wayIn(ctx context.Context, q *query, v registry.Specialist, enterprise registry.Enterprise, a *Account, o *RankOptions) (string, error) {
	if a.Excluded != nil {
		return "先消除排除原因：" + a.Excluded.Reason, nil
	}
	var added []string
	for _, word := range q.missingWords(v.ID) {
		added = append(added, word)
		with := v
		with.Keywords = append(slices.Clone(v.Keywords), added...)
		score, rank, err := e.trial(ctx, q, with, enterprise, o)
		if err != nil {
			return "", fmt.Errorf("explain specialist %s: %w", v.ID, err)
		}
		if rank <= o.Limit {
			return fmt.Sprintf("若本人确有此专长，在关键词中补上%s即可进入名单（得分 %s → %s，第 %d 名）", quoted(added), a.Result.Score, score, rank), nil
		}
		if len(added) == mostAdded {
			break
		}
	}
	return fmt.Sprintf("与名单末位相差 %s，补充 %d 个关键词仍不足以进入，专长与本需求距离较远", a.Behind.Score-a.Result.Score, len(added)), nil
}

// trial ranks a specialist as the record would stand, without changing the pool.
func (e *Engine) trial(ctx context.Context, q *query, v registry.Specialist, enterprise registry.Enterprise, o *RankOptions) (Points, int, error) {
	view := q.view.With(index.NewAnalyser(e.words).Specialist(v))
	t := e.newQuery(view, q.need, o)
	t.similar = q.similar
	t.setSpecial(&e.weights, enterprise, q.similar)
	ref, _ := view.Find(v.ID)
	c := candidate{ref, v.ID, t.score(&e.weights, ref, t.special[ref])}
	st, err := e.standing(ctx, t, enterprise, c, o)
	return c.score.total, st.rank, err
}

// mostAdded is how many keywords a way in may ask for.
const mostAdded = 5

// missingWords are the words of the query that a specialist does not have and others of the pool do, the weightiest
// first; no character pairs.
func (q *query) missingWords(id string) []string {
	ref, _ := q.view.Find(id)
	type missing struct {
		word  string
		worth uint64
	}
	var list []missing
	for ch := range channels {
		for i, t := range q.bags[ch].terms {
			usable := t.kind != segment.Bigram && t.kind != segment.Single && t.kind != segment.Number
			if usable && q.view.Impact(ref, 0, t.text) == 0 && q.view.Frequency(t.text) > 0 {
				list = append(list, missing{t.text, uint64(q.bags[ch].query[i].Weight) * uint64(q.bags[ch].worth)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b missing) int { return cmp.Compare(b.worth, a.worth) })
	var words []string
	for _, m := range list {
		if !slices.Contains(words, m.word) {
			words = append(words, m.word)
		}
	}
	return words
}
