package registry

import "slices"

// Activity (培训交流活动) brings specialists together to learn and to report: 集中培训, 座谈会, 参观考察, 现场观摩学习 or another form (Art. 17).
// The centre acts for both offices; the bureau sees, comments and is named.
type Activity struct {
	ID        string     `json:"id"`
	Form      string     `json:"form"` // one of ActivityForms, or another in words
	Title     string     `json:"title"`
	From      Date       `json:"from"`
	Until     Date       `json:"until"` // last day
	Place     string     `json:"place"`
	Content   string     `json:"content,omitempty"`
	Roster    []Attendee `json:"roster,omitempty"` // the specialists who are asked to come
	Guests    int        `json:"guests,omitempty"` // others who came
	Comments  []Comment  `json:"comments,omitempty"`
	Learned   string     `json:"learned,omitempty"`  // 掌握的工作情况
	Opinions  string     `json:"opinions,omitempty"` // 意见建议, summed up
	Exchanged string     `json:"exchanged,omitempty"`
	Planned   Date       `json:"planned"`
	State     State      `json:"state"`
}

// ActivityForms are the forms that Art. 17 names; its 等形式 leaves the list open.
func ActivityForms() []string {
	return []string{"集中培训", "座谈会", "参观考察", "现场观摩学习"}
}

// Attendee is a specialist on the roster.
type Attendee struct {
	Specialist string     `json:"specialist"`
	Reply      Reply      `json:"reply,omitempty"`
	Why        string     `json:"why,omitempty"` // why not
	Attendance Attendance `json:"attendance,omitempty"`
	Opinion    string     `json:"opinion,omitempty"` // 意见建议 of the specialist's own
}

// Reply is a specialist's answer to an invitation; empty = none yet.
type Reply string

const (
	Coming    Reply = "参加"
	NotComing Reply = "不参加"
)

// Attendance is who was there; empty = not noted yet.
type Attendance string

const (
	Present Attendance = "出席"
	Excused Attendance = "请假"
	Absent  Attendance = "缺席"
)

// Comment is the bureau's word on an activity.
type Comment struct {
	By   string `json:"by"`
	On   Date   `json:"on"`
	Text string `json:"text"`
}

// The states of an activity.
const (
	ActivityPlanned   State = "planned"
	ActivityHeld      State = "held"
	ActivityReported  State = "reported"
	ActivityCancelled State = "cancelled"
)

// attendee is the specialist's place on the roster; nil when there is none.
func (v *Activity) attendee(specialist string) *Attendee {
	i := slices.IndexFunc(v.Roster, func(a Attendee) bool { return a.Specialist == specialist })
	if i < 0 {
		return nil
	}
	return &v.Roster[i]
}

func (v *Activity) recordID() string { return v.ID }
func (v *Activity) state() State     { return v.State }
func (v *Activity) setState(s State) { v.State = s }
func (v *Activity) begun() Date      { return v.Planned }
func (v *Activity) belongsTo(a Actor) bool {
	return a.Role == SpecialistRole && v.attendee(a.Of) != nil
}

func (v *Activity) links() (list []link) {
	for _, a := range v.Roster {
		list = append(list, under(KindSpecialist, a.Specialist))
	}
	return list
}

// Validate is as for Specialist.
func (v *Activity) Validate() error {
	if v.Until.Before(v.From) {
		return invalid("until", "结束日期%s早于开始日期%s，请核对", v.Until.Chinese(), v.From.Chinese())
	}
	if err := v.checkRoster(); err != nil {
		return err
	}
	for _, c := range v.Comments {
		if err := firstBroken(checkStated("comments", c.Text, "请写明意见"), checkText("comments", c.Text)); err != nil {
			return err
		}
	}
	return firstBroken(
		checkID("id", v.ID), checkStated("form", v.Form, "请写明形式，如集中培训、座谈会、参观考察、现场观摩学习"), checkLine("form", v.Form),
		checkStated("title", v.Title, "请填写活动名称"), checkLine("title", v.Title), checkStated("from", v.From.String(), "请填写开始日期"),
		checkStated("place", v.Place, "请填写地点；线上举办的写线上"), checkLine("place", v.Place), checkText("content", v.Content),
		checkRange("guests", int64(v.Guests), 0, 100_000), checkCount("comments", len(v.Comments), MaxList),
		checkText("learned", v.Learned), checkText("opinions", v.Opinions), checkText("exchanged", v.Exchanged),
	)
}

// MaxRoster is the most specialists of one activity.
const MaxRoster = 2_000

func (v *Activity) checkRoster() error {
	seen := make(map[string]bool, len(v.Roster))
	for _, a := range v.Roster {
		if seen[a.Specialist] {
			return invalid("roster", "%s 已在名单里，请留一个", a.Specialist)
		}
		seen[a.Specialist] = true
		err := firstBroken(checkID("roster", a.Specialist), checkOneOf("reply", string(a.Reply), []string{string(Coming), string(NotComing)}), checkText("why", a.Why),
			checkOneOf("attendance", string(a.Attendance), []string{string(Present), string(Excused), string(Absent)}), checkText("opinion", a.Opinion))
		if err != nil {
			return err
		}
	}
	return checkCount("roster", len(v.Roster), MaxRoster)
}

func (v *Activity) body() ([]byte, error) { return jsonBody(*v) }

var decodeActivity = fromJSON[Activity](KindActivity)
