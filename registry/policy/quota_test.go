package policy_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry/calendar"
	"tepai/registry/policy"
)

func TestTheUsualTermIsOneYear(t *testing.T) {
	var s policy.Settings
	for start, end := range map[string]string{"2026-03-01": "2027-02-28", "2024-02-29": "2025-02-27", "2023-03-01": "2024-02-29", "2026-01-31": "2027-01-30"} {
		if got := s.TermEnd(day(t, start)); got != day(t, end) {
			t.Errorf("%s to %s, want %s", start, got, end)
		}
	}
}

func TestBarEnd(t *testing.T) {
	decided, delivered := day(t, "2024-02-29"), day(t, "2024-03-10")
	var s policy.Settings
	if got := s.BarEnd(decided, delivered); got != day(t, "2027-02-28") {
		t.Errorf("from the decision: %s", got)
	}
	s = with(t, s, policy.BarStart, policy.FromDelivery)
	if got := s.BarEnd(decided, delivered); got != day(t, "2027-03-10") {
		t.Errorf("from the delivery: %s", got)
	}
	if got := s.BarEnd(decided, calendar.Date{}); !got.IsZero() {
		t.Errorf("not delivered yet: %s", got)
	}
}

func TestRequired(t *testing.T) {
	var prorata policy.Settings
	full := with(t, prorata, policy.QuotaProRata, "否")
	twenty := with(t, prorata, policy.QuotaYear, "20")
	for _, c := range []struct {
		start, end           string
		prorata, full, other int // of 24, of 24 without pro rata, of 20
	}{
		{"2026-03-01", "2027-02-28", 24, 24, 20},
		{"2024-02-29", "2025-02-27", 24, 24, 20}, // a year from a leap day
		{"2026-07-01", "2026-12-31", 12, 24, 10}, // the longer half
		{"2026-01-01", "2026-06-30", 12, 24, 10}, // the shorter half
		{"2025-08-31", "2026-02-27", 12, 24, 10}, // six months, clipped
		{"2026-01-01", "2026-07-31", 14, 24, 12}, // 11.67 services are 12
		{"2026-01-01", "2026-01-01", 1, 24, 1},
		{"2026-01-01", "2027-01-01", 25, 48, 21}, // a year and a day
		{"2026-01-01", "2027-12-31", 48, 48, 40},
		{"2026-01-02", "2026-01-01", 0, 0, 0},
	} {
		start, end := day(t, c.start), day(t, c.end)
		if a, b, o := prorata.Required(start, end), full.Required(start, end), twenty.Required(start, end); a != c.prorata || b != c.full || o != c.other {
			t.Errorf("%s to %s: %d, %d, %d; want %d, %d, %d", c.start, c.end, a, b, o, c.prorata, c.full, c.other)
		}
	}
}

// The number that a term asks for is the sum of what each of its days asks for: a twelfth of the year's number, spread over the days of its
// month of the term. Months are found by walking from day to day.
func TestRequiredAgainstAWalkThroughTheDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := time.Date(rapid.IntRange(2019, 2029).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		days, year := rapid.IntRange(1, 1100).Draw(t, "days"), rapid.IntRange(1, 60).Draw(t, "quota")
		var lengths []int // of the months of the term
		for day, left, length := first, days, 1; ; length++ {
			day, left = day.AddDate(0, 0, 1), left-1
			lastOfMonth := day.AddDate(0, 0, 1).Day() == 1
			if day.Day() == first.Day() || lastOfMonth && day.Day() < first.Day() {
				if lengths, length = append(lengths, length), 0; left <= 0 {
					break
				}
			}
		}
		sum, left := new(big.Rat), days
		for _, length := range lengths {
			sum.Add(sum, big.NewRat(int64(year*min(left, length)), int64(12*length)))
			left -= min(left, length)
		}
		want := new(big.Int).Quo(new(big.Int).Add(sum.Num(), new(big.Int).Sub(sum.Denom(), big.NewInt(1))), sum.Denom())
		s, err := policy.Settings{}.With(policy.QuotaYear, fmt.Sprint(year))
		if err != nil {
			t.Fatal(err)
		}
		start := calendar.Date{Year: first.Year(), Month: first.Month(), Day: first.Day()}
		if got := s.Required(start, start.AddDays(days-1)); int64(got) != want.Int64() {
			t.Fatalf("%d days from %s at %d a year: %d, want %s = %s", days, start, year, got, want, sum)
		}
	})
}

// visits reads "02 A + | 02 A": day, dispatch, + for confirmed.
func visits(t *testing.T, text string) (list []policy.Visit) {
	for i, line := range strings.Split(text, " | ") {
		cells := strings.Fields(line)
		list = append(list, policy.Visit{ID: fmt.Sprintf("v%d", i), On: day(t, "2026-03-"+cells[0]), Dispatch: cells[1], Confirmed: len(cells) > 2})
	}
	return list
}

func TestCount(t *testing.T) {
	each := map[policy.Key]string{policy.SameDay: policy.EachService}
	one := map[policy.Key]string{policy.TwoEnterprises: policy.OneEnterprise}
	logged := map[policy.Key]string{policy.QuotaCounts: policy.CountLogged}
	person := map[policy.Key]string{policy.QuotaPer: policy.PerPerson}
	for _, c := range []struct {
		name   string
		set    map[policy.Key]string
		visits string
		a, b   int
	}{
		{"one a day", nil, "02 A + | 03 A + | 03 B +", 2, 1},
		{"twice on a day", nil, "02 A + | 02 A +", 1, 0},
		{"twice on a day, each", each, "02 A + | 02 A +", 2, 0},
		{"not confirmed", nil, "02 A | 03 A +", 1, 0},
		{"not confirmed, logged counts", logged, "02 A | 03 A +", 2, 0},
		{"the unconfirmed one hides none", nil, "02 A | 02 A +", 1, 0},
		{"two enterprises in one visit", nil, "02 A + | 02 B +", 1, 1},
		{"two enterprises, only the first", one, "02 A + | 02 B + | 03 B +", 1, 1},
		{"the first is unconfirmed", one, "02 A | 02 B +", 0, 1},
		{"per person", person, "02 A + | 03 B + | 03 B +", 2, 2},
		{"the order of logging decides, not that of the list", one, "03 B + | 02 B + | 02 A +", 0, 2},
		{"unsorted days", nil, "05 A + | 02 A + | 05 A +", 2, 0},
	} {
		var s policy.Settings
		for k, v := range c.set {
			s = with(t, s, k, v)
		}
		list := visits(t, c.visits)
		before := slices.Clone(list)
		if a, b := s.Count(list, "A"), s.Count(list, "B"); a != c.a || b != c.b {
			t.Errorf("%s: A %d, B %d; want %d, %d", c.name, a, b, c.a, c.b)
		}
		slices.Reverse(list)
		if a, b := s.Count(list, "A"), s.Count(list, "B"); a != c.a || b != c.b {
			t.Errorf("%s, backwards: A %d, B %d; want %d, %d", c.name, a, b, c.a, c.b)
		}
		if slices.Reverse(list); !slices.Equal(list, before) {
			t.Errorf("%s: the caller's list was changed", c.name)
		}
	}
}
