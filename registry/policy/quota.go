package policy

import (
	"cmp"
	"slices"

	"tepai/registry/calendar"
)

// TermEnd is the last day of a dispatch that starts on a day, where the agreement names no other.
func (s Settings) TermEnd(start calendar.Date) calendar.Date {
	return start.TermEnd(s.Months(TermMonths))
}

// BarEnd is the last day on which applications are refused after a disqualification that was decided on one day and delivered on
// another; the day after, they are accepted. The zero Date when the day from which it counts has not come yet.
func (s Settings) BarEnd(decided, delivered calendar.Date) calendar.Date {
	from := decided
	if s.Choice(BarStart) == FromDelivery {
		from = delivered
	}
	if from.IsZero() {
		return from
	}
	return from.BarEnd(s.Months(BarMonths))
}

// Required is how many services a term asks for, its first and last day included. Pro rata, a whole month counts a twelfth of
// the year's number and the days beyond the last whole month their share of the next; what is left over counts as one
// more service, because the policy says 不少于. Without pro rata every year that begins asks for the full number.
func (s Settings) Required(start, end calendar.Date) int {
	if end.Before(start) {
		return 0
	}
	months, days, of := wholeMonths(start, end)
	year := s.Int(QuotaYear)
	if s.Yes(QuotaProRata) {
		return ceil(year*(months*of+days), 12*of)
	}
	return year * ceil(months*of+days, 12*of)
}

// wholeMonths cuts a term into its whole months and the days of the next one, which has of days.
func wholeMonths(start, end calendar.Date) (months, days, of int) {
	months = max(0, 12*(end.Year-start.Year)+int(end.Month)-int(start.Month)-1)
	for !end.Before(start.TermEnd(months + 1)) {
		months++
	}
	last := start.TermEnd(months)
	return months, last.DaysUntil(end), last.DaysUntil(start.TermEnd(months + 1))
}

func ceil(a, b int) int { return (a + b - 1) / b }

// Visit is one service as the count sees it.
type Visit struct {
	ID        string // of the record; services of a day are taken in the order of their ids
	On        calendar.Date
	Dispatch  string
	Confirmed bool // by the enterprise, by its silence or by a stamped sheet
}

// Count is how many services stand against what Required asks of a dispatch; visits are all of the specialist's, of every
// dispatch. A dispatch is with one enterprise, so several on a day are several enterprises in one visit.
func (s Settings) Count(visits []Visit, dispatch string) int {
	n := 0
	for _, v := range s.counted(visits) {
		if v.Dispatch == dispatch || s.Choice(QuotaPer) == PerPerson {
			n++
		}
	}
	return n
}

// counted leaves out what does not count, in the order of days and ids.
func (s Settings) counted(visits []Visit) []Visit {
	var all []Visit
	day := 0 // where those of the day begin
	for _, v := range slices.SortedFunc(slices.Values(visits), inOrder) {
		if day < len(all) && all[day].On != v.On {
			day = len(all)
		}
		sameDispatch := func(other Visit) bool { return other.Dispatch == v.Dispatch }
		switch {
		case !v.Confirmed && s.Choice(QuotaCounts) == CountConfirmed:
		case s.Choice(SameDay) == OnceADay && slices.ContainsFunc(all[day:], sameDispatch):
		case s.Choice(TwoEnterprises) == OneEnterprise && day < len(all) && !sameDispatch(all[day]):
		default:
			all = append(all, v)
		}
	}
	return all
}

func inOrder(a, b Visit) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID)) }
