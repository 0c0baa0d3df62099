package index

import (
	"cmp"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"tepai/registry"
)

// mostValues is how many values of a facet are counted out.
const mostValues = 100

// Facet counts results by one of their properties.
type Facet struct {
	Name    string
	Values  []FacetValue // by count, then value
	Other   int          // counted under values that are not listed
	Missing int          // results without this property
}

// FacetValue is one value and how many results have it.
type FacetValue struct {
	Value string
	Count int
}

func facetOf(name string, answer *search.FacetResult) Facet {
	f := Facet{Name: name}
	if answer == nil {
		return f
	}
	f.Other, f.Missing = answer.Other, answer.Missing
	if answer.Terms != nil {
		for _, t := range answer.Terms.Terms() {
			f.Values = append(f.Values, FacetValue{t.Term, t.Count})
		}
	}
	slices.SortFunc(f.Values, func(a, b FacetValue) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value))
	})
	return f
}

// checkFilters refuses facets and kinds that do not exist.
func checkFilters(q Query) error {
	for _, f := range slices.Concat(q.Filters, q.Scope) {
		if !slices.Contains(facets, f.Facet) {
			return invalid("filter", "没有名为“%s”的筛选项", registry.Shorten(f.Facet, 40))
		}
		if len(f.Values) > mostValues {
			return invalid("filter", "筛选项“%s”有 %d 个值，最多 %d 个", f.Facet, len(f.Values), mostValues)
		}
	}
	for _, name := range q.Facets {
		if !slices.Contains(facets, name) {
			return invalid("facet", "没有名为“%s”的统计项", registry.Shorten(name, 40))
		}
	}
	for _, k := range q.Kinds {
		if !slices.Contains(kinds, k) {
			return invalid("kind", "没有名为“%s”的类别", registry.Shorten(string(k), 40))
		}
	}
	return nil
}

// filterQueries puts filters into bleve's terms. A filter without values holds for nothing; with Not for everything.
func filterQueries(groups ...[]Filter) (list []query.Query) {
	for _, f := range slices.Concat(groups...) {
		var values []query.Query
		for _, v := range f.Values {
			for _, one := range spread(f.Facet, v) {
				values = append(values, exact(facetPrefix+f.Facet, one))
			}
		}
		q := query.Query(query.NewMatchNoneQuery())
		if len(values) > 0 {
			q = anyOf(values)
		}
		if f.Not {
			q = query.NewBooleanQuery([]query.Query{query.NewMatchAllQuery()}, nil, []query.Query{q})
		}
		list = append(list, unscored{q})
	}
	return list
}

// spread gives the values that a value stands for: itself, and the fields of a group of the taxonomy.
func spread(facet, value string) []string {
	list := []string{value}
	if facet != FacetField {
		return list
	}
	all := registry.Fields()
	for _, f := range all {
		if group, ok := registry.FieldByID(f.Parent); ok && group.Name == value {
			list = append(list, f.Name)
		}
	}
	return list
}
