package learn

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tepai/matcher"
)

var ctx = context.Background()

// judged are n needs on topics of three.
func judged(n int) (needs []Need) {
	for i := range n {
		needs = append(needs, Need{fmt.Sprintf("N%02d", i), []string{fmt.Sprintf("T%02d", i/3)}})
	}
	return needs
}

// peak is a made measure: needs like a weight of Inferred of 1.2 best, each by its own scale; nothing else matters.
func peak(_ context.Context, w matcher.Weights, need string) (float64, error) {
	return 1 - (0.1+float64(need[2]-'0')/100)*math.Abs(math.Log2(w.Inferred/1.2)), nil
}

func TestFitFindsThePlantedWeight(t *testing.T) {
	from := matcher.DefaultWeights()
	fitted, err := NewBench(peak).Fit(ctx, from, judged(12))
	want := from
	want.Inferred = 1.2
	if err != nil || fitted != want {
		t.Errorf("moved %v, %v", Moves(from, fitted), err)
	}
	study, err := NewBench(peak).CrossValidate(ctx, from, judged(12), 4)
	if err != nil || !study.Rises() || study.CI[0] <= 0 || study.Needs != 12 || study.Topics != 4 || len(study.Folds) != 4 {
		t.Errorf("%+v, %v", study, err)
	}
	for _, f := range study.Folds {
		if !reflect.DeepEqual(f.Moves, []Move{{"inferred", 0.6, 1.2}}) || f.Seen != 9 {
			t.Errorf("%+v", f)
		}
	}
}

func TestNothingMovesForNothing(t *testing.T) {
	from := matcher.DefaultWeights()
	from.Stray = 0
	for name, measure := range map[string]Measure{
		"flat": func(context.Context, matcher.Weights, string) (float64, error) { return 0.7, nil },
		"a hair": func(_ context.Context, w matcher.Weights, _ string) (float64, error) {
			return 0.7 + w.Inferred/10_000, nil
		},
		"only switched on": func(_ context.Context, w matcher.Weights, _ string) (float64, error) { return min(w.Stray, 1), nil },
	} {
		fitted, err := NewBench(measure).Fit(ctx, from, judged(12))
		if err != nil || fitted != from {
			t.Errorf("%s: moved %v, %v", name, Moves(from, fitted), err)
		}
		study, err := NewBench(measure).CrossValidate(ctx, from, judged(12), 3)
		if err != nil || study.Rises() || study.Diff != 0 {
			t.Errorf("%s: %+v, %v", name, study, err)
		}
	}
}

// Whatever the held-out needs would say, the fit that they judge comes out the same.
func TestHeldOutNeedsHaveNoSay(t *testing.T) {
	needs := judged(15)
	needs[0].Topics = append(needs[0].Topics, "T03") // N00 belongs to two topics
	honest, err := NewBench(peak).CrossValidate(ctx, matcher.DefaultWeights(), needs, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, fold := range honest.Folds {
		turned := func(ctx context.Context, w matcher.Weights, need string) (float64, error) {
			v, err := peak(ctx, w, need)
			if slices.Contains(fold.Needs, need) {
				v = 1 - v
			}
			return v, err
		}
		study, err := NewBench(turned).CrossValidate(ctx, matcher.DefaultWeights(), needs, 3)
		if err != nil || !reflect.DeepEqual(study.Folds[i].Moves, fold.Moves) || study.Folds[i].After == fold.After {
			t.Errorf("fold %d: %+v, %+v, %v", i, study.Folds[i], fold, err)
		}
	}
}

func TestFoldsNeverSplitATopic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var needs []Need
		for i := range rapid.IntRange(4, 30).Draw(t, "needs") {
			topics := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}), 0, 2, rapid.ID).Draw(t, "topics")
			needs = append(needs, Need{fmt.Sprintf("N%02d", i), topics})
		}
		k := rapid.IntRange(2, 5).Draw(t, "k")
		splits, err := Folds(needs, k)
		if err != nil {
			if len(byTopic(needs)) >= k {
				t.Fatal(err)
			}
			return
		}
		shuffled, _ := Folds(rapid.Permutation(needs).Draw(t, "order"), k)
		if !reflect.DeepEqual(splits, shuffled) {
			t.Fatal("the order of the needs matters")
		}
		held := map[string]int{}
		for _, s := range splits {
			for _, n := range s.Held {
				held[n.ID]++
			}
			for _, n := range s.Seen {
				if n.resembles(s.Held) || slices.ContainsFunc(s.Held, func(h Need) bool { return h.ID == n.ID }) {
					t.Fatalf("%v is judged by %v", n, s.Held)
				}
			}
			if len(s.Held) == 0 {
				t.Fatal("an empty part")
			}
		}
		for _, n := range needs {
			if held[n.ID] != 1 {
				t.Fatalf("%s is held out %d times", n.ID, held[n.ID])
			}
		}
	})
}

func TestPartsAreOfOneSize(t *testing.T) {
	splits, err := Folds(judged(30), 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range splits {
		if len(s.Held) != 6 || len(s.Seen) != 24 {
			t.Errorf("%d held out, %d seen", len(s.Held), len(s.Seen))
		}
	}
	for _, k := range []int{-1, 0, 1, 11} {
		if _, err := Folds(judged(30), k); err == nil {
			t.Errorf("10 topics in %d parts", k)
		}
	}
}

func TestGridKeepsToTheRange(t *testing.T) {
	from := matcher.DefaultWeights()
	from.Industry = 0
	axes := grid(from)
	if len(axes) != len(learnt) {
		t.Fatalf("%d axes", len(axes))
	}
	for _, a := range axes {
		if start := a.Of(&from); !slices.Contains(a.values, start) || len(a.others(start)) != len(a.values)-1 || !slices.IsSorted(a.values) {
			t.Errorf("%s: %v", a.Name, a.values)
		}
		if a.values[0] < a.Low || a.values[len(a.values)-1] > a.High {
			t.Errorf("%s: %v", a.Name, a.values)
		}
	}
	if got := axes[4].others(1); !slices.Equal(got, []float64{0.7, 1.4, 0.5, 2, 0.25, 4}) {
		t.Errorf("others of saturation: %v", got)
	}
	if got := axes[7].values; !slices.Equal(got, []float64{0}) {
		t.Errorf("a weight that is off: %v", got)
	}
}

func TestAFailureAndACallOffEndTheStudy(t *testing.T) {
	broken := errors.New("broken")
	fail := func(context.Context, matcher.Weights, string) (float64, error) { return 0, broken }
	if _, err := NewBench(fail).CrossValidate(ctx, matcher.DefaultWeights(), judged(6), 2); !errors.Is(err, broken) {
		t.Error(err)
	}
	off, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := NewBench(peak).Fit(off, matcher.DefaultWeights(), judged(6)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
