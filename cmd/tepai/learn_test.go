package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tepai/matcher"
)

type learnt struct {
	Folds []struct {
		Needs, Topics []string
		Seen          int
		Before, After float64
		Moves         []struct{ Name string }
	}
	Needs, Topics       int
	Before, After, Diff float64
	CI                  [2]float64
	Weights, Why        string
	Written             *struct{ File, Version string }
}

func TestLearnWritesNothingWithoutGain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "weights.yaml")
	l := inJSON[learnt](t, "learn", "--pool", "testdata/county", "--folds", "2", "--out", path)
	if l.Needs != 4 || len(l.Folds) != 2 || l.Diff != 0 || l.Weights != "1" || l.Written != nil || l.Why == "" {
		t.Errorf("%+v", l)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("a file without a gain: %v", err)
	}
	human := tepai(t, "learn", "--pool", "testdata/county", "--folds", "2", "--out", path)
	for _, want := range []string{"第 2 份", "没有见过的需求", "没有写出新的权重", "权重 1 继续使用"} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing in\n%s", want, human)
		}
	}
}

// trades is a collection in which the enterprise's industry must not count much; two needs share a topic, one of them has two.
func trades(t *testing.T) string {
	t.Helper()
	files := map[string]*strings.Builder{"specialists.jsonl": {}, "needs.jsonl": {}, "qrels.tsv": {}, "topics.tsv": {}}
	for i, trade := range []string{"砂型铸造", "连翘种植", "瓦斯抽采", "陶瓷烧成", "蚕桑养殖", "锅炉节能"} {
		fmt.Fprintf(files["needs.jsonl"], `{"id":"N%d","industry":"金属制品业","title":"%s"}`+"\n", i, trade)
		fmt.Fprintf(files["specialists.jsonl"], `{"id":"S%d","industry":"农业","expertise":"%s。"}`+"\n", i, trade)
		fmt.Fprintf(files["specialists.jsonl"], `{"id":"A%d","industry":"金属制品业","expertise":"企业管理。"}`+"\n", i)
		fmt.Fprintf(files["qrels.tsv"], "N%d\tS%d\t3\n", i, i)
		fmt.Fprintf(files["topics.tsv"], "N%d\tT%d\n", i, i/2)
	}
	fmt.Fprintln(files["topics.tsv"], "N0\tT2\nN99\tT9")
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLearnWritesWeightsThatOthersRead(t *testing.T) {
	t.Parallel()
	pool := trades(t)
	start := file(t, "start.yaml", "\ufeffversion: 试用\nbased_on: \"1\"\nindustry: 0.9\n")
	path := filepath.Join(t.TempDir(), "weights.yaml")
	base := filepath.Dir(file(t, "common.txt", "症状 | 渗漏 | 冒汗\n")) // nothing is inferred: the weights of profiles alone are learnt
	l := inJSON[learnt](t, "learn", "--pool", pool, "--folds", "3", "--weights", start, "--knowledge", base, "--out", path)
	if l.Topics != 3 || l.Before > 0.7 || l.After != 1 || l.Weights != "试用" || l.Written == nil || l.Written.File != path {
		t.Fatalf("%+v", l)
	}
	if l.Folds[0].Seen != 2 || l.Folds[1].Seen != 4 || l.Folds[2].Seen != 3 {
		t.Errorf("%+v", l.Folds)
	}
	if l.CI[0] <= 0 || strings.Contains(l.Why, "区间含 0") {
		t.Errorf("%v %s", l.CI, l.Why)
	}
	r := inJSON[struct {
		All      struct{ NDCG10 float64 }
		Versions map[string]string
	}](t, "eval", "--pool", pool, "--knowledge", base, "--weights", path)
	if r.All.NDCG10 < 0.999 || r.Versions["weights"] != l.Written.Version || !strings.HasPrefix(l.Written.Version, "1+") {
		t.Errorf("%+v", r)
	}
	refusal(t, run1(t, nil, "learn", "--pool", pool, "--folds", "3", "--out", path), refused, path, "--overwrite")
	before := read(t, path)
	human := tepai(t, "learn", "--pool", pool, "--folds", "3", "--weights", start, "--knowledge", base, "--out", path, "--overwrite")
	if read(t, path) != before || !strings.Contains(human, "版本 "+l.Written.Version) || !strings.Contains(human, "--weights "+path) {
		t.Error(human)
	}
}

func TestWeightsFileRoundTrip(t *testing.T) {
	t.Parallel()
	w := matcher.DefaultWeights()
	for i, d := range matcher.Dials() {
		d.Turn(&w, 0.123+float64(i)/1000)
	}
	w.Spare = 12 // 0.000012
	w = w.Sealed()
	back, err := parseWeights(formatWeights(w, "0.5 → 0.6"))
	if err != nil || back != w {
		t.Errorf("%+v, %v", back, err)
	}
	if text := string(formatWeights(matcher.DefaultWeights().Sealed(), "")); strings.Contains(text, "field:") {
		t.Errorf("values that do not differ:\n%s", text)
	}
}

func TestBadWeightsFiles(t *testing.T) {
	t.Parallel()
	const head = "version: a\nbased_on: \"1\"\n"
	for name, c := range map[string]struct {
		content string
		words   []string
	}{
		"no such weight":   {head + "fild: 0.1\n", []string{"fild", "field"}},
		"no version":       {"based_on: \"1\"\nfield: 0.1\n", []string{"version"}},
		"a bare version":   {"version: 2\nbased_on: \"1\"\n", []string{"version", "引号"}},
		"no base":          {"version: a\n", []string{"based_on"}},
		"another base":     {"version: a\nbased_on: \"0\"\n", []string{"based_on", "tepai learn"}},
		"negative":         {head + "inferred: -1\n", []string{"inferred", "-1"}},
		"absurd":           {head + "field: 7000\n", []string{"field", "0 到 1"}},
		"no number":        {head + "field: 很大\n", []string{"field", "数"}},
		"not a number":     {head + "field: .nan\n", []string{"field", "0 到 1"}},
		"twice":            {head + "field: 0.1\nfield: 0.2\n", []string{"YAML"}},
		"nothing":          {"", []string{"version"}},
		"no YAML":          {"{version: [", []string{"YAML"}},
		"a list":           {"- version\n", []string{"YAML"}},
		"built-in version": {"version: \"1\"\nbased_on: \"1\"\nfield: 0.1\n", []string{"version", "内置"}},
		"a broken seal":    {"version: 1+00000000\nbased_on: \"1\"\nfield: 0.1\n", []string{"version", "对不上"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, "w.yaml", c.content)
			refusal(t, run1(t, nil, "eval", "--pool", "testdata/county", "--weights", path), refused, append(c.words, path)...)
		})
	}
	refusal(t, run1(t, nil, "eval", "--pool", "testdata/county", "--weights", "none.yaml"), wrongUse, "none.yaml", "--weights")
}

