package index

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"

	"tepai/registry"
	"tepai/segment"
)

// Query is a question to a search box. The zero Query lists everything in the order of kinds and ids.
type Query struct {
	Text    string                // as typed, see parse; at most LongestText characters
	Kinds   []registry.RecordKind // none = all
	Filters []Filter              // all must hold
	Scope   []Filter              // what the asking actor may see: all must hold, for results, facets and suggestions alike
	Facets  []string              // facets to count, over all results
	Limit   int                   // results on a page; 0 = 20, at most MostResults
	Offset  int                   // results to pass over, at most MostOffset; for pages by number
	After   string                // Next of the page before; for pages in a row, instead of Offset
	Marks   bool                  // with highlights
}

// Limits of a page.
const (
	MostResults = 100
	MostOffset  = 10_000
	usualLimit  = 20
)

// Filter holds when the facet has one of the values; with Not when it has none of them. A group of the taxonomy of
// technical fields stands for its fields.
type Filter struct {
	Facet  string
	Values []string
	Not    bool
}

// Results are one page and what is known of all results.
type Results struct {
	Total   int     // results on all pages
	Hits    []Hit   // by score, then kind and id
	Facets  []Facet // in the order asked for
	Next    string  // After of the next page; empty at the end
	Relaxed bool    // nothing holds every word; these hold some
	Notes   []string
	Cursor  uint64 // the last change that search knew
	Took    time.Duration
}

// Hit is one record. Scores are comparable within one search only; they depend on the records alone and not on when
// they were indexed.
type Hit struct {
	Kind  registry.RecordKind
	ID    string
	Score float64
	Marks []Mark // where the words stand, in the record as it is in the store now
}

// Search answers a question. Refusals are *registry.Error: Invalid for a question that breaks a limit or names what
// does not exist, Unavailable while the index is being built or when the deadline is over.
func (x *Index) Search(ctx context.Context, q Query) (Results, error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, x.opt.Timeout)
	defer cancel()
	plan, err := x.plan(q)
	if err != nil {
		return Results{}, err
	}
	s, err := x.ready(ctx)
	if err != nil {
		return Results{}, err
	}
	res, err := x.run(ctx, s, plan)
	if err == nil && res.Total == 0 && plan.canRelax() {
		plan.relaxed = true
		res, err = x.run(ctx, s, plan)
	}
	if err != nil {
		return Results{}, x.refuse(ctx, s, err)
	}
	res.Notes = plan.notes
	if q.Marks {
		if err := x.mark(ctx, res.Hits, plan.needles); err != nil {
			return Results{}, x.refuse(ctx, s, err)
		}
	}
	res.Took = time.Since(began)
	return res, nil
}

// plan is a question that has been understood.
type plan struct {
	Query
	needles []needle
	notes   []string
	relaxed bool
	after   *pageEnd
}

func (x *Index) plan(q Query) (*plan, error) {
	p := &plan{Query: q}
	if err := checkFilters(q); err != nil {
		return nil, err
	}
	if q.Limit < 0 || q.Limit > MostResults || q.Offset < 0 || q.Offset > MostOffset {
		return nil, invalid("limit", "每页最多 %d 条，最多翻过 %d 条；请加上筛选条件缩小范围", MostResults, MostOffset)
	}
	if p.Limit == 0 {
		p.Limit = usualLimit
	}
	var err error
	if p.needles, p.notes, err = understand(x.words, q.Text); err != nil {
		return nil, err
	}
	if q.After != "" {
		if p.after, err = readPageEnd(q); err != nil {
			return nil, err
		}
		p.relaxed, p.Offset = p.after.Relaxed, 0
	}
	return p, nil
}

func understand(words *segment.Segmenter, text string) ([]needle, []string, error) {
	clauses, notes, err := parse(text)
	if err != nil {
		return nil, nil, err
	}
	list, more, err := needles(words, clauses)
	return list, append(notes, more...), err
}

// canRelax tells whether an empty result may be answered with records that hold some of the words.
func (p *plan) canRelax() bool {
	n := 0
	for _, needle := range p.needles {
		if !needle.exclude {
			n += len(needle.patterns)
		}
	}
	return n > 1 && !p.relaxed && p.after == nil
}

// run asks bleve for one page.
func (x *Index) run(ctx context.Context, s *searcher, p *plan) (Results, error) {
	request := bleve.NewSearchRequestOptions(p.query(), p.Limit, p.Offset, false)
	request.SortBy([]string{"-_score", "_id"})
	if p.after != nil {
		request.SetSearchAfter(p.after.sort())
	}
	for _, facet := range p.Facets {
		request.AddFacet(facet, bleve.NewFacetRequest(facetPrefix+facet, mostValues))
	}
	answer, err := s.ask(ctx, request)
	if err != nil {
		return Results{}, err
	}
	res := Results{Total: int(answer.Total), Relaxed: p.relaxed, Cursor: s.cursor()}
	for _, hit := range answer.Hits {
		kind, id := recordOf(hit.ID)
		res.Hits = append(res.Hits, Hit{Kind: kind, ID: id, Score: finite(hit.Score)})
	}
	for _, facet := range p.Facets {
		res.Facets = append(res.Facets, facetOf(facet, answer.Facets[facet]))
	}
	if len(answer.Hits) == p.Limit {
		res.Next = p.next(answer.Hits[len(answer.Hits)-1])
	}
	return res, nil
}

// ask puts a request to bleve, with constants for lengths in place of its own averages.
func (s *searcher) ask(ctx context.Context, request *bleve.SearchRequest) (*bleve.SearchResult, error) {
	return guard(func() (*bleve.SearchResult, error) {
		docs, err := s.index.DocCount()
		if err != nil {
			return nil, err
		}
		request.PreSearchData = map[string]any{search.BM25PreSearchDataKey: lengths(docs)}
		return s.index.SearchInContext(ctx, request)
	})
}

// lengths are statistics that make every field's average length its pivot.
func lengths(docs uint64) *search.BM25Stats {
	docs = max(docs, 1)
	stats := &search.BM25Stats{DocCount: float64(docs), FieldCardinality: map[string]int{}}
	for _, field := range everyField() {
		pivot := partPivot
		if p, ok := pivots[field]; ok {
			pivot = p
		}
		stats.FieldCardinality[field] = pivot * int(docs)
	}
	return stats
}

// refuse turns bleve's trouble into an answer, and reports damage to the keeper.
func (x *Index) refuse(ctx context.Context, s *searcher, err error) error {
	var refusal *registry.Error
	switch {
	case errors.As(err, &refusal):
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return unavailable("检索超过 %s 未完成，请减少检索词或加上筛选条件", x.opt.Timeout)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	x.opt.Logger.Error("index: search failed", "error", err)
	x.doubt(s, err)
	return unavailable("检索暂时无法回答，索引正在检查，请稍后再试")
}

func finite(score float64) float64 {
	if math.IsNaN(score) || math.IsInf(score, 0) {
		return 0
	}
	return score
}
