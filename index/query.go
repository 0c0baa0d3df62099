package index

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	api "github.com/blevesearch/bleve_index_api"

	"tepai/registry"
)

// metaBoost weighs a hit in names, titles and places against one in running text.
const metaBoost = 1.5

// nameBoost lifts the record whose whole name was typed.
const nameBoost = 8

// query puts a plan into bleve's terms. The conjunction always begins with a condition that is no term of the text: a
// boolean query whose only condition can match nothing is taken by bleve for one without conditions.
func (p *plan) query() query.Query {
	must := append([]query.Query{kindQuery(p.Kinds)}, filterQueries(p.Filters, p.Scope)...)
	var words, boosted, exclude []query.Query
	for _, n := range p.needles {
		if n.exclude {
			exclude = append(exclude, n.query(false))
			continue
		}
		words = append(words, n.query(p.relaxed))
		boosted = append(boosted, n.boosts()...) // one a term
	}
	if p.relaxed {
		must = append(must, anyOf(words))
	} else {
		must = append(must, words...)
	}
	all := query.NewConjunctionQuery(must)
	if len(boosted) == 0 && len(exclude) == 0 {
		return all
	}
	q := bleve.NewBooleanQuery()
	q.AddMust(all)
	if len(boosted) > 0 {
		q.AddShould(anyOf(boosted))
	}
	if len(exclude) > 0 {
		q.AddMustNot(anyOf(exclude))
	}
	return q
}

// query asks for all patterns of a needle, or for any.
func (n needle) query(any bool) query.Query {
	var list []query.Query
	for _, p := range n.patterns {
		list = append(list, p.query(n.fields))
	}
	var q query.Query
	switch {
	case len(list) == 1:
		q = list[0]
	case any:
		q = anyOf(list)
	case len(list) > 1:
		q = query.NewConjunctionQuery(list)
	}
	var others []query.Query
	if n.key != "" {
		others = append(others, unscored{exact(idKey, n.key)}, unscored{prefix(initialsKey, n.key)})
	}
	for _, f := range n.values() {
		others = append(others, unscored{exact(valuePrefix+f, n.whole)})
	}
	if q != nil && len(others) == 0 {
		return q
	}
	if q != nil {
		others = append(others, q)
	}
	return query.NewDisjunctionQuery(others)
}

// boosts ask for the terms in the fields where they say most.
func (n needle) boosts() (list []query.Query) {
	if n.fields != nil {
		return nil
	}
	named := exact(nameKey, n.whole)
	named.SetBoost(nameBoost)
	list = append(list, named)
	for _, p := range n.patterns {
		for _, s := range p {
			var fields []query.Query
			for _, b := range boosts {
				q := exact(partPrefix+b.field, s.term)
				q.SetBoost(b.boost)
				fields = append(fields, q)
			}
			list = append(list, anyOf(fields))
		}
	}
	return list
}

// query asks for a pattern everywhere or in some fields. The fields keep no positions: a phrase there is all its terms
// in the field and the phrase somewhere in the record, which differs only when the field holds all its pairs apart.
func (p pattern) query(fields []string) query.Query {
	var list []query.Query
	for _, f := range fields {
		terms := make([]query.Query, len(p))
		for i, s := range p {
			terms[i] = exact(partPrefix+f, s.term)
		}
		list = append(list, query.NewConjunctionQuery(terms))
	}
	anywhere := query.NewDisjunctionQuery([]query.Query{p.in(allText, 1), p.in(allMeta, metaBoost)})
	switch {
	case fields == nil:
		return anywhere
	case len(p) == 1:
		return query.NewDisjunctionQuery(list)
	default:
		return query.NewConjunctionQuery([]query.Query{query.NewDisjunctionQuery(list), unscored{anywhere}})
	}
}

// in asks for a pattern in a field with positions.
func (p pattern) in(field string, boost float64) query.Query {
	if len(p) == 1 {
		q := exact(field, p[0].term)
		q.SetBoost(boost)
		return q
	}
	terms := make([]string, p[len(p)-1].at+1) // an empty term is any
	for _, s := range p {
		terms[s.at] = s.term
	}
	q := query.NewPhraseQuery(terms, field)
	q.SetBoost(boost)
	return q
}

// group is how many conditions stand in one disjunction. Beyond ten bleve keeps them in a heap and adds their scores up
// in an order that depends on how the documents lie, which changes the last digit, and with it the order of results.
const group = 8

// anyOf asks for any of the conditions.
func anyOf(list []query.Query) query.Query {
	for len(list) > group {
		var next []query.Query
		for part := range slices.Chunk(list, group) {
			next = append(next, query.NewDisjunctionQuery(part))
		}
		list = next
	}
	if len(list) == 1 {
		return list[0]
	}
	return query.NewDisjunctionQuery(list)
}

func exact(field, term string) *query.TermQuery {
	q := query.NewTermQuery(term)
	q.SetField(field)
	return q
}

func prefix(field, beginning string) *query.PrefixQuery {
	q := query.NewPrefixQuery(beginning)
	q.SetField(field)
	return q
}

func kindQuery(wanted []registry.RecordKind) query.Query {
	var list []query.Query
	for _, k := range kinds {
		if len(wanted) == 0 || slices.Contains(wanted, k) {
			list = append(list, exact(facetPrefix+FacetKind, string(k)))
		}
	}
	return unscored{query.NewDisjunctionQuery(list)}
}

// unscored is a condition that adds nothing to the score.
type unscored struct{ query.Query }

func (u unscored) Searcher(ctx context.Context, r api.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	o.Score, o.Explain = "none", false
	return u.Query.Searcher(ctx, r, m, o)
}
