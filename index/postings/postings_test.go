package postings

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// model is a Book as a schoolbook would write it.
type model map[string]Document

func (m model) sums(query []Weighted) map[string][]uint64 {
	all := map[string][]uint64{}
	for id, d := range m {
		for _, u := range d.Units {
			sum := uint64(0)
			for _, q := range query {
				for _, e := range u.Terms {
					if e.Term == q.Term {
						sum += uint64(q.Weight) * uint64(e.Impact)
					}
				}
			}
			all[id] = append(all[id], sum)
		}
	}
	return all
}

func (m model) frequency(term string) int {
	n := 0
	for _, d := range m {
		for _, u := range d.Units {
			if slices.ContainsFunc(u.Terms, func(e Entry) bool { return e.Term == term }) {
				n++
			}
		}
	}
	return n
}

var vocabulary = []string{"", "a", "缩松", "补缩", "b", "瓦斯", "连翘", "c", "plc", "冒口", "zz"}

func document(t *rapid.T) Document {
	d := Document{ID: fmt.Sprint("S", rapid.IntRange(0, 40).Draw(t, "id"))}
	d.Facts.Fields.Add(rapid.IntRange(0, 255).Draw(t, "field"))
	d.Facts.Serving = rapid.Uint8().Draw(t, "serving")
	for range rapid.IntRange(1, 4).Draw(t, "units") {
		u := Unit{Mark: rapid.Uint32().Draw(t, "mark")}
		for _, term := range rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary), 0, 6, rapid.ID).Draw(t, "terms") {
			u.Terms = append(u.Terms, Entry{term, rapid.Uint16().Draw(t, "impact")})
		}
		d.Units = append(d.Units, u)
	}
	return d
}

func query(t *rapid.T) []Weighted {
	var q []Weighted
	for _, term := range rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary), 0, 8, rapid.ID).Draw(t, "query") {
		q = append(q, Weighted{term, rapid.Uint32Range(0, One/8).Draw(t, "weight")})
	}
	return q
}

func TestBookAgreesWithTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book, m := &Book{}, model{}
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			switch rapid.IntRange(0, 9).Draw(t, "act") {
			case 0:
				book.Tidy()
			case 1:
				book = reload(t, book)
			default:
				puts := rapid.SliceOfN(rapid.Custom(document), 0, 12).Draw(t, "puts")
				drops := rapid.SliceOfN(rapid.SampledFrom([]string{"S1", "S2", "S3", "none"}), 0, 2).Draw(t, "drops")
				book.Apply(puts, drops)
				for _, id := range drops {
					delete(m, id)
				}
				for _, d := range puts {
					m[d.ID] = d
				}
			}
			agree(t, book.View(), m, [][]Weighted{query(t), query(t)})
		}
	})
}

func agree(t *rapid.T, v *View, m model, queries [][]Weighted) {
	if got, want := v.IDs(), slices.Sorted(maps.Keys(m)); !slices.Equal(got, want) {
		t.Fatalf("ids %v, want %v", got, want)
	}
	for _, term := range vocabulary {
		if got, want := v.Frequency(term), m.frequency(term); got != want {
			t.Fatalf("frequency of %q is %d, want %d", term, got, want)
		}
	}
	units := 0
	for _, d := range m {
		units += len(d.Units)
	}
	if v.Docs() != len(m) || v.Units() != units {
		t.Fatalf("%d documents, %d units; want %d, %d", v.Docs(), v.Units(), len(m), units)
	}
	var sweeper Sweeper
	seen := map[string][][]uint64{}
	sweeper.Sweep(v, queries, func(w *Window) {
		for doc := w.First; doc < w.End; doc++ {
			if w.Dead(doc) {
				continue
			}
			from, to := w.Units(doc)
			if *w.Facts(doc) != m[w.ID(doc)].Facts || w.Marks(doc)[0] != m[w.ID(doc)].Units[0].Mark {
				t.Fatalf("columns of %s differ", w.ID(doc))
			}
			for q := range queries {
				seen[w.ID(doc)] = append(seen[w.ID(doc)], slices.Clone(w.Sums[q][from:to]))
			}
		}
	})
	for q, query := range queries {
		for id, want := range m.sums(query) {
			if len(seen[id]) != len(queries) || !slices.Equal(seen[id][q], want) {
				t.Fatalf("sums of %s are %v, want %v", id, seen[id], want)
			}
			ref, ok := v.Find(id)
			if !ok || v.ID(ref) != id {
				t.Fatalf("%s is not found", id)
			}
			if got := v.Sum(ref, query, nil); !slices.Equal(got, want) {
				t.Fatalf("Sum of %s is %v, want %v", id, got, want)
			}
		}
	}
}

