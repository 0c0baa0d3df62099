package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func small(t testing.TB) *Base {
	return mustBuild(t,
		"概念 | 铸造缺陷 | | | 铸造",
		"概念 | 缩松 | 疏松、shrinkage porosity | 铸造缺陷 | 铸造",
		"概念 | 针孔 | | 铸造缺陷 | 铸造",
		"概念 | 浸渗 | 浸渗处理 | | 表面工程",
		"概念 | 密封设计 | | |",
		"物类 | 金属件 | | |",
		"物类 | 铸件 | 泵壳、阀体 | 金属件 | 铸造",
		"物类 | 铸钢件 | 铸钢阀体 | 铸件 |",
		"物类 | 铸造企业 | | |",
		"症状 | 质量差 | | ",
		"症状 | 渗漏 | 冒汗 | 质量差",
		"规则 | 铸件 + 渗漏 | 缩松 0.8 | 浸渗 0.5 | 铸造 | 泵壳冒汗。", // 12
		"规则 | 金属件 + 渗漏 - 铸件 | | 密封设计 0.6 | | 金属件冒汗。",  // 13
		"规则 | 铸件 / 铸造企业 + 质量差 + “试压” - “油漆” | 缩松 0.4、针孔 0.3 | | 铸造 | 泵壳试压冒汗。") // 14
}

// fired renders the rules that fired: "12 铸件 + 渗漏 [泵壳][冒汗] 1000000".
func fired(b *Base, ps ...Passage) []string {
	out := []string{}
	for _, f := range b.Diagnose(ps...).Fired {
		if f.Kind != Rule {
			continue
		}
		s := fmt.Sprintf("%d %s ", f.Line, f.What)
		for _, x := range f.Spans {
			s += "[" + ps[x.Passage].Text[x.Start:x.End] + "]"
		}
		out = append(out, fmt.Sprintf("%s %d", s, f.Sure))
	}
	return out
}

