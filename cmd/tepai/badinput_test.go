package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Files that cannot be imported: the message names place and way out, and the store stays as it was.
func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	data := county(t)
	before := headOf(t, data)
	seven := ""
	for i := range 6 {
		seven += `{"id":"B` + string(rune('1'+i)) + `","expertise":"铸造"}` + "\n"
	}
	for _, c := range []struct {
		name, kind, file, content string
		words                     []string
	}{
		{"broken JSON at line 7", "specialists", "a.jsonl", seven + `{"id":"B7","expertise":"铸造",,}` + "\n" + good1, []string{"第 7 行", "个字符", "请核对"}},
		{"duplicate ids", "specialists", "a.jsonl", good1 + good2 + good1, []string{"第 3 行", "T1", "与第 1 行重复", "请"}},
		{"a column is missing", "specialists", "a.csv", "编号,姓名\nB1,王小军\n", []string{"缺少", "专业特长", "第 1 行", "请"}},
		{"no column of ids", "specialists", "a.csv", "姓名,专业特长\n王小军,铸造\n", []string{"缺少", "编号", "请"}},
		{"too many cells", "specialists", "a.csv", "编号,专业特长\nB1,铸造\nB2,铸造,补缩\n", []string{"第 3 行", "3 格", "双引号"}},
		{"a cell without end", "specialists", "a.csv", "编号,专业特长\nB1,\"铸造\n", []string{"第 2 行", "双引号"}},
		{"an empty file", "specialists", "a.jsonl", "", []string{"空文件", "请"}},
		{"a header alone", "needs", "a.csv", "编号,需求名称\n", []string{"没有一条记录", "请"}},
		{"a workbook", "needs", "a.xlsx", "PK\x03\x04......", []string{"Excel", "另存为"}},
		{"UTF-16", "needs", "a.csv", "\xff\xfe编号", []string{"UTF-16", "另存为"}},
		{"half a character", "needs", "a.jsonl", `{"id":"B1","title":"铸造` + "\xe9\x93" + `渗漏铸件"}`, []string{"第 1 行", "UTF-8", "另存为"}},
		{"an id that is a number", "needs", "a.jsonl", `{"id":7,"title":"铸件渗漏"}`, []string{"第 1 行", "id", "引号"}},
		{"no text at all", "needs", "a.jsonl", `{"id":"B1"}`, []string{"第 1 行", "description"}},
		{"a need of one character", "needs", "a.jsonl", `{"id":"B1","title":"漏"}`, []string{"第 1 行", "请"}},
		{"a need of 20,001 characters", "needs", "a.jsonl", `{"id":"B1","description":"` + strings.Repeat("漏", 20_001) + `"}`, []string{"第 1 行", "description", "10000"}},
		{"a wrong identity number", "specialists", "a.csv", "编号,专业特长,身份证号\nB1,铸造,140502199001011234\n", []string{"第 2 行", "id_number"}},
		{"a wrong credit code", "enterprises", "a.jsonl", `{"id":"B1","name":"某厂","credit_code":"91350100M000100Y40"}`, []string{"第 1 行", "credit_code"}},
		{"an industry that there is not", "needs", "a.jsonl", `{"id":"B1","title":"铸件渗漏","industry":"炼金术"}`, []string{"第 1 行", "industry", "炼金术"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal(t, run1(t, nil, "import", c.kind, file(t, c.file, c.content), "--data", data), refused, c.words...)
			if headOf(t, data) != before {
				t.Error("the store has changed")
			}
		})
	}
	refusal(t, run1(t, nil, "import", "needs", "none.csv", "--data", data), refused, "none.csv", "请核对路径")
	refusal(t, run1(t, nil, "import", "needs", "testdata", "--data", data), refused, "是文件夹")
}

// A line of 200 MB is told by its number, quickly and without being held in memory.
func TestALineOf200MB(t *testing.T) {
	size := 200
	if testing.Short() {
		size = 20
	}
	path := filepath.Join(t.TempDir(), "long.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	megabyte := []byte(strings.Repeat("a", 1<<20))
	f.WriteString(good1 + `{"id":"T2","expertise":"`)
	for range size {
		f.Write(megabyte)
	}
	if _, err := f.WriteString("\"}\n"); err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() < int64(size)<<20 {
		t.Fatal(info, err)
	}
	data := t.TempDir() + "/data"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	refusal(t, run1(t, nil, "import", "specialists", path, "--data", data), refused, "第 2 行", "超过 1 MiB", "请核对换行")
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	if took > 10*time.Second || headOf(t, data) != "" {
		t.Errorf("%s, head %q", took, headOf(t, data))
	}
	t.Logf("%d MB in %s, %d KiB allocated", size, took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>10)
}

func TestTextsOfEveryLength(t *testing.T) {
	t.Parallel()
	data := county(t)
	for _, c := range []struct {
		name, text string
		refusedFor []string // nil = it works
	}{
		{"nothing", "", []string{"0 个字"}},
		{"blanks", " \n　", []string{"0 个字"}},
		{"one character", "漏", []string{"1 个字", "请用一两句话"}},
		{"one rare character", "𬭚", []string{"1 个字"}},
		{"two characters", "缩松", nil},
		{"20,000 characters", strings.Repeat("泵壳打压冒汗，缩松渗漏", 2000)[:3*20_000], nil},
		{"20,000 characters of four bytes", strings.Repeat("😀𠮷", 10_000), nil},
		{"20,001 characters", strings.Repeat("漏", 20_001), []string{"超过 20000 字", "请概括"}},
		{"20,001 characters of four bytes", strings.Repeat("𬭚", 20_001), []string{"超过 20000 字", "请概括"}},
		{"a stream without end", strings.Repeat("长", 200_000), []string{"超过 20000 字"}},
		{"emoji and 扩展 B", "😀𠮷泵壳打压冒汗，𬭚", nil},
		{"no UTF-8", "\xc6\xf8\xbf\xd7\xc9\xf8\xc2\xa9", []string{"UTF-8"}},
		{"control characters", "泵壳\x00\x1b[31m打压冒汗", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, command := range []string{"match", "diagnose"} {
				began := time.Now()
				o := run1(t, strings.NewReader(c.text), command, "--text", "-", "--data", data)
				if c.refusedFor != nil {
					refusal(t, o, refused, c.refusedFor...)
				} else if o.code != done || o.out == "" {
					t.Errorf("%s: %+v", command, o)
				}
				if took := time.Since(began); took > 5*time.Second {
					t.Errorf("%s took %s", command, took)
				}
			}
		})
	}
}

