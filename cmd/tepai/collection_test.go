package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

func TestScoresKeepTheOrderOfThePairs(t *testing.T) {
	t.Parallel()
	pairs := "N2\tT01\r\nN1\tT01\n\nN2\tT02\nN1\tT06\nN1\tT01"
	out := tepai(t, "score", "--pool", "testdata/county", "--pairs", file(t, "p.tsv", "\ufeff"+pairs))
	lines := strings.Split(strings.TrimSpace(out), "\n")
	values := map[string]float64{}
	for i, want := range []string{"N2\tT01", "N1\tT01", "N2\tT02", "N1\tT06", "N1\tT01"} {
		var score float64
		rest, ok := strings.CutPrefix(lines[i], want+"\t")
		if _, err := fmt.Sscanf(rest, "%f", &score); !ok || err != nil || len(rest) != 8 {
			t.Fatalf("line %d is %q, want %s and a score", i+1, lines[i], want)
		}
		values[want] = score
	}
	if len(lines) != 5 || values["N1\tT01"] <= values["N2\tT01"] || values["N2\tT02"] <= values["N2\tT01"] || lines[1] != lines[4] {
		t.Error(out)
	}
	o := run1(t, strings.NewReader("N1\tT01\n"), "score", "--pool", "testdata/county", "--pairs", "-")
	if o.code != done || strings.TrimSpace(o.out) != lines[1] {
		t.Errorf("from stdin: %+v, in company: %s", o, lines[1])
	}
}

func TestPairsThatCannotBeScored(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pairs string
		words []string
	}{
		"unknown specialist":                   {"N1\tT01\nN2\tT01\nN1\tT99\n", []string{"第 3 行", "T99", "特派员", "请核对"}},
		"unknown need":                         {"N1\tT01\n\nN9\tT01\n", []string{"第 3 行", "N9", "需求"}},
		"the first of two, whichever its need": {"N1\tT01\nN2\tT98\nN1\tT99\n", []string{"第 2 行", "T98"}},
		"no tab":                               {"N1\tT01\nN1 T01\n", []string{"第 2 行", "TAB"}},
		"three columns":                        {"N1\tT01\t3\n", []string{"第 1 行", "TAB"}},
		"empty":                                {"\n\n", []string{"空"}},
		"a long line":                          {"N1\tT01\n" + strings.Repeat("x", 1<<20), []string{"第 2 行", "过长"}},
	} {
		t.Run(name, func(t *testing.T) {
			refusal(t, run1(t, nil, "score", "--pool", "testdata/county", "--pairs", file(t, "p.tsv", c.pairs)), refused, c.words...)
		})
	}
	refusal(t, run1(t, nil, "score", "--pool", "testdata/county", "--pairs", "none.tsv"), refused, "none.tsv", "--pairs")
	refusal(t, run1(t, nil, "score", "--pool", "testdata"), wrongUse, "--pairs")
}

// English texts are stemmed, and words that say nothing count for nothing.
func TestEnglishWorksAsWell(t *testing.T) {
	t.Parallel()
	var pairs strings.Builder
	for _, need := range []string{"Q1", "Q2"} {
		for _, specialist := range []string{"A1", "A2", "A3", "A4"} {
			fmt.Fprintf(&pairs, "%s\t%s\n", need, specialist)
		}
	}
	list := []struct {
		Need, Specialist string
		Score            float64
	}{}
	decode(t, tepai(t, "score", "--pool", "testdata/english", "--pairs", file(t, "p.tsv", pairs.String()), "--json"), &list)
	score := map[string]float64{}
	for _, x := range list {
		score[x.Need+x.Specialist] = x.Score
	}
	if score["Q1A1"] < 0.05 || score["Q1A2"] > score["Q1A1"]/100 || score["Q1A3"] > score["Q1A1"]/5 || score["Q2A3"] < 0.05 || score["Q2A2"] > score["Q2A3"]/100 || score["Q2A1"] > score["Q2A3"]/5 {
		t.Error(score)
	}
}

type evalFigures struct {
	N                                        int
	NDCG10, MAP, MRR, P5, Recall20, Recall50 float64
	CI                                       [2]float64
	Against                                  *struct{ NDCG10, Diff float64 }
}

type evaluated struct {
	All, Easy *evalFigures
	Ablation  []struct {
		With string
		All  evalFigures
	}
	Fits  *struct{ Kept, Refused float64 }
	Worst []struct {
		ID     string
		NDCG10 float64
	}
}

