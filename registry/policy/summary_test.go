package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry/calendar"
	"tepai/registry/policy"
)

func TestSummaries(t *testing.T) {
	var calendarly policy.Settings
	termly := with(t, calendarly, policy.SummariesDue, policy.ByTerm)
	for _, c := range []struct{ name, start, end, calendar, term string }{
		{"a year from March", "2026-03-01", "2027-02-28", "半 03-01…06-30 年 07-01…12-31", "半 03-01…08-31 年 09-01…02-28"},
		{"the calendar year", "2026-01-01", "2026-12-31", "半 01-01…06-30 年 07-01…12-31", "半 01-01…06-30 年 07-01…12-31"},
		{"from the due day on", "2026-06-30", "2027-06-29", "半 06-30…06-30 年 07-01…12-31", "半 06-30…12-29 年 12-30…06-29"},
		{"from the day after", "2026-07-01", "2027-06-30", "年 07-01…12-31 半 01-01…06-30", "半 07-01…12-31 年 01-01…06-30"},
		{"month's end", "2025-08-31", "2026-08-30", "年 08-31…12-31 半 01-01…06-30", "半 08-31…02-27 年 02-28…08-30"},
		{"nine months", "2026-01-01", "2026-09-30", "半 01-01…06-30", "半 01-01…06-30 年 07-01…09-30"},
		{"too short for a due day", "2026-01-05", "2026-05-20", "年 01-05…05-20", "年 01-05…05-20"},
		{"one day", "2026-05-20", "2026-05-20", "年 05-20…05-20", "年 05-20…05-20"},
		{"half a year", "2026-01-01", "2026-06-30", "半 01-01…06-30", "年 01-01…06-30"},
		{"two years", "2026-01-01", "2027-12-31", "半 01-01…06-30 年 07-01…12-31 半 01-01…06-30 年 07-01…12-31", "半 01-01…06-30 年 07-01…12-31 半 01-01…06-30 年 07-01…12-31"},
		{"ends before it begins", "2026-05-20", "2026-05-19", "", ""},
	} {
		start, end := day(t, c.start), day(t, c.end)
		if got := written(calendarly.Summaries(start, end)); got != c.calendar {
			t.Errorf("%s, by the calendar: %s, want %s", c.name, got, c.calendar)
		}
		if got := written(termly.Summaries(start, end)); got != c.term {
			t.Errorf("%s, by term: %s, want %s", c.name, got, c.term)
		}
	}
	quarterly, err := calendarly.WithFrom(policy.SummaryMonths, "3", policy.Implementation)
	if err != nil {
		t.Fatal(err)
	}
	if got := written(quarterly.Summaries(day(t, "2026-01-01"), day(t, "2026-12-31"))); got != "半 01-01…03-31 半 04-01…06-30 半 07-01…09-30 年 10-01…12-31" {
		t.Errorf("by quarters: %s", got)
	}
}

func written(list []policy.Due) string {
	var said []string
	for _, d := range list {
		said = append(said, fmt.Sprintf("%.1s %s…%s", string(d.Summary), d.From.String()[5:], d.On.String()[5:]))
	}
	return strings.Join(said, " ")
}

// Reports follow one another without a gap from the first day; by term they reach the last one, by the calendar they miss fewer days than a
// half year; due days by the calendar are those that a walk through the term meets.
func TestSummariesCoverTheTerm(t *testing.T) {
	termly := with(t, policy.Settings{}, policy.SummariesDue, policy.ByTerm)
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.Date{Year: 2023, Month: 12, Day: 1}.AddDays(rapid.IntRange(0, 800).Draw(t, "start"))
		end := start.AddDays(rapid.IntRange(0, 1200).Draw(t, "length"))
		met := 0
		for d := start; !end.Before(d); d = d.AddDays(1) {
			if s := d.String()[5:]; s == "06-30" || s == "12-31" {
				met++
			}
		}
		byCalendar, byTerm := policy.Settings{}.Summaries(start, end), termly.Summaries(start, end)
		if len(byCalendar) != max(1, met) || byTerm[len(byTerm)-1].On != end || byTerm[len(byTerm)-1].Summary != policy.YearEnd {
			t.Fatalf("%s to %s: %v, %v", start, end, byCalendar, byTerm)
		}
		if byCalendar[len(byCalendar)-1].On.DaysUntil(end) >= 184 {
			t.Fatalf("%s to %s: the last report is due on %s", start, end, byCalendar[len(byCalendar)-1].On)
		}
		for _, list := range [][]policy.Due{byCalendar, byTerm} {
			from := start
			for _, d := range list {
				if d.From != from || d.On.Before(d.From) || end.Before(d.On) {
					t.Fatalf("%s to %s: %v", start, end, list)
				}
				from = d.On.AddDays(1)
			}
		}
	})
}
