package matcher

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tepai/index"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

// Account is the full account of one pair: what it scores and why, where it stands, and what would bring it in.
type Account struct {
	Need      string    `json:"need"`
	On        string    `json:"on"`
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
	c, err := e.candidate(q, v)
	if err != nil {
		return Account{}, err
	}
	inquiry := &inquiry{engine: e, query: q, enterprise: enterprise, options: o, barred: map[string]bool{}}
	a, err := inquiry.account(ctx, v, c)
	if err != nil {
		return Account{}, fmt.Errorf("explain need %s, specialist %s: %w", needID, specialistID, err)
	}
	return a, nil
}

// candidate finds a specialist in the postings of a query and scores it.
func (e *Engine) candidate(q *query, v registry.Specialist) (candidate, error) {
	ref, ok := q.view.Find(v.ID)
	if !ok {
		return candidate{}, &registry.Error{Kind: registry.Unavailable, Field: "specialist", Msg: "特派员 " + v.ID + " 刚刚入库，排序数据还在更新，请稍后再试"}
	}
	return candidate{ref, v.ID, q.score(&e.weights, ref, q.special[ref])}, nil
}

// inquiry is one question of why not.
type inquiry struct {
	engine     *Engine
	query      *query
	enterprise registry.Enterprise
	options    *RankOptions
	barred     map[string]bool // what the rules said of those who were looked at
}

func (in *inquiry) account(ctx context.Context, v registry.Specialist, c candidate) (Account, error) {
	q, c := in.engine.current(in.query, v, c)
	a := Account{Need: q.need.ID, On: in.options.day().String(), Versions: in.engine.versions(), Diagnosis: q.diagnosed()}
	if bar := forbids(v, in.enterprise, in.options); bar.Reason != "" {
		a.Excluded = &bar
	}
	st, err := in.standing(ctx, in.query, c, -1)
	if err != nil {
		return a, err
	}
	a.Result = in.engine.result(q, v, c, st.rank, in.options)
	a.Listed = a.Excluded == nil && in.options.lists(st.rank)
	if !in.options.lists(st.rank) {
		a.Behind = behind(st.last, c)
	}
	if !a.Listed {
		a.WayIn, err = in.wayIn(ctx, v, &a)
	}
	return a, err
}

// standing is a candidate's place among those whom no rule excludes, and who is last on the list without it.
type standing struct {
	rank int
	last candidate
}

// standing counts down the ranked list; it stops as soon as the rank is beyond enough (below 0 = never).
func (in *inquiry) standing(ctx context.Context, q *query, c candidate, enough int) (standing, error) {
	scratch := in.engine.scratch.Get().(*scratch)
	defer in.engine.release(scratch)
	n := -1
	if enough >= 0 {
		n = 2*enough + 64
	}
	list := q.sweep(&in.engine.weights, n, scratch)
	st, full, err := in.count(ctx, list, c, enough)
	if err == nil && !full && n >= 0 && len(list) == n {
		st, _, err = in.count(ctx, q.sweep(&in.engine.weights, -1, scratch), c, enough)
	}
	return st, err
}

// count walks a ranked list; full tells that more of it would not change the answer.
func (in *inquiry) count(ctx context.Context, list []candidate, c candidate, enough int) (st standing, full bool, err error) {
	st.rank = 1
	others := 0
	for _, other := range list {
		if other.id == c.id {
			continue
		}
		before := better(other, c) < 0
		if !before && !in.options.lists(others+1) || enough >= 0 && st.rank > enough {
			return st, true, nil
		}
		barred, err := in.isBarred(ctx, other.id)
		if err != nil {
			return st, false, err
		}
		if barred {
			continue
		}
		if others++; in.options.lists(others) {
			st.last = other
		}
		if before {
			st.rank++
		}
	}
	return st, false, nil
}

