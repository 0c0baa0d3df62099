package index

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"tepai/registry"
)

func TestFacets(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	res := b.search(Query{Kinds: []registry.RecordKind{registry.KindSpecialist}, Limit: 1,
		Facets: []string{FacetLevel, FacetCounty, FacetField, FacetEvidence, FacetState}})
	want := []Facet{
		{Name: FacetLevel, Values: []FacetValue{{"正高", 2}, {"中级", 1}, {"副高", 1}}},
		{Name: FacetCounty, Values: []FacetValue{{"城区", 1}, {"泽州县", 1}, {"陵川县", 1}}, Missing: 1},
		{Name: FacetField, Values: []FacetValue{{"铸造", 2}, {"中药材种植", 1}, {"工业自动化", 1}}, Missing: 1},
		{Name: FacetEvidence, Values: []FacetValue{{"paper", 1}, {"patent", 1}}, Missing: 3},
		{Name: FacetState, Values: []FacetValue{{"active", 3}, {"paused", 1}}},
	}
	for i, f := range res.Facets {
		if !reflect.DeepEqual(f, want[i]) {
			t.Errorf("got %+v, want %+v", f, want[i])
		}
	}
}

func TestFacetsOfScope(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	res := b.search(Query{Facets: []string{FacetKind}, Scope: []Filter{{Facet: FacetCounty, Values: []string{"泽州县"}}}})
	want := []FacetValue{{"enterprise", 1}, {"specialist", 1}}
	if !reflect.DeepEqual(res.Facets[0].Values, want) || res.Total != 2 {
		t.Errorf("got %+v", res)
	}
}

// Pages in a row and pages by number show every result once, in one order.
func TestPages(t *testing.T) {
	b := newBench(t, crowd(250))
	b.sync()
	for _, text := range []string{"球墨铸铁", "缩松 气孔", "", "王小"} {
		whole := ""
		for offset := 0; ; offset += 100 {
			res := b.search(Query{Text: text, Limit: 100, Offset: offset})
			if len(res.Hits) == 0 {
				break
			}
			whole += ids(res.Hits) + " "
		}
		inRow := ""
		for q := (Query{Text: text, Limit: 7}); ; {
			res := b.search(q)
			if len(res.Hits) > 0 {
				inRow += ids(res.Hits) + " "
			}
			if q.After = res.Next; q.After == "" {
				break
			}
		}
		if whole != inRow || whole == "" {
			t.Errorf("%q:\n%s\n%s", text, whole, inRow)
		}
	}
	first := b.search(Query{Text: "球墨铸铁", Limit: 5})
	if _, err := b.index.Search(t.Context(), Query{Text: "缩松", After: first.Next}); err == nil {
		t.Error("a cursor of another question was taken")
	}
}

// Results and scores depend on the records, not on how they fell into batches.
func TestScoresDoNotDependOnBatches(t *testing.T) {
	records := crowd(120)
	one := newBench(t, records)
	one.sync()
	many := newBench(t, registry.Records{})
	for i := 0; i < len(records.Specialists); i += 7 {
		many.put(registry.Records{Specialists: records.Specialists[i:min(i+7, 120)]})
		many.sync()
	}
	if got, want := many.answers(), one.answers(); !reflect.DeepEqual(got, want) {
		t.Error(firstDifference(got, want))
	}
}

func TestMarks(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	for _, c := range []struct {
		text string
		want string // field: marked words of the first hit
	}{
		{"缩松", "keywords: 缩松 | expertise: 缩松 | evidence.text: 缩松"},
		{"“缩松、气孔”", "expertise: 缩松、气孔"},
		{"专利:冒口", "evidence.text: 冒口"},
		{"qt450-10", "evidence.title: QT450-10"},
		{"ＰＬＣ", "keywords: PLC"},
		{"wxj", "name: 王小军"},
		{"castings defect", "organisation: Casting | expertise: defects castings"},
		{"试压 -种植", "evidence.text: 试压"},
	} {
		hits := b.search(Query{Text: c.text, Kinds: []registry.RecordKind{registry.KindSpecialist}, Marks: true}).Hits
		if len(hits) == 0 {
			t.Errorf("%q: nothing found", c.text)
			continue
		}
		var got []string
		for _, m := range hits[0].Marks {
			words := ""
			for _, s := range m.Spans {
				words += " " + m.Text[s.Start:s.End]
			}
			got = append(got, m.Field+":"+words)
		}
		if strings.Join(got, " | ") != c.want {
			t.Errorf("%q: got %q, want %q", c.text, strings.Join(got, " | "), c.want)
		}
	}
}

func FuzzMarksCutWholeCharacters(f *testing.F) {
	for _, s := range []string{"球墨铸铁件缩松", "ＰＬＣ Al₂O₃ 3D打印", "𠮷野家😀漏水", "e\u0301 cafe\u0301", "\xff\xfe缩\x80松", "QT450-10，GB/T 9439"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, typed string) {
		clauses, _, err := parse(typed)
		if err != nil {
			return
		}
		list, _, err := needles(words(t), clauses)
		if err != nil {
			return
		}
		r := record{change: registry.Change{Kind: registry.KindNeed}, words: words(t), need: registry.Need{Title: text, Description: text}}
		var read reader
		for _, m := range r.marks(&read, list) {
			last := 0
			for _, s := range append(m.Spans, Span{m.From, m.To}) {
				if s.Start < 0 || s.End > len(m.Text) || s.Start >= s.End || !onBorder(m.Text, s.Start) || !onBorder(m.Text, s.End) {
					t.Fatalf("%+v in %q", s, m.Text)
				}
			}
			for _, s := range m.Spans {
				if s.Start < last {
					t.Fatalf("%+v overlap", m.Spans)
				}
				last = s.End
			}
		}
	})
}

