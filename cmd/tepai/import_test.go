package main

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// importReport is the contract of import --json.
type importReport struct {
	File                        string
	Created, Updated, Unchanged int
	Faults                      []struct {
		Line               int
		Field, Reason, Raw string
		ID, Remedy         string
	}
	DryRun bool `json:"dry_run"`
	Head   int
}

const (
	good1  = `{"id":"T1","title":"教授","expertise":"铸造工艺"}` + "\n"
	good2  = `{"id":"T2","expertise":"连翘种植"}` + "\n"
	good2b = `{"id":"T2","expertise":"连翘种植与病害防治"}` + "\n"
	broken = `{"id":"T3","expertise":"煤层气",,}` + "\n"
)

func TestImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	data := t.TempDir() + "/data"
	path := file(t, "a.jsonl", good1+good2)
	if r := inJSON[importReport](t, "import", "specialists", path, "--data", data); r.Created != 2 || r.Head != 2 || r.Faults == nil || r.File != path {
		t.Fatalf("%+v", r)
	}
	if r := inJSON[importReport](t, "import", "specialists", path, "--data", data); r.Unchanged != 2 || r.Created+r.Updated != 0 || r.Head != 2 {
		t.Errorf("%+v", r)
	}
}

func TestImportUpdatesOnlyWhenTold(t *testing.T) {
	t.Parallel()
	data := t.TempDir() + "/data"
	tepai(t, "import", "specialists", file(t, "a.jsonl", good1+good2), "--data", data)
	changed := file(t, "b.jsonl", good1+good2b)
	before := headOf(t, data)
	for _, dry := range [][]string{nil, {"--dry-run"}} {
		args := append([]string{"import", "specialists", changed, "--data", data}, dry...)
		refusal(t, run1(t, nil, args...), refused, "T2", "内容不同", "--update")
	}
	if headOf(t, data) != before {
		t.Fatal("a refused import wrote")
	}
	if r := inJSON[importReport](t, "import", "specialists", changed, "--data", data, "--update", "--dry-run"); !r.DryRun || r.Updated != 1 || r.Unchanged != 1 || headOf(t, data) != before {
		t.Errorf("%+v", r)
	}
	if r := inJSON[importReport](t, "import", "specialists", changed, "--data", data, "--update"); r.Updated != 1 || r.Unchanged != 1 || r.Head != 3 {
		t.Errorf("%+v", r)
	}
}

func TestDryRunMakesNoStore(t *testing.T) {
	t.Parallel()
	data := t.TempDir() + "/data"
	human := tepai(t, "import", "specialists", file(t, "a.jsonl", good1+good2), "--data", data, "--dry-run")
	if !strings.Contains(human, "将新增 2") || !strings.Contains(human, "没有写入") || headOf(t, data) != "" {
		t.Error(human)
	}
}

func TestGoodRows(t *testing.T) {
	t.Parallel()
	data := t.TempDir() + "/data"
	path := file(t, "a.jsonl", good1+broken+good2)
	o := run1(t, nil, "import", "specialists", path, "--data", data, "--json")
	var r importReport
	decode(t, o.out, &r)
	if o.code != refused || len(r.Faults) != 1 || r.Faults[0].Line != 2 || r.Faults[0].Reason == "" || headOf(t, data) != "" {
		t.Errorf("%+v %s", r, o.err)
	}
	for _, want := range []string{"第 2 行", "没有写入任何数据", "--good-rows"} {
		if !strings.Contains(o.err, want) {
			t.Errorf("%q does not say %q", o.err, want)
		}
	}
	o = run1(t, nil, "import", "specialists", path, "--data", data, "--good-rows")
	if o.code != done || !strings.Contains(o.out, "新增 2") || !strings.Contains(o.out, "另有 1 处错误") || !strings.Contains(o.err, "未导入：第 2 行") {
		t.Errorf("%+v", o)
	}
}

func TestTablesInTheEncodingsOfExcel(t *testing.T) {
	t.Parallel()
	table := "编号,姓名,职称,技术领域,专业特长\nT1,王小军,教授,铸造、热处理,球墨铸铁缩松\nT2,𠮷田,研究员,中药材种植,连翘😀病害\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"utf8.csv": table, "mark.csv": "\ufeff" + strings.ReplaceAll(table, "\n", "\r\n"), "gb.csv": gb} {
		t.Run(name, func(t *testing.T) {
			data := t.TempDir() + "/data"
			if r := inJSON[importReport](t, "import", "specialists", file(t, name, content), "--data", data); r.Created != 2 {
				t.Errorf("%+v", r)
			}
			human := tepai(t, "match", "--text", "连翘😀", "--data", data)
			if !strings.Contains(human, "T2 𠮷田 研究员") {
				t.Error(human)
			}
		})
	}
}