func TestEval(t *testing.T) {
	t.Parallel()
	run := t.TempDir() + "/run.trec"
	r := inJSON[evaluated](t, "eval", "--pool", "testdata/county", "--run", run, "--ablation", "--fits", "--worst", "2")
	if r.All.N != 4 || r.All.NDCG10 < 0.8 || r.All.CI[0] > r.All.NDCG10 || r.All.CI[1] < r.All.NDCG10 || r.All.MRR == 0 || r.All.Recall50 != 1 || r.Easy != nil {
		t.Errorf("%+v", r.All)
	}
	if len(r.Ablation) != 6 || r.Ablation[5].All.NDCG10 != r.All.NDCG10 || r.Fits == nil || len(r.Worst) != 2 {
		t.Errorf("%+v", r)
	}
	lines := strings.Split(strings.TrimSpace(read(t, run)), "\n")
	if len(lines) != 4*7 || len(strings.Fields(lines[0])) != 6 || !strings.HasPrefix(lines[0], "N1 Q0 T") {
		t.Errorf("%d lines, %q", len(lines), lines[0])
	}
	again := inJSON[evaluated](t, "eval", "--pool", "testdata/county", "--against", run)
	if v := again.All.Against; v == nil || v.Diff != 0 || math.Abs(v.NDCG10-r.All.NDCG10) > 1e-9 {
		t.Errorf("%+v", v)
	}
	human := tepai(t, "eval", "--pool", "testdata/county", "--ablation")
	for _, want := range []string{"nDCG@10", "all", "+ 提到的概念", "+ 上下位", "+ 规则"} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing in\n%s", want, human)
		}
	}
}

// Of two needs in the same words one lends; a topic of their own keeps it from doing so.
func TestEvalOfSimilarNeeds(t *testing.T) {
	t.Parallel()
	twins := file(t, "needs.jsonl", `{"id":"N1","description":"坡地连翘叶子发黄长斑","diagnosis":{"terms":["叶斑病"]}}
{"id":"N2","description":"坡地连翘叶子发黄长斑","diagnosis":{"terms":["根腐病"]}}
`)
	args := []string{"eval", "--pool", "testdata/county", "--needs", twins, "--similar"}
	r := inJSON[struct {
		Similar *struct {
			Alike  float64
			Nobody struct{ All *evalFigures }
			Floors []struct {
				OtherNeeds struct {
					All      *evalFigures
					Borrowed int
				} `json:"other_needs"`
			}
		}
	}](t, args...)
	if s := r.Similar; s == nil || s.Alike != 0.2 || s.Nobody.All.N != 2 || len(s.Floors) != 4 || s.Floors[3].OtherNeeds.Borrowed != 2 || s.Floors[3].OtherNeeds.All.Against == nil {
		t.Fatalf("%+v", r.Similar)
	}
	human := tepai(t, args...)
	for _, want := range []string{"0.200000 其他题目出借：借到 2 条", "上限", "all 0."} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing in\n%s", want, human)
		}
	}
	if human := tepai(t, append(args, "--ablation")...); !strings.Contains(human, "+ 相似需求") {
		t.Error(human)
	}
	refusal(t, run1(t, nil, "eval", "--pool", "testdata/county", "--similar"), refused, "--needs", "diagnosis")
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestCollectionsThatCannotBeEvaluated(t *testing.T) {
	t.Parallel()
	specialists, needs := read(t, "testdata/county/specialists.jsonl"), read(t, "testdata/county/needs.jsonl")
	for name, c := range map[string]struct {
		files map[string]string
		words []string
	}{
		"nothing":              {nil, []string{"specialists.jsonl", "请核对路径"}},
		"an empty pool":        {map[string]string{"specialists.jsonl": "", "needs.jsonl": needs}, []string{"specialists.jsonl", "空"}},
		"no needs":             {map[string]string{"specialists.jsonl": specialists}, []string{"needs.jsonl"}},
		"no judgements":        {map[string]string{"specialists.jsonl": specialists, "needs.jsonl": needs}, []string{"qrels.tsv"}},
		"judgements of others": {map[string]string{"specialists.jsonl": specialists, "needs.jsonl": needs, "qrels.tsv": "X\tT01\t3\n"}, []string{"qrels.tsv"}},
		"a grade of 4":         {map[string]string{"specialists.jsonl": specialists, "needs.jsonl": needs, "qrels.tsv": "N1\tT01\t3\nN1\tT02\t4\n"}, []string{"第 2 行", "等级"}},
		"broken JSON":          {map[string]string{"specialists.jsonl": specialists + "{\n", "needs.jsonl": needs, "qrels.tsv": "N1\tT01\t3\n"}, []string{"第 8 行"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for name, content := range c.files {
				if err := os.WriteFile(dir+"/"+name, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			refusal(t, run1(t, nil, "eval", "--pool", dir), refused, c.words...)
		})
	}
	refusal(t, run1(t, nil, "eval", "--pool", "testdata/county", "--run", t.TempDir()+"/none/run"), refused, "--run")
	refusal(t, run1(t, nil, "eval", "--pool", "testdata/county", "--against", file(t, "r", "N1 T01\n")), refused, "第 1 行", "6 列")
}