func onBorder(text string, i int) bool {
	return i == len(text) || utf8.RuneStart(text[i]) || !utf8.ValidString(text)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"领域:铸造 -“泵 壳”", "-", "::", "“", "a:b:c", "-职称:", "领域：：：x", "专利:“", "\x00-\"\":\"", "\xff:\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clauses, _, err := parse(text)
		if (err != nil) != (utf8.RuneCountInString(text) > LongestText) && len(clauses) > MostClauses {
			t.Fatal(err)
		}
		for _, c := range clauses {
			if strings.TrimSpace(c.text) == "" {
				t.Fatalf("%q: an empty clause", text)
			}
			for _, f := range c.fields {
				if !strings.Contains(strings.Join(everyField(), " "), partPrefix+f) {
					t.Fatalf("%q: field %q", text, f)
				}
			}
		}
	})
}

// FuzzSearch asks bleve itself whatever comes: it must answer or refuse, and never break.
func FuzzSearch(f *testing.F) {
	b := newBench(f, pool())
	b.sync()
	for _, s := range []string{"领域:铸造 -“泵 壳”", "的", "“的 的”", "a b c d e f g h i j k l", "-铸造", "*", "铸造~", "/.*/", "“QT450-10 阀体”"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := b.index.Search(t.Context(), Query{Text: text, Marks: true, Facets: facets})
		if refusal, ok := err.(*registry.Error); err != nil && (!ok || refusal.Kind != registry.Invalid) {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func TestSuggest(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	for _, c := range []struct {
		text string
		q    Query
		want string
	}{
		{"wx", Query{}, "王小军"},
		{"w", Query{}, "王小军"},
		{"王", Query{}, "王小军"},
		{"shanm", Query{}, "单明"},
		{"jcqhzz", Query{}, "晋城清河铸造有限公司"},
		{"球", Query{}, "球墨铸铁(1)"},
		{"plc", Query{}, "PLC(1)"},
		{"铸", Query{}, "铸造(2)"},
		{"连翘", Query{}, "连翘叶子发黄 连翘(1)"},
		{"连翘", Query{Scope: []Filter{{Facet: FacetKind, Values: []string{"need"}}}}, "连翘叶子发黄"},
		{"铸", Query{Scope: []Filter{{Facet: FacetCounty, Values: []string{"城区"}}}}, "铸造(1)"},
		{"", Query{}, ""},
		{"*", Query{}, ""},
	} {
		c.q.Text = c.text
		list, err := b.index.Suggest(t.Context(), c.q, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range list {
			if s.Count > 0 {
				s.Text += fmt.Sprintf("(%d)", s.Count)
			}
			got = append(got, s.Text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPinyinIsBounded(t *testing.T) {
	for name, want := range map[string]int{"": 0, "John Smith": 0, "王小军": 1, "单": 1} {
		if got := len(pinyinKeys(name)); got < want || want == 0 && got > 0 {
			t.Errorf("%q: %d keys", name, got)
		}
	}
	if got := len(pinyinKeys(strings.Repeat("重行长乐", 20))); got > 2*mostReadings {
		t.Errorf("%d keys", got)
	}
}

func TestSearchWhileWriting(t *testing.T) {
	b := newBench(t, crowd(50))
	b.sync()
	records := crowd(400).Specialists
	var tasks sync.WaitGroup
	for range 3 {
		tasks.Go(func() {
			for range 40 {
				for _, q := range probes {
					if _, err := b.index.Search(t.Context(), q); err != nil {
						t.Error(err)
					}
				}
				if _, err := b.index.Suggest(t.Context(), Query{Text: "w"}, 5); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := 0; i < len(records); i += 20 {
		b.put(registry.Records{Specialists: records[i : i+20]})
		b.sync()
		if res := b.search(Query{Limit: 1}); res.Total < i+20 {
			t.Errorf("after %d: %d", i+20, res.Total)
		}
	}
	tasks.Wait()
}

// Read after write: what was put is found as soon as Sync returns, also when it replaces.
func TestSyncSeesTheWrite(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	v := pool().Specialists[1]
	v.Expertise = "改行研究量子引力。"
	b.put(registry.Records{Specialists: []registry.Specialist{v}})
	b.sync()
	if got := ids(b.search(Query{Text: "量子引力"}).Hits); got != "S2" {
		t.Errorf("got %q", got)
	}
	if got := b.search(Query{Text: "呋喃"}); got.Total != 0 {
		t.Errorf("the old text is still found: %+v", got.Hits)
	}
}

func TestDocumentFrequencies(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	for term, want := range map[string]int{"球墨铸铁": 1, "铸造": 2, "缩松": 1, "连翘": 1} {
		if got, all, err := b.index.DocumentFrequency(t.Context(), registry.KindSpecialist, term); got != want || all < got || err != nil {
			t.Errorf("%s: %d of %d, want %d (%v)", term, got, all, want, err)
		}
	}
}
