package knowledge

import (
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestProblems: every way to write a line wrongly is told with file, line, reason and way out, all at once.
func TestProblems(t *testing.T) {
	const golden = "testdata/problems.golden"
	b, err := Load(os.DirFS("testdata/faulty"), Options{Fields: func(name string) bool { return name == "铸造" }})
	if b != nil || err == nil {
		t.Fatal("a faulty base was loaded")
	}
	got := err.Error() + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("problems differ from %s:\n%s", golden, got)
	}
}

// TestFaultyLinesHideNothing: what is right beside faulty lines is still checked and works.
func TestFaultyLinesHideNothing(t *testing.T) {
	b, problems := build(t, "概念 | 缩松", "胡说 | 八道", "物类 | 铸件 | 泵壳", "症状 | 渗漏 | 冒汗",
		"规则 | 铸件 + 渗漏 | 缩松 0.8 | | | 泵壳冒汗。")
	if len(problems) != 1 || problems[0].Line != 2 {
		t.Fatalf("problems: %v", problems)
	}
	if d := b.Diagnose(Passage{Text: "泵壳冒汗"}); len(d.Causes) != 1 {
		t.Errorf("the rule beside the faulty line did not fire: %+v", d)
	}
}

func TestFormatIsLenientWhereNothingIsLost(t *testing.T) {
	_, problems := build(t, "\ufeff# 记事本写的文件\r", "概念|缩松|||", "  物类 |  铸件 | 泵壳 、 阀体 | | |", "症状 | 渗漏 | 渗！渗透\r", "",
		"规则 | 铸件 + 渗漏-“油漆” | 缩松 0.80 | | | 泵壳渗了。")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
}

func TestParseCondition(t *testing.T) {
	for text, want := range map[string]string{
		"铸件 + 渗漏":                           "铸件 + 渗漏",
		"铸件 / 阀门 + 渗漏 / 气孔":                 "铸件 / 阀门 + 渗漏 / 气孔",
		"铸件+“试压”":                           "铸件 + “试压”",
		"铸件 + \"试压\" - 「油漆」 - 阀门":           "铸件 + “试压” - “油漆” - 阀门",
		"铸件 + 渗漏 - 阀门 / “油漆”":               "铸件 + 渗漏 - 阀门 - “油漆”",
		"A/O工艺 + X-射线":                      "A/O工艺 + X-射线",
		"“a+b / c - d” / 阀门":                "“a+b / c - d” / 阀门",
		"渗漏":                                "渗漏",
		"铸件 + ":                             "!“+”旁边缺名称",
		"+ 铸件":                              "!“+”旁边缺名称",
		"“试压":                               "!引号没有配对",
		"“试压” 渗漏":                           "!引号后面应是 +、/ 或 -",
		"a + b + c + d + e + f + g + h + i": "!条件太多，最多八项",
	} {
		c, why := parseCondition(text)
		got := c.String()
		if why != "" {
			got = "!" + why
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// build compiles lines as one file, keeping what is right.
func build(t testing.TB, lines ...string) (*Base, Problems) {
	t.Helper()
	b, problems, err := load(fstest.MapFS{"t.txt": {Data: []byte(strings.Join(lines, "\n"))}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b, problems
}

// mustBuild is build for lines without fault.
func mustBuild(t testing.TB, lines ...string) *Base {
	t.Helper()
	b, problems := build(t, lines...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// FuzzLoad: no file makes the loader panic or report a line that does not exist.
func FuzzLoad(f *testing.F) {
	one, err := os.ReadFile("testdata/faulty/one.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(one))
	f.Add("规则 | - 甲 / | 0.5 | 、 | … | !\n概念 | ! | …!")
	f.Fuzz(func(t *testing.T, content string) {
		b, problems, err := load(fstest.MapFS{"f.txt": {Data: []byte(content)}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > strings.Count(content, "\n")+1 {
				t.Fatalf("line %d of %d", p.Line, strings.Count(content, "\n")+1)
			}
		}
		b.Diagnose(Passage{Text: content})
		b.CheckExamples()
	})
}
