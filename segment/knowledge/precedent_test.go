package knowledge

import (
	"fmt"
	"slices"
	"testing"
)

// A diagnosis by some routes has exactly the firings of those kinds, and concludes nothing else.
func TestRoutes(t *testing.T) {
	b := small(t)
	in := Passage{Text: "泵壳冒汗，怀疑是疏松，不是密封设计的事。铸造缺陷多。"}
	past := []Precedent{{Need: "N7", Sure: One / 2, Terms: []string{"凝固模拟"}}}
	all := b.DiagnoseBy(AllRoutes, past, in)
	for k := range FiringKind(len(firingNames)) {
		want := slices.DeleteFunc(slices.Clone(all.Fired), func(f Firing) bool { return f.Kind != k })
		got := b.DiagnoseBy(RoutesOf(k), past, in)
		if len(want) == 0 || fmt.Sprint(got.Fired) != fmt.Sprint(want) {
			t.Errorf("by %s: %+v, want %+v", k, got.Fired, want)
		}
		if concluded := len(got.Causes)+len(got.Terms) > 0; concluded == (k == Narrower) { // a narrower concept only adds to other reasons
			t.Errorf("by %s: concluded %v", k, concluded)
		}
	}
	if d := b.DiagnoseBy(0, past, in); fmt.Sprint(d) != fmt.Sprint(Diagnosis{}) {
		t.Errorf("by no route: %+v", d)
	}
	if d := b.Diagnose(in); fmt.Sprint(d) != fmt.Sprint(b.DiagnoseBy(AllRoutes, nil, in)) {
		t.Errorf("%+v", d)
	}
}

func TestPrecedents(t *testing.T) {
	b := small(t)
	past := []Precedent{
		{Need: "N7", Sure: 500_000, Fields: []string{"铸造", "养蚕"}, Causes: []string{"疏松"}, Terms: []string{"缩松", "凝固模拟"}},
		{Need: "N9", Sure: 200_000, Terms: []string{"凝固模拟", "浸渗处理"}},
	}
	d := b.DiagnoseBy(AllRoutes, past, Passage{Text: "泵壳冒汗"})
	want := Diagnosis{
		// 缩松 by the rule at 0.8 and by N7, which names it twice and counts once: 1 − 0.2·0.5
		Causes: []Finding{{"缩松", []string{"缩松", "疏松", "shrinkage porosity"}, 900_000, []int{0, 1}}},
		Terms: []Finding{
			{"凝固模拟", []string{"凝固模拟"}, 600_000, []int{1, 2}}, // the base does not know it: 1 − 0.5·0.8
			{"浸渗", []string{"浸渗", "浸渗处理"}, 600_000, []int{0, 2}},
		},
	}
	if fmt.Sprint(d.Causes, d.Terms) != fmt.Sprint(want.Causes, want.Terms) {
		t.Errorf("got  %v %v\nwant %v %v", d.Causes, d.Terms, want.Causes, want.Terms)
	}
	if f := d.Fired[1]; f.Kind != Likeness || f.Need != "N7" || f.What != "同类需求 N7 的研判" || f.File != "" || len(f.Spans) != 0 || f.Sure != 500_000 {
		t.Errorf("firing: %+v", f)
	}
	// 铸造: a rule, an object and a precedent, of 1.8 votes and half a vote held back; no concept of the base is of 养蚕
	if len(d.Fields) != 1 || d.Fields[0] != (Weighted{"铸造", 782_608}) {
		t.Errorf("fields: %v", d.Fields)
	}
}
