package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

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
	State       State         `json:"state,omitempty"`
	Settings    Settings      `json:"settings"`
}

// State is how far an edition has got. Only a confirmed edition is in force on its days.
type State string

const (
	Draft     State = ""          // being typed
	Confirmed State = "confirmed" // by both offices
)

// Covers tells whether a day lies within the edition.
func (e Edition) Covers(on calendar.Date) bool { return !on.Before(e.From) && !e.Until.Before(on) }

// Overlaps tells whether some day lies within both editions.
func (e Edition) Overlaps(other Edition) bool { return e.Covers(other.From) || other.Covers(e.From) }

// Title is the name with the number of the document.
func (e Edition) Title() string {
	if e.DocumentNo == "" {
		return fmt.Sprintf("《%s》", e.Name)
	}
	return fmt.Sprintf("《%s》（%s）", e.Name, e.DocumentNo)
}

var editionID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// Validate holds an edition against what one needs; a *Refusal names the first field at fault.
func (e Edition) Validate() error {
	switch {
	case !editionID.MatchString(e.ID):
		return refuse("id", "", "制度版本的代号“%s”应由小写字母、数字和短横组成，如 2026", shorten(e.ID))
	case strings.TrimSpace(e.Name) == "":
		return refuse("name", "", "请填写制度的名称")
	case strings.TrimSpace(e.DocumentNo) == "" && !e.Sample:
		return refuse("document_no", "", "请填写制度的文号，如 晋市政办〔2020〕32号")
	case e.Sample && !strings.Contains(e.Name, "示例"):
		return refuse("name", "", "示例版本的名称中须写明“示例”，以免与正式的制度混淆")
	case !e.From.Exists() || !e.Until.Exists():
		return refuse("from", Article(22), "请按文件填写有效期的起止日期")
	case e.Until.Before(e.From):
		return refuse("until", Article(22), "有效期的截止日期%s早于起始日期%s，请核对", e.Until.Chinese(), e.From.Chinese())
	case strings.TrimSpace(e.DatesSource) == "":
		return refuse("dates_source", Article(22), "起止日期须按文件录入，请写明出处（文件、条款）")
	case e.State != Draft && e.State != Confirmed:
		return refuse("state", "", "制度版本没有“%s”这个状态", shorten(string(e.State)))
	}
	return e.Settings.Check()
}

// Confirm puts an edition in force on its days, once both offices have decided so; editions are those that stand beside it, an
// earlier version of itself left aside. A *Refusal where it is incomplete or its days are taken.
func (e Edition) Confirm(editions []Edition) (Edition, error) {
	if err := e.Validate(); err != nil {
		return e, err
	}
	for _, other := range editions {
		if other.State == Confirmed && other.ID != e.ID && e.Overlaps(other) {
			return e, refuse("from", Article(22), "有效期与%s（%s至%s）重叠，同一天只能有一版制度；请核对起止日期",
				other.Title(), other.From.Chinese(), other.Until.Chinese())
		}
	}
	e.State = Confirmed
	return e, nil
}

// InForce finds the confirmed edition that covers a day.
func InForce(editions []Edition, on calendar.Date) (Edition, bool) {
	i := slices.IndexFunc(editions, func(e Edition) bool { return e.State == Confirmed && e.Covers(on) })
	if i < 0 {
		return Edition{}, false
	}
	return editions[i], true
}

// Outside says why new business of a day is saved but not accepted.
func Outside(on calendar.Date) string {
	return fmt.Sprintf("%s不在任何一版制度的有效期内，可以保存，但不能受理；请待新一版制度经两部门确认生效", on.Chinese())
}

// ForNew is the edition under which new business of a day is accepted; outside every edition a *Refusal with Art. 22.
func ForNew(editions []Edition, on calendar.Date) (Edition, error) {
	if e, ok := InForce(editions, on); ok {
		return e, nil
	}
	return Edition{}, refuse("", Article(22), "%s", Outside(on))
}

// ForBegun is the edition by which something is finished that was accepted under the edition id, whether that is still in force or
// not. Where nothing has been accepted yet (id is empty) it is new business of the day.
func ForBegun(editions []Edition, id string, on calendar.Date) (Edition, error) {
	if id == "" {
		return ForNew(editions, on)
	}
	i := slices.IndexFunc(editions, func(e Edition) bool { return e.ID == id && e.State == Confirmed })
	if i < 0 {
		return Edition{}, refuse("edition", Article(22), "受理时依据的制度版本“%s”不在库中，请先恢复这一版制度再办理", shorten(id))
	}
	return editions[i], nil
}
