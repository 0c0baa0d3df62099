package registry

import (
	"fmt"
	"slices"

	"tepai/registry/policy"
)

// activityRows are the life of an activity: planned, held, reported on (Art. 17).
var activityRows = []Transition{
	row(Transition{Kind: KindActivity, Act: "plan", Says: "安排培训交流活动", To: ActivityPlanned,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{membersAreAsked},
		Sources: []policy.Source{policy.Article(17)}, Records: "形式、名称、日期、地点、内容、参加的特派员"}, planActivity),
	row(Transition{Kind: KindActivity, Act: "revise", Says: "修改培训交流活动", From: []State{ActivityPlanned},
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{membersAreAsked},
		Sources: []policy.Source{policy.Article(17)}, Records: "改动的各项、增减的特派员"}, reviseActivity),
	row(Transition{Kind: KindActivity, Act: "reply", Says: "答复培训交流活动", From: []State{ActivityPlanned},
		By:      theSpecialist,
		Sources: []policy.Source{policy.Article(17), policy.CentreSetting}, Records: "参加或不参加，原因"}, replyToActivity),
	row(Transition{Kind: KindActivity, Act: "comment", Says: "对培训交流活动提出意见", From: []State{ActivityPlanned, ActivityHeld, ActivityReported},
		By:      []Party{{Role: BureauOfficer}},
		Sources: []policy.Source{policy.Article(17)}, Records: "市科学技术局的意见"}, commentOnActivity),
	row(Transition{Kind: KindActivity, Act: "cancel", Says: "取消培训交流活动", From: []State{ActivityPlanned}, To: ActivityCancelled,
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "取消的原因"}, reasoned[*Activity]),
	row(Transition{Kind: KindActivity, Act: "hold", Says: "登记出席", From: []State{ActivityPlanned, ActivityHeld}, To: ActivityHeld,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{hasBegun},
		Sources: []policy.Source{policy.Article(17)}, Records: "出席、请假、缺席的特派员，其他人数"}, holdActivity),
	row(Transition{Kind: KindActivity, Act: "speak", Says: "提出意见建议", From: []State{ActivityHeld, ActivityReported},
		By:      theSpecialist,
		Sources: []policy.Source{policy.Article(17)}, Records: "特派员本人的意见建议"}, speakAtActivity),
	row(Transition{Kind: KindActivity, Act: "report", Says: "总结培训交流活动", From: []State{ActivityHeld}, To: ActivityReported,
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(17)}, Records: "掌握的工作情况、交流的经验、意见建议"}, reportActivity),
}

// ActivityInput is an activity as the centre plans it.
type ActivityInput struct {
	Form        string   `json:"form"`
	Title       string   `json:"title"`
	From        Date     `json:"from"`
	Until       Date     `json:"until"` // zero = the first day
	Place       string   `json:"place"`
	Content     string   `json:"content"`
	Specialists []string `json:"specialists"`
}

// ReplyInput is a specialist's answer.
type ReplyInput struct {
	Reply Reply  `json:"reply"`
	Why   string `json:"why"`
}

// AttendanceInput is who was there; those on the roster who are in no list are absent, or excused when they had said so.
type AttendanceInput struct {
	Present []string `json:"present"`
	Excused []string `json:"excused"`
	Guests  int      `json:"guests"`
}

// WordsInput is somebody's word.
type WordsInput struct {
	Text string `json:"text"`
}

// FindingsInput is what the offices take from an activity.
type FindingsInput struct {
	Learned   string `json:"learned"`   // 掌握的工作情况
	Exchanged string `json:"exchanged"` // 交流的经验
	Opinions  string `json:"opinions"`  // 意见建议
}

// membersAreAsked: whoever is out of the pool, by an own wish or by Art. 21, is on no roster. A pause of suggestions is no
// reason.
var membersAreAsked = Guard{"members-are-asked", "组织在库的科技特派员参加", policy.Article(17), func(d *Deed) string {
	for _, id := range inputOf[ActivityInput](d).Specialists {
		v, err := find[*Specialist](d, KindSpecialist, id)
		if err != nil {
			return fmt.Sprintf("没有编号为“%s”的科技特派员，请核对", Shorten(id, 40))
		}
		if s := v.state(); s == LeftPool || s == PutOut {
			return fmt.Sprintf("%s %s，不能列入名单", v.Name, stateName(KindSpecialist, s))
		}
	}
	return ""
}}

// hasBegun: nobody attends what has not begun.
var hasBegun = Guard{"has-begun", "活动开始以后登记出席", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Activity](d); d.How.On.Before(v.From) {
		return fmt.Sprintf("活动%s才开始，届时再登记出席", v.From.Chinese())
	}
	return ""
}}

func planActivity(d *Deed, _ *Activity, in ActivityInput) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("activity.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Activity{ID: fmt.Sprintf("HD%d-%04d", d.Today.Year, n), Planned: d.How.On}
	v.take(in)
	d.make(KindActivity, v)
	return nil
}

// reviseActivity takes the plan anew; whoever stays on the roster keeps the reply.
func reviseActivity(_ *Deed, v *Activity, in ActivityInput) error {
	v.take(in)
	return nil
}

func (v *Activity) take(in ActivityInput) {
	v.Form, v.Title, v.From, v.Until, v.Place, v.Content = in.Form, in.Title, in.From, in.Until, in.Place, in.Content
	if v.Until.IsZero() {
		v.Until = v.From
	}
	roster := make([]Attendee, 0, len(in.Specialists))
	for _, id := range in.Specialists {
		a := Attendee{Specialist: id}
		if had := v.attendee(id); had != nil {
			a = *had
		}
		roster = append(roster, a)
	}
	v.Roster = roster
}

func replyToActivity(d *Deed, v *Activity, in ReplyInput) error {
	if in.Reply == "" {
		return invalid("reply", "请选择 %s 或 %s", Coming, NotComing)
	}
	a := v.attendee(d.Party.Of)
	a.Reply, a.Why = in.Reply, in.Why
	return nil
}

func commentOnActivity(d *Deed, v *Activity, in WordsInput) error {
	v.Comments = append(v.Comments, Comment{d.Party.ID, d.How.On, in.Text})
	return nil
}

func holdActivity(_ *Deed, v *Activity, in AttendanceInput) error {
	for _, id := range slices.Concat(in.Present, in.Excused) {
		if v.attendee(id) == nil {
			return invalid("present", "%s 不在名单里；请计入其他人数，或补列入名单", Shorten(id, 40))
		}
	}
	v.Guests = in.Guests
	for i := range v.Roster {
		a := &v.Roster[i]
		switch {
		case slices.Contains(in.Present, a.Specialist):
			a.Attendance = Present
		case slices.Contains(in.Excused, a.Specialist), a.Reply == NotComing:
			a.Attendance = Excused
		default:
			a.Attendance = Absent
		}
	}
	return nil
}

func speakAtActivity(d *Deed, v *Activity, in WordsInput) error {
	if err := checkStated("text", in.Text, "请写明意见建议"); err != nil {
		return err
	}
	v.attendee(d.Party.Of).Opinion = in.Text
	return nil
}

func reportActivity(_ *Deed, v *Activity, in FindingsInput) error {
	if err := checkStated("learned", in.Learned, "请写明掌握的工作情况"); err != nil {
		return err
	}
	v.Learned, v.Exchanged, v.Opinions = in.Learned, in.Exchanged, in.Opinions
	return nil
}
