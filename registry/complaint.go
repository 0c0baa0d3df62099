package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// Complaint (投诉/建议) is received, assigned, handled and answered. It is confidential, and no sanction by itself: what it says may become
// a clue (see Case).
type Complaint struct {
	ID       string `json:"id"`
	From     string `json:"from,omitempty"` // who complains; may be empty
	About    string `json:"about,omitempty"`
	Text     string `json:"text"`
	Received Date   `json:"received"`
	Assignee string `json:"assignee,omitempty"`
	Handled  string `json:"handled,omitempty"` // what was done
	Answer   string `json:"answer,omitempty"`
	Case     string `json:"case,omitempty"` // the case that it became
	State    State  `json:"state"`
}

// The states of a complaint.
const (
	ComplaintReceived State = "received"
	ComplaintAssigned State = "assigned"
	ComplaintHandled  State = "handled"
	ComplaintAnswered State = "answered"
)

var complaintRows = []Transition{
	row(Transition{Kind: KindComplaint, Act: "receive", Says: "受理投诉建议", To: ComplaintReceived,
		By:      []Party{{Role: CentreStaff}, {Role: EnterpriseStaff}, {Role: SpecialistRole}, {Role: HomeUnit}, {Role: CountyClerk}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "内容、对象、来源；保密"}, receiveComplaint),
	row(Transition{Kind: KindComplaint, Act: "assign", Says: "交办", From: []State{ComplaintReceived, ComplaintAssigned}, To: ComplaintAssigned,
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "承办人"}, assignComplaint),
	row(Transition{Kind: KindComplaint, Act: "handle", Says: "办理投诉建议", From: []State{ComplaintAssigned}, To: ComplaintHandled,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{byTheAssignee},
		Sources: []policy.Source{policy.CentreSetting}, Records: "核实和处理的情况"}, handleComplaint),
	row(Transition{Kind: KindComplaint, Act: "answer", Says: "答复", From: []State{ComplaintHandled}, To: ComplaintAnswered,
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "答复的内容和日期；转为线索的案件"}, answerComplaint),
}

// ComplaintInput is what somebody says.
type ComplaintInput struct {
	From  string `json:"from"`
	About string `json:"about"`
	Text  string `json:"text"`
}

// AssignInput names who handles it.
type AssignInput struct {
	Person string `json:"person"`
}

// AnswerInput is the answer, and the case where there is one.
type AnswerInput struct {
	Answer string `json:"answer"`
	Case   string `json:"case"`
}

// byTheAssignee: a complaint is handled by whom it was given to.
var byTheAssignee = Guard{"by-the-assignee", "由承办人办理", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Complaint](d); v.Assignee != d.Party.ID {
		return "承办人是 " + v.Assignee + "；请由承办人办理，或重新交办"
	}
	return ""
}}

func receiveComplaint(d *Deed, _ *Complaint, in ComplaintInput) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("complaint.%d", d.Today.Year))
	if err != nil {
		return err
	}
	d.make(KindComplaint, &Complaint{ID: fmt.Sprintf("TS%d-%04d", d.Today.Year, n), From: in.From, About: in.About, Text: in.Text, Received: d.How.On})
	return nil
}

func assignComplaint(_ *Deed, v *Complaint, in AssignInput) error {
	v.Assignee = in.Person
	return checkStated("person", in.Person, "请填写承办人")
}

func handleComplaint(_ *Deed, v *Complaint, in ReasonInput) error {
	v.Handled = in.Reason
	return checkStated("reason", in.Reason, "请写明核实和处理的情况")
}

func answerComplaint(d *Deed, v *Complaint, in AnswerInput) error {
	if in.Case != "" {
		if _, err := find[*Case](d, KindCase, in.Case); err != nil {
			return inField("case", err)
		}
	}
	v.Answer, v.Case = in.Answer, in.Case
	return checkStated("answer", in.Answer, "请写明答复的内容")
}

func (v *Complaint) recordID() string     { return v.ID }
func (v *Complaint) state() State         { return v.State }
func (v *Complaint) setState(s State)     { v.State = s }
func (v *Complaint) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Complaint) Validate() error {
	return firstBroken(checkID("id", v.ID), checkStated("text", v.Text, "请写明投诉或建议的内容"), checkText("text", v.Text), checkLine("from", v.From),
		checkLine("about", v.About), checkLine("assignee", v.Assignee), checkText("handled", v.Handled), checkText("answer", v.Answer))
}

func (v *Complaint) body() ([]byte, error) { return jsonBody(*v) }

var decodeComplaint = fromJSON[Complaint](KindComplaint)
