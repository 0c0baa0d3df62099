package policy

import (
	"cmp"
	"maps"
	"slices"

	"tepai/registry/calendar"
)

// Settings are the values of one edition; what is not stated has its default. The zero Settings is all defaults. A Settings
// never changes: With gives another one.
type Settings struct{ stated map[string]stated }

// stated is a value that differs from the default, or comes from elsewhere.
type stated struct {
	text   string // canonical
	value  any
	source Source
}

// With gives settings in which one value is another, from the same source as the default: an edition is a text of its own, so
// its Art. 11 may name another number. The error is a *Refusal with a Chinese sentence.
func (s Settings) With(k Key, text string) (Settings, error) {
	return s.WithFrom(k, text, mustLookup(k).Source)
}

// WithFrom gives settings in which one value is another, from a source of its own, such as 实施细则. What the policy's words
// fix is not for the centre to set.
func (s Settings) WithFrom(k Key, text string, from Source) (Settings, error) {
	setting := mustLookup(k).Setting
	value, canonical, err := setting.parse(text)
	if err != nil {
		return s, err
	}
	if from, err = ParseSource(string(from)); err != nil {
		return s, err
	}
	if _, fixed := setting.Source.Article(); fixed && from.base() == CentreSetting {
		return s, refuse(k.String(), setting.Source, "%s由%s规定，不能由本中心自行设定；请写明改动的依据（条款、%s或%s）",
			setting.Name, setting.Source, Implementation, JointNotice)
	}
	next := maps.Clone(s.stated)
	if next == nil {
		next = map[string]stated{}
	}
	if next[k.String()] = (stated{canonical, value, from}); canonical == setting.Default && from == setting.Source {
		delete(next, k.String())
	}
	return Settings{next}, nil
}

// Check says which values do not go together; a *Refusal, or nil.
func (s Settings) Check() error {
	excellent, competent := mustLookup(ExcellentFrom), mustLookup(CompetentFrom)
	if s.Int(CompetentFrom) >= s.Int(ExcellentFrom) {
		return refuse(CompetentFrom.String(), s.Cite(CompetentFrom), "%s（%d）应低于%s（%d）", competent.Name, s.Int(CompetentFrom), excellent.Name, s.Int(ExcellentFrom))
	}
	for _, d := range s.Dates(SwappedWorkdays) {
		if slices.Contains(s.Dates(Holidays), d) {
			return refuse(SwappedWorkdays.String(), s.Cite(SwappedWorkdays), "%s同时列为放假和调休上班，请核对", d.Chinese())
		}
	}
	return nil
}

// get is the value of a setting and where it comes from.
func (s Settings) get(k Key) stated {
	if v, ok := s.stated[k.String()]; ok {
		return v
	}
	r := mustLookup(k)
	return stated{r.Default, r.value, r.Source}
}

// Text is the value of any setting in its text form.
func (s Settings) Text(k Key) string { return s.get(k).text }

// Changed tells whether the edition states the value itself.
func (s Settings) Changed(k Key) bool {
	_, ok := s.stated[k.String()]
	return ok
}

// Cite is the source to name when the setting forbids something: 第十一条, or 本中心设定：同时服务上限.
func (s Settings) Cite(k Key) Source { return s.get(k).source.About(mustLookup(k).Name) }

// Int is the value of a setting that counts something.
func (s Settings) Int(k Countable) int { return s.get(k).value.(int) }

// Months is a number of calendar months.
func (s Settings) Months(k MonthsKey) int { return s.Int(k) }

// Days is a number of calendar days.
func (s Settings) Days(k DaysKey) int { return s.Int(k) }

// Workdays is a number of working days; see Calendar.
func (s Settings) Workdays(k WorkdaysKey) int { return s.Int(k) }

// Yes tells whether the answer is 是.
func (s Settings) Yes(k YesNoKey) bool { return s.get(k).value.(bool) }

// Choice is the chosen one, to be compared with the constants of this package.
func (s Settings) Choice(k ChoiceKey) string { return s.get(k).text }

// List is the list's items.
func (s Settings) List(k ListKey) []string { return slices.Clone(s.get(k).value.([]string)) }

// Dates are the listed days in their order.
func (s Settings) Dates(k DatesKey) []calendar.Date {
	return slices.Clone(s.get(k).value.([]calendar.Date))
}

// Yuan is the amount of a budget year; ok is false where none has been entered for it.
func (s Settings) Yuan(k YearlyKey, year int) (yuan int64, ok bool) {
	amounts := s.get(k).value.([]YearAmount)
	i, ok := slices.BinarySearchFunc(amounts, year, func(a YearAmount, year int) int { return cmp.Compare(a.Year, year) })
	if !ok {
		return 0, false
	}
	return amounts[i].Yuan, true
}

// Weights are the shares of all parties, 100 together.
func (s Settings) Weights(k WeightsKey) []Weight { return slices.Clone(s.get(k).value.([]Weight)) }

// Sizes is the 划型标准.
func (s Settings) Sizes(k SizesKey) SizeStandard { return s.get(k).value.(SizeStandard) }
