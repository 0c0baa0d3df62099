package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry/calendar"
)

// The National Day week of 2026: 1 to 7 October off, Saturday 10 October worked in exchange.
func nationalDay(t *testing.T) calendar.Workdays {
	var off []calendar.Date
	for d := day(t, "2026-10-01"); d != day(t, "2026-10-08"); d = d.AddDays(1) {
		off = append(off, d)
	}
	return calendar.NewWorkdays(off, []calendar.Date{day(t, "2026-10-10")})
}

func TestWorkdays(t *testing.T) {
	plain, national := calendar.Workdays{}, nationalDay(t)
	for _, c := range []struct {
		name        string
		calendar    calendar.Workdays
		first       string
		n           int
		last, after string
	}{
		{"five from a Monday", plain, "2026-03-02", 5, "2026-03-06", "2026-03-09"},
		{"one from a Monday", plain, "2026-03-02", 1, "2026-03-02", "2026-03-03"},
		{"from a Saturday", plain, "2026-03-07", 1, "2026-03-09", "2026-03-09"},
		{"over a weekend", plain, "2026-03-05", 5, "2026-03-11", "2026-03-12"},
		{"none", plain, "2026-03-07", 0, "2026-03-07", "2026-03-07"},
		{"over the holiday, with the worked Saturday", national, "2026-09-30", 4, "2026-10-10", "2026-10-12"},
	} {
		if got := c.calendar.Last(day(t, c.first), c.n); got != day(t, c.last) {
			t.Errorf("%s: %d from %s last until %s, want %s", c.name, c.n, c.first, got, c.last)
		}
		if got := c.calendar.After(day(t, c.first), c.n); got != day(t, c.after) {
			t.Errorf("%s: %d after %s is %s, want %s", c.name, c.n, c.first, got, c.after)
		}
	}
	both := calendar.NewWorkdays([]calendar.Date{day(t, "2026-10-10")}, []calendar.Date{day(t, "2026-10-10")})
	if both.Works(day(t, "2026-10-10")) {
		t.Error("a day both off and worked is off")
	}
}

func TestWorkdaysAgainstAWalkThroughTheDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, n := anyDay(t, "first"), rapid.IntRange(1, 60).Draw(t, "n")
		near := rapid.Custom(func(t *rapid.T) calendar.Date { return first.AddDays(rapid.IntRange(0, 90).Draw(t, "offset")) })
		off, on := rapid.SliceOfN(near, 0, 20).Draw(t, "off"), rapid.SliceOfN(near, 0, 20).Draw(t, "on")
		var working []calendar.Date
		for at := time.Date(first.Year, first.Month, first.Day, 0, 0, 0, 0, time.UTC); len(working) <= n; at = at.AddDate(0, 0, 1) {
			d, weekend := dateIn(at), at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
			if !slices.Contains(off, d) && (!weekend || slices.Contains(on, d)) {
				working = append(working, d)
			}
		}
		w := calendar.NewWorkdays(off, on)
		if got := w.Last(first, n); got != working[n-1] {
			t.Fatalf("%d from %s last until %s, want %s", n, first, got, working[n-1])
		}
		from := 0
		if working[0] == first {
			from = 1
		}
		if got := w.After(first, n); got != working[n-1+from] {
			t.Fatalf("%d after %s is %s, want %s", n, first, got, working[n-1+from])
		}
	})
}
