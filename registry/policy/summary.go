package policy

import "tepai/registry/calendar"

// Summary is a kind of report that Art. 19 asks for.
type Summary string

const (
	HalfYear Summary = "半年工作小结"
	YearEnd  Summary = "年终工作总结"
)

// Due is a summary that is due.
type Due struct {
	Summary Summary
	From    calendar.Date // first day that it reports on
	On      calendar.Date // the day on which it is due, the last that it reports on
}

// Summaries lists what is due in a dispatch from its first to its last day, both included (Art. 19). By the calendar that is on
// 30 June and 31 December; days after the last of these are left to the assessment. By term it is after each half
// year and year of the term and, for the whole, on its last day. A dispatch in which no such day lies owes one report
// on its last day, so that none ends without.
func (s Settings) Summaries(start, end calendar.Date) []Due {
	if s.Choice(SummariesDue) == ByTerm {
		return closed(s.summariesFrom(start, start, end.AddDays(-1)), start, end)
	}
	list := s.summariesFrom(calendar.Date{Year: start.Year, Month: 1, Day: 1}, start, end)
	if len(list) == 0 {
		return closed(nil, start, end)
	}
	return list
}

// closed adds the report of a dispatch's last day.
func closed(list []Due, start, end calendar.Date) []Due {
	if len(list) > 0 {
		start = list[len(list)-1].On.AddDays(1)
	}
	if end.Before(start) {
		return list
	}
	return append(list, Due{YearEnd, start, end})
}

// summariesFrom are those that fall due from start to end, in years that begin at anchor.
func (s Settings) summariesFrom(anchor, start, end calendar.Date) []Due {
	var list []Due
	from := start
	for year := 0; !end.Before(anchor.AddMonths(12 * year)); year++ {
		for _, d := range s.summariesOfYear(anchor, year) {
			if !d.On.Before(start) && !end.Before(d.On) {
				d.From, from = from, d.On.AddDays(1)
				list = append(list, d)
			}
		}
	}
	return list
}

// summariesOfYear are those of the year that begins 12·year months after anchor.
func (s Settings) summariesOfYear(anchor calendar.Date, year int) []Due {
	var list []Due
	for m, every := s.Months(SummaryMonths), s.Months(SummaryMonths); m < 12; m += every {
		list = append(list, Due{Summary: HalfYear, On: anchor.TermEnd(12*year + m)})
	}
	return append(list, Due{Summary: YearEnd, On: anchor.TermEnd(12*year + 12)})
}
