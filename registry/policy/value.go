package policy

import (
	"slices"
	"strconv"
	"strings"

	"tepai/registry/calendar"
)

// Every value has one text form that a person can type, in files as in forms: 12, 是, 硕士, items with 、 between them,
// days as 2026-10-01 or 2026-10-01至2026-10-07, 2026:5000、2027:6000 for years and 专家评审:60、… for weights, and the
// lines of sizes.txt. What parse gives back is the one canonical writing of it.

// parse reads a value; a *Refusal when the setting does not take it. The type of value follows from the kind: int, bool, string,
// []string, []calendar.Date, []YearAmount, []Weight, SizeStandard.
func (s Setting) parse(text string) (value any, canonical string, err error) {
	text = strings.TrimSpace(text)
	switch s.Kind() {
	case YesNo:
		return s.parseYesNo(text)
	case Choice:
		return s.parseChoice(text)
	case List:
		return s.parseList(text)
	case Dates:
		return s.parseDates(text)
	case Yearly:
		return s.parseYearly(text)
	case Weights:
		return s.parseWeights(text)
	case Sizes:
		return s.parseSizes(text)
	}
	return s.parseNumber(text)
}

func (s Setting) wrong(format string, args ...any) error {
	return refuse(s.Key.String(), "", s.Name+format, args...)
}

func (s Setting) parseNumber(text string) (any, string, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < s.Least || n > s.Most {
		return nil, "", s.wrong("应为 %d 到 %d 之间的整数（%s）", s.Least, s.Most, s.Unit)
	}
	return n, strconv.Itoa(n), nil
}

func (s Setting) parseYesNo(text string) (any, string, error) {
	if text != "是" && text != "否" {
		return nil, "", s.wrong("应填“是”或“否”")
	}
	return text == "是", text, nil
}

func (s Setting) parseChoice(text string) (any, string, error) {
	if !slices.Contains(s.Choices, text) {
		return nil, "", s.wrong("没有“%s”这个选项，请选 %s", shorten(text), strings.Join(s.Choices, "、"))
	}
	return text, text, nil
}

// parseList puts chosen items into the order of the choices; free items keep theirs.
func (s Setting) parseList(text string) (any, string, error) {
	list := items(text)
	if twice := repeated(list); twice != "" {
		return nil, "", s.wrong("中“%s”写了两次，请删去一个", shorten(twice))
	}
	if len(s.Choices) == 0 {
		if len(list) < s.Least || len(list) > s.Most {
			return nil, "", s.wrong("应有 %d 到 %d 项，现在是 %d 项", s.Least, s.Most, len(list))
		}
		return list, strings.Join(list, "、"), nil
	}
	for _, item := range list {
		if !slices.Contains(s.Choices, item) {
			return nil, "", s.wrong("没有“%s”这一项，可选 %s", shorten(item), strings.Join(s.Choices, "、"))
		}
	}
	slices.SortFunc(list, func(a, b string) int { return slices.Index(s.Choices, a) - slices.Index(s.Choices, b) })
	return list, strings.Join(list, "、"), nil
}

func (s Setting) parseDates(text string) (any, string, error) {
	days := []calendar.Date{}
	for _, item := range items(text) {
		first, last, span := strings.Cut(item, "至")
		if !span {
			last = first
		}
		from, err := calendar.ParseDate(first)
		if err != nil {
			return nil, "", s.wrong("：%v", err)
		}
		until, err := calendar.ParseDate(last)
		if err != nil {
			return nil, "", s.wrong("：%v", err)
		}
		if until.Before(from) || from.AddDays(s.Most).Before(until) {
			return nil, "", s.wrong("中“%s”的起止日期颠倒或相隔太远，请核对", shorten(item))
		}
		for d := from; !until.Before(d); d = d.AddDays(1) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	if len(days) > s.Most {
		return nil, "", s.wrong("至多 %d 天，现在是 %d 天", s.Most, len(days))
	}
	written := make([]string, len(days))
	for i, d := range days {
		written[i] = d.String()
	}
	return days, strings.Join(written, "、"), nil
}

// items cuts a list as people write it; empty text is an empty list.
func items(text string) []string {
	list := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) })
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return slices.DeleteFunc(list, func(item string) bool { return item == "" })
}

func repeated(list []string) string {
	for i, item := range list {
		if slices.Contains(list[:i], item) {
			return item
		}
	}
	return ""
}
