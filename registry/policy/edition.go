package policy

import (
	"fmt"

	"tepai/registry/calendar"
)

// Edition (制度版本) is the policy with all its parameters, in force between two days that are entered with their source and never
// computed.
type Edition struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	DocumentNo  string        `json:"document_no,omitempty"` // 晋市政办〔2020〕32号
	From        calendar.Date `json:"from"`                  // first day in force
	Until       calendar.Date `json:"until"`                 // last day in force
	DatesSource string        `json:"dates_source"`          // where the two days stand
	Sample      bool          `json:"sample,omitempty"`      // 示例: for trying out, not a policy
	Settings    Settings      `json:"settings"`
}

// Covers tells whether a day lies within the edition.
func (e Edition) Covers(on calendar.Date) bool { return !on.Before(e.From) && !e.Until.Before(on) }

// InForce finds the edition that covers a day.
func InForce(editions []Edition, on calendar.Date) (Edition, bool) {
	for _, e := range editions {
		if e.Covers(on) {
			return e, true
		}
	}
	return Edition{}, false
}

// Outside says why new business of a day is saved but not accepted.
func Outside(on calendar.Date) string {
	return fmt.Sprintf("%s不在任何一版制度的有效期内，可以保存，但不能受理；请待新一版制度经两部门确认生效", on.Chinese())
}

// First is the edition that was published on 17 June 2020. It has lapsed.
func First() Edition {
	return Edition{ID: "2020", Name: "晋城市中小企业科技特派员制度（试行）", DocumentNo: "晋市政办〔2020〕32号",
		From: calendar.Date{Year: 2020, Month: 7, Day: 17}, Until: calendar.Date{Year: 2022, Month: 7, Day: 16},
		DatesSource: "第二十二条：有效期两年，自公布之日起三十日后施行"}
}
