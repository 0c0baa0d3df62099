package index

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"tepai/registry"
	"tepai/segment"
)

// dictionary is loaded once for all tests of the package.
var dictionary = sync.OnceValues(func() (*segment.Dictionary, error) {
	return segment.LoadDictionary(segment.Options{})
})

func words(t testing.TB) *segment.Segmenter {
	t.Helper()
	d, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	return segment.New(d)
}

var clerk = registry.Actor{ID: "test"}

// bench is a store with its index in temporary folders.
type bench struct {
	testing.TB
	dir   string
	store *registry.Store
	index *Index
}

func newBench(t testing.TB, records registry.Records) *bench {
	t.Helper()
	b := &bench{TB: t, dir: t.TempDir()}
	store, err := registry.Open(b.dir, registry.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	b.store = store
	t.Cleanup(func() {
		if problems, err := store.Check(context.Background()); err != nil || len(problems) > 0 {
			t.Error(problems, err)
		}
		store.Close()
	})
	b.put(records)
	b.open()
	return b
}

func (b *bench) open() {
	b.Helper()
	var log *slog.Logger
	if testing.Verbose() {
		log = slog.New(slog.NewTextHandler(b.Output(), nil))
	}
	index, err := Open(b.Context(), b.dir+"/index", b.store, words(b), Options{Logger: log, Timeout: 30 * time.Second})
	if err != nil {
		b.Fatal(err)
	}
	b.index = index
	b.Cleanup(func() { index.Close() })
}

func (b *bench) put(records registry.Records) {
	b.Helper()
	if _, err := b.store.PutAll(context.Background(), clerk, records, registry.PutOptions{Update: true}); err != nil {
		b.Fatal(err)
	}
}

// sync waits until search knows everything.
func (b *bench) sync() {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 60*time.Second)
	defer cancel()
	head, err := b.store.Head(ctx)
	if err != nil {
		b.Fatal(err)
	}
	if err := b.index.Sync(ctx, head.Seq); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) search(q Query) Results {
	b.Helper()
	res, err := b.index.Search(b.Context(), q)
	if err != nil {
		b.Fatalf("%q: %v", q.Text, err)
	}
	return res
}

func ids(hits []Hit) string {
	s := ""
	for i, h := range hits {
		if i > 0 {
			s += " "
		}
		s += h.ID
	}
	return s
}

// pool is a small world: founders, miners, a herbalist.
func pool() registry.Records {
	return registry.Records{
		Specialists: []registry.Specialist{
			{ID: "S1", Name: "王小军", Title: "教授", Degree: "博士", OrgType: "高等院校", Organisation: "晋南工学院", County: "城区",
				Industry: "金属制品业", Fields: []string{"铸造"}, Keywords: []string{"球墨铸铁", "缩松", "PLC"},
				Expertise: "研究球墨铸铁件缩松、气孔缺陷与凝固模拟。", Achievements: "省科技进步奖。",
				Evidence: []registry.Evidence{
					{Kind: registry.Patent, Title: "一种泵壳铸造工艺", Text: "冒口补缩。", Year: 2021},
					{Kind: registry.Paper, Title: "QT450-10 阀体的渗漏分析", Text: "试压渗漏来自缩松。", Year: 2022},
				}},
			{ID: "S2", Name: "李铸", Title: "高级工程师", Organisation: "晋城铸造研究所", OrgType: "科研院所", County: "泽州县",
				Industry: "金属制品业", Fields: []string{"铸造"}, Keywords: []string{"树脂砂"}, Expertise: "呋喃树脂砂再生，铸铁件气孔治理。"},
			{ID: "S3", Name: "单明", Title: "讲师", Organisation: "太行农学院", OrgType: "高等院校", County: "陵川县",
				Industry: "农业", Fields: []string{"中药材种植"}, Keywords: []string{"连翘", "党参"}, Expertise: "连翘与党参规范化种植，根腐病防治。", Standing: registry.Paused},
			{ID: "S4", Name: "John Smith", Title: "教授", Organisation: "University of Casting", Expertise: "Shrinkage defects in ductile iron castings, simulation of solidification."},
		},
		Enterprises: []registry.Enterprise{
			{ID: "E1", Name: "晋城清河铸造有限公司", Industry: "金属制品业", County: "泽州县", Size: "小型", Business: "泵壳、阀体等球墨铸铁件"},
		},
		Needs: []registry.Need{
			{ID: "N1", EnterpriseID: "E1", Industry: "金属制品业", Title: "泵壳试压老是冒汗", Description: "补焊也没用，铸件渗漏。", Wanted: "渗漏率低于1%", FieldHint: "铸造"},
			{ID: "N2", Industry: "农业", Title: "连翘叶子发黄", Description: "成片发黄掉叶。", FieldHint: "中药材种植", State: registry.NeedSolved},
		},
	}
}

