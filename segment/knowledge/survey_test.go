package knowledge

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
)

func TestCheckTellsLinesAndExamples(t *testing.T) {
	files := fstest.MapFS{
		"a.txt": {Data: []byte("概念 | 缩松\n胡说\n物类 | 铸件 | 泵壳\n症状 | 渗漏 | 冒汗\n规则 | 铸件 + 渗漏 | 缩松 0.8 | | | 今天天气好。")},
		"b.txt": {Data: []byte("概念 | 缩松")},
	}
	stats, problems, err := Check(files, Options{})
	if err != nil || stats.Rules != 1 || stats.Files != 2 {
		t.Fatalf("%+v, %v", stats, err)
	}
	var at []string
	for _, p := range problems {
		at = append(at, fmt.Sprintf("%s:%d", p.File, p.Line))
	}
	if want := []string{"a.txt:2", "a.txt:5", "b.txt:1"}; !slices.Equal(at, want) {
		t.Errorf("problems at %v, want %v: %v", at, want, problems)
	}
}

func TestShares(t *testing.T) {
	b := small(t)
	if got, want := b.ByFile(), []Share{{"t.txt", 5, 4, 2, 3, 18}}; !slices.Equal(got, want) {
		t.Errorf("by file %v", got)
	}
	if got, want := b.ByField(), []Share{{"铸造", 3, 1, 0, 2, 8}, {"表面工程", 1, 0, 0, 0, 2}}; !slices.Equal(got, want) {
		t.Errorf("by field %v", got)
	}
}

func TestRuleAt(t *testing.T) {
	r, ok := small(t).RuleAt(Place{"t.txt", 14})
	if !ok || r.Condition != "铸件 / 铸造企业 + 质量差 + “试压” - “油漆”" || len(r.Causes) != 2 || r.Causes[1] != (Weighted{"针孔", 300_000}) || r.Fields[0] != "铸造" {
		t.Errorf("%+v", r)
	}
	if _, ok := small(t).RuleAt(Place{"t.txt", 2}); ok {
		t.Error("a concept is no rule")
	}
}
