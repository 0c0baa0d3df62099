package knowledge

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestAutomatonAgainstSearch compares the automaton with plain searching.
func TestAutomatonAgainstSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfDistinct(rapid.StringMatching(`[ab渗漏]{1,4}`), rapid.ID[string]).Draw(t, "patterns")
		text := []byte(rapid.StringMatching(`[abc渗漏水]{0,30}`).Draw(t, "text"))
		type at struct{ pattern, end int }
		var got, want []at
		newAutomaton(patterns).scan(text, func(p int32, end int) { got = append(got, at{int(p), end}) })
		for end := range len(text) + 1 {
			var here []int
			for p, s := range patterns {
				if bytes.HasSuffix(text[:end], []byte(s)) {
					here = append(here, p)
				}
			}
			slices.SortFunc(here, func(a, b int) int { return len(patterns[b]) - len(patterns[a]) })
			for _, p := range here {
				want = append(want, at{p, end})
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q in %q: got %v, want %v", patterns, text, got, want)
		}
		for _, s := range append(slices.Clone(patterns), string(text)) {
			id, ok := newAutomaton(patterns).find(s)
			if whole := slices.Index(patterns, s); ok != (whole >= 0) || ok && int(id) != whole {
				t.Fatalf("%q among %q is number %d (%v), want %d", s, patterns, id, ok, whole)
			}
		}
	})
}

// TestNoisyOr: within 0…One, grows with every reason, order changes nothing beyond rounding.
func TestNoisyOr(t *testing.T) {
	weight := rapid.Int32Range(0, One)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := weight.Draw(t, "a"), weight.Draw(t, "b"), weight.Draw(t, "c")
		ab := noisyOr(a, b)
		if ab < max(a, b) || ab > One || ab != noisyOr(b, a) {
			t.Fatalf("%d or %d = %d", a, b, ab)
		}
		if d := noisyOr(ab, c) - noisyOr(a, noisyOr(b, c)); d < -2 || d > 2 {
			t.Fatalf("order changes the result by %d", d)
		}
	})
}

// check proves what every diagnosis promises of its offsets, weights and references.
func check(t testing.TB, d Diagnosis, ps []Passage) {
	t.Helper()
	for _, f := range d.Fired {
		if f.File == "" || f.Line < 1 || len(f.Spans) == 0 || f.Sure < 0 || f.Sure > One {
			t.Fatalf("firing %+v", f)
		}
		for _, s := range f.Spans {
			if text := ps[s.Passage].Text; s.Start < 0 || s.Start >= s.End || s.End > len(text) || !border(text, s.Start) || !border(text, s.End) {
				t.Fatalf("span %+v cuts %q", s, text)
			}
		}
	}
	for _, f := range slices.Concat(d.Causes, d.Terms) {
		if f.Weight < leastWeight || f.Weight > One || len(f.Firings) == 0 || f.Surfaces[0] != f.Concept {
			t.Fatalf("finding %+v", f)
		}
		for _, i := range f.Firings {
			_ = d.Fired[i]
		}
	}
	sum := int32(0)
	for _, f := range d.Fields {
		sum += f.Weight
	}
	if sum > One {
		t.Fatalf("fields sum to %d", sum)
	}
}

// border tells that i does not lie inside a valid rune of text; a broken byte is a unit of its own.
func border(text string, i int) bool {
	for at := 0; at <= len(text); {
		if at == i {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += max(size, 1)
	}
	return false
}

func FuzzDiagnose(f *testing.F) {
	b, _, err := load(Embedded(), Options{})
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{need300, "泵壳\xff冒汗", "㎏泵壳Ａ，冒汗", "ﬁltration…漏\u200b水", "𠮷", "阀\u0301门漏\u0308水", "", "电费\x00高"} {
		f.Add(s, "铸造企业")
	}
	f.Fuzz(func(t *testing.T, text, context string) {
		ps := []Passage{{"title", text, false}, {"context", context, true}, {"again", "水泵" + text + "振动大", false}}
		d := b.Diagnose(ps...)
		check(t, d, ps)
		if again := b.Diagnose(ps...); !reflect.DeepEqual(d, again) {
			t.Fatalf("two diagnoses differ:\n%+v\n%+v", d, again)
		}
		for _, s := range b.Sightings(ps...) {
			if text := ps[s.Passage].Text; s.Start >= s.End || !border(text, s.Start) || !border(text, s.End) {
				t.Fatalf("sighting %+v cuts %q", s, text)
			}
		}
	})
}

// TestReadersAtOnce: many goroutines read one base; each gets what it would have got alone.
func TestReadersAtOnce(t *testing.T) {
	b, _, err := load(Embedded(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	texts := strings.SplitAfter(need300, "。")
	want := make([]Diagnosis, len(texts))
	for i, s := range texts {
		want[i] = b.Diagnose(Passage{Text: s})
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 200 {
				k := (i + g) % len(texts)
				if got := b.Diagnose(Passage{Text: texts[k]}); !reflect.DeepEqual(got, want[k]) {
					t.Errorf("text %d differs", k)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestGeneration: equal files, equal generation and diagnosis; any changed byte changes the generation.
func TestGeneration(t *testing.T) {
	files := fstest.MapFS{"a.txt": {Data: []byte("概念 | 缩松")}, "b.txt": {Data: []byte("概念 | 气孔")}, "notes.md": {Data: []byte("x")}}
	gen := func() string {
		b, err := Load(files, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return b.Generation()
	}
	first := gen()
	if gen() != first || len(first) != 12 {
		t.Errorf("generation %q is not stable", first)
	}
	files["notes.md"].Data = []byte("y")
	if gen() != first {
		t.Error("a file that is not read changed the generation")
	}
	files["b.txt"].Data = []byte("概念 | 气孔 | pore")
	if gen() == first {
		t.Error("a changed file left the generation")
	}
}

func TestTextsOfAnySize(t *testing.T) {
	b, _, err := load(Embedded(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "漏", strings.Repeat(need300, 67), strings.Repeat("水泵漏水", 5000), strings.Repeat("电费", 10000) + "高"} {
		ps := []Passage{{Text: text}}
		check(t, b.Diagnose(ps...), ps)
	}
}
