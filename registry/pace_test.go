package registry_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry"
	"tepai/registry/policy"
)

// aYear is a dispatch of a year with 24 services.
func aYear(t testing.TB) registry.Dispatch {
	return registry.Dispatch{ID: "PZ1", Specialist: "S1", Enterprise: "E1", From: day(t, "2026-01-01"), Until: day(t, "2026-12-31"), Quota: 24}
}

// confirmedOn is a service that was confirmed on its day.
func confirmedOn(n int, dispatch string, on registry.Date) registry.Service {
	return registry.Service{ID: fmt.Sprintf("FW%05d", n), Dispatch: dispatch, On: on, Logged: on, Confirmed: on, State: registry.Confirmed}
}

func TestPace(t *testing.T) {
	monthly := func(n int) (list []registry.Service) {
		for i := range n {
			list = append(list, confirmedOn(i, "PZ1", day(t, "2026-01-15").AddMonths(i)))
		}
		return list
	}
	for _, c := range []struct {
		name     string
		on       string
		change   func(*registry.Dispatch)
		services []registry.Service
		want     string
	}{
		{"before the first day", "2025-12-31", nil, nil, "至2025年12月31日已计 0 次，服务次数要求 24 次；派驻尚未开始"},
		{"on the first day", "2026-01-01", nil, nil, "至2026年1月1日已计 0 次，服务次数要求 24 次；进度正常，预计到期 0 次"},
		{"half a year, one a month", "2026-07-02", nil, monthly(6), "至2026年7月2日已计 6 次，服务次数要求 24 次；按进度应达 12 次，差 6 次，预计到期 11 次"},
		{"the year is over, one a month", "2027-01-01", nil, monthly(12), "至2027年1月1日已计 12 次，服务次数要求 24 次；派驻已结束，差 12 次"},
		{"ended after half a year", "2026-08-01", func(v *registry.Dispatch) { v.Ended = day(t, "2026-06-30") }, monthly(6),
			"至2026年8月1日已计 6 次，服务次数要求 12 次；派驻已结束，差 6 次"},
		{"rested for a quarter", "2027-01-01", func(v *registry.Dispatch) {
			v.Pauses = []registry.Pause{{From: day(t, "2026-10-01"), Until: day(t, "2026-12-31")}}
		}, monthly(9), "至2027年1月1日已计 9 次，服务次数要求 18 次；派驻已结束，差 9 次"},
		{"rested for a quarter and was extended by it", "2027-04-04", func(v *registry.Dispatch) {
			v.Pauses, v.Until = []registry.Pause{{From: day(t, "2026-10-01"), Until: day(t, "2026-12-31")}}, day(t, "2027-04-02")
		}, monthly(9), "至2027年4月4日已计 9 次，服务次数要求 24 次；派驻已结束，差 15 次"},
		{"extended, as both agreed on 24", "2026-07-02", func(v *registry.Dispatch) { v.Until = day(t, "2027-06-30") }, monthly(6),
			"至2026年7月2日已计 6 次，服务次数要求 24 次；按进度应达 8 次，差 2 次，预计到期 17 次"},
		{"the rest has no end yet", "2026-07-02", func(v *registry.Dispatch) { v.Pauses = []registry.Pause{{From: day(t, "2026-04-01")}} }, monthly(3),
			"至2026年7月2日已计 3 次，服务次数要求 18 次；按进度应达 5 次，差 2 次，预计到期 9 次"},
	} {
		v := aYear(t)
		if c.change != nil {
			c.change(&v)
		}
		if got := v.Pace(day(t, c.on), c.services, policy.Settings{}).String(); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// How services count is the centre's to set (Art. 11 fixes 24 a year and no more than that).
func TestHowServicesCount(t *testing.T) {
	on := day(t, "2026-03-10")
	unconfirmed := confirmedOn(4, "PZ1", on.AddDays(1))
	unconfirmed.State, unconfirmed.Confirmed = registry.Logged, registry.Date{}
	disputed := confirmedOn(5, "PZ1", on.AddDays(2))
	disputed.State = registry.Disputed
	services := []registry.Service{confirmedOn(1, "PZ2", on), confirmedOn(2, "PZ1", on), confirmedOn(3, "PZ1", on), unconfirmed, disputed}
	for _, c := range []struct {
		key              policy.Key
		value            string
		counted, waiting int
	}{
		{policy.QuotaYear, "24", 1, 2}, // as it stands: one a day, confirmed, of this dispatch
		{policy.SameDay, policy.EachService, 2, 2},
		{policy.QuotaCounts, policy.CountLogged, 2, 1},
		{policy.QuotaPer, policy.PerPerson, 2, 2},
		{policy.TwoEnterprises, policy.OneEnterprise, 0, 2}, // the other enterprise was entered first
	} {
		s, err := policy.Settings{}.With(c.key, c.value)
		if err != nil {
			t.Fatal(err)
		}
		if p := aYear(t).Pace(on.AddDays(10), services, s); p.Counted != c.counted || p.Waiting != c.waiting {
			t.Errorf("%s = %s: %+v, want %d and %d waiting", c.key, c.value, p, c.counted, c.waiting)
		}
	}
}

// walkedDays counts the days of a dispatch that are served, one after the other.
func walkedDays(v registry.Dispatch, until registry.Date) (days int) {
	for d := v.From; !until.Before(d); d = d.AddDays(1) {
		rests := false
		for _, p := range v.Pauses {
			rests = rests || !d.Before(p.From) && !p.Until.Before(d)
		}
		if !rests {
			days++
		}
	}
	return days
}

// The pace never asks for more than was agreed, rises from 0 to all of it, and forecasts on the last day what has been done.
func TestPaceHoldsOverTheTerm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		v := registry.Dispatch{ID: "PZ1", From: registry.Date{Year: 2023, Month: 11, Day: 1}.AddDays(rapid.IntRange(0, 800).Draw(rt, "from"))}
		months := rapid.IntRange(1, 24).Draw(rt, "months")
		v.Until, v.Quota = v.From.TermEnd(months), policy.Settings{}.Required(v.From, v.From.TermEnd(months))
		if rapid.Bool().Draw(rt, "rests") {
			from := v.From.AddDays(rapid.IntRange(0, 300).Draw(rt, "rest"))
			v.Pauses = []registry.Pause{{From: from, Until: from.AddDays(rapid.IntRange(0, 90).Draw(rt, "days"))}}
		}
		if rapid.Bool().Draw(rt, "ends early") {
			v.Ended = v.From.AddDays(rapid.IntRange(0, 400).Draw(rt, "ended"))
		}
		last := v.Until
		if !v.Ended.IsZero() && v.Ended.Before(last) {
			last = v.Ended
		}
		var services []registry.Service
		for i := range rapid.IntRange(0, 40).Draw(rt, "services") {
			services = append(services, confirmedOn(i, "PZ1", v.From.AddDays(rapid.IntRange(-30, 800).Draw(rt, "on"))))
		}
		due, counted := 0, 0
		for on := v.From.AddDays(-1); !last.AddDays(2).Before(on); on = on.AddDays(rapid.IntRange(1, 40).Draw(rt, "step")) {
			p := v.Pace(on, services, policy.Settings{})
			if p.Asked > v.Quota || p.Due < due || p.Due > p.Asked || p.Counted < counted || p.Last != last {
				rt.Fatalf("%s: %+v after due %d, counted %d", on, p, due, counted)
			}
			due, counted = p.Due, p.Counted
		}
		end := v.Pace(last, services, policy.Settings{})
		want := map[registry.Date]bool{}
		for _, s := range services {
			if !s.On.Before(v.From) && !last.Before(s.On) {
				want[s.On] = true
			}
		}
		if end.Counted != len(want) {
			rt.Fatalf("counted %d of %d days with services", end.Counted, len(want))
		}
		if days := walkedDays(v, last); days > 0 && (end.Due != end.Asked || end.Forecast != end.Counted || end.Asked == 0) {
			rt.Fatalf("on the last of %d days: %+v", days, end)
		}
		if days, all := walkedDays(v, last), v.From.DaysUntil(v.Until)+1; days == all && end.Asked != v.Quota {
			rt.Fatalf("a whole term asks for %d of %d", end.Asked, v.Quota)
		}
	})
}
