package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// trial is a folder with a small base of two files.
func trial(t testing.TB, more string) string {
	t.Helper()
	dir := filepath.Dir(file(t, "casting.txt", "# 铸造\n概念 | 缩松 | 疏松、shrinkage | | 铸造\n概念 | 浸渗处理 | | | 表面工程\n\n"+
		"物类 | 铸件 | 泵壳、阀体 | | 铸造\n规则 | 铸件 + 渗漏 | 缩松 0.8 | 浸渗处理 0.5 | 铸造 | 阀体试压渗水。\n"+more))
	if err := os.WriteFile(filepath.Join(dir, "common.txt"), []byte("症状 | 渗漏 | 冒汗、渗水\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestKnowledgeCheck(t *testing.T) {
	t.Parallel()
	if out := tepai(t, "knowledge", "check", trial(t, "")); !strings.Contains(out, "没有问题：2 个文件，1 条规则") {
		t.Error(out)
	}
	if out := tepai(t, "knowledge", "check"); !strings.Contains(out, "没有问题") {
		t.Error(out)
	}
	faulty := trial(t, "概念 | 气孔 | | | 炼金术\n规则 | 铸件 + 渗漏 - “油漆” | 缩松 0.8 | | | 今天天气好。\n")
	for _, args := range [][]string{{"knowledge", "check", faulty}, {"knowledge", "check", "--knowledge", faulty}} {
		o := run1(t, nil, args...)
		if o.code != refused || !strings.Contains(o.err, "2 处问题") {
			t.Errorf("%+v", o)
		}
		for _, said := range []string{"casting.txt:7：技术领域“炼金术”", "casting.txt:8：例句不能触发"} {
			if !strings.Contains(o.out, said) {
				t.Errorf("%s\ndoes not say %s", o.out, said)
			}
		}
	}
	o := run1(t, nil, "knowledge", "check", faulty, "--json")
	var c checked
	decode(t, o.out, &c)
	if o.code != refused || len(c.Problems) != 2 || c.Problems[0].Line != 7 || c.Stats.Rules != 2 {
		t.Errorf("%+v", c)
	}
	refusal(t, run1(t, nil, "knowledge", "check", faulty+"/none"), wrongUse, "none", "不存在")
	refusal(t, run1(t, nil, "knowledge", "check", t.TempDir()), refused, "没有知识库文件")
}

func TestKnowledgeStats(t *testing.T) {
	t.Parallel()
	s := inJSON[surveyed](t, "knowledge", "stats", "--knowledge", trial(t, ""))
	if s.Total != (counted{"", 2, 2, 1, 1, 1, 10}) || len(s.Files) != 2 || s.Files[1] != (counted{"common.txt", 0, 0, 0, 1, 0, 3}) ||
		s.Fields[0].Name != "铸造" || s.Fields[0].Rules != 1 || slices.Contains(s.Unruled, "铸造") || !slices.Contains(s.Unruled, "表面工程") || len(s.Generation) != 12 {
		t.Errorf("%+v", s)
	}
	if slices.Contains(s.Unruled, "冶金与铸造") {
		t.Error("a group needs no rules of its own")
	}
	if out := tepai(t, "knowledge", "stats"); !strings.Contains(out, "合计") || !strings.Contains(out, "common.txt") {
		t.Error(out)
	}
}

func TestKnowledgeFind(t *testing.T) {
	t.Parallel()
	base := trial(t, "")
	l := inJSON[listed](t, "knowledge", "find", "渗", "--knowledge", base)
	if l.Total != 2 || l.Entries[0].Name != "浸渗处理" || l.Entries[1].Kind != "症状" || l.Entries[1].Rules[0].Line != 6 ||
		l.Entries[1].Rules[0].Causes[0] != (weight{"缩松", 0.8}) || l.Entries[0].Broader == nil {
		t.Errorf("%+v", l)
	}
	out := tepai(t, "knowledge", "find", "泵壳", "--knowledge", base)
	if want := "物类 铸件  casting.txt 第 5 行\n  说法  泵壳、阀体\n  领域  铸造\n  规则  casting.txt 第 6 行  铸件 + 渗漏 → 缩松 0.80；浸渗处理 0.50\n"; out != want {
		t.Error(out)
	}
	if out := tepai(t, "knowledge", "find", "渗", "--limit", "1", "--knowledge", base); !strings.Contains(out, "还有 1 条") {
		t.Error(out)
	}
	if out := tepai(t, "knowledge", "find", "泡沫学", "--knowledge", base); !strings.Contains(out, "没有含“泡沫学”") {
		t.Error(out)
	}
	refusal(t, run1(t, nil, "knowledge", "find", " "), wrongUse, "find")
	refusal(t, run1(t, nil, "knowledge", "find"), wrongUse, "tepai knowledge find --help")
	refusal(t, run1(t, nil, "knowledge"), wrongUse, "tepai knowledge check")
}

func TestKnowledgeTrace(t *testing.T) {
	t.Parallel()
	base := trial(t, "")
	text := "我厂的泵壳，老是冒汗"
	tr := inJSON[traced](t, "knowledge", "trace", text, "--knowledge", base)
	if len(tr.Seen) != 2 || tr.Seen[0].Entry != "物类 铸件" || text[tr.Seen[1].Start:tr.Seen[1].End] != "冒汗" || len(tr.Fired) != 1 {
		t.Fatalf("%+v", tr)
	}
	if f := tr.Fired[0]; f.Line != 6 || f.Sure != 0.95 || f.Rule == nil || f.Rule.Condition != "铸件 + 渗漏" || len(f.Places) != 2 || f.Places[0].Text != "泵壳" {
		t.Errorf("%+v", f)
	}
	if tr.Causes[0] != (weight{"缩松", 0.76}) || tr.Terms[0] != (weight{"浸渗处理", 0.475}) || tr.Fields[0].Name != "铸造" {
		t.Errorf("%+v", tr)
	}
	piped := run1(t, strings.NewReader(text), "knowledge", "trace", "-", "--knowledge", base)
	for _, said := range []string{"物类 铸件 ← “泵壳”", "规则 铸件 + 渗漏  casting.txt 第 6 行  可信 0.95  ← “泵壳”、“冒汗”", "原因：缩松 0.76"} {
		if !strings.Contains(piped.out, said) {
			t.Errorf("%s\ndoes not say %s", piped.out, said)
		}
	}
	if out := tepai(t, "knowledge", "trace", "老是冒汗", "--knowledge", base, "--context", "做泵壳"); !strings.Contains(out, "“泵壳”（背景）") || !strings.Contains(out, "可信 0.50") {
		t.Error(out)
	}
	if out := tepai(t, "knowledge", "trace", "老是冒汗", "--knowledge", base); !strings.Contains(out, "没有触发任何规则") {
		t.Error(out)
	}
	if out := tepai(t, "knowledge", "trace", "天气很好", "--knowledge", base); !strings.Contains(out, "没有知识库认得的说法") {
		t.Error(out)
	}
	refusal(t, run1(t, nil, "knowledge", "trace", ""), wrongUse, "文字")
}

func TestKnowledgeAsATable(t *testing.T) {
	t.Parallel()
	base, dir := trial(t, ""), filepath.Join(t.TempDir(), "new", "base")
	csv := filepath.Join(t.TempDir(), "base.csv")
	if e := inJSON[exported](t, "knowledge", "export", csv, "--knowledge", base); e.Rows != 7 {
		t.Errorf("%+v", e)
	}
	refusal(t, run1(t, nil, "knowledge", "export", csv, "--knowledge", base), refused, "--overwrite")
	if out := tepai(t, "knowledge", "import", csv, dir); !strings.Contains(out, "写入 2 个文件") {
		t.Error(out)
	}
	for _, name := range []string{"casting.txt", "common.txt"} {
		before, _ := os.ReadFile(filepath.Join(base, name))
		after, _ := os.ReadFile(filepath.Join(dir, name))
		if string(before) != string(after) {
			t.Errorf("%s:\n%s", name, after)
		}
	}
	table, err := os.ReadFile(csv)
	if err != nil {
		t.Fatal(err)
	}
	changed := file(t, "b.csv", strings.Replace(string(table), "阀体试压渗水", "天气很好", 1))
	refusal(t, run1(t, nil, "knowledge", "import", changed, dir), refused, "没有写入", "casting.txt", "--overwrite")
	if o := run1(t, nil, "knowledge", "import", changed, dir, "--overwrite"); o.code != refused || !strings.Contains(o.out, "casting.txt:6：例句不能触发") {
		t.Errorf("%+v", o)
	}
	refusal(t, run1(t, nil, "knowledge", "import", file(t, "c.csv", "a,b\n"), dir), refused, "表头", "没有写入")
	refusal(t, run1(t, nil, "knowledge", "import", csv+".none", dir), refused, "请核对路径")
	refusal(t, run1(t, nil, "knowledge", "export", filepath.Join(csv, "x.csv")), refused, "请核对路径")
}

// The folder of --cache serves the knowledge base as well: it is written once and read at the next start; “-” leaves nothing.
func TestKnowledgeIsCached(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	first := tepai(t, "knowledge", "trace", "泵壳冒汗", "--cache", cache)
	files, _ := filepath.Glob(filepath.Join(cache, "knowledge-*.base"))
	if len(files) != 1 {
		t.Fatal(files)
	}
	if again := tepai(t, "knowledge", "trace", "泵壳冒汗", "--cache", cache); again != first {
		t.Error("another answer from the cache")
	}
	if err := os.Truncate(files[0], 100); err != nil {
		t.Fatal(err)
	}
	if again := tepai(t, "knowledge", "trace", "泵壳冒汗", "--cache", cache); again != first {
		t.Error("another answer from a damaged cache")
	}
	if without := tepai(t, "knowledge", "trace", "泵壳冒汗", "--cache", "-"); without != first {
		t.Error("another answer without a cache")
	}
}