func TestEmptyPools(t *testing.T) {
	t.Parallel()
	data := t.TempDir() + "/data"
	for _, args := range [][]string{{"match", "N1"}, {"match", "--text", "铸件渗漏"}, {"explain", "N1", "T01"}, {"diagnose", "N1"}, {"search", "铸造"}, {"reindex"}, {"verify"}} {
		refusal(t, run1(t, nil, append(args, "--data", data)...), refused, "没有数据", data, "请先导入")
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a reading command made the folder")
	}
	tepai(t, "import", "needs", "testdata/county/needs.jsonl", "--data", data)
	for _, args := range [][]string{{"match", "N1"}, {"match", "--text", "铸件渗漏"}} {
		refusal(t, run1(t, nil, append(args, "--data", data)...), refused, "库里还没有特派员", "tepai import specialists")
	}
	only := t.TempDir() + "/only"
	tepai(t, "import", "specialists", "testdata/county/specialists.jsonl", "--data", only)
	refusal(t, run1(t, nil, "match", "--for-specialist", "T01", "--data", only), refused, "库里还没有技术需求", "tepai import needs")
}

func TestUnknownIDs(t *testing.T) {
	t.Parallel()
	data := county(t)
	for _, c := range []struct {
		args  []string
		words []string
	}{
		{[]string{"match", "N9"}, []string{"N9", "需求", "请核对编号"}},
		{[]string{"match", "T01"}, []string{"T01", "需求", "请核对编号"}},
		{[]string{"match", "--for-specialist", "T99"}, []string{"T99", "特派员", "请核对编号"}},
		{[]string{"explain", "N9", "T01"}, []string{"N9", "需求"}},
		{[]string{"explain", "N1", "T99"}, []string{"T99", "特派员"}},
		{[]string{"diagnose", "N9"}, []string{"N9", "需求"}},
		{[]string{"match", strings.Repeat("很长", 500)}, []string{"…", "请核对编号"}},
	} {
		refusal(t, run1(t, nil, append(c.args, "--data", data)...), refused, c.words...)
	}
}

func TestCommandLinesThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args  []string
		words []string
	}{
		{[]string{"frob"}, []string{"没有“frob”这条命令", "tepai --help"}},
		{[]string{"mach"}, []string{"没有“mach”这条命令", `"match"`}},
		{[]string{"--json"}, []string{"请写明要做什么"}},
		{[]string{"match"}, []string{"请给出一项", "--text"}},
		{[]string{"match", "N1", "--text", "铸件"}, []string{"请给出一项"}},
		{[]string{"match", "N1", "N2"}, []string{"多余的内容“N2”", "tepai match --help"}},
		{[]string{"match", "--nope"}, []string{"没有“--nope”这个选项", "tepai match --help"}},
		{[]string{"match", "--txt", "x"}, []string{"--txt", `"--text"`}},
		{[]string{"match", "--limit"}, []string{"--limit", "缺少内容"}},
		{[]string{"match", "N1", "--limit", "x"}, []string{"--limit", "整数", "“x”"}},
		{[]string{"match", "N1", "--limit", "0"}, []string{"--limit", "1 到 1000"}},
		{[]string{"match", "N1", "--on", "明天"}, []string{"--on", "明天", "2026-03-01"}},
		{[]string{"match", "N1", "--on", "2026-02-30"}, []string{"--on", "日历上没有"}},
		{[]string{"match", "--text", "-5℃时开裂"}, []string{"--text=", "等号"}},
		{[]string{"match", "N1", "--json=也许"}, []string{"--json", "true", "也许"}},
		{[]string{"match", "N1", "--data", ""}, []string{"--data", "空"}},
		{[]string{"diagnose"}, []string{"请给出一项"}},
		{[]string{"explain", "N1"}, []string{"缺少 <特派员编号>"}},
		{[]string{"import"}, []string{"缺少 <类别> <文件>"}},
		{[]string{"import", "specialists"}, []string{"缺少 <文件>"}},
		{[]string{"import", "people", "a.csv"}, []string{"<类别>", "specialists", "“people”"}},
		{[]string{"search"}, []string{"缺少 <检索词>"}},
		{[]string{"search", "x", "--kind", "people"}, []string{"--kind", "needs", "“people”"}},
		{[]string{"search", "x", "--limit", "101"}, []string{"--limit", "1 到 100"}},
		{[]string{"score"}, []string{"缺少必需的选项", "--pairs", "--pool"}},
		{[]string{"eval"}, []string{"--pool"}},
		{[]string{"verify", "--head", "3:zz"}, []string{"--head", "序号:哈希"}},
		{[]string{"demo", "--limit", "0"}, []string{"--limit"}},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			refusal(t, run1(t, nil, c.args...), wrongUse, append(c.words, "用法错误：")...)
		})
	}
}
