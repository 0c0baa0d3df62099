package benchmarks

import (
	"testing"

	"tepai/index/postings"
	"tepai/matcher"
)

// BenchmarkBeside times ours and bleve's disjunction of the same 43 terms in turns, so that noise of the machine meets both,
// and reports medians over needs and rounds. To reach at 100,000: sweep, score and rank 50 times bleve (the issue asks for 30), explaining
// the 20 below 5 % of bleve's time.
func BenchmarkBeside(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		h := newHouse(b, n)
		engine, books := h.engine()
		other := newPeer(b, h)
		b.Run("lay", func(b *testing.B) { beside(b, engine, books.Specialists.View(), other, lay(b)) })
		b.Run("technical", func(b *testing.B) { beside(b, engine, books.Specialists.View(), other, technical(b)) })
	})
}

func beside(b *testing.B, engine *matcher.Engine, view *postings.View, other *peer, needs []request) {
	var sweeper postings.Sweeper
	top := newBest(view)
	var bleve, sums, best20, score, ranked, told times
	passed := 0
	round := func(r request) {
		queries := [][]postings.Weighted{r.weighted(view)}
		passed += r.postings(view)
		bleve.take(func() { other.search(b, r.terms) })
		sums.take(func() { sweeper.Sweep(view, queries, func(*postings.Window) {}) })
		best20.take(func() { top.find(view, queries) })
		score.take(func() { rank(b, engine, r, scoring) })
		ranked.take(func() { rank(b, engine, r, ranking) })
		told.take(func() { rank(b, engine, r, explained) })
	}
	for _, r := range needs { // warm up
		round(r)
	}
	bleve, sums, best20, score, ranked, told, passed = nil, nil, nil, nil, nil, nil, 0
	for b.Loop() {
		for _, r := range needs {
			round(r)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(passed/len(bleve)), "postings/need")
	for _, m := range []struct {
		name  string
		times times
	}{{"bleve", bleve}, {"sweep", sums}, {"best20", best20}, {"score", score}, {"rank", ranked}, {"explain", told}} {
		b.ReportMetric(m.times.median(), m.name+"-ms")
	}
	b.ReportMetric(bleve.by(sums), "x-sweep")
	b.ReportMetric(bleve.by(best20), "x-best20")
	b.ReportMetric(bleve.by(score), "x-score")
	b.ReportMetric(bleve.by(ranked), "x-rank")
	b.ReportMetric(bleve.by(told), "x-explain")
	b.ReportMetric(100*told.less(ranked).by(bleve), "explain-%bleve")
}
