package registry_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tepai/registry"
)

func TestIndustries(t *testing.T) {
	all := registry.Industries()
	if len(all) != 97 || all[0].Name != "农业" || all[96].Code != "97" {
		t.Fatalf("%d divisions", len(all))
	}
	for _, in := range all {
		for _, text := range []string{in.Code, in.Section + in.Code, in.Name, in.Code + " " + in.Name} {
			if got, ok := registry.ParseIndustry(text); !ok || got != in {
				t.Errorf("%q: %+v %t, want %+v", text, got, ok, in)
			}
		}
	}
	for text, want := range map[string]string{
		"C3391": "33", "铸造": "33", "酒,饮料和精制茶制造业": "15", "制造业": "C", "C 制造业": "C", "教育": "83", "c33": "33", "煤炭行业": "06",
		"": "", "98": "", "C3": "", "炼丹": "",
	} {
		if got, ok := registry.ParseIndustry(text); got.Code != want || ok != (want != "") {
			t.Errorf("%q: %+v %t, want %q", text, got, ok, want)
		}
	}
}

func TestFieldsAreATree(t *testing.T) {
	high := registry.HighTechFields()
	all := registry.Fields()
	for i, f := range all {
		if int(f.ID) != i {
			t.Fatalf("%s stands at %d with ID %d", f.Name, i, f.ID)
		}
		if group := f.Parent == registry.NoField; group != (f.HighTech == "") || !group && !slices.Contains(high, f.HighTech) {
			t.Errorf("%s belongs to %q", f.Name, f.HighTech)
		}
		if len(f.Aliases) < 6 {
			t.Errorf("%s has %d aliases", f.Name, len(f.Aliases))
		}
		for _, w := range append([]string{f.Name}, f.Aliases...) {
			if got, ok := registry.ParseField(" " + strings.ToUpper(w)); !ok || got.ID != f.ID {
				t.Errorf("%s: found %q", w, got.Name)
			}
			if ids := registry.FieldsOf("（" + w + "）"); len(ids) != 1 || ids[0] != f.ID {
				t.Errorf("%s alone in a text: %v, want %d", w, ids, f.ID)
			}
		}
	}
}

func TestFieldsOf(t *testing.T) {
	for text, want := range map[string]string{
		"从事煤矿安全研究":                  "矿山安全",
		"球墨铸铁件的缩松与热处理":              "铸造 热处理",
		"ＰＬＣ与工业机器人":                 "机器人 工业自动化",
		"plc 不是缩写":                  "",
		"PLCs":                      "",
		"羊毛、牛顿力学":                   "",
		"猪、羊":                       "养猪 牛羊",
		"Ductile Iron casting":      "铸造",
		"state of the art":          "",
		"煤层气排采与VOCs治理":              "煤层气 有机废气治理",
		"":                          "",
		"今天天气很好":                    "",
		"热泵😀𠀀制冷":                    "热泵与制冷",
		"potatoes and PVDF coating": "表面工程",
	} {
		var names []string
		for _, id := range registry.FieldsOf(text) {
			f, _ := registry.FieldByID(id)
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFieldDistance(t *testing.T) {
	id := func(name string) registry.FieldID {
		f, ok := registry.ParseField(name)
		if !ok {
			t.Fatal(name)
		}
		return f.ID
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"铸造", "铸造", 0}, {"铸造", "热处理", 1}, {"铸造", "冶金与铸造", 1}, {"铸造", "养猪", 2}, {"养殖", "种植", 2}} {
		if got := registry.FieldDistance(id(c.a), id(c.b)); got != c.want || got != registry.FieldDistance(id(c.b), id(c.a)) {
			t.Errorf("%s – %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if registry.FieldDistance(registry.NoField, registry.NoField) != 2 {
		t.Error("two unknown fields are not near")
	}
}

func FuzzFieldsOf(f *testing.F) {
	f.Add("铸造PLC\xff热处理")
	f.Add("\xe7")
	f.Fuzz(func(t *testing.T, text string) {
		ids := registry.FieldsOf(text)
		if !slices.Equal(ids, registry.FieldsOf(text)) {
			t.Fatal("not the same answer twice")
		}
		registry.ParseIndustry(text)
		registry.ParseDegree(text)
		registry.LookupTitle(text)
		if !utf8.ValidString(registry.Shorten(text, 3)) && utf8.ValidString(text) {
			t.Fatal("a rune was cut")
		}
	})
}

func TestFieldsOfNamesNoFieldTwice(t *testing.T) {
	var words []string
	for _, f := range registry.Fields() {
		words = append(append(words, f.Name), f.Aliases...)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 20).Draw(t, "words"), "")
		ids := registry.FieldsOf(text)
		sorted := slices.Clone(ids)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(ids) {
			t.Fatalf("%q: %v", text, ids)
		}
	})
}

func BenchmarkFieldsOf(b *testing.B) {
	text := strings.Repeat("长期从事球墨铸铁件的铸造工艺与热处理研究，主持煤矿液压支架立柱的激光熔覆再制造。", 10)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		registry.FieldsOf(text)
	}
}