func reload(t interface{ Fatal(...any) }, b *Book) *Book {
	var file bytes.Buffer
	if err := Save(&file, b.View(), Stamp{"label", 7}); err != nil {
		t.Fatal(err)
	}
	loaded, stamp, err := Load(file.Bytes())
	if err != nil || stamp != (Stamp{"label", 7}) {
		t.Fatal("load:", err, stamp)
	}
	return loaded
}

func TestLoadRefusesDamage(t *testing.T) {
	book := &Book{}
	book.Apply(numbered(0, 50), nil)
	var file bytes.Buffer
	if err := Save(&file, book.View(), Stamp{"label", 7}); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	for _, cut := range []int{0, 1, 7, 8, 64, len(whole) / 2, len(whole) - 8, len(whole) - 1} {
		if _, _, err := Load(whole[:cut]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
	for at := 0; at < len(whole); at += 11 {
		flipped := slices.Clone(whole)
		flipped[at] ^= 4
		if _, _, err := Load(flipped); !errors.Is(err, ErrDamaged) {
			t.Errorf("bit flipped in byte %d: %v", at, err)
		}
	}
}

func numbered(from, to int) []Document {
	var docs []Document
	for i := from; i < to; i++ {
		docs = append(docs, Document{ID: fmt.Sprintf("S%05d", i), Units: []Unit{
			{Terms: []Entry{{"all", MaxImpact}, {fmt.Sprint("mod", i%7), 1000}}},
			{Terms: []Entry{{fmt.Sprint("own", i), 2000}}},
		}})
	}
	return docs
}

// Writers and readers go on while everything is merged: no document is lost and none is seen twice.
func TestTidyBesideWriters(t *testing.T) {
	book := &Book{}
	book.Apply(numbered(0, 9000), nil)
	var all sync.WaitGroup
	all.Go(func() {
		for range 20 {
			book.Tidy()
		}
	})
	all.Go(func() {
		for i := range 300 {
			book.Apply(numbered(i*30, i*30+1), nil)
		}
	})
	all.Go(func() {
		for range 50 {
			if v := book.View(); v.Docs() != 9000 || len(v.IDs()) != 9000 || v.Frequency("all") != 9000 {
				t.Errorf("a view shows %d documents", v.Docs())
			}
		}
	})
	all.Wait()
	book.Tidy()
	if v := book.View(); len(v.parts) != 1 || v.Docs() != 9000 || v.Frequency("own30") != 1 {
		t.Errorf("after tidying: %d parts, %d documents", len(v.parts), v.Docs())
	}
}

func TestSmallWritesStayFewSegments(t *testing.T) {
	book := &Book{}
	for i := range 600 {
		book.Apply(numbered(i, i+1), nil)
		if n := len(book.View().parts); n > 4*fanout {
			t.Fatalf("%d segments after %d writes", n, i+1)
		}
	}
}

func TestSweepDoesNotAllocate(t *testing.T) {
	book := &Book{}
	book.Apply(numbered(0, 5000), nil)
	queries := [][]Weighted{{{"all", One / 2}, {"mod3", One / 4}}, {{"own77", One}}}
	var sweeper Sweeper
	best := uint64(0)
	visit := func(w *Window) {
		for _, sum := range w.Sums[0] {
			best = max(best, sum)
		}
	}
	view := book.View()
	one, both := func() { sweeper.Sweep(view, queries[:1], visit) }, func() { sweeper.Sweep(view, queries, visit) }
	for name, run := range map[string]func(){"two queries": both, "one and two in turn": func() { one(); both() }} {
		if n := testing.AllocsPerRun(20, run); n != 0 {
			t.Errorf("%s: %v allocations a sweep", name, n)
		}
	}
	if want := uint64(One/2)*MaxImpact + uint64(One/4)*1000; best != want {
		t.Errorf("best sum %d, want %d", best, want)
	}
}