// isBarred asks the rules once for each specialist; who has no record any more does not count either.
func (in *inquiry) isBarred(ctx context.Context, id string) (bool, error) {
	if barred, asked := in.barred[id]; asked {
		return barred, nil
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	v, err := in.engine.records.Specialist(ctx, id)
	if err != nil && !missing(err) {
		return false, err
	}
	in.barred[id] = err != nil || forbids(v, in.enterprise, in.options).Reason != ""
	return in.barred[id], nil
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

// wayIn names a small change: first what a rule asks for, then missing words of the need, the weightiest first and no more
// than needed, that would lift the specialist into the list if they stood among the keywords – and were true. Each step is
// ranked anew over the whole pool as it would then be.
func (in *inquiry) wayIn(ctx context.Context, v registry.Specialist, a *Account) (string, error) {
	if a.Excluded != nil {
		return "先消除排除原因：" + a.Excluded.Reason, nil
	}
	var added []string
	for _, word := range in.query.missingWords(in.engine.base(), v.ID) {
		added = append(added, word)
		with := v
		with.Keywords = append(slices.Clone(v.Keywords), added...)
		score, rank, err := in.trial(ctx, with)
		if err != nil {
			return "", err
		}
		if in.options.lists(rank) {
			return fmt.Sprintf("若本人确有此专长，在关键词中补上%s即可进入名单（得分 %s → %s，第 %d 名）", quoted(added), a.Result.Score, score, rank), nil
		}
		if len(added) == mostAdded {
			break
		}
	}
	return fmt.Sprintf("与名单末位相差 %s，补充 %d 个关键词仍不足以进入，专长与本需求距离较远", a.Behind.Score-a.Result.Score, len(added)), nil
}

// mostAdded is how many keywords a way in may ask for.
const mostAdded = 5

// trial ranks a specialist as the record would stand, without changing the pool.
func (in *inquiry) trial(ctx context.Context, v registry.Specialist) (Points, int, error) {
	view := in.query.view.With(index.NewAnalyser(in.engine.words).Specialist(v))
	q, err := in.engine.newQuery(view, in.query.need, in.query.past, in.options)
	if err != nil {
		return 0, 0, err
	}
	q.setSpecial(&in.engine.weights, in.enterprise, q.past.solved)
	c, err := in.engine.candidate(q, v)
	if err != nil {
		return 0, 0, err
	}
	st, err := in.standing(ctx, q, c, in.options.Limit)
	return c.score.total, st.rank, err
}

// missingWords are words of the query that a specialist does not have and others of the pool do, the weightiest first, as
// the need or the diagnosis writes them; no fragments. Of the need's own words only those count that name a thing or a
// concept which the knowledge base knows, where it knows any.
func (q *query) missingWords(base *knowledge.Base, id string) []string {
	ref, _ := q.view.Find(id)
	type missing struct {
		word  string
		worth uint64
	}
	var list []missing
	known := q.knownSpots(base)
	for ch := range channels {
		for i, t := range q.bags[ch].terms {
			usable := t.kind == segment.Word || t.kind == segment.Latin || t.kind == segment.Code
			if ch == ownWords && len(known) > 0 && !slices.ContainsFunc(t.spots, func(s Spot) bool { return inside(s, known) }) {
				usable = false
			}
			if usable && q.view.Impact(ref, 0, t.text) == 0 && q.view.Frequency(t.text) > 0 {
				list = append(list, missing{q.written(ch, &t), uint64(q.bags[ch].query[i].Weight) * uint64(q.bags[ch].worth)})
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

// knownSpots are the places of the need in which the knowledge base sees a thing, a trouble or a concept.
func (q *query) knownSpots(base *knowledge.Base) []Spot {
	if base == nil {
		return nil
	}
	var spots []Spot
	for _, s := range base.Sightings(knowledgePassages(q.need)...) {
		spots = append(spots, q.spot(s.Passage, s.Start, s.End))
	}
	return spots
}

func inside(s Spot, known []Spot) bool {
	return slices.ContainsFunc(known, func(k Spot) bool { return k.Field == s.Field && k.Start <= s.Start && s.End <= k.End })
}

// written is a term as people write it: in the need's own text, or as the concept that brought it in.
func (q *query) written(ch channel, t *bagTerm) string {
	if ch == ownWords {
		return t.spots[0].Text
	}
	return q.findings[ch][t.from[0]].surfaces[0]
}