func TestSearch(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	specialists := []registry.RecordKind{registry.KindSpecialist}
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"a word", Query{Text: "缩松"}, "S1"},
		{"two words", Query{Text: "铸造 气孔", Kinds: specialists}, "S2 S1"},
		{"words without a space", Query{Text: "铸造气孔", Kinds: specialists}, "S2 S1"},
		{"words of profile and evidence together", Query{Text: "凝固模拟 试压"}, "S1"},
		{"an exclusion looks at evidence too", Query{Text: "铸造 -泵壳", Kinds: specialists}, "S2"},
		{"a filter beside a word of the evidence", Query{Text: "试压", Filters: []Filter{{Facet: FacetCounty, Values: []string{"城区"}}}}, "S1"},
		{"a phrase", Query{Text: "“缩松、气孔”"}, "S1"},
		{"a phrase in another order", Query{Text: "“气孔、缩松”"}, ""},
		{"a phrase does not run over a full stop", Query{Text: "“没用铸件”"}, ""},
		{"a field in Chinese", Query{Text: "专利:泵壳"}, "S1"},
		{"a field in English, full-width colon", Query{Text: "patent：泵壳"}, "S1"},
		{"the word is in another field", Query{Text: "论文:泵壳"}, ""},
		{"a phrase in a field", Query{Text: "单位:“铸造研究所”"}, "S2"},
		{"an excluded field", Query{Text: "铸造 -职称:教授", Kinds: specialists}, "S2"},
		{"a title that says nothing in running text", Query{Text: "教授"}, "S1 S4"},
		{"a title by its field", Query{Text: "职称:教授 缩松"}, "S1"},
		{"only an exclusion", Query{Text: "-铸造 -casting", Kinds: specialists}, "S3"},
		{"English, stemmed", Query{Text: "casting defect"}, "S4"},
		{"a code", Query{Text: "qt450-10"}, "S1"},
		{"full width", Query{Text: "ＰＬＣ"}, "S1"},
		{"pinyin initials", Query{Text: "wxj"}, "S1"},
		{"pinyin in full", Query{Text: "wangxiaojun"}, "S1"},
		{"the beginning of pinyin", Query{Text: "wx"}, "S1"},
		{"a second reading", Query{Text: "shanming"}, "S3"},
		{"an enterprise by pinyin", Query{Text: "jcqh"}, "E1"},
		{"a name", Query{Text: "王小军"}, "S1"},
		{"an id", Query{Text: "n2"}, "N2"},
		{"nothing", Query{Text: "量子引力"}, ""},
		{"everything of a kind", Query{Kinds: []registry.RecordKind{registry.KindNeed}}, "N1 N2"},
		{"a state", Query{Filters: []Filter{{Facet: FacetState, Values: []string{"solved", "paused"}}}}, "N2 S3"},
		{"a filter without values", Query{Filters: []Filter{{Facet: FacetState}}}, ""},
		{"not a value", Query{Kinds: specialists, Filters: []Filter{{Facet: FacetLevel, Values: []string{"正高"}, Not: true}}}, "S2 S3"},
		{"a scope", Query{Text: "泵壳", Scope: []Filter{{Facet: FacetKind, Values: []string{"need"}}}}, "N1"},
		{"a group of the taxonomy", Query{Filters: []Filter{{Facet: FacetField, Values: []string{"冶金与铸造"}}}, Kinds: specialists}, "S1 S2"},
		{"the need's field", Query{Text: "领域:铸造", Kinds: []registry.RecordKind{registry.KindNeed}}, "N1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := b.search(c.q)
			got := ids(res.Hits)
			if res.Relaxed {
				got = ""
			}
			if got != c.want || !res.Relaxed && res.Total != len(res.Hits) {
				t.Errorf("%+v: got %q of %d (relaxed %v), want %q", c.q, got, res.Total, res.Relaxed, c.want)
			}
		})
	}
}

func TestSearchRelaxesWhenNothingHoldsEveryWord(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	res := b.search(Query{Text: "连翘 球墨铸铁"})
	if !res.Relaxed || res.Total < 3 {
		t.Errorf("got %+v", res)
	}
	one := b.search(Query{Text: "连翘 球墨铸铁", Limit: 1})
	byNumber := b.search(Query{Text: "连翘 球墨铸铁", Limit: 1, Offset: 1})
	inRow := b.search(Query{Text: "连翘 球墨铸铁", Limit: 1, After: one.Next})
	if ids(byNumber.Hits) != res.Hits[1].ID || ids(inRow.Hits) != res.Hits[1].ID || !byNumber.Relaxed || !inRow.Relaxed {
		t.Errorf("second page: %+v, %+v, want %s", byNumber, inRow, res.Hits[1].ID)
	}
}

func TestSearchRefuses(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	for name, q := range map[string]Query{
		"too long":         {Text: string(make([]rune, LongestText+1))},
		"too many clauses": {Text: fmt.Sprintf("%*s", 0, repeat("铸 ", MostClauses+1))},
		"too many terms":   {Text: repeat("球墨铸铁缩松", 60)},
		"no such facet":    {Facets: []string{"手机"}},
		"no such filter":   {Filters: []Filter{{Facet: "手机"}}},
		"no such kind":     {Kinds: []registry.RecordKind{"person"}},
		"too deep":         {Offset: MostOffset + 1},
		"a torn cursor":    {After: "abc"},
	} {
		_, err := b.index.Search(t.Context(), q)
		if refusal, ok := err.(*registry.Error); !ok || refusal.Kind != registry.Invalid || refusal.Msg == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func repeat(s string, n int) string {
	out := ""
	for range n {
		out += s
	}
	return out
}
