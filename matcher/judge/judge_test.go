package judge

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %.9f, want %.9f", what, got, want)
	}
}

// Worked by hand: grades a3 b2 c1; ranking x a c b.
func TestMeasureByHand(t *testing.T) {
	f := Measure([]string{"x", "a", "c", "b"}, Grades{"a": 3, "b": 2, "c": 1})
	dcg := 7/math.Log2(3) + 1/math.Log2(4) + 3/math.Log2(5)
	ideal := 7/math.Log2(2) + 3/math.Log2(3) + 1/math.Log2(4)
	near(t, "nDCG@10", f.NDCG10, dcg/ideal)
	near(t, "MAP", f.MAP, (1.0/2+2.0/3+3.0/4)/3)
	near(t, "MRR", f.MRR, 0.5)
	near(t, "P@5", f.P5, 3.0/5)
	near(t, "recall@20", f.Recall20, 1)
}

func TestNothingRelevant(t *testing.T) {
	if f := Measure([]string{"a", "b"}, Grades{"a": 0}); f != (Figures{}) {
		t.Errorf("figures without relevant specialists: %+v", f)
	}
}

func TestNDCGProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.Permutation([]string{"a", "b", "c", "d", "e", "f"}).Draw(t, "ranking")
		grades := Grades{}
		for _, id := range ids {
			grades[id] = rapid.IntRange(0, 3).Draw(t, "grade")
		}
		got := NDCG(ids, grades, 10)
		if got < 0 || got > 1+1e-12 {
			t.Fatalf("nDCG %f", got)
		}
		i := rapid.IntRange(0, len(ids)-2).Draw(t, "swap")
		better := grades[ids[i+1]] > grades[ids[i]]
		ids[i], ids[i+1] = ids[i+1], ids[i]
		if after := NDCG(ids, grades, 10); better && after <= got || !better && after > got+1e-12 {
			t.Fatalf("swapping places %d and %d: %f → %f", i, i+1, got, after)
		}
	})
}

func TestBootstrapHoldsTheMean(t *testing.T) {
	values := []float64{.2, .9, .5, .7, .4, .6, 1, .3}
	ci := Bootstrap(values)
	if !(ci[0] < .575 && .575 < ci[1]) || ci != Bootstrap(values) {
		t.Errorf("interval %v", ci)
	}
	mean, ci := Paired([]float64{.5, .6, .7}, []float64{.4, .5, .6})
	near(t, "paired mean", mean, .1)
	near(t, "lower end", ci[0], .1)
}

func TestRunFileRoundTrip(t *testing.T) {
	run := Run{"N2": {{"S1", 1_500_000}, {"S2", -20}}, "N1": {{"S9", 7}}}
	var file bytes.Buffer
	if err := WriteRun(&file, run, "tepai"); err != nil {
		t.Fatal(err)
	}
	want := "N1 Q0 S9 1 0.000007 tepai\nN2 Q0 S1 1 1.500000 tepai\nN2 Q0 S2 2 -0.000020 tepai\n"
	if file.String() != want {
		t.Errorf("run file:\n%s", file.String())
	}
	back, err := ReadRun(&file)
	if err != nil || !reflect.DeepEqual(back, run) {
		t.Errorf("read back %v, %v", back, err)
	}
}

func TestReadRunNamesTheLine(t *testing.T) {
	for file, want := range map[string]string{
		"N1 Q0 S1 1 0.5 x\nN1 Q0 S2 2 0.4\n":                    "第 2 行",
		"N1 Q0 S1 1 high x\n":                                   "第 1 行：得分“high”",
		"N1 Q0 S1 1 0.5 x\n\nN1 Q0 S1 2 0.4 x\n":                "第 3 行：需求 N1 下特派员 S1 出现了两次",
		"N1 Q0 S1 1 1 x\n" + strings.Repeat("y", longestLine+1): "第 2 行",
		"N1 Q0 S1 1 NaN x\n":                                    "第 1 行",
		"N1 Q0 S1 1 0.5 x y\n":                                  "这里有 7 列",
	} {
		_, err := ReadRun(strings.NewReader(file))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", file, err, want)
		}
	}
}

func TestCompareByDifficulty(t *testing.T) {
	needs := []Judged{{"N1", "easy", Grades{"a": 3}}, {"N2", "hard", Grades{"b": 1}}, {"N3", "hard", nil}}
	run := Run{"N1": {{"a", 9}}, "N2": {{"x", 9}, {"b", 8}}}
	r := Compare(run, Run{"N1": {{"a", 9}}}, needs)
	if r.All.N != 2 || r.Easy.N != 1 || r.Hard.N != 1 || r.Mismatch != nil {
		t.Errorf("groups %+v", r)
	}
	near(t, "easy", r.Easy.NDCG10, 1)
	near(t, "difference", r.Hard.Against.Diff, 1/math.Log2(3))
	if worst := Worst(run, needs, 5); !reflect.DeepEqual(worst, []string{"N2", "N1"}) {
		t.Errorf("worst %v", worst)
	}
}
