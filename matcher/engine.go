package matcher

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

// Version is the version of the ranking formula; it changes whenever the same records and weights would give other figures.
const Version = "2"

// Records are where the engine reads the nouns that it ranks: *registry.Store, or a *Collection in memory.
// Errors for unknown ids are *registry.Error of kind NotFound.
type Records interface {
	Specialist(ctx context.Context, id string) (registry.Specialist, error)
	Enterprise(ctx context.Context, id string) (registry.Enterprise, error)
	Need(ctx context.Context, id string) (registry.Need, error)
	Needs(ctx context.Context, after string, limit int) ([]registry.Need, error)
}

// Engine ranks, explains and diagnoses. It is safe for concurrent use.
type Engine struct {
	records Records
	books   index.Books
	words   *segment.Segmenter
	base    func() *knowledge.Base // of the moment; may give nil
	weights Weights
	now     func() time.Time
	scratch sync.Pool // of *scratch
	texts   sync.Pool // of *segment.Scratch
}

// Options of an Engine; the zero value works.
type Options struct {
	Base    *knowledge.Base  // one that stays as it is; nil without a Library = nothing is inferred
	Library *Library         // keeps the base current; it goes before Base
	Weights *Weights         // nil = DefaultWeights
	Now     func() time.Time // nil = time.Now
}

// New makes an Engine of records and their postings.
func New(records Records, books index.Books, words *segment.Segmenter, opt Options) *Engine {
	e := &Engine{records: records, books: books, words: words, weights: DefaultWeights(), now: time.Now,
		base: func() *knowledge.Base { return opt.Base }}
	if opt.Library != nil {
		e.base = opt.Library.Base
	}
	if opt.Weights != nil {
		e.weights = *opt.Weights
	}
	if opt.Now != nil {
		e.now = opt.Now
	}
	e.scratch.New = func() any { return new(scratch) }
	e.texts.New = func() any { return new(segment.Scratch) }
	return e
}

// With is the same engine with other weights.
func (e *Engine) With(w Weights) *Engine {
	other := New(e.records, e.books, e.words, Options{Weights: &w, Now: e.now})
	other.base = e.base
	return other
}

// Weights are what the engine weighs with.
func (e *Engine) Weights() Weights { return e.weights }

// RankOptions say how to rank; the zero value gives the best DefaultLimit under all rules, today.
type RankOptions struct {
	Limit    int       // most results; 0 = DefaultLimit, below 0 = the whole pool
	At       time.Time // the day on which the rules are asked; zero = now
	NoRules  bool      // eligibility, capacity and conflicts are off: every pair gets a score
	NoReason bool      // only ids, scores and parts
	Without  Without   // for ablation studies

	lends func(id string) bool // which past needs may lend their diagnoses; nil = all
}

// lists tells whether a place is among the results.
func (o *RankOptions) lists(rank int) bool { return o.Limit < 0 || rank <= o.Limit }

// DefaultLimit is how many results are given unless asked otherwise.
const DefaultLimit = 10

// Without leaves sources out of a ranking, to measure what they are worth.
type Without struct {
	Bigrams, Fields bool
	Routes          knowledge.Routes // by which a diagnosis is inferred
}

func (w Without) kinds() (skip [7]bool) {
	skip[segment.Bigram] = w.Bigrams
	return skip
}

// day is the day of the options in Asia/Shanghai, where rules count days.
func (o *RankOptions) day() registry.Date { return registry.DateOf(o.At) }

// release keeps scratch for the next ranking, but not the room of a ranking of the whole pool.
func (e *Engine) release(s *scratch) {
	if cap(s.best) <= 4096 {
		e.scratch.Put(s)
	}
}

func (e *Engine) settle(opt RankOptions) *RankOptions {
	if opt.Limit == 0 {
		opt.Limit = DefaultLimit
	}
	if opt.At.IsZero() {
		opt.At = e.now()
	}
	return &opt
}

