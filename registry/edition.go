package registry

import (
	"errors"
	"strings"

	"tepai/registry/kv"
	"tepai/registry/policy"
)

// PolicyEdition (制度版本) is an edition of the policy on its way into force: typed by the centre or the administrator, in force on its
// days when both offices confirm it (Art. 22).
type PolicyEdition struct {
	policy.Edition
}

// The states of an edition, as acts see them.
const (
	EditionDraft     State = "draft"
	EditionConfirmed State = "confirmed"
)

var editionTypists = []Party{{Role: CentreStaff}, {Role: Administrator}}

var editionRows = []Transition{
	row(Transition{Kind: KindEdition, Act: "draft", Says: "录入制度版本", To: EditionDraft,
		By:      editionTypists,
		Sources: []policy.Source{policy.Article(22)}, Records: "名称、文号、起止日期及其出处、全部设定"}, draftEdition),
	row(Transition{Kind: KindEdition, Act: "revise", Says: "修改制度版本", From: []State{EditionDraft},
		By:      editionTypists,
		Sources: []policy.Source{policy.Article(22)}, Records: "修改的各项；先前的部门意见作废"}, reviseEdition),
	row(Transition{Kind: KindEdition, Act: "confirm", Says: "确认制度版本生效", From: []State{EditionDraft}, To: EditionConfirmed, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{editionIsWhole},
		Sources: []policy.Source{policy.Article(22)}, Records: "两部门的意见、确认的日期"}, nothing[*PolicyEdition]),
}

// EditionInput is an edition as somebody types it; its state is not his to set.
type EditionInput struct {
	Edition policy.Edition `json:"edition"`
}

// editionIsWhole: an edition is complete, its days are taken from the document, and no other edition is in force on any of them.
var editionIsWhole = Guard{"edition-is-whole", "制度版本完整，有效期按文件录入，同一天只有一版", policy.Article(22), func(d *Deed) string {
	_, err := subjectOf[*PolicyEdition](d).Confirm(d.editions)
	return toldBy(err)
}}

// toldBy is the sentence of a refusal of package policy.
func toldBy(err error) string {
	var refusal *policy.Refusal
	if errors.As(err, &refusal) {
		return refusal.Msg
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func draftEdition(d *Deed, _ *PolicyEdition, in EditionInput) error {
	v := &PolicyEdition{in.Edition}
	v.ID = strings.TrimSpace(v.ID)
	_, _, err := load(d.tx, KindEdition, v.ID)
	for _, e := range d.editions {
		if e.ID == v.ID || err == nil {
			return &Error{Kind: Conflict, Source: string(policy.Article(22)), Field: "id", Msg: "已有代号为“" + v.ID + "”的制度版本，请换一个代号"}
		}
	}
	if err != nil && !isMissing(err) {
		return err
	}
	d.make(KindEdition, v)
	return nil
}

func reviseEdition(_ *Deed, v *PolicyEdition, in EditionInput) error {
	id := v.ID
	v.Edition = in.Edition
	v.ID, v.State = id, policy.Draft
	return nil
}

// editionsIn are the built-in editions and the confirmed ones of the records.
func (s *Store) editionsIn(tx kv.Reader) ([]policy.Edition, error) {
	list := s.editions[:len(s.editions):len(s.editions)]
	all, err := listIn(tx, KindEdition, "", 0, decodeEdition)
	for _, v := range all {
		if v.State == policy.Confirmed {
			list = append(list, v.Edition)
		}
	}
	return list, err
}

func (v *PolicyEdition) recordID() string     { return v.ID }
func (v *PolicyEdition) belongsTo(Actor) bool { return false }

func (v *PolicyEdition) state() State {
	if v.State == policy.Confirmed {
		return EditionConfirmed
	}
	return EditionDraft
}

func (v *PolicyEdition) setState(s State) {
	v.State = policy.Draft
	if s == EditionConfirmed {
		v.State = policy.Confirmed
	}
}

// Validate is as for Specialist.
func (v *PolicyEdition) Validate() error {
	var refusal *policy.Refusal
	if err := v.Edition.Validate(); errors.As(err, &refusal) {
		return &Error{Kind: Invalid, Field: refusal.Field, Source: string(refusal.Source), Msg: refusal.Msg}
	} else if err != nil {
		return err
	}
	return checkID("id", v.ID)
}

func (v *PolicyEdition) body() ([]byte, error) { return jsonBody(v.Edition) }

func decodeEdition(body []byte) (PolicyEdition, error) {
	e, err := fromJSON[policy.Edition](KindEdition)(body)
	return PolicyEdition{e}, err
}
