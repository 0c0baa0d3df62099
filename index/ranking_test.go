package index

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tepai/index/postings"
	"tepai/registry"
)

// syncRanking waits until ranking knows everything.
func (b *bench) syncRanking() {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 60*time.Second)
	defer cancel()
	head, err := b.store.Head(ctx)
	if err != nil {
		b.Fatal(err)
	}
	if err := b.index.SyncRanking(ctx, head.Seq); err != nil {
		b.Fatal(err)
	}
}

// holds says how many specialists' units hold a term.
func (b *bench) holds(term string) int { return b.index.Books().Specialists.View().Frequency(term) }

func TestBothShadowsCountTheSame(t *testing.T) {
	b := newBench(t, pool())
	b.put(registry.Records{Specialists: crowd(40).Specialists})
	b.sync()
	b.syncRanking()
	byRanking := map[string]map[string]bool{} // term → specialists
	a := NewAnalyser(words(t))
	for _, v := range append(pool().Specialists, crowd(40).Specialists...) {
		for _, unit := range a.Specialist(v).Units {
			for _, e := range unit.Terms {
				if byRanking[e.Term] == nil {
					byRanking[e.Term] = map[string]bool{}
				}
				byRanking[e.Term][v.ID] = true
			}
		}
	}
	if len(byRanking) < 100 {
		t.Fatalf("only %d terms", len(byRanking))
	}
	for _, term := range slices.Sorted(maps.Keys(byRanking)) {
		if term[0] == '\x01' {
			continue // a wish, no word
		}
		bySearch, _, err := b.index.DocumentFrequency(t.Context(), registry.KindSpecialist, term)
		if err != nil {
			t.Fatal(err)
		}
		if bySearch != len(byRanking[term]) || b.holds(term) < bySearch {
			t.Errorf("%q: search counts %d, ranking %d specialists and %d units", term, bySearch, len(byRanking[term]), b.holds(term))
		}
	}
}

func TestRankingSeesAChangeAtOnce(t *testing.T) {
	b := newBench(t, pool())
	b.syncRanking()
	if n := b.holds("缩松"); n != 2 {
		t.Fatalf("缩松 in %d units", n)
	}
	changed := pool().Specialists[0]
	changed.Keywords, changed.Expertise, changed.Evidence = []string{"蒸汽疏水"}, "锅炉节能。", nil
	b.put(registry.Records{Specialists: []registry.Specialist{changed}})
	b.syncRanking()
	if b.holds("缩松") != 0 || b.holds("锅炉") != 1 {
		t.Errorf("缩松 in %d units, 锅炉 in %d", b.holds("缩松"), b.holds("锅炉"))
	}
}

func TestRankingSeesADiagnosisConfirmedAndWithdrawn(t *testing.T) {
	b := newBench(t, pool())
	need := registry.Need{ID: "N7", Title: "泵壳冒汗"}
	for _, d := range []*registry.Diagnosis{nil, {Terms: []string{"缩松"}}, {Source: "person"}, {Causes: "补缩不足"}} {
		need.Diagnosis = d
		b.put(registry.Records{Needs: []registry.Need{need}})
		b.syncRanking()
		view := b.index.Books().Needs.View()
		ref, ok := view.Find("N7")
		if !ok || view.Facts(ref).Diagnosed != need.Diagnosed() || need.Diagnosed() != (d != nil && d.Source == "") {
			t.Errorf("%+v: %+v", d, view.Facts(ref))
		}
	}
}

