package knowledge

import (
	"slices"
	"testing"
)

func TestStudyCountsWhatAPersonWouldCount(t *testing.T) {
	b := small(t)
	s, results := b.Study([]Case{
		{ID: "1", Text: "泵壳冒汗，试压不过。", Fields: []string{"焊接", "铸造"}, Terms: []string{"显微缩松/疏松", "浸渗处理", "针孔", "砂眼"}, Wrong: []string{"密封设计"}},
		{ID: "2", Text: "金属件冒汗。", Fields: []string{"铸造"}, Terms: []string{"缩松"}, Wrong: []string{"密封设计"}},
		{ID: "3", Text: "今天天气很好。", Fields: []string{"铸造"}, Terms: []string{"缩松"}},
	}, Verdicts{"1": {"缩松": true, "浸渗": true, "针孔": false}, "2": {}})
	// The third case has nothing inferred, so nothing is left to judge; the second has an unread concept.
	want := Study{Cases: 3, Ruled: 2, Field: 1, Terms: 1, Trapped: 1, Judged: 2, Wrong: 1, Shown: 3, Faults: 1, Unread: 1}
	if s != want {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
	if met := results[0].Met; !slices.Equal(met, []string{"显微缩松/疏松", "浸渗处理", "针孔"}) {
		t.Errorf("met %v", met)
	}
	if trap := results[1].Trap; !slices.Equal(trap, []string{"密封设计"}) {
		t.Errorf("trap %v", trap)
	}
}

func TestSameTerm(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"缩松", "缩松", true},
		{"缩松", "缩松缺陷", false}, // two characters stand in too many words
		{"凝固模拟", "铸造凝固模拟", true},
		{"铸造凝固模拟", "凝固模拟", true},
		{"plc", "plc编程", true},
		{"缩松", "缩孔", false},
	} {
		if sameTerm(c.a, c.b) != c.want {
			t.Errorf("%s %s: not %v", c.a, c.b, c.want)
		}
	}
}
