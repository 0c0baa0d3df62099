package knowledge

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

func TestTextsThatTellOfOthersFireNothing(t *testing.T) {
	b := small(t)
	for _, c := range []struct {
		text string
		want bool
	}{
		{"泵壳冒汗", true}, // nothing says who speaks: somebody typed it into the search box
		{"乙方交付的泵壳冒汗的，应在三日内更换。", false},
		{"我厂给乙方交付的泵壳冒汗，乙方要退货。", true},
		{"记者在现场看到，泵壳已经冒汗。", false},
		{"关于泵壳冒汗问题开展大检查的通知", false},
		{"客户要求年底前解决泵壳冒汗", true},
		{"通知说要检查，泵壳冒汗", true}, // one hint is too little
		{"通知说要检查，通知又来了，泵壳冒汗", true},
		{"通知说要开展检查，泵壳冒汗", false},
		{"我市一家企业的泵壳冒汗", false},
		{"我闺蜜家的泵壳冒汗", false},
		{"我们的泵壳，闺蜜说冒汗", false},
		{"我们厂做泵壳，闺蜜说冒汗", true},
	} {
		if got := len(fired(b, Passage{Text: c.text})) > 0; got != c.want {
			t.Errorf("%s: fired %v, want %v", c.text, got, c.want)
		}
	}
}

// The industry of a need is context: it does not say who speaks.
func TestContextHasNoVoice(t *testing.T) {
	b := small(t)
	if got := fired(b, Passage{Text: "泵壳冒汗"}, Passage{Text: "招聘启事、本合同", Context: true}); len(got) == 0 {
		t.Error("a context passage silenced the need")
	}
}

// TestEverydaySentences: 500 sentences a set of news, contracts, notices, talk, manuals, job offers, reviews and laws, each set by
// somebody who had not read the base. The aim is fewer than 2 %. The first three sets have been worked in and keep it. The fourth
// has not: it says what new text meets, and its ceiling may only fall. docs/knowledge.md says what each did when it was new.
func TestEverydaySentences(t *testing.T) {
	b, _, err := load(Embedded(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		name    string
		ceiling int // of 500 sentences
	}{
		{"everyday.tsv", 9},
		{"everyday2.tsv", 9},
		{"everyday3.tsv", 9},
		{"everyday4.tsv", 37},
	} {
		t.Run(set.name, func(t *testing.T) { falseAlarms(t, b, "testdata/"+set.name, set.ceiling) })
	}
}

func falseAlarms(t *testing.T, b *Base, set string, ceiling int) {
	file, err := os.Open(set)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sentences, alarms := 0, 0
	lines := bufio.NewScanner(file)
	for ; lines.Scan(); sentences++ {
		kind, text, _ := strings.Cut(lines.Text(), "\t")
		if rules := fired(b, Passage{Text: text}); len(rules) > 0 {
			alarms++
			t.Logf("%s %s: %s", kind, text, rules[0])
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d sentences fire a rule", alarms, sentences)
	if sentences != 500 || alarms > ceiling {
		t.Errorf("%d of %d sentences fire a rule, want at most %d of 500", alarms, sentences, ceiling)
	}
}
