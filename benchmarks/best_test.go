package benchmarks

import (
	"slices"
	"testing"

	"tepai/benchmarks/pool"
	"tepai/index"
	"tepai/index/postings"
)

// best finds the exact best 20 specialists for a bag of terms over the whole pool: what bleve is asked for, a specialist's
// sum being that of all units. A specialist is looked up only when some unit has the share of the 20th sum that so many
// units would need, and the units around it sum to more. It does not allocate once it is warm.
type best struct {
	most    uint64 // units of a specialist, at most
	sweeper postings.Sweeper
	docs    [20]postings.Ref
	sums    [20]uint64 // descending
	n       int
}

func newBest(view *postings.View) *best {
	t := &best{}
	for _, id := range view.IDs() {
		ref, _ := view.Find(id)
		t.most = max(t.most, uint64(len(view.Marks(ref))))
	}
	return t
}

func (t *best) find(view *postings.View, query [][]postings.Weighted) {
	t.n, t.sums = 0, [20]uint64{}
	t.sweeper.Sweep(view, query, t.take)
}

func (t *best) take(w *postings.Window) {
	sums := w.Sums[0]
	gate := t.sums[len(t.sums)-1] / t.most
	for unit := 0; unit < len(sums); unit++ {
		if sums[unit] <= gate {
			continue
		}
		if t.around(sums, unit) <= t.sums[len(t.sums)-1] {
			continue
		}
		doc := w.Doc(unit)
		from, to := w.Units(doc)
		total := uint64(0)
		for _, s := range sums[from:to] {
			total += s
		}
		if total > t.sums[len(t.sums)-1] && !w.Dead(doc) {
			t.put(w.Ref(doc), total)
			gate = t.sums[len(t.sums)-1] / t.most
		}
		unit = to - 1
	}
}

// around is the sum of all units that may belong to the specialist of a unit: no less than that specialist's.
func (t *best) around(sums []uint64, unit int) uint64 {
	reach := int(t.most) - 1
	total := uint64(0)
	for _, s := range sums[max(unit-reach, 0):min(unit+reach+1, len(sums))] {
		total += s
	}
	return total
}

func (t *best) put(doc postings.Ref, sum uint64) {
	if t.n < len(t.sums) {
		t.n++
	}
	at := t.n - 1
	for ; at > 0 && t.sums[at-1] < sum; at-- {
		t.sums[at], t.docs[at] = t.sums[at-1], t.docs[at-1]
	}
	t.sums[at], t.docs[at] = sum, doc
}

// What is passed over must not have belonged to the best, replaced specialists must not be among them.
func TestBestIsExact(t *testing.T) {
	a := index.NewAnalyser(segmenter(t))
	book := fill(pool.Specialists(seed, 2000), a.Specialist)
	var again []postings.Document
	for v := range pool.Specialists(seed, 100) {
		v.Evidence = nil
		again = append(again, a.Specialist(v))
	}
	book.Apply(again, []string{"S0001500"})
	view := book.View()
	top := newBest(view)
	for _, r := range slices.Concat(lay(t), technical(t)) {
		query := r.weighted(view)
		top.find(view, [][]postings.Weighted{query})
		var want []uint64
		for _, id := range view.IDs() {
			ref, _ := view.Find(id)
			want = append(want, total(view, ref, query))
		}
		slices.Sort(want)
		slices.Reverse(want)
		if got := top.sums[:]; !slices.Equal(got, want[:len(got)]) {
			t.Fatalf("%s: %d, want %d", r.need.Description, got, want[:len(got)])
		}
		for i, ref := range top.docs {
			if got := total(view, ref, query); got != top.sums[i] {
				t.Fatalf("%s: %s has %d, not %d", r.need.Description, view.ID(ref), got, top.sums[i])
			}
		}
	}
}

func total(view *postings.View, ref postings.Ref, query []postings.Weighted) uint64 {
	sum := uint64(0)
	for _, s := range view.Sum(ref, query, nil) {
		sum += s
	}
	return sum
}

// BenchmarkBest is the scoring loop with the choice of the best 20. To reach: no allocation.
func BenchmarkBest(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		_, books := newHouse(b, n).engine()
		view := books.Specialists.View()
		for _, kind := range []struct {
			name  string
			needs []request
		}{{"lay", lay(b)}, {"technical", technical(b)}} {
			b.Run(kind.name, func(b *testing.B) {
				var queries [][][]postings.Weighted
				for _, r := range kind.needs {
					queries = append(queries, [][]postings.Weighted{r.weighted(view)})
				}
				top := newBest(view)
				for _, q := range queries {
					top.find(view, q)
				}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					top.find(view, queries[i%len(queries)])
				}
				if top.n != len(top.sums) {
					b.Fatalf("%d found", top.n)
				}
			})
		}
	})
}
