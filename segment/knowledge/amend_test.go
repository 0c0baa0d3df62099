package knowledge

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func littleFiles() fstest.MapFS {
	return fstest.MapFS{"casting.txt": {Data: []byte(`概念 | 缩松 | 疏松 | | 铸造
概念 | 浸渗 | | |
物类 | 铸件 | 泵壳 | | 铸造
症状 | 渗漏 | 冒汗、漏水 |
规则 | 铸件 + 渗漏 | 缩松 0.8 | | 铸造 | 泵壳冒汗。
`)}}
}

func loadLittle(t *testing.T, lines ...string) *Base {
	t.Helper()
	b, err := Load(littleFiles(), Options{CacheDir: NoCache, Amendments: amendments(lines)})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func amendments(lines []string) (list []Amendment) {
	for i, line := range lines {
		list = append(list, Amendment{ID: "A" + string(rune('1'+i)), Line: line})
	}
	return list
}

// terms gives the inferred concepts, the causes first.
func terms(b *Base, text string) (list []string) {
	d := b.Diagnose(Passage{Text: text})
	for _, f := range append(d.Causes, d.Terms...) {
		list = append(list, f.Concept)
	}
	return list
}

func TestAmendments(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		text  string
		want  []string
	}{
		{"none", nil, "泵壳出水珠", nil},
		{"another wording", []string{"症状 | 渗漏 | 出水珠"}, "泵壳出水珠", []string{"缩松"}},
		{"the old wordings stay", []string{"症状 | 渗漏 | 出水珠"}, "泵壳冒汗", []string{"缩松"}},
		{"a wording that is there already", []string{"症状 | 渗漏 | 冒汗"}, "泵壳冒汗", []string{"缩松"}},
		{"a rule in place of another", []string{"规则 | 渗漏 + 铸件 | 浸渗 0.6 | | | 泵壳漏水。"}, "泵壳冒汗", []string{"浸渗"}},
		{"a rule beside another", []string{"概念 | 气孔 | | | 铸造", "规则 | 铸件 + “试压” | 气孔 0.3 | | | 泵壳试压不过。"}, "泵壳试压冒汗", []string{"缩松", "气孔"}},
		{"a rule taken away", []string{"删去 | 规则 | 铸件 + 渗漏"}, "泵壳冒汗", nil},
		{"a wording taken away", []string{"删去 | 症状 | 渗漏 | 冒汗"}, "泵壳冒汗", nil},
		{"its neighbour stays", []string{"删去 | 症状 | 渗漏 | 冒汗"}, "泵壳漏水", []string{"缩松"}},
		{"one on top of the other", []string{"症状 | 渗漏 | 出水珠", "删去 | 症状 | 渗漏 | 出水珠"}, "泵壳出水珠", nil},
		{"a broader class", []string{"物类 | 金属件 | |", "物类 | 铸件 | | 金属件", "规则 | 金属件 + 渗漏 | 浸渗 0.5 | | | 泵壳漏水。"}, "泵壳冒汗", []string{"缩松", "浸渗"}},
		{"what no longer fits is left out", []string{"删去 | 症状 | 渗漏 | 流汤", "症状 | 渗漏 | 出水珠"}, "泵壳出水珠", []string{"缩松"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := terms(loadLittle(t, c.lines...), c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAmendmentsHaveAGenerationAndAPlace(t *testing.T) {
	plain, one, two := loadLittle(t), loadLittle(t, "症状 | 渗漏 | 出水珠"), loadLittle(t, "症状 | 渗漏 | 出水珠", "症状 | 渗漏 | 流汤")
	if plain.Generation() == one.Generation() || one.Generation() == two.Generation() {
		t.Error(plain.Generation(), one.Generation(), two.Generation())
	}
	left := loadLittle(t, "症状 | 渗漏 | 出水珠", "删去 | 规则 | 塑料件 + 渗漏")
	if left.Generation() != one.Generation() || len(left.Refused()) != 1 || !strings.Contains(left.Refused()[0].String(), "修订 A2:1") {
		t.Error(left.Refused())
	}
	b := loadLittle(t, "规则 | 铸件 + 渗漏 | 浸渗 0.6 | | | 泵壳漏水。")
	if f := b.Diagnose(Passage{Text: "泵壳冒汗"}).Fired[0]; f.File != "修订 A1" || f.Line != 1 {
		t.Errorf("%+v", f)
	}
}

func TestCheckAmendment(t *testing.T) {
	o := Options{CacheDir: NoCache, Amendments: amendments([]string{"症状 | 渗漏 | 出水珠"})}
	for line, says := range map[string]string{
		"症状 | 渗漏 | 流汤":                       "",
		"规则 | 铸件 + 渗漏 | 浸渗 0.6 | | | 泵壳出水珠。": "",
		"规则 | 铸件 + 渗漏 | 浸渗 0.6 | | | 天气很好。":  "例句不能触发规则",
		"规则 | 塑料件 + 渗漏 | 浸渗 0.6 | | | 塑料漏水。": "没有定义",
		"病症 | 渗漏 | 流汤":                       "不认识的类别",
		"":                                   "修订是空的",
		"症状 | 渗漏 | 流汤\n症状 | 渗漏 | 滴":          "只写一行",
		"删去 | 规则 | 塑料件":                      "没有条件为“塑料件”的规则",
		"删去 | 规则 |":                          "至少要写一项",
		"删去 | 症状 | 渗漏 | 渗漏":                  "是名称，不能删去",
		"删去 | 症状 | 渗漏":                       "写明删去哪些说法",
		"删去 | 症状 | 开裂 | 裂":                   "没有症状“开裂”",
		"删去 | 症状 | 渗漏 | 渗":                   "太短",
		"删去 | 东西":                            "“删去”后面应是",
	} {
		problems, err := CheckAmendment(littleFiles(), o, Amendment{"A9", line})
		if err != nil || (says == "") != (len(problems) == 0) || says != "" && !strings.Contains(problems.Error(), says) {
			t.Errorf("%s: %v %v", line, problems, err)
		}
	}
}

// A base with amendments comes back from the cache as it was made.
func TestAmendmentsAreCached(t *testing.T) {
	dir := t.TempDir()
	o := Options{CacheDir: dir, Amendments: amendments([]string{"症状 | 渗漏 | 冒小珠子", "规则 | 渗漏 - “雨” | 渗漏治理 0.3 | | | 冒小珠子。", "概念 | 渗漏治理 | | |"})}
	var made [2]*Base
	for i := range made {
		b, err := Load(Embedded(), o)
		if err != nil {
			t.Fatal(err)
		}
		made[i] = b
	}
	text := Passage{Text: "泵壳老是冒小珠子，试压通不过。"}
	first, again := made[0].Diagnose(text), made[1].Diagnose(text)
	if !slices.EqualFunc(first.Fired, again.Fired, func(a, b Firing) bool { return a.File == b.File && a.Line == b.Line && a.What == b.What }) ||
		!slices.ContainsFunc(first.Fired, func(f Firing) bool { return f.File == "修订 A2" }) {
		t.Errorf("%v\n%v", first.Fired, again.Fired)
	}
}
