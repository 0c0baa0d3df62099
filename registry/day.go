package registry

import (
	"time"

	"tepai/registry/calendar"
)

// Date is a calendar day in Asia/Shanghai. The zero Date is "no date".
type Date = calendar.Date

// Shanghai is Asia/Shanghai.
var Shanghai = calendar.Shanghai

// DateOf is the day in Asia/Shanghai at the instant t.
func DateOf(t time.Time) Date { return calendar.DateOf(t) }

// ParseDate reads a day as people write it; see calendar.Parse. A refusal is an *Error of kind Invalid without a field.
func ParseDate(text string) (Date, error) {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return d, invalid("", "%v", err)
	}
	return d, nil
}

// checkDate wants the form of records, 2006-01-02, or nothing.
func checkDate(field, text string) error {
	if text == "" {
		return nil
	}
	d, err := ParseDate(text)
	if err != nil {
		return inField(field, err)
	}
	if d.String() != text {
		return invalid(field, "日期“%s”请写成 %s", text, d)
	}
	return nil
}