// A start goes on from the snapshots; whatever is wrong with them is found, told and made good from the log.
func TestSnapshots(t *testing.T) {
	b := newBench(t, pool())
	b.put(registry.Records{Specialists: crowd(30).Specialists})
	b.syncRanking()
	want := content(b)
	if err := b.index.Close(); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(b.dir, "index")
	sound := map[string][]byte{}
	for _, name := range []string{specialistsFile, needsFile} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		sound[name] = data
	}
	for _, c := range []struct {
		name   string
		damage func(data []byte) []byte
		says   bool
	}{
		{"sound", func(data []byte) []byte { return data }, false},
		{"missing", func([]byte) []byte { return nil }, false},
		{"empty", func([]byte) []byte { return []byte{} }, true},
		{"truncated", func(data []byte) []byte { return data[:len(data)/2] }, true},
		{"of an older layout", func(data []byte) []byte { return slices.Concat([]byte("tepaipo3"), data[8:]) }, true},
		{"flipped", func(data []byte) []byte { d := slices.Clone(data); d[len(d)/3] ^= 16; return d }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, data := range sound {
				path := filepath.Join(folder, name)
				if damaged := c.damage(data); damaged == nil {
					if err := os.Remove(path); err != nil {
						t.Fatal(err)
					}
				} else if err := os.WriteFile(path, damaged, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			b.TB = t
			b.open()
			b.syncRanking()
			if got := content(b); !maps.Equal(got, want) {
				t.Errorf("%d documents, want %d", len(got), len(want))
			}
			if said := b.index.RankingReason() != ""; said != c.says {
				t.Errorf("says %q", b.index.RankingReason())
			}
			if err := b.index.Close(); err != nil {
				t.Fatal(err)
			}
			if again, err := os.ReadFile(filepath.Join(folder, specialistsFile)); err != nil || !slices.Equal(again, sound[specialistsFile]) {
				t.Errorf("the snapshot left behind differs from the sound one (%v)", err)
			}
		})
	}
}

// content is the frequency of every id's own word: enough to tell two pools apart.
func content(b *bench) map[string]int {
	all := map[string]int{}
	view := b.index.Books().Specialists.View()
	for _, id := range view.IDs() {
		ref, _ := view.Find(id)
		all[id] = len(view.Marks(ref))
	}
	for _, term := range []string{"缩松", "连翘", "铸造", "shrinkag"} {
		all["term "+term] = view.Frequency(term)
	}
	return all
}

// Changes of kinds that neither shadow reads stand at the end of many logs; both go on behind them.
func TestOtherKindsAtTheEndOfTheLog(t *testing.T) {
	b := newBench(t, pool())
	if _, err := b.store.ProposeAmendment(t.Context(), clerk, "症状 | 渗漏 | 冒汗", ""); err != nil {
		t.Fatal(err)
	}
	b.sync()
	b.syncRanking()
	before, err := os.Stat(filepath.Join(b.dir, "index", "search"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.index.Close(); err != nil {
		t.Fatal(err)
	}
	b.open()
	b.sync()
	b.syncRanking()
	if why := b.index.RankingReason(); why != "" {
		t.Error("the postings were built anew:", why)
	}
	if after, err := os.Stat(filepath.Join(b.dir, "index", "search")); err != nil || !os.SameFile(before, after) {
		t.Error("the search index was built anew", err)
	}
}

// The store's file was replaced by another one of the same length: neither shadow may go on.
func TestAnotherLogIsNoticed(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	b.syncRanking()
	if err := b.index.Close(); err != nil {
		t.Fatal(err)
	}
	other := pool()
	other.Specialists[1].Keywords = []string{"桑蚕丝"}
	o := newBench(t, other)
	o.sync()
	if err := o.index.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(o.dir, "index")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(o.dir, "index"), os.DirFS(filepath.Join(b.dir, "index"))); err != nil {
		t.Fatal(err)
	}
	o.open()
	o.sync()
	o.syncRanking()
	if o.holds("桑蚕丝") != 1 || o.index.RankingReason() == "" {
		t.Errorf("ranking went on with the other log's postings (%q)", o.index.RankingReason())
	}
	if got := ids(o.search(Query{Text: "桑蚕丝"}).Hits); got != "S2" {
		t.Errorf("search finds %q", got)
	}
}

func TestLoadOfForeignFiles(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("tepaipo3"), make([]byte, 4096)} {
		if _, _, err := postings.Load(data); !errors.Is(err, postings.ErrDamaged) {
			t.Errorf("%d bytes: %v", len(data), err)
		}
	}
}
