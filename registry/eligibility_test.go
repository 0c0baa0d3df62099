package registry_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry"
)

func TestEligible(t *testing.T) {
	for _, c := range []struct {
		name                      string
		standing                  registry.Standing
		barred, paused, on        string
		ok                        bool
		source, says, from, until string
	}{
		{name: "in the pool", on: "2026-01-01", ok: true},
		{name: "bar's last day", standing: registry.Disqualified, barred: "2026-03-15", on: "2026-03-15", source: "第二十一条", says: "2026年3月15日", until: "2026-03-15"},
		{name: "day after the bar", standing: registry.Disqualified, barred: "2026-03-15", on: "2026-03-16", source: "第二十一条", says: "重新申报", from: "2026-03-16"},
		{name: "bar of an active record", barred: "2026-03-15", on: "2026-03-15", source: "第二十一条", says: "三年内", until: "2026-03-15"},
		{name: "accepted again after the bar", barred: "2026-03-15", on: "2026-03-16", ok: true, from: "2026-03-16"},
		{name: "paused until a day", standing: registry.Paused, paused: "2026-03-15", on: "2026-03-15", source: "本中心设定", says: "2026年3月15日", until: "2026-03-15"},
		{name: "the day after the pause", standing: registry.Paused, paused: "2026-03-15", on: "2026-03-16", ok: true, from: "2026-03-16"},
		{name: "paused after a bar", standing: registry.Paused, barred: "2026-03-01", paused: "2026-03-15", on: "2026-03-10", source: "本中心设定", says: "2026年3月15日", from: "2026-03-02", until: "2026-03-15"},
		{name: "paused", standing: registry.Paused, on: "2026-01-01", source: "本中心设定", says: "暂停"},
		{name: "withdrawn", standing: registry.Withdrawn, on: "2026-01-01", source: "本中心设定", says: "退出"},
	} {
		v := registry.Specialist{ID: "s", Standing: c.standing, BarredTo: c.barred, PausedTo: c.paused}
		e := v.Eligible(day(t, c.on))
		if e.OK != c.ok || e.Source != c.source || !strings.Contains(e.Reason, c.says) || (e.Reason == "") != c.ok || (e.Who == "") != c.ok || e.From.String() != c.from || e.Until.String() != c.until {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func TestAnEligibilityHoldsThroughoutItsInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := registry.Date{Year: 2026, Month: 1, Day: 1}
		date := func(name string) registry.Date { return base.AddDays(rapid.IntRange(0, 60).Draw(t, name)) }
		v := registry.Specialist{Standing: rapid.SampledFrom([]registry.Standing{registry.Active, registry.Paused, registry.Withdrawn, registry.Disqualified}).Draw(t, "standing")}
		if rapid.Bool().Draw(t, "barred") {
			v.BarredTo = date("bar").String()
		}
		if rapid.Bool().Draw(t, "paused") {
			v.PausedTo = date("pause").String()
		}
		on, other := date("on"), date("other")
		e := v.Eligible(on)
		inside := !other.Before(e.From) && (e.Until.IsZero() || !e.Until.Before(other))
		if inside && v.Eligible(other) != e {
			t.Fatalf("on %s %+v, on %s %+v", on, e, other, v.Eligible(other))
		}
	})
}

// The same of enterprises.
func TestAServiceHoldsThroughoutItsInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := registry.Date{Year: 2026, Month: 1, Day: 1}
		date := func(name string) registry.Date { return base.AddDays(rapid.IntRange(0, 60).Draw(t, name)) }
		v := registry.Enterprise{Size: rapid.SampledFrom([]string{"小型", "大型"}).Draw(t, "size"), SizeConfirmed: "2026-01-01",
			Standing: rapid.SampledFrom([]registry.Standing{registry.Active, registry.Disqualified}).Draw(t, "standing")}
		if rapid.Bool().Draw(t, "barred") {
			v.BarredTo = date("bar").String()
		}
		if rapid.Bool().Draw(t, "paused") {
			v.PausedTo = date("pause").String()
		}
		on, other := date("on"), date("other")
		e := v.Served(on)
		inside := !other.Before(e.From) && (e.Until.IsZero() || !e.Until.Before(other))
		if inside && v.Served(other) != e {
			t.Fatalf("on %s %+v, on %s %+v", on, e, other, v.Served(other))
		}
	})
}

func TestWorkload(t *testing.T) {
	for _, c := range []struct {
		serving, own, setting, capacity int
		full                            bool
	}{{0, 0, 0, 3, false}, {3, 0, 0, 3, true}, {3, 5, 0, 5, false}, {1, 0, 1, 1, true}, {2, 1, 9, 1, true}} {
		v := registry.Specialist{Serving: make([]string, c.serving), Capacity: c.own}
		w := v.Workload(c.setting)
		if w.Capacity != c.capacity || w.Full != c.full || (w.Reason != "") != c.full || (w.Source == "本中心设定") != c.full {
			t.Errorf("%+v: %+v", c, w)
		}
	}
}

func TestConflictWith(t *testing.T) {
	enterprise := registry.Enterprise{ID: "e1", Name: "晋城某铸造（集团）有限公司", AvoidUnits: []string{"某某大学"}}
	for _, c := range []struct {
		name string
		v    registry.Specialist
		e    registry.Enterprise
		says string
	}{
		{"a stranger", registry.Specialist{ID: "s1", Organisation: "某某学院"}, enterprise, ""},
		{"own employer, other brackets", registry.Specialist{ID: "s1", Organisation: "晋城某铸造(集团) 有限公司"}, enterprise, "所在单位"},
		{"enterprise avoids", registry.Specialist{ID: "s1"}, registry.Enterprise{ID: "e1", Avoid: []string{"s1"}}, "企业暂不考虑"},
		{"specialist avoids", registry.Specialist{ID: "s1", Avoid: []string{"e1"}}, enterprise, "特派员暂不考虑"},
		{"unit not wanted", registry.Specialist{ID: "s1", Organisation: "某某大学"}, enterprise, "不予推荐单位"},
		{"serving already", registry.Specialist{ID: "s1", Serving: []string{"e1"}}, enterprise, "正在该企业"},
		{"both without a name", registry.Specialist{ID: "s1"}, registry.Enterprise{ID: "e1"}, ""},
	} {
		got := c.v.ConflictWith(c.e)
		if got.Barred != (c.says != "") || !strings.Contains(got.Reason, c.says) || len(got.Facts) != 0 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	holder := registry.Specialist{ID: "s1", Equity: []string{"e1"}}
	if got := holder.ConflictWith(enterprise); got.Barred || len(got.Facts) != 1 || !strings.Contains(got.Facts[0], "第十三条") {
		t.Errorf("equity is a fact, no bar: %+v", got)
	}
}

func day(t testing.TB, text string) registry.Date {
	t.Helper()
	d, err := registry.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
