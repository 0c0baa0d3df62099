package registry

import (
	"fmt"
	"slices"

	"tepai/registry/policy"
)

// Publication (公示) shows a list for some working days and takes objections. It stands for itself: its lines hold names, units and
// results, and no phone, identity number or account.
type Publication struct {
	ID         string       `json:"id"`
	Of         RecordKind   `json:"of"` // applications, assessments or subsidies
	Lines      []PublicLine `json:"lines"`
	Place      string       `json:"place"`
	From       Date         `json:"from"`
	Until      Date         `json:"until"` // last day
	Objections []Objection  `json:"objections,omitempty"`
	State      State        `json:"state"`
}

// PublicLine is what is shown about one record.
type PublicLine struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Struck string `json:"struck,omitempty"` // why it was taken off
}

// Objection (异议) is one against a line, and what became of it.
type Objection struct {
	By      string `json:"by"`
	Text    string `json:"text"`
	On      Date   `json:"on"`
	Answer  string `json:"answer,omitempty"`
	Handled Date   `json:"handled,omitzero"`
}

// The states of a publication.
const (
	Publishing State = "publishing"
	Published  State = "published" // its time is over and every objection is handled
)

var publicationRows = []Transition{
	row(Transition{Kind: KindPublication, Act: "publish", Says: "发布公示", To: Publishing,
		By:      byCentre,
		Guards:  []Guard{publishable},
		Sources: []policy.Source{policy.CentreSetting}, Records: "名单、地点、起止日期（按工作日）"}, publish),
	row(Transition{Kind: KindPublication, Act: "object", Says: "登记公示异议", From: []State{Publishing},
		By:      []Party{{Role: CentreStaff}, {Role: SpecialistRole}, {Role: EnterpriseStaff}, {Role: HomeUnit}},
		Guards:  []Guard{whilePublished},
		Sources: []policy.Source{policy.CentreSetting}, Records: "谁提出、异议的内容"}, objectTo),
	row(Transition{Kind: KindPublication, Act: "handle", Says: "处理公示异议", From: []State{Publishing},
		By:      byCentre,
		Sources: []policy.Source{policy.CentreSetting}, Records: "核实的情况和处理结果"}, handleObjection),
	row(Transition{Kind: KindPublication, Act: "strike", Says: "撤下公示名单中的一项", From: []State{Publishing},
		By:      byCentre,
		Sources: []policy.Source{policy.CentreSetting}, Records: "撤下哪一项、原因；须重新公示"}, strikeLine),
	row(Transition{Kind: KindPublication, Act: "close", Says: "结束公示", From: []State{Publishing}, To: Published,
		By:      byCentre,
		Guards:  []Guard{publicationOver, objectionsHandled},
		Sources: []policy.Source{policy.CentreSetting}, Records: "公示结束的日期"}, nothing[*Publication]),
}

// PublishInput is a list to be shown.
type PublishInput struct {
	Of    RecordKind `json:"of"`
	IDs   []string   `json:"ids"`
	Place string     `json:"place"`
}

// ObjectionInput is what somebody says against it.
type ObjectionInput struct {
	By   string `json:"by"` // empty = the party itself
	Text string `json:"text"`
}

// HandleInput answers an objection.
type HandleInput struct {
	Number int    `json:"number"` // from 1, in the order in which they came
	Answer string `json:"answer"`
}

// StrikeInput takes a line off.
type StrikeInput struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// whilePublished: objections are raised while the list is shown.
var whilePublished = Guard{"while-published", "公示期内提出异议", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Publication](d); d.How.On.Before(v.From) || v.Until.Before(d.How.On) {
		return fmt.Sprintf("公示期为%s至%s；公示期以外的情况请作为投诉建议登记", v.From.Chinese(), v.Until.Chinese())
	}
	return ""
}}

// publicationOver: a list is shown to the end of its last day.
var publicationOver = Guard{"publication-over", "公示到最后一天为止", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Publication](d); !v.Until.Before(d.How.On) {
		return fmt.Sprintf("公示到%s为止，次日起才能结束", v.Until.Chinese())
	}
	return ""
}}

