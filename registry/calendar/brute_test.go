package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry/calendar"
)

// walk goes through the days after start and gives, at each, how many months are full: a month is full when the day of the month comes
// back, or on the last day of a month that is too short for it. It counts days one by one and knows nothing of months' lengths.
func walk(start calendar.Date, visit func(day time.Time, full int) bool) {
	day, full := time.Date(start.Year, start.Month, start.Day, 0, 0, 0, 0, time.UTC), 0
	for {
		day = day.AddDate(0, 0, 1)
		last := day.AddDate(0, 0, 1).Day() == 1
		if day.Day() == start.Day || last && day.Day() < start.Day {
			full++
		}
		if !visit(day, full) {
			return
		}
	}
}

func dateIn(t time.Time) calendar.Date {
	return calendar.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}

// anyDay draws days of all years, every second one at a month's end.
func anyDay(t *rapid.T, name string) calendar.Date {
	d := time.Date(rapid.IntRange(1996, 2105).Draw(t, name+" year"), time.Month(rapid.IntRange(1, 12).Draw(t, name+" month")), 1, 0, 0, 0, 0, time.UTC)
	if rapid.Bool().Draw(t, name+" at the end") {
		return dateIn(d.AddDate(0, 1, -rapid.IntRange(1, 3).Draw(t, name+" days before the end")))
	}
	return dateIn(d.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, name+" day")))
}

func TestTermEndAgainstAWalkThroughTheDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, months := anyDay(t, "start"), rapid.IntRange(1, 60).Draw(t, "months")
		want := start
		walk(start, func(day time.Time, full int) bool {
			if full < months {
				want = dateIn(day)
			}
			return full < months
		})
		if got := start.TermEnd(months); got != want {
			t.Fatalf("%d months from %s end on %s, want %s", months, start, got, want)
		}
	})
}

func TestBarEndAgainstAWalkThroughTheDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decision, months := anyDay(t, "decision"), rapid.IntRange(1, 60).Draw(t, "months")
		var want calendar.Date
		walk(decision, func(day time.Time, full int) bool {
			want = dateIn(day)
			return full < months
		})
		if got := decision.BarEnd(months); got != want {
			t.Fatalf("a bar of %d months from %s ends on %s, want %s", months, decision, got, want)
		}
	})
}

func TestDaysUntil(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay(t, "day"), rapid.IntRange(-40000, 40000).Draw(t, "days")
		later := dateIn(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n))
		if got := d.DaysUntil(later); got != n || d.AddDays(n) != later || d.Compare(later) != -later.Compare(d) {
			t.Fatalf("%s to %s: %d days, want %d", d, later, got, n)
		}
	})
	if got := (calendar.Date{Year: 1, Month: 1, Day: 1}).DaysUntil(calendar.Date{Year: 9999, Month: 12, Day: 31}); got != 3652058 {
		t.Errorf("the whole calendar: %d days", got)
	}
}
