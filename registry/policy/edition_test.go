package policy_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry/calendar"
	"tepai/registry/policy"
)

// next is an edition as the second one may look.
func next(t testing.TB) policy.Edition {
	return policy.Edition{ID: "2026", Name: "晋城市中小企业科技特派员制度", DocumentNo: "晋市政办〔2026〕1号",
		From: day(t, "2026-03-01"), Until: day(t, "2028-02-29"), DatesSource: "第二十二条"}
}

func confirmed(t testing.TB, e policy.Edition) policy.Edition {
	t.Helper()
	e, err := e.Confirm([]policy.Edition{policy.First()})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTheFirstEditionHasLapsed(t *testing.T) {
	e := policy.First()
	if err := e.Validate(); err != nil || e.State != policy.Confirmed || e.Sample || e.Title() != "《晋城市中小企业科技特派员制度（试行）》（晋市政办〔2020〕32号）" {
		t.Errorf("%+v, %v", e, err)
	}
	for on, in := range map[string]bool{"2020-06-17": false, "2020-07-16": false, "2020-07-17": true, "2021-12-31": true, "2022-07-16": true, "2022-07-17": false, "2026-11-24": false} {
		if e.Covers(day(t, on)) != in {
			t.Errorf("%s: in force %v, want %v", on, !in, in)
		}
	}
}

func TestTheSampleIsMarkedAsOne(t *testing.T) {
	e := policy.Sample()
	if err := e.Validate(); err != nil || !e.Sample || e.Title() != "《晋城市中小企业科技特派员制度（示例）》" || e.Overlaps(policy.First()) {
		t.Errorf("%+v, %v", e, err)
	}
	for year := e.From.Year; year <= e.Until.Year; year++ {
		for _, k := range []policy.YearlyKey{policy.LivingExcellent, policy.LivingCompetent, policy.RewardExcellent, policy.RewardCompetent, policy.SubsidyBudget} {
			if yuan, ok := e.Settings.Yuan(k, year); !ok || yuan <= 0 {
				t.Errorf("%s of %d: %d, %v", k, year, yuan, ok)
			}
		}
	}
	for _, e := range policy.BuiltIn() {
		if e.Sample {
			t.Error("a real store begins with a sample edition")
		}
	}
}

func TestAnEditionInFiles(t *testing.T) {
	e := confirmed(t, next(t))
	e.Settings = with(t, e.Settings, policy.TermMonths, "6")
	data, err := json.Marshal(e)
	want := `{"id":"2026","name":"晋城市中小企业科技特派员制度","document_no":"晋市政办〔2026〕1号","from":"2026-03-01","until":"2028-02-29",` +
		`"dates_source":"第二十二条","state":"confirmed","settings":{"term_months":{"value":"6"}}}`
	if string(data) != want || err != nil {
		t.Errorf("%s, %v", data, err)
	}
	var back policy.Edition
	if err := json.Unmarshal(data, &back); err != nil || back.Settings.Months(policy.TermMonths) != 6 || back.Until != e.Until || back.State != policy.Confirmed {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestWhatAnEditionNeeds(t *testing.T) {
	for _, c := range []struct {
		name   string
		spoil  func(*policy.Edition)
		field  string
		source policy.Source
		says   string
	}{
		{"no id", func(e *policy.Edition) { e.ID = "" }, "id", "", "代号"},
		{"strange id", func(e *policy.Edition) { e.ID = "第二版" }, "id", "", "“第二版”"},
		{"no name", func(e *policy.Edition) { e.Name = " " }, "name", "", "名称"},
		{"no document number", func(e *policy.Edition) { e.DocumentNo = "" }, "document_no", "", "文号"},
		{"sample without its mark", func(e *policy.Edition) { e.Sample = true }, "name", "", "示例"},
		{"no first day", func(e *policy.Edition) { e.From = calendar.Date{} }, "from", policy.Article(22), "起止日期"},
		{"impossible last day", func(e *policy.Edition) { e.Until = calendar.Date{Year: 2027, Month: 2, Day: 29} }, "from", policy.Article(22), "起止日期"},
		{"ends before it begins", func(e *policy.Edition) { e.Until = e.From.AddDays(-1) }, "until", policy.Article(22), "早于起始日期2026年3月1日"},
		{"days out of thin air", func(e *policy.Edition) { e.DatesSource = "" }, "dates_source", policy.Article(22), "出处"},
		{"unknown state", func(e *policy.Edition) { e.State = "maybe" }, "state", "", "状态"},
		{"settings at odds", func(e *policy.Edition) { e.Settings = with(t, e.Settings, policy.ExcellentFrom, "50") }, "competent_from", "本中心设定：称职的分数线", "应低于"},
	} {
		e := next(t)
		c.spoil(&e)
		after, err := e.Confirm(nil)
		if refused(t, err, c.source, c.says); chinese(t, err).Field != c.field || after.State == policy.Confirmed {
			t.Errorf("%s: %+v, %+v", c.name, after, err)
		}
	}
}

func TestConfirm(t *testing.T) {
	first, draft := policy.First(), next(t)
	if _, ok := policy.InForce([]policy.Edition{first, draft}, day(t, "2026-03-01")); ok {
		t.Error("a draft is in force")
	}
	second := confirmed(t, draft)
	if e, ok := policy.InForce([]policy.Edition{first, second}, day(t, "2026-03-01")); !ok || e.ID != "2026" || draft.State != policy.Draft {
		t.Errorf("%+v, %v", e, ok)
	}
	for _, c := range []struct {
		from, until string
		ok          bool
	}{
		{"2024-01-01", "2026-02-28", true}, {"2024-01-01", "2026-03-01", false}, {"2028-02-29", "2029-01-01", false}, {"2028-03-01", "2029-01-01", true},
		{"2027-01-01", "2027-01-01", false}, {"2019-01-01", "2030-01-01", false},
	} {
		third := next(t)
		third.ID, third.From, third.Until = "other", day(t, c.from), day(t, c.until)
		_, err := third.Confirm([]policy.Edition{second})
		if (err == nil) != c.ok {
			t.Errorf("%s to %s: %v", c.from, c.until, err)
		}
		if !c.ok {
			refused(t, err, policy.Article(22), "重叠", "晋市政办〔2026〕1号", "2028年2月29日")
		}
		if _, err := third.Confirm([]policy.Edition{draft}); err != nil {
			t.Errorf("a draft stands in the way: %v", err)
		}
	}
	if _, err := second.Confirm([]policy.Edition{first, second}); err != nil {
		t.Errorf("an edition stands in its own way: %v", err)
	}
}

func TestEditionsInForce(t *testing.T) {
	editions := []policy.Edition{policy.First(), confirmed(t, next(t))}
	for on, id := range map[string]string{"2020-07-17": "2020", "2022-07-16": "2020", "2026-03-01": "2026", "2028-02-29": "2026",
		"2020-07-16": "", "2022-07-17": "", "2026-02-28": "", "2028-03-01": ""} {
		e, err := policy.ForNew(editions, day(t, on))
		if e.ID != id || (err == nil) != (id != "") {
			t.Errorf("%s: %q, %v", on, e.ID, err)
		}
		if id == "" {
			refused(t, err, policy.Article(22), day(t, on).Chinese(), "可以保存，但不能受理", "两部门确认")
		}
	}
}

// What began under an edition is finished under it, however long ago that lapsed; what was only saved is new business.
func TestWhatBeganIsFinished(t *testing.T) {
	editions := []policy.Edition{policy.First(), confirmed(t, next(t))}
	for _, c := range []struct{ begun, on, want string }{
		{"2020", "2021-01-01", "2020"}, {"2020", "2022-07-17", "2020"}, {"2020", "2026-03-01", "2020"}, {"2026", "2035-01-01", "2026"}, {"", "2026-03-01", "2026"},
	} {
		if e, err := policy.ForBegun(editions, c.begun, day(t, c.on)); err != nil || e.ID != c.want {
			t.Errorf("%+v: %q, %v", c, e.ID, err)
		}
	}
	_, err := policy.ForBegun(editions, "", day(t, "2023-01-01"))
	refused(t, err, policy.Article(22), "不能受理")
	_, err = policy.ForBegun(editions, "2018", day(t, "2026-03-01"))
	refused(t, err, policy.Article(22), "“2018”不在库中")
	_, err = policy.ForBegun([]policy.Edition{next(t)}, "2026", day(t, "2026-03-01"))
	refused(t, err, policy.Article(22), "“2026”不在库中")
}

// However editions are typed and confirmed, no day ever has two.
func TestNoDayHasTwoEditions(t *testing.T) {
	base := day(t, "2026-01-01")
	rapid.Check(t, func(t *rapid.T) {
		var editions []policy.Edition
		for i := range rapid.IntRange(1, 6).Draw(t, "editions") {
			from := base.AddDays(rapid.IntRange(0, 60).Draw(t, "from"))
			e := policy.Edition{ID: string(rune('a' + i)), Name: "制度", DocumentNo: "文号", From: from, Until: from.AddDays(rapid.IntRange(0, 20).Draw(t, "length")), DatesSource: "第二十二条"}
			taken := false
			for d := e.From; !e.Until.Before(d); d = d.AddDays(1) {
				_, in := policy.InForce(editions, d)
				taken = taken || in
			}
			e, err := e.Confirm(editions)
			if (err != nil) != taken {
				t.Fatalf("%s to %s, a day is taken: %v, %v", e.From, e.Until, taken, err)
			}
			editions = append(editions, e)
		}
	})
}
