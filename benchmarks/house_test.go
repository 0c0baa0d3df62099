package benchmarks

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"tepai/benchmarks/pool"
	"tepai/index"
	"tepai/index/postings"
	"tepai/matcher"
	"tepai/registry"
	"tepai/segment"
)

const (
	seed     = 2024
	batch    = 1000 // records a transaction, and documents a batch of bleve
	maxKey   = "TEPAI_BENCH_MAX"
	needRate = 20 // specialists for one recorded need
)

var clerk = registry.Actor{ID: "benchmark"}

// today is the day of all benchmarks.
func today() time.Time { return time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC) }

// eachSize runs a benchmark for pools of 1,000 specialists and more, up to TEPAI_BENCH_MAX, which is 10,000 unless set.
func eachSize(b *testing.B, run func(b *testing.B, n int)) {
	most := 10_000
	if text := os.Getenv(maxKey); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatalf("%s=%s is no number", maxKey, text)
		}
		most = n
	}
	for n := 1000; n <= most; n *= 10 {
		b.Run(sizeName(n), func(b *testing.B) { run(b, n) })
	}
}

func sizeName(n int) string {
	if n >= 1_000_000 {
		return fmt.Sprintf("%dM", n/1_000_000)
	}
	return fmt.Sprintf("%dk", n/1000)
}

var dictionary = sync.OnceValues(func() (*segment.Segmenter, error) {
	d, err := segment.LoadDictionary(segment.Options{})
	if err != nil {
		return nil, err
	}
	return segment.New(d), nil
})

func segmenter(tb testing.TB) *segment.Segmenter {
	tb.Helper()
	words, err := dictionary()
	if err != nil {
		tb.Fatal(err)
	}
	return words
}

// house is a store of n specialists with their needs.
type house struct {
	n     int
	dir   string
	store *registry.Store
	words *segment.Segmenter
}

// newHouse fills a store in a temporary folder, which is deleted at the end of the benchmark.
func newHouse(b *testing.B, n int) *house {
	b.Helper()
	h := &house{n: n, dir: b.TempDir(), words: segmenter(b)}
	store, err := registry.Open(h.dir, registry.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	h.store = store
	b.Cleanup(func() { h.store.Close() })
	for part := range chunks(pool.Specialists(seed, n), batch) {
		h.put(b, registry.Records{Specialists: part})
	}
	for part := range chunks(pool.Needs(seed, n/needRate), batch) {
		h.put(b, registry.Records{Needs: part})
	}
	return h
}

func (h *house) put(b *testing.B, r registry.Records) {
	b.Helper()
	if _, err := h.store.PutAll(context.Background(), clerk, r, registry.PutOptions{Update: true}); err != nil {
		b.Fatal(err)
	}
}

// engine ranks from the store and freshly built books, as a collection would have them: one merged segment.
func (h *house) engine() (*matcher.Engine, index.Books) {
	a := index.NewAnalyser(h.words)
	books := index.Books{
		Specialists: fill(pool.Specialists(seed, h.n), a.Specialist),
		Needs:       fill(pool.Needs(seed, h.n/needRate), a.Need),
	}
	return matcher.New(h.store, books, h.words, matcher.Options{Now: today}), books
}

func fill[T any](records iter.Seq[T], analyse func(T) postings.Document) *postings.Book {
	book := &postings.Book{}
	for part := range chunks(records, 8192) {
		docs := make([]postings.Document, len(part))
		for i, v := range part {
			docs[i] = analyse(v)
		}
		book.Apply(docs, nil)
	}
	book.Tidy()
	return book
}

func (h *house) follow(b *testing.B, dir string) *index.Index {
	b.Helper()
	x, err := index.Open(context.Background(), filepath.Join(h.dir, dir), h.store, h.words, index.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return x
}

func (h *house) head(b *testing.B) uint64 {
	b.Helper()
	head, err := h.store.Head(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	return head.Seq
}

// chunks cuts a sequence into slices of at most n.
func chunks[T any](from iter.Seq[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var part []T
		for v := range from {
			if part = append(part, v); len(part) == n {
				if !yield(part) {
					return
				}
				part = nil
			}
		}
		if len(part) > 0 {
			yield(part)
		}
	}
}

// times collects durations of one step, in milliseconds.
type times []float64

func (t *times) take(step func()) {
	start := time.Now()
	step()
	*t = append(*t, time.Since(start).Seconds()*1000)
}

func (t times) quantile(q float64) float64 {
	sorted := slices.Sorted(slices.Values(t))
	return sorted[int(q*float64(len(sorted)-1))]
}

func (t times) median() float64 { return t.quantile(0.5) }

// by is the median over the rounds of t's time divided by the other's.
func (t times) by(other times) float64 {
	shares := make(times, len(t))
	for i := range t {
		shares[i] = t[i] / other[i]
	}
	return shares.median()
}

// less is what t took beyond the other, round by round.
func (t times) less(other times) times {
	rest := make(times, len(t))
	for i := range t {
		rest[i] = t[i] - other[i]
	}
	return rest
}
