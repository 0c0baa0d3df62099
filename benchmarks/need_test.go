package benchmarks

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"tepai/benchmarks/pool"
	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
)

// needTerms is how many different terms a need of the ranking benchmarks has; needCount how many such needs take turns.
const (
	needTerms = 43
	needCount = 8
)

// request is a need and its terms.
type request struct {
	need  registry.Need
	terms []string // sorted, each once
}

// lay are needs as enterprises write them: few of their words stand in profiles.
func lay(tb testing.TB) []request { return requests(tb, pool.Needs(seed+1, 100_000)) }

// technical are needs in the words of specialists, as with a confirmed diagnosis: common terms with long lists.
func technical(tb testing.TB) []request {
	return requests(tb, func(yield func(registry.Need) bool) {
		for v := range pool.Specialists(seed+1, 100_000) {
			if first, _, _ := strings.Cut(v.Expertise, "。"); !yield(registry.Need{Description: first}) {
				return
			}
		}
	})
}

// requests picks needs of exactly 43 terms. None of them is in the pool.
func requests(tb testing.TB, from iter.Seq[registry.Need]) []request {
	tb.Helper()
	words := segmenter(tb)
	var list []request
	for need := range from {
		if terms := termsOf(words, need); len(terms) == needTerms {
			need.ID = "" // not recorded
			list = append(list, request{need, terms})
		}
		if len(list) == needCount {
			return list
		}
	}
	tb.Fatalf("only %d needs of %d terms", len(list), needTerms)
	return nil
}

func termsOf(words *segment.Segmenter, need registry.Need) []string {
	var scratch segment.Scratch
	seen := map[string]bool{}
	for _, p := range index.NeedPassages(need) {
		for _, t := range words.Terms(&scratch, p.Text) {
			seen[string(t.Text)] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// weighted gives the terms BM25's inverse document frequencies as weights, as ranking does.
func (r request) weighted(v *postings.View) []postings.Weighted {
	query := make([]postings.Weighted, len(r.terms))
	worth := make([]float64, len(r.terms))
	total := 0.0
	for i, t := range r.terms {
		n, df := float64(v.Units()), float64(v.Frequency(t))
		worth[i] = math.Log(1 + (n-df+0.5)/(df+0.5))
		total += worth[i]
	}
	for i, t := range r.terms {
		query[i] = postings.Weighted{Term: t, Weight: uint32(worth[i] / total * postings.One)}
	}
	return query
}

// postings counts the postings that a sweep passes.
func (r request) postings(v *postings.View) int {
	n := 0
	for _, t := range r.terms {
		n += v.Frequency(t)
	}
	return n
}
