package index

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"tepai/registry"
)

// Suggestion completes what somebody types: a record by its name, or a keyword of the pool.
type Suggestion struct {
	Text  string              // the name or keyword as written
	Kind  registry.RecordKind // of a record; empty for a keyword
	ID    string              // of a record
	Count int                 // specialists with the keyword
}

const longestBeginning = 64 // characters

// Suggest completes a beginning, a name also by its pinyin (wxj, wangxiao → 王小军): records in the order of kinds and
// ids first, then keywords by how many specialists have them; at most limit in all (0 = 10). Text, Kinds, Filters and
// Scope of the query are read. An empty beginning has no completions. Refusals are those of Search.
func (x *Index) Suggest(ctx context.Context, q Query, limit int) ([]Suggestion, error) {
	ctx, cancel := context.WithTimeout(ctx, x.opt.Timeout)
	defer cancel()
	if err := checkFilters(q); err != nil {
		return nil, err
	}
	var r reader
	beginning := r.fold(q.Text)
	if beginning == "" || utf8.RuneCountInString(beginning) > longestBeginning {
		return nil, nil
	}
	s, err := x.ready(ctx)
	if err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = usualLimit / 2
	}
	limit = min(limit, MostResults)
	list, err := x.completeNames(ctx, s, q, beginning, limit)
	if err == nil && len(list) < limit {
		var words []Suggestion
		words, err = x.completeWords(ctx, s, q, beginning, limit-len(list))
		list = append(list, words...)
	}
	if err != nil {
		return nil, x.refuse(ctx, s, err)
	}
	return list, nil
}

func (x *Index) completeNames(ctx context.Context, s *searcher, q Query, beginning string, limit int) ([]Suggestion, error) {
	names := []query.Query{prefix(nameKey, beginning)}
	if key := keyOf(strings.ReplaceAll(beginning, " ", ""), 1); key != "" {
		names = append(names, prefix(initialsKey, key))
	}
	request := bleve.NewSearchRequestOptions(suggestQuery(q, query.NewDisjunctionQuery(names)), limit, 0, false)
	request.SortBy([]string{"_id"})
	answer, err := s.ask(ctx, request)
	if err != nil {
		return nil, err
	}
	var list []Suggestion
	for _, hit := range answer.Hits {
		kind, id := recordOf(hit.ID)
		rec, err := x.load(ctx, kind, id)
		if err != nil {
			return nil, err
		}
		if rec != nil && rec.title() != "" {
			list = append(list, Suggestion{Text: rec.title(), Kind: kind, ID: id})
		}
	}
	return list, nil
}

// completeWords counts the keywords with a beginning among the records that may be seen.
func (x *Index) completeWords(ctx context.Context, s *searcher, q Query, beginning string, limit int) ([]Suggestion, error) {
	if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, registry.KindSpecialist) {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(suggestQuery(q, prefix(wordKey, beginning)), 0, 0, false)
	counts := bleve.NewFacetRequest(wordKey, MostResults)
	counts.SetPrefixFilter(beginning)
	request.AddFacet(wordKey, counts)
	answer, err := s.ask(ctx, request)
	if err != nil {
		return nil, err
	}
	var list []Suggestion
	for _, v := range facetOf(wordKey, answer.Facets[wordKey]).Values {
		if _, written, ok := strings.Cut(v.Value, separator); ok && len(list) < limit {
			list = append(list, Suggestion{Text: written, Count: v.Count})
		}
	}
	return list, nil
}

func suggestQuery(q Query, what query.Query) query.Query {
	must := append([]query.Query{kindQuery(q.Kinds)}, filterQueries(q.Filters, q.Scope)...)
	return query.NewConjunctionQuery(append(must, unscored{what}))
}