func TestWeightsAreASetting(t *testing.T) {
	data := county(t)
	weights := file(t, "w.yaml", "version: 某县\nbased_on: \"1\"\nindustry: 0.01\n")
	t.Setenv("TEPAI_WEIGHTS", weights)
	if r := inJSON[ranked](t, "match", "N1", "--data", data); r.Versions["weights"] != "某县" {
		t.Errorf("%v", r.Versions)
	}
	if out := tepai(t, "doctor", "--data", data); !strings.Contains(out, "排序权重：可用，版本 某县") {
		t.Error(out)
	}
	t.Setenv("TEPAI_WEIGHTS", file(t, "bad.yaml", "version: 某县\n"))
	o := run1(t, nil, "doctor", "--data", data)
	if o.code != refused || !strings.Contains(o.out, "异常  排序权重：权重文件") {
		t.Errorf("%+v", o)
	}
}

func TestCollectionsThatCannotBeLearntFrom(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "w.yaml")
	refusal(t, run1(t, nil, "learn", "--pool", "testdata/county", "--folds", "9", "--out", out), refused, "4 个主题", "9 份")
	refusal(t, run1(t, nil, "learn", "--pool", "testdata/county", "--folds", "1", "--out", out), refused, "至少分两份")
	refusal(t, run1(t, nil, "learn", "--pool", "testdata/english", "--out", out), refused, "qrels.tsv")
	refusal(t, run1(t, nil, "learn"), wrongUse, "--pool")
}
