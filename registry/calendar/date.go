// Package calendar counts days as the policy does: calendar dates in Asia/Shanghai, terms in months, bars to the day.
package calendar

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day in Asia/Shanghai, where terms and bars are counted. The zero Date is "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Shanghai is Asia/Shanghai as it has been since September 1991; a fixed zone needs no zone files on the machine.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// DateOf is the day in Asia/Shanghai at the instant t.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Shanghai).Date()
	return Date{y, m, d}
}

var dateForms = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$`)

// ParseDate reads a day as people write it: 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301. A day that is
// not in the calendar is an error in a Chinese sentence.
func ParseDate(text string) (Date, error) {
	parts := dateForms.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return Date{}, fmt.Errorf("“%s”不是日期，请写成 2026-03-01 的样子", shorten(text))
	}
	var n []int
	for _, p := range parts[1:] {
		if p != "" {
			v, _ := strconv.Atoi(p)
			n = append(n, v)
		}
	}
	d := Date{n[0], time.Month(n[1]), n[2]}
	if !d.Exists() {
		return Date{}, fmt.Errorf("日历上没有 %d年%d月%d日，请核对", n[0], n[1], n[2])
	}
	return d, nil
}

// Exists tells whether the calendar has the day.
func (d Date) Exists() bool {
	return d.Year > 0 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is 2006-01-02, the form of files and records; "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the form of files; the zero Date is empty.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote, and the other forms of ParseDate.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Chinese is 2006年1月2日, the form of pages and documents; "" for the zero Date.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// Compare is -1, 0 or 1 as d is before, equal to or after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// DaysUntil is how many days other is later than d; negative when it is earlier.
func (d Date) DaysUntil(other Date) int {
	return int((other.utc().Unix() - d.utc().Unix()) / (24 * 60 * 60))
}

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays is the day n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date {
	y, m, day := time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC).Date()
	return Date{y, m, day}
}

// AddMonths is the same day n months later, clipped to the month's end: 31 January + 1 = 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	y, m, _ := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC).Date()
	return Date{y, m, min(d.Day, daysIn(y, m))}
}

// BarEnd is the last day of a bar of n months that begins with a decision on d; the day after, applications are accepted again.
func (d Date) BarEnd(months int) Date { return d.AddMonths(months) }

// TermEnd is the last day of a term of n months that starts on d.
func (d Date) TermEnd(months int) Date { return d.AddMonths(months).AddDays(-1) }

func shorten(text string) string {
	if runes := []rune(text); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return text
}