func TestRulesFire(t *testing.T) {
	b := small(t)
	text := func(s string) []Passage { return []Passage{{Text: s}} }
	for _, c := range []struct {
		name string
		in   []Passage
		want []string
	}{
		{"same clause", text("泵壳老是冒汗"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 1000000"}},
		{"other order", text("冒汗的泵壳"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 1000000"}},
		{"same sentence", text("泵壳做好了，冒汗"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 950000"}},
		{"next sentence", text("我们做泵壳。老是冒汗。"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 850000"}},
		{"far apart", text("我们做泵壳。一年两千吨！老是冒汗"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 600000"}},
		{"farther apart", text("我们做泵壳" + strings.Repeat("。好", 7) + "。冒汗"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 400000"}},
		{"too far apart", text("我们做泵壳" + strings.Repeat("。好", 8) + "。冒汗"), []string{}},
		{"other passage", []Passage{{Text: "泵壳"}, {Text: "冒汗"}}, []string{"12 铸件 + 渗漏 [泵壳][冒汗] 700000"}},
		{"context passage", []Passage{{Text: "老是冒汗"}, {Text: "做泵壳的", Context: true}}, []string{"12 铸件 + 渗漏 [泵壳][冒汗] 500000"}},
		{"context alone fires nothing", []Passage{{Text: "泵壳冒汗", Context: true}}, []string{}},
		{"nearest pair", text("阀体不错。泵壳不错，阀体冒汗"), []string{"12 铸件 + 渗漏 [阀体][冒汗] 1000000"}},
		{"text before context", []Passage{{Text: "泵壳", Context: true}, {Text: "阀体。好。冒汗"}}, []string{"12 铸件 + 渗漏 [阀体][冒汗] 600000"}},
		{"narrower object, longest wording", text("铸钢阀体冒汗"), []string{"12 铸件 + 渗漏 [铸钢阀体][冒汗] 1000000"}},
		{"exclusion by class", text("金属件冒汗"), []string{"13 金属件 + 渗漏 [金属件][冒汗] 1000000"}},
		{"literal and narrower symptom", text("泵壳试压冒汗"), []string{
			"12 铸件 + 渗漏 [泵壳][冒汗] 1000000", "14 铸件 + 质量差 + “试压” [泵壳][冒汗][试压] 1000000"}},
		{"exclusion by literal", text("泵壳刷了油漆，试压冒汗"), []string{"12 铸件 + 渗漏 [泵壳][冒汗] 950000"}},
		{"alternative", text("铸造企业，试压冒汗"), []string{"14 铸造企业 + 质量差 + “试压” [铸造企业][冒汗][试压] 950000"}},
		{"object alone", text("泵壳"), []string{}},
		{"symptom alone", text("冒汗"), []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fired(b, c.in...); !slices.Equal(got, c.want) {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), strings.Join(c.want, "; "))
			}
		})
	}
}

func TestOneWordCannotServeTwoItems(t *testing.T) {
	b := mustBuild(t, "概念 | 防腐 保护", "物类 | 设备类", "物类 | 水泵 | | 设备类",
		"规则 | 设备类 + 水泵 | 防腐 保护 0.5 | | | 水泵和设备类。")
	if got := fired(b, Passage{Text: "一台水泵"}); len(got) != 0 {
		t.Error(got)
	}
	if got := fired(b, Passage{Text: "我们有两台：水泵、水泵"}); len(got) != 1 {
		t.Error(got)
	}
}

func TestMentions(t *testing.T) {
	b := small(t)
	in := Passage{Text: "怀疑是疏松，shrinkage porosity"}
	d := b.Diagnose(in)
	want := []Finding{
		{"缩松", []string{"缩松", "疏松", "shrinkage porosity"}, mentionText, []int{0}},
		{"铸造缺陷", []string{"铸造缺陷"}, times(mentionText, mentionBroader), []int{1}},
	}
	if fmt.Sprint(d.Terms) != fmt.Sprint(want) {
		t.Errorf("terms: %v", d.Terms)
	}
	if f := d.Fired[0]; f.Kind != Synonym || f.Line != 2 || len(f.Spans) != 2 || in.Text[f.Spans[0].Start:f.Spans[0].End] != "疏松" {
		t.Errorf("firing: %+v", f)
	}
	if f := d.Fired[1]; f.Kind != Broader || f.What != "缩松" {
		t.Errorf("firing: %+v", f)
	}
	if d.Fields[0].Name != "铸造" {
		t.Errorf("fields: %v", d.Fields)
	}
	named := b.Diagnose(Passage{Text: "铸造缺陷", Context: true})
	if named.Fired[0].Kind != Mention || named.Terms[0].Weight != mentionContext || named.Fired[1].Kind != Narrower || len(named.Terms) != 1 {
		t.Errorf("named in context: %+v", named)
	}
}

func TestEvidenceAddsUp(t *testing.T) {
	d := small(t).Diagnose(Passage{Text: "泵壳试压冒汗"})
	// 缩松: 0.8 and 0.4 → 1 − 0.2·0.6 = 0.88
	if len(d.Causes) != 2 || d.Causes[0].Concept != "缩松" || d.Causes[0].Weight != 880_000 || !slices.Equal(d.Causes[0].Firings, []int{0, 1}) {
		t.Errorf("causes: %+v", d.Causes)
	}
	if len(d.Terms) != 1 || d.Terms[0].Concept != "浸渗" || d.Terms[0].Weight != 500_000 {
		t.Errorf("terms: %+v", d.Terms)
	}
	// 铸造: two rules and one object of it, of 2.3 votes and half a vote held back
	if len(d.Fields) != 1 || d.Fields[0] != (Weighted{"铸造", 821_428}) {
		t.Errorf("fields: %+v", d.Fields)
	}
}

func TestSaturation(t *testing.T) {
	lines := []string{"物类 | 铸件", "症状 | 渗漏"}
	var terms, causes []string
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("概念 | 概念%02d甲\n概念 | 原因%02d甲", i, i))
		terms = append(terms, fmt.Sprintf("概念%02d甲 0.3", i))
		causes = append(causes, fmt.Sprintf("原因%02d甲 0.35", i))
	}
	lines = append(lines, "规则 | 铸件 + 渗漏 | "+strings.Join(causes, "、")+" | "+strings.Join(terms, "、")+" | | 铸件渗漏")
	d := mustBuild(t, lines...).Diagnose(Passage{Text: "铸件渗漏"})
	if len(d.Causes) != maxCauses || len(d.Terms) > maxTerms || d.Terms[0].Concept != "概念00甲" {
		t.Errorf("%d causes, %d terms", len(d.Causes), len(d.Terms))
	}
	total := int32(0)
	for _, f := range append(d.Causes, d.Terms...) {
		total += f.Weight
	}
	if total > maxTotal {
		t.Errorf("total %d", total)
	}
}

func TestReport(t *testing.T) {
	in := []Passage{{Name: "description", Text: "泵壳冒汗"}}
	b := small(t)
	r := b.Diagnose(in...).Report(in...)
	want := Report{Field: "铸造", Causes: "缩松", Terms: []string{"浸渗"}, Source: "knowledge", Fired: []Fired{
		{"t.txt", 12, 0, 6, "description", "铸件", "铸件 + 渗漏", "规则"},
		{"t.txt", 12, 6, 12, "description", "渗漏", "铸件 + 渗漏", "规则"},
	}}
	if fmt.Sprintf("%+v", r) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
	empty := b.Diagnose().Report()
	if empty.Terms == nil || empty.Fired == nil || empty.Field != "" {
		t.Errorf("empty: %+v", empty)
	}
}
