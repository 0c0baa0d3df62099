package benchmarks

import (
	"context"
	"testing"

	"tepai/index/postings"
	"tepai/matcher"
)

var (
	scoring   = matcher.RankOptions{Limit: 20, NoRules: true, NoReason: true} // every pair gets a score, nothing is explained
	ranking   = matcher.RankOptions{Limit: 20, NoReason: true}                // under all rules, with similar past needs
	explained = matcher.RankOptions{Limit: 20}                                // and every point explained
)

// BenchmarkRank finds the exact best 20 for needs of 43 terms: the sweep over the postings alone, then the engine from
// bare scores to the full answer.
func BenchmarkRank(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		h := newHouse(b, n)
		engine, books := h.engine()
		for _, kind := range []struct {
			name  string
			needs []request
		}{{"lay", lay(b)}, {"technical", technical(b)}} {
			b.Run(kind.name+"/sweep", func(b *testing.B) { sweep(b, books.Specialists.View(), kind.needs) })
			for _, c := range []struct {
				name string
				opt  matcher.RankOptions
			}{{"score", scoring}, {"rank", ranking}, {"explain", explained}} {
				b.Run(kind.name+"/"+c.name, func(b *testing.B) {
					b.ReportAllocs()
					for i := 0; b.Loop(); i++ {
						rank(b, engine, kind.needs[i%len(kind.needs)], c.opt)
					}
				})
			}
		}
	})
}

// sweep times the sums alone. To reach: 2 ns per posting and no allocation.
func sweep(b *testing.B, view *postings.View, needs []request) {
	var sweeper postings.Sweeper
	var queries [][][]postings.Weighted
	passed := 0
	for _, r := range needs {
		queries = append(queries, [][]postings.Weighted{r.weighted(view)})
		passed += r.postings(view)
		sweeper.Sweep(view, queries[len(queries)-1], func(*postings.Window) {})
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range queries { // all of them, so that every op is the same work
			sweeper.Sweep(view, q, func(*postings.Window) {})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(passed), "ns/posting")
	b.ReportMetric(float64(passed/len(needs)), "postings/need")
}

func rank(b *testing.B, e *matcher.Engine, r request, opt matcher.RankOptions) matcher.Ranking {
	b.Helper()
	result, err := e.RankNeed(context.Background(), r.need, opt)
	if err != nil {
		b.Fatal(err)
	}
	if len(result.Results) == 0 {
		b.Fatal("nobody was ranked")
	}
	return result
}
