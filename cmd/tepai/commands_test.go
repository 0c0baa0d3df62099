package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// ranked is the contract of match --json.
type ranked struct {
	Need     string
	Versions map[string]string
	Results  []struct {
		Rank  int
		ID    string
		Score float64
		Parts []struct {
			Name  string
			Value float64
		}
		Reasons []string
	}
	Excluded []struct{ ID, Reason, Source string }
	Fits     *bool
}

func (r ranked) ids() (ids []string) {
	for _, x := range r.Results {
		ids = append(ids, x.ID)
	}
	return ids
}

func TestMatchFindsWhoCanSolveIt(t *testing.T) {
	t.Parallel()
	data := county(t)
	r := inJSON[ranked](t, "match", "N1", "--data", data)
	if r.Need != "N1" || r.Results[0].ID != "T01" || r.Fits == nil || !*r.Fits || r.Versions["engine"] == "" {
		t.Fatalf("%+v", r)
	}
	for i, x := range r.Results {
		sum := 0.0
		for _, p := range x.Parts {
			sum += p.Value
		}
		if x.Rank != i+1 || len(x.Reasons) == 0 || fmt.Sprintf("%.6f", sum) != fmt.Sprintf("%.6f", x.Score) {
			t.Errorf("%+v", x)
		}
	}
	if len(r.Excluded) != 1 || r.Excluded[0].ID != "T06" || r.Excluded[0].Reason == "" {
		t.Errorf("excluded: %+v", r.Excluded)
	}
	if human := tepai(t, "match", "N1", "--data", data); !strings.Contains(human, "未列入 T06 钱多 教授：") {
		t.Error(human)
	}
	if human := tepai(t, "match", "N1", "--data", data, "--limit", "1"); !regexp.MustCompile(`(?s)需求研判.* 1\. T01 王小军 教授 晋东工学院  得分 0\.\d{6}\n +\S`).MatchString(human) || strings.Contains(human, " 2. ") {
		t.Error(human)
	}
}

func TestMatchTextFromFlagAndStdin(t *testing.T) {
	t.Parallel()
	data := county(t)
	text := "  坡地连翘叶子发黄，根发黑\n"
	r := inJSON[ranked](t, "match", "--text", text, "--data", data)
	o := run1(t, strings.NewReader("\ufeff"+text), "match", "--text", "-", "--data", data, "--json")
	var piped ranked
	decode(t, o.out, &piped)
	if r.Need != "" || r.Results[0].ID != "T02" || !slices.Equal(r.ids(), piped.ids()) {
		t.Error(r.ids(), piped.ids())
	}
}

func TestMatchTheOtherWay(t *testing.T) {
	t.Parallel()
	data := county(t)
	r := inJSON[struct {
		Specialist string
		Results    []struct {
			Rank  int
			ID    string
			Score float64
		}
		Fits bool
	}](t, "match", "--for-specialist", "T02", "--data", data)
	if r.Specialist != "T02" || r.Results[0].ID != "N2" || !r.Fits {
		t.Errorf("%+v", r)
	}
	there := inJSON[ranked](t, "match", "N2", "--data", data)
	if there.Results[0].ID != "T02" || there.Results[0].Score != r.Results[0].Score {
		t.Errorf("%+v and %+v", there.Results[0], r.Results[0])
	}
	if human := tepai(t, "match", "--for-specialist", "T02", "--data", data); !strings.Contains(human, "1. N2 连翘叶子发黄掉叶 E2  得分") {
		t.Error(human)
	}
}

func TestNobodyFits(t *testing.T) {
	t.Parallel()
	human := tepai(t, "match", "--text", "黑洞信息悖论", "--data", county(t))
	if !strings.Contains(human, "库中暂无合适人选") || strings.Contains(human, "T0") {
		t.Error(human)
	}
}

func TestTheDayDecides(t *testing.T) {
	t.Parallel()
	data := county(t)
	barred := file(t, "a.jsonl", `{"id":"T08","expertise":"泵壳铸件打压冒汗，缩松渗漏","standing":"取消资格","barred_to":"2027-05-01"}`)
	tepai(t, "import", "specialists", barred, "--data", data)
	for _, day := range []string{"2026-03-01", "2026年3月1日"} {
		if r := inJSON[ranked](t, "match", "N1", "--data", data, "--on", day); slices.Contains(r.ids(), "T08") {
			t.Errorf("%s: %v", day, r.ids())
		}
	}
}

