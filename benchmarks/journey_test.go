package benchmarks

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tepai/index"
	"tepai/matcher"
	"tepai/registry"
)

// BenchmarkSync lets an empty index follow a filled store: how fast ranking and search catch up, as after a rebuild.
func BenchmarkSync(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		h := newHouse(b, n)
		head := h.head(b)
		var ranked, searched times
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			dir := fmt.Sprintf("sync%d", i)
			start := time.Now()
			x := h.follow(b, dir)
			since := func(wait func(context.Context, uint64) error, t *times) {
				if err := wait(context.Background(), head); err != nil {
					b.Fatal(err)
				}
				*t = append(*t, time.Since(start).Seconds()*1000)
			}
			since(x.SyncRanking, &ranked)
			since(x.Sync, &searched)
			x.Close()
			os.RemoveAll(filepath.Join(h.dir, dir))
		}
		b.ReportMetric(1000*float64(head)/ranked.median(), "records/s-ranking")
		b.ReportMetric(1000*float64(head)/searched.median(), "records/s-search")
	})
}

// BenchmarkVisible changes one specialist and ranks: the time from the return of the commit until the postings know it, and
// until a ranking that shows it has been answered. To reach: 5 ms. Search follows the same log meanwhile.
func BenchmarkVisible(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		h := newHouse(b, n)
		x := h.open(b)
		defer x.Close()
		engine := matcher.New(h.store, x.Books(), h.words, matcher.Options{Now: today})
		var commit, known, answered times
		for i := 0; b.Loop(); i++ {
			v, err := h.store.Specialist(context.Background(), fmt.Sprintf("S%07d", 1+i*7919%n))
			if err != nil {
				b.Fatal(err)
			}
			word := fmt.Sprintf("ZQX-%dV", 10_000+i)
			v.Keywords, v.Serving, v.Standing = append(v.Keywords, word), nil, registry.Active
			commit.take(func() { h.put(b, registry.Records{Specialists: []registry.Specialist{v}}) })
			start := time.Now()
			if err := x.SyncRanking(context.Background(), h.head(b)); err != nil {
				b.Fatal(err)
			}
			known = append(known, time.Since(start).Seconds()*1000)
			result := rank(b, engine, request{need: registry.Need{Description: word}}, scoring)
			answered = append(answered, time.Since(start).Seconds()*1000)
			if result.Results[0].ID != v.ID {
				b.Fatalf("%s is not visible", v.ID)
			}
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(commit.median(), "commit-ms")
		b.ReportMetric(known.median(), "known-ms")
		b.ReportMetric(known.quantile(0.95), "known-p95-ms")
		b.ReportMetric(answered.median(), "ranked-ms")
		b.ReportMetric(answered.quantile(0.95), "ranked-p95-ms")
	})
}

// open opens the index and waits until both shadows know everything.
func (h *house) open(b *testing.B) *index.Index {
	b.Helper()
	x := h.follow(b, "index")
	for _, wait := range []func(context.Context, uint64) error{x.SyncRanking, x.Sync} {
		if err := wait(context.Background(), h.head(b)); err != nil {
			b.Fatal(err)
		}
	}
	return x
}

// BenchmarkRestart starts a new process on a filled data folder: until ranking serves, until search serves, and what
// memory it then holds. To reach at 100,000: 500 ms and 600 MB.
func BenchmarkRestart(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		h := newHouse(b, n)
		h.open(b).Close()
		if err := h.store.Close(); err != nil {
			b.Fatal(err)
		}
		var ready, search, rss, peak times
		for b.Loop() {
			r := runChild(b, child{Restart: h.dir})
			ready, search = append(ready, r.RankingMS), append(search, r.SearchMS)
			rss, peak = append(rss, r.RSS), append(peak, r.Peak)
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ready.median(), "ranking-ms")
		b.ReportMetric(search.median(), "search-ms")
		b.ReportMetric(rss.median(), "RSS-MB")
		b.ReportMetric(peak.median(), "peak-MB")
	})
}

// BenchmarkBuild builds the postings of a pool in a new process: how long, how large, and what a start from their snapshot
// takes.
func BenchmarkBuild(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		var build, load, size, rss, peak, count times
		for b.Loop() {
			r := runChild(b, child{Build: n, Snapshot: filepath.Join(b.TempDir(), "snapshot")})
			l := runChild(b, child{Snapshot: r.Snapshot})
			build, load, size = append(build, r.BuildMS/1000), append(load, l.LoadMS), append(size, r.SnapshotMB)
			rss, peak, count = append(rss, l.RSS), append(peak, r.Peak), append(count, r.Postings)
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(build.median(), "build-s")
		b.ReportMetric(load.median(), "load-ms")
		b.ReportMetric(size.median(), "snapshot-MB")
		b.ReportMetric(rss.median(), "RSS-MB")
		b.ReportMetric(peak.median(), "build-peak-MB")
		b.ReportMetric(count.median(), "postings")
	})
}
