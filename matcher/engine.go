package matcher

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

// Version is the version of the ranking formula; it changes whenever the same records and weights would give other figures.
const Version = "1"

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
	base    atomic.Pointer[knowledge.Base]
	weights Weights
	now     func() time.Time
	scratch sync.Pool
}

// Options of an Engine; the zero value works.
type Options struct {
	Base    *knowledge.Base  // nil = nothing is inferred
	Weights *Weights         // nil = DefaultWeights
	Now     func() time.Time // nil = time.Now
}

// New makes an Engine of records and their postings.
func New(records Records, books index.Books, words *segment.Segmenter, opt Options) *Engine {
	e := &Engine{records: records, books: books, words: words, weights: DefaultWeights(), now: time.Now}
	e.base.Store(opt.Base)
	if opt.Weights != nil {
		e.weights = *opt.Weights
	}
	if opt.Now != nil {
		e.now = opt.Now
	}
	e.scratch.New = func() any { return new(scratch) }
	return e
}

// RankOptions say how to rank; the zero value gives the best DefaultLimit under all rules, today.
type RankOptions struct {
	Limit    int       // most results; 0 = DefaultLimit, below 0 = the whole pool
	At       time.Time // the day on which the rules are asked; zero = now
	NoRules  bool      // eligibility, capacity and conflicts are off: every pair gets a score
	NoReason bool      // only ids, scores and parts
	Without  Without   // for ablation studies
}

// DefaultLimit is how many results are given unless asked otherwise.
const DefaultLimit = 10

// Without leaves sources out of a ranking, to measure what they are worth.
type Without struct{ Bigrams, Fields, Knowledge bool }

func (w Without) kinds() (skip [7]bool) {
	skip[segment.Bigram] = w.Bigrams
	return skip
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

// Versions say what a ranking was made with; equal versions and records give equal bytes.
type Versions struct {
	Engine    string `json:"engine"`
	Weights   string `json:"weights"`
	Analysis  string `json:"analysis"`
	Knowledge string `json:"knowledge,omitempty"`
}

func (e *Engine) versions() Versions {
	v := Versions{Engine: Version, Weights: e.weights.Version, Analysis: index.NewAnalyser(e.words).Label()}
	if base := e.base.Load(); base != nil {
		v.Knowledge = base.Generation()
	}
	return v
}

// Ranking is who can help with a need, best first.
type Ranking struct {
	Need      string     `json:"need"`
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
	if len(index.NeedPassages(need)) == 0 {
		return Ranking{}, &registry.Error{Kind: registry.Invalid, Field: "description", Msg: "需求没有文字，请至少写明名称或现状与问题"}
	}
	q, enterprise, err := e.prepare(ctx, e.books.Specialists.View(), need, o)
	if err != nil {
		return Ranking{}, fmt.Errorf("rank for need %s: %w", need.ID, err)
	}
	ranking := Ranking{Need: need.ID, Versions: e.versions(), Diagnosis: q.diagnosed(), Similar: q.similar}
	if ranking.Results, ranking.Excluded, err = e.walk(ctx, q, enterprise, o); err != nil {
		return Ranking{}, fmt.Errorf("rank for need %s: %w", need.ID, err)
	}
	ranking.Fits = len(ranking.Results) > 0 && ranking.Results[0].text >= e.weights.fits(need)
	return ranking, nil
}

// prepare makes a query of a need, with what the records say about its enterprise and about past needs like it.
func (e *Engine) prepare(ctx context.Context, view *postings.View, need registry.Need, o *RankOptions) (*query, registry.Enterprise, error) {
	q := e.newQuery(view, need, o)
	var enterprise registry.Enterprise
	if o.NoRules {
		return q, enterprise, nil
	}
	if need.EnterpriseID != "" {
		var err error
		if enterprise, err = e.records.Enterprise(ctx, need.EnterpriseID); err != nil && !missing(err) {
			return nil, enterprise, err
		}
	}
	similar, err := e.similar(ctx, need, mostSimilar)
	if err != nil {
		return nil, enterprise, err
	}
	q.similar = similar
	q.setSpecial(&e.weights, enterprise, similar)
	return q, enterprise, nil
}

// walk goes down the ranked list and keeps out whom a rule forbids, until there are enough results.
func (e *Engine) walk(ctx context.Context, q *query, enterprise registry.Enterprise, o *RankOptions) ([]Result, []Excluded, error) {
	scratch := e.scratch.Get().(*scratch)
	defer e.scratch.Put(scratch)
	results, excluded := []Result{}, []Excluded{}
	for n := o.Limit; ; n *= 2 {
		list := q.sweep(&e.weights, n, scratch)
		for _, c := range list[len(results)+len(excluded):] {
			v, err := e.records.Specialist(ctx, c.id)
			if err != nil {
				return nil, nil, err
			}
			if bar := forbids(v, enterprise, o); bar.Reason != "" {
				excluded = append(excluded, bar)
				continue
			}
			results = append(results, e.result(q, v, c, len(results)+1, o))
			if len(results) == o.Limit {
				return results, excluded, nil
			}
		}
		if n < 0 || len(list) < n {
			return results, excluded, nil
		}
	}
}

// missing tells whether an error says that there is no such record.
func missing(err error) bool {
	var refusal *registry.Error
	return errors.As(err, &refusal) && refusal.Kind == registry.NotFound
}
