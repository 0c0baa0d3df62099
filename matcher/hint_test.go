package matcher

import (
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/segment/knowledge"
)

func aspectsOf(list []Hint) (names []string) {
	for _, h := range list {
		names = append(names, h.Aspect)
	}
	return names
}

func TestHintsAskForWhatIsMissing(t *testing.T) {
	kb := smallBase(t)
	all := []string{"工艺", "规模", "指标", "期限", "已试办法"}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"thing and trouble alone", "泵壳老是冒汗", all},
		{"no thing", "老是冒汗", append([]string{"对象"}, all...)},
		{"no trouble", "我们做泵壳", append([]string{"问题"}, all...)},
		{"scale", "一年三千多吨泵壳，冒汗", []string{"工艺", "指标", "期限", "已试办法"}},
		{"scale in digits", "泵壳冒汗，１２００ 吨", []string{"工艺", "指标", "期限", "已试办法"}},
		{"a number without a unit is no scale", "泵壳冒汗，2026", all},
		{"indicator", "泵壳冒汗，废品率 8%", []string{"工艺", "规模", "期限", "已试办法"}},
		{"a Latin unit is a word", "泵壳冒汗，10 mpa", []string{"工艺", "规模", "期限", "已试办法"}},
		{"and no part of one", "泵壳冒汗，10 mpab", all},
		{"tried", "泵壳冒汗，补焊也没用", []string{"工艺", "规模", "指标", "期限"}},
		{"deadline", "泵壳冒汗，年底前要解决", []string{"工艺", "规模", "指标", "已试办法"}},
		{"complete", "泵壳冒汗，采用树脂砂，一年三千吨，废品率从 8% 降到 2%，年底前解决，换过砂没用", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := aspectsOf(HintsText(kb, c.text)); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.text, got, c.want)
			}
		})
	}
}

func TestHintsSpeakOfTheTrade(t *testing.T) {
	kb := smallBase(t)
	question := func(text, aspect string) string {
		for _, h := range HintsText(kb, text) {
			if h.Aspect == aspect {
				return h.Question
			}
		}
		return ""
	}
	if q := question("泵壳老是冒汗", "工艺"); !strings.Contains(q, "砂型") {
		t.Error(q)
	}
	if q := question("老是冒汗", "对象"); !strings.Contains(q, "压不住") || !strings.Contains(q, "如铸件") {
		t.Error(q)
	}
	if q := question("我们做泵壳", "问题"); !strings.Contains(q, "铸件") || !strings.Contains(q, "如压不住") {
		t.Error(q)
	}
	if q := question("完全别的事", "指标"); q != hintTable().questions[[2]string{"指标", ""}] {
		t.Error(q)
	}
}

func TestHintsLookAtTheWholeNeedAndNotAtItsBackground(t *testing.T) {
	kb := smallBase(t)
	got := aspectsOf(Hints(kb, registry.Need{Title: "泵壳", Description: "补焊没用", Wanted: "废品率降到 2%", EnterpriseType: "冒汗"}))
	if want := []string{"问题", "工艺", "规模", "期限"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := aspectsOf(Hints(nil, registry.Need{Description: "泵壳"})); slices.Contains(got, "对象") || slices.Contains(got, "问题") {
		t.Error("without a base nobody can tell:", got)
	}
}

// Every aspect has a question for everybody, and every group of fields that the table names exists.
func TestHintTable(t *testing.T) {
	table := hintTable()
	groups := map[string]bool{"": true}
	for _, f := range registry.Fields() {
		if f.Parent == registry.NoField {
			groups[f.Name] = true
		}
	}
	for _, aspect := range aspects {
		if table.question(aspect, "") == "" {
			t.Errorf("no question for %s", aspect)
		}
	}
	for at, q := range table.questions {
		if !groups[at[1]] || !strings.HasSuffix(q, "。") && !strings.HasSuffix(q, "？") {
			t.Errorf("%v: %s", at, q)
		}
	}
	for _, bad := range []string{"认 | 天气 | 晴", "问 | 工艺 | 种植", "想 | 工艺 | 种植 | 怎样种？", "认"} {
		if _, err := parseHints(bad); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

// Whatever is asked reads as a whole sentence, also with the embedded base.
func TestHintsLeaveNoHoles(t *testing.T) {
	kb, err := knowledge.Load(knowledge.Embedded(), knowledge.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"老是漏水", "我厂做球铁管件", "猪拉稀", "想请专家", "123", "", "皮带老跑偏，一班停三回"} {
		for _, h := range HintsText(kb, text) {
			if strings.ContainsAny(h.Question, "{}") || strings.Contains(h.Question, "如。") {
				t.Errorf("%s: %s", text, h.Question)
			}
		}
	}
}