func TestExplainAndWhyNot(t *testing.T) {
	t.Parallel()
	data := county(t)
	type account struct {
		Result struct {
			Rank    int
			ID      string
			Matches []struct{ Part, Term, Route string }
		}
		Listed   bool
		Excluded *struct{ Reason, Source string }
		Behind   *struct{ ID string }
		WayIn    string `json:"way_in"`
	}
	first := inJSON[account](t, "explain", "N1", "T01", "--data", data)
	if !first.Listed || first.Result.Rank != 1 || len(first.Result.Matches) == 0 || first.Excluded != nil {
		t.Errorf("%+v", first)
	}
	if a := inJSON[account](t, "explain", "N1", "T06", "--data", data); a.Listed || a.Excluded == nil || a.WayIn == "" {
		t.Errorf("%+v", a)
	}
	if a := inJSON[account](t, "explain", "N1", "T04", "--data", data, "--limit", "1"); a.Listed || a.Behind == nil || a.Behind.ID != "T01" || a.WayIn == "" {
		t.Errorf("%+v", a)
	}
	human := tepai(t, "explain", "N1", "T04", "--data", data, "--limit", "1")
	for _, want := range []string{"T04 孙丽 讲师 晋东工学院  第 ", "不在前 1 名之内；末位是 T01"} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing in\n%s", want, human)
		}
	}
	if human := tepai(t, "explain", "N1", "T01", "--data", data); strings.Contains(human, "expertise") || !strings.Contains(human, "见专业特长") || !strings.Contains(human, "在前 10 名之内") {
		t.Error(human)
	}
}

func TestDiagnosisPointsIntoTheTextAsItWasGiven(t *testing.T) {
	t.Parallel()
	text := " \n😀𠮷泵壳铸件打压冒汗，𬭚连翘叶子发黄。  "
	d := inJSON[struct {
		Field, Causes, Source string
		Terms                 []string
		Fired                 []struct {
			File, Field, Text string
			Line, Start, End  int
		}
	}](t, "diagnose", "--text", text)
	if d.Field == "" || d.Causes == "" || len(d.Terms) == 0 || d.Source == "" || len(d.Fired) < 3 {
		t.Fatalf("%+v", d)
	}
	for _, f := range d.Fired {
		if f.File == "" || f.Line < 1 || f.Start >= f.End || f.End > len(text) || text[f.Start:f.End] != f.Text || !utf8.ValidString(f.Text) {
			t.Errorf("%+v", f)
		}
	}
	if human := tepai(t, "diagnose", "--text", "今天天气不错"); !strings.Contains(human, "没有研判结果") {
		t.Error(human)
	}
	if human := tepai(t, "diagnose", "N1", "--data", county(t)); !strings.Contains(human, "casting.txt 第 ") || strings.Contains(human, "description") {
		t.Error(human)
	}
}

