package calendar

import "time"

// Workdays tells working days from days off: Monday to Friday, but for public holidays, and the weekend days that are worked in
// exchange (调休). The zero Workdays knows no holidays.
type Workdays struct{ off, on map[Date]bool }

// NewWorkdays takes the holidays among Monday to Friday and the worked days among the weekends; a day in both is off.
func NewWorkdays(holidays, swapped []Date) Workdays {
	w := Workdays{off: map[Date]bool{}, on: map[Date]bool{}}
	for _, d := range holidays {
		w.off[d] = true
	}
	for _, d := range swapped {
		w.on[d] = true
	}
	return w
}

// Works tells whether a day is a working day.
func (w Workdays) Works(d Date) bool {
	switch day := d.Weekday(); {
	case w.off[d]:
		return false
	case day == time.Saturday || day == time.Sunday:
		return w.on[d]
	}
	return true
}

// After is the n-th working day after d, which does not count itself: the last day of a time limit of n working days that
// begins with an event on d. For n below 1 it is d.
func (w Workdays) After(d Date, n int) Date {
	for n > 0 {
		if d = d.AddDays(1); w.Works(d) {
			n--
		}
	}
	return d
}

// Last is the last day of something that stands for n working days and begins on first, which counts if it is a working day: a
// 公示 of five working days from a Monday ends on Friday. For n below 1 it is first.
func (w Workdays) Last(first Date, n int) Date {
	if n < 1 {
		return first
	}
	return w.After(first.AddDays(-1), n)
}