// Versions say what a ranking was made with; equal versions, records and days give equal bytes.
type Versions struct {
	Engine    string `json:"engine"`
	Weights   string `json:"weights"`
	Analysis  string `json:"analysis"`
	Knowledge string `json:"knowledge,omitempty"`
}

func (e *Engine) versions() Versions {
	v := Versions{Engine: Version, Weights: e.weights.Version, Analysis: index.NewAnalyser(e.words).Label()}
	if base := e.base(); base != nil {
		v.Knowledge = base.Generation()
	}
	return v
}

// Ranking is who can help with a need, best first.
type Ranking struct {
	Need      string     `json:"need"`
	On        string     `json:"on"` // the day on which rules and the age of evidence were asked, 2006-01-02
	Versions  Versions   `json:"versions"`
	Results   []Result   `json:"results"`
	Excluded  []Excluded `json:"excluded"` // who would stand among the results but for a rule
	Fits      bool       `json:"fits"`     // false: 库中暂无合适人选
	Diagnosis Diagnosis  `json:"diagnosis"`
	Similar   []Similar  `json:"similar,omitempty"` // past needs in like words
}

// Result is one specialist's place and why.
type Result struct {
	Rank    int         `json:"rank"`
	ID      string      `json:"id"`
	Name    string      `json:"name,omitempty"`
	Title   string      `json:"title,omitempty"`
	Unit    string      `json:"organisation,omitempty"`
	Score   Points      `json:"score"` // the sum of Parts, exactly
	Parts   []PartValue `json:"parts"`
	Reasons []string    `json:"reasons"`
	Notes   []string    `json:"notes,omitempty"` // facts that a person should know before signing
	Matches []Match     `json:"matches,omitempty"`

	text Points // what the words are worth: the need's own and the diagnosed ones, in profile and evidence
}

// Excluded is a specialist whom a rule keeps out.
type Excluded struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
	Source string `json:"source"`
}

// Rank ranks the specialists for a need of the records.
func (e *Engine) Rank(ctx context.Context, needID string, opt RankOptions) (Ranking, error) {
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return Ranking{}, fmt.Errorf("rank for need %s: %w", needID, err)
	}
	return e.RankNeed(ctx, need, opt)
}

// RankText ranks the specialists for a free text.
func (e *Engine) RankText(ctx context.Context, text string, opt RankOptions) (Ranking, error) {
	return e.RankNeed(ctx, registry.Need{Description: text}, opt)
}

// RankNeed ranks the specialists for a need that need not be recorded. A need without any text is refused.
func (e *Engine) RankNeed(ctx context.Context, need registry.Need, opt RankOptions) (Ranking, error) {
	o := e.settle(opt)
	q, enterprise, err := e.prepare(ctx, e.books.Specialists.View(), need, o)
	if err != nil {
		return Ranking{}, fmt.Errorf("rank for need %s: %w", need.ID, err)
	}
	ranking := Ranking{Need: need.ID, On: o.day().String(), Versions: e.versions(), Diagnosis: q.diagnosed(), Similar: q.past.solved}
	if ranking.Results, ranking.Excluded, err = e.walk(ctx, q, enterprise, o); err != nil {
		return Ranking{}, fmt.Errorf("rank for need %s: %w", need.ID, err)
	}
	bar := e.weights.fits(need)
	ranking.Fits = slices.ContainsFunc(ranking.Results, func(r Result) bool { return r.text >= bar })
	return ranking, nil
}

// prepare makes a query of a need, with what the records say about its enterprise and about past needs like it. A need
// without any text is refused.
func (e *Engine) prepare(ctx context.Context, view *postings.View, need registry.Need, o *RankOptions) (*query, registry.Enterprise, error) {
	enterprise, err := e.enterpriseOf(ctx, need, o)
	if err != nil {
		return nil, enterprise, err
	}
	q, err := e.ready(ctx, view, need, enterprise, wanted{mostSimilar, mostLenders}, o)
	return q, enterprise, err
}