// A confirmed diagnosis is lent to the next need in like words from the moment on in which it is recorded, and no longer
// than it stands there.
func TestAConfirmedDiagnosisIsLentAtOnce(t *testing.T) {
	t.Parallel()
	data := county(t)
	past := `{"id":"N9","title":"泵壳打压冒汗","description":"球墨铸铁泵壳打压冒汗，补焊也不行。"`
	for _, c := range []struct{ record, source string }{
		{past + `,"diagnosis":{"field":"铸造","terms":["缩松","树脂浸渗"]}}`, "知识库、相似需求 N9"},
		{past + `}`, "知识库"},
	} {
		tepai(t, "import", "needs", "--update", file(t, "n.jsonl", c.record), "--data", data)
		d := inJSON[struct {
			Source string
			Lent   []struct {
				Need     string
				Likeness float64
				Terms    []string
			}
		}](t, "diagnose", "N1", "--data", data)
		if d.Source != c.source || len(d.Lent) > 0 && (d.Lent[0].Need != "N9" || d.Lent[0].Likeness < 0.2 || !slices.Contains(d.Lent[0].Terms, "树脂浸渗")) {
			t.Errorf("%+v", d)
		}
		for _, words := range [][]string{{"match", "N1"}, {"diagnose", "N1"}, {"explain", "N1", "T01"}} {
			human := tepai(t, append(words, "--data", data)...)
			lent := strings.Contains(human, "同类需求 N9 的研判") || words[0] == "match" // which names the source only, unless it weighs most
			if !strings.Contains(human, "需求研判（"+c.source+"）") || c.source != "知识库" && !lent {
				t.Errorf("%v:\n%s", words, human)
			}
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	data := county(t)
	type results struct {
		Total int
		Hits  []struct {
			Kind, ID, Name string
			Marks          []struct {
				Field, Text string
				Spans       [][2]int
			}
		}
		Notes []string
	}
	r := inJSON[results](t, "search", "缩松", "--kind", "specialists", "--data", data)
	if r.Total != 1 || r.Hits[0].ID != "T01" || r.Notes == nil || len(r.Hits[0].Marks) == 0 {
		t.Fatalf("%+v", r)
	}
	for _, m := range r.Hits[0].Marks {
		for _, s := range m.Spans {
			if m.Text[s[0]:s[1]] != "缩松" {
				t.Errorf("%+v", m)
			}
		}
	}
	if r := inJSON[results](t, "search", "wxj", "--data", data); r.Total != 1 || r.Hits[0].Name != "王小军 教授" {
		t.Errorf("by initials: %+v", r)
	}
	var without results
	decode(t, tepai(t, "search", "--data", data, "--kind", "specialists", "--json", "--", "铸造", "-缩松"), &without)
	if without.Total != 2 || without.Hits[0].ID == "T01" || without.Hits[1].ID == "T01" {
		t.Errorf("excluded word: %+v", without)
	}
	if human := tepai(t, "search", "连翘", "--data", data); !strings.Contains(human, "特派员 T02 李月 副研究员\n") || !strings.Contains(human, "共 ") {
		t.Error(human)
	}
}

func TestReindexVerifyDoctor(t *testing.T) {
	t.Parallel()
	data := county(t)
	tepai(t, "match", "N1", "--data", data)
	if r := inJSON[struct{ Head int }](t, "reindex", "--data", data); r.Head != 14 {
		t.Error(r)
	}
	v := inJSON[struct {
		Entries int
		Head    string
		Faults  []struct {
			Seq int
			Msg string
		}
		OK bool
	}](t, "verify", "--data", data)
	if v.Entries != 14 || !v.OK || v.Faults == nil || !strings.HasPrefix(v.Head, "14:") {
		t.Errorf("%+v", v)
	}
	tepai(t, "verify", "--data", data, "--head", v.Head)
	other := strings.Replace(v.Head, v.Head[len(v.Head)-4:], "0000", 1)
	if o := run1(t, nil, "verify", "--data", data, "--head", other); o.code != refused || !strings.Contains(o.out, "另外保存的链头不符") || !strings.Contains(o.err, "备份") {
		t.Errorf("%+v", o)
	}
	for _, f := range inJSON[[]finding](t, "doctor", "--data", data) {
		if !f.OK || f.Msg == "" {
			t.Errorf("%+v", f)
		}
	}
	if human := tepai(t, "doctor", "--data", data); !strings.Contains(human, "正常  变更日志：14 条") {
		t.Error(human)
	}
}

func TestTamperedLogIsFound(t *testing.T) {
	t.Parallel()
	data := county(t)
	path := data + "/registry.db"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sound := slices.Clone(content)
	defer os.WriteFile(path, sound, 0o600)
	forged := strings.ReplaceAll(string(content), "根腐病、叶斑病", "根腐病、叶枯病")
	if err := os.WriteFile(path, []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"verify", "doctor"} {
		o := run1(t, nil, command, "--data", data)
		if o.code != refused || !strings.Contains(o.out, "被改动") || strings.Contains(o.out, "{") {
			t.Errorf("%s: %+v", command, o)
		}
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	human := tepai(t, "demo", "--once", "--limit", "3")
	for _, want := range []string{"示例库（人员和企业均为虚构）", "需求 ", " 1. ", " 3. ", "得分 0."} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing in\n%s", want, human)
		}
	}
	if r := inJSON[ranked](t, "demo", "--once"); len(r.Results) != 5 || r.Results[0].Score <= 0 {
		t.Errorf("%+v", r)
	}
	refusal(t, run1(t, nil, "demo", "--once", "N999"), refused, "N999", "请核对")
	left, _ := os.ReadDir(os.TempDir())
	for _, e := range left {
		if strings.HasPrefix(e.Name(), "tepai-demo-") {
			if info, err := e.Info(); err == nil && info.ModTime().After(started) {
				t.Errorf("%s was left behind", e.Name())
			}
		}
	}
}

func TestHelpIsChinese(t *testing.T) {
	t.Parallel()
	english := regexp.MustCompile(`\b(Usage|Flags|Arguments|Commands|Show|Run|default|required|context|need|kind|file|words|specialist)\b`)
	for _, args := range [][]string{{}, {"--help"}, {"help"}, {"help", "match"}, {"match", "--help"}, {"import", "-h"}, {"explain", "--help"}, {"diagnose", "--help"}, {"search", "--help"},
		{"score", "--help"}, {"eval", "--help"}, {"reindex", "--help"}, {"verify", "--help"}, {"backup", "--help"}, {"restore", "--help"}, {"compact", "--help"}, {"export", "--help"}, {"doctor", "--help"}, {"policy", "--help"}, {"policy", "show", "--help"}, {"demo", "--help"}} {
		o := run1(t, nil, args...)
		if o.code != done || o.err != "" || !strings.HasPrefix(o.out, "用法：tepai") {
			t.Errorf("%v: %+v", args, o)
		}
		if w := english.FindString(strings.NewReplacer("--for-specialist", "", "--kind", "", "--verbose", "", "--recipients-file", "").Replace(o.out)); w != "" {
			t.Errorf("%v says %q in\n%s", args, w, o.out)
		}
	}
}
