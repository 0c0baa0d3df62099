package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry/calendar"
)

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-01": "2026-03-01", "2026/3/1": "2026-03-01", "2026.3.1": "2026-03-01", "2026年3月1日": "2026-03-01",
		"20260301": "2026-03-01", " 2024-02-29 ": "2024-02-29",
		"2026-02-29": "", "2026-13-01": "", "2026-3": "", "2026-03/01": "", "今天": "", "": "", "0000-01-01": "", "2026-03-01T00:00": "",
	} {
		d, err := calendar.ParseDate(text)
		if d.String() != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, d, err, want)
		}
	}
}

func TestDateOfIsTheDayInShanghai(t *testing.T) {
	at := time.Date(2026, 2, 28, 16, 30, 0, 0, time.UTC)
	if d := calendar.DateOf(at); d.Chinese() != "2026年3月1日" {
		t.Errorf("16:30 UTC is the next day in Shanghai, got %s", d.Chinese())
	}
}

func TestTermsAndBarsAreClippedToTheMonthsEnd(t *testing.T) {
	for _, c := range []struct {
		start  string
		months int
		end    string
	}{
		{"2026-03-01", 12, "2027-02-28"},
		{"2025-08-31", 6, "2026-02-27"}, // 31 August + 6 months = 28 February, the day before is the last
		{"2023-08-31", 6, "2024-02-28"},
		{"2024-02-29", 12, "2025-02-27"},
		{"2026-01-01", 1, "2026-01-31"},
	} {
		if got := day(t, c.start).TermEnd(c.months).String(); got != c.end {
			t.Errorf("term of %d months from %s ends %s, want %s", c.months, c.start, got, c.end)
		}
	}
	for decision, end := range map[string]string{"2024-02-29": "2027-02-28", "2026-03-15": "2029-03-15"} {
		if got := day(t, decision).BarEnd(36).String(); got != end {
			t.Errorf("bar of %s ends %s, want %s", decision, got, end)
		}
	}
}

func TestDatesKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.DateOf(time.Unix(rapid.Int64Range(-1<<31, 1<<33).Draw(t, "unix"), 0))
		n := rapid.IntRange(1, 5000).Draw(t, "days")
		later := d.AddDays(n)
		if !d.Before(later) || later.Before(d) || d.Before(d) || later.AddDays(-n) != d {
			t.Fatalf("%s + %d days = %s", d, n, later)
		}
		if back, err := calendar.ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%s read back as %s, %v", d, back, err)
		}
	})
}

func day(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