// objectionsHandled: no objection is left lying.
var objectionsHandled = Guard{"objections-handled", "公示的异议逐条处理", policy.CentreSetting, func(d *Deed) string {
	for i, o := range subjectOf[*Publication](d).Objections {
		if o.Handled.IsZero() {
			return fmt.Sprintf("第 %d 条异议（%s）还没有处理", i+1, o.By)
		}
	}
	return ""
}}

// publish shows the list from the day of the act.
func publish(d *Deed, _ *Publication, in PublishInput) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("publication.%d", d.Today.Year))
	if err != nil {
		return err
	}
	days := max(1, d.settings().Workdays(listable[in.Of].days))
	v := &Publication{ID: fmt.Sprintf("GS%d-%04d", d.Today.Year, n), Of: in.Of, Place: in.Place, From: d.How.On,
		Until: d.settings().Calendar().Last(d.How.On, days)}
	d.make(KindPublication, v)
	for _, id := range in.IDs {
		r, err := find[shown](d, in.Of, id)
		if err != nil {
			return inField("ids", err)
		}
		if *r.publication() == v.ID {
			return invalid("ids", "%s 写了两次，请留一个", id)
		}
		v.Lines = append(v.Lines, PublicLine{ID: id, Text: r.line(d)})
		*r.publication() = v.ID
		d.change(in.Of, r)
	}
	return nil
}

func objectTo(d *Deed, v *Publication, in ObjectionInput) error {
	if in.By == "" {
		in.By = d.Party.ID
	}
	if err := firstBroken(checkLine("by", in.By), checkStated("text", in.Text, "请写明对哪一项、有什么异议"), checkText("text", in.Text)); err != nil {
		return err
	}
	v.Objections = append(v.Objections, Objection{By: in.By, Text: in.Text, On: d.How.On})
	return nil
}

func handleObjection(d *Deed, v *Publication, in HandleInput) error {
	if in.Number < 1 || in.Number > len(v.Objections) {
		return invalid("number", "没有第 %d 条异议，共 %d 条", in.Number, len(v.Objections))
	}
	if err := firstBroken(checkStated("answer", in.Answer, "请写明核实的情况和处理结果"), checkText("answer", in.Answer)); err != nil {
		return err
	}
	o := &v.Objections[in.Number-1]
	o.Answer, o.Handled = in.Answer, d.How.On
	return nil
}

// strikeLine takes a record off the list, which lets it be published anew.
func strikeLine(d *Deed, v *Publication, in StrikeInput) error {
	if !slices.ContainsFunc(v.Lines, func(l PublicLine) bool { return l.ID == in.ID && l.Struck == "" }) {
		return invalid("id", "公示名单中没有 %s，请核对编号", Shorten(in.ID, 40))
	}
	if err := firstBroken(checkStated("reason", in.Reason, "请写明撤下的原因"), checkText("reason", in.Reason)); err != nil {
		return err
	}
	r, err := find[shown](d, v.Of, in.ID)
	if err != nil {
		return err
	}
	v.strike(in.ID, in.Reason)
	if *r.publication() == v.ID {
		*r.publication() = ""
		d.change(v.Of, r)
	}
	return nil
}

func (v *Publication) strike(id, why string) {
	for i := range v.Lines {
		if v.Lines[i].ID == id {
			v.Lines[i].Struck = why
		}
	}
}

func (v *Publication) recordID() string     { return v.ID }
func (v *Publication) state() State         { return v.State }
func (v *Publication) setState(s State)     { v.State = s }
func (v *Publication) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Publication) Validate() error {
	return firstBroken(checkID("id", v.ID), checkCount("lines", len(v.Lines), MaxEvidence), checkStated("place", v.Place, "请填写公示的地点或网址"),
		checkLine("place", v.Place), checkCount("objections", len(v.Objections), MaxList))
}

func (v *Publication) body() ([]byte, error) { return jsonBody(*v) }

var decodePublication = fromJSON[Publication](KindPublication)