// ready makes a query of a need whose enterprise is known, looking for past needs where they are wanted. Without rules
// nobody gains by the past, but its diagnoses are lent all the same.
func (e *Engine) ready(ctx context.Context, view *postings.View, need registry.Need, enterprise registry.Enterprise, w wanted, o *RankOptions) (*query, error) {
	if o.NoRules {
		w.solved = 0
	}
	if e.base() == nil || o.Without.Routes.Has(knowledge.Likeness) {
		w.diagnosed = 0
	}
	p, err := e.past(ctx, need, w, o.lends)
	if err != nil {
		return nil, err
	}
	q, err := e.newQuery(view, need, p, o)
	if err == nil && !o.NoRules {
		q.setSpecial(&e.weights, enterprise, p.solved)
	}
	return q, err
}

// enterpriseOf reads the enterprise of a need; of one without a record the id alone is known, which some rules need.
func (e *Engine) enterpriseOf(ctx context.Context, need registry.Need, o *RankOptions) (registry.Enterprise, error) {
	if need.EnterpriseID == "" || o.NoRules {
		return registry.Enterprise{}, nil
	}
	enterprise, err := e.records.Enterprise(ctx, need.EnterpriseID)
	if missing(err) {
		return registry.Enterprise{ID: need.EnterpriseID}, nil
	}
	return enterprise, err
}

// walk goes down the ranked list and keeps out whom a rule forbids, until there are enough results. Who has nothing to do
// with the need is not listed, unless rules are off.
func (e *Engine) walk(ctx context.Context, q *query, enterprise registry.Enterprise, o *RankOptions) ([]Result, []Excluded, error) {
	scratch := e.scratch.Get().(*scratch)
	defer e.release(scratch)
	results, excluded := []Result{}, []Excluded{}
	seen := 0
	for n := o.Limit; ; n *= 2 {
		n = min(n, q.view.Docs())
		list := q.sweep(&e.weights, n, scratch)
		for _, c := range list[seen:] {
			seen++
			v, err := e.records.Specialist(ctx, c.id)
			if missing(err) {
				continue // gone since the postings were read
			}
			if err != nil {
				return nil, nil, err
			}
			if bar := forbids(v, enterprise, o); bar.Reason != "" {
				excluded = append(excluded, bar)
				continue
			}
			if !o.NoRules && !c.score.speaks() {
				continue
			}
			now, c := e.current(q, v, c)
			results = append(results, e.result(now, v, c, len(results)+1, o))
			if len(results) == o.Limit {
				return inOrder(results), excluded, nil
			}
		}
		if n < 0 || len(list) < n || n == q.view.Docs() {
			return inOrder(results), excluded, nil
		}
	}
}

// current scores a specialist whose record has changed since the postings were read from the record itself, so that an
// account always adds up over the texts that the reader sees.
func (e *Engine) current(q *query, v registry.Specialist, c candidate) (*query, candidate) {
	if q.view.Facts(c.ref).Version == index.Fingerprint(v) {
		return q, c
	}
	var book postings.Book
	book.Apply([]postings.Document{index.NewAnalyser(e.words).Specialist(v)}, nil)
	now := *q
	now.view = book.View()
	ref, _ := now.view.Find(v.ID)
	now.special = map[postings.Ref]special{ref: q.special[c.ref]}
	return &now, candidate{ref, v.ID, now.score(&e.weights, ref, now.special[ref])}
}

// inOrder ranks results again of which some were scored anew.
func inOrder(results []Result) []Result {
	slices.SortStableFunc(results, func(a, b Result) int { return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID)) })
	for i := range results {
		results[i].Rank = i + 1
	}
	return results
}

// missing tells whether an error says that there is no such record.
func missing(err error) bool {
	var refusal *registry.Error
	return errors.As(err, &refusal) && refusal.Kind == registry.NotFound
}
