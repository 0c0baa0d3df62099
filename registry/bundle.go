package registry

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Bundle (单位汇总) is what a unit passes on to the centre for a half year: the summaries of its specialists under one cover
// (Art. 19).
type Bundle struct {
	ID        string   `json:"id"`
	Unit      string   `json:"unit"`
	Round     Round    `json:"round"`
	Cover     string   `json:"cover,omitempty"` // 封面: the unit's own account and opinion
	Summaries []string `json:"summaries"`
	Follows   string   `json:"follows,omitempty"` // 补报: the unit's bundle of the same half year before this one
	Sent      Date     `json:"sent,omitzero"`
	Received  Date     `json:"received,omitzero"`
	Reason    string   `json:"reason,omitempty"` // why it was sent back
	State     State    `json:"state"`
}

// Round is a half year.
type Round struct {
	Year int `json:"year"`
	Half int `json:"half"` // 1 or 2
}

// String is 2026年上半年.
func (r Round) String() string {
	return fmt.Sprintf("%d年%s半年", r.Year, [...]string{1: "上", 2: "下"}[r.Half])
}

// The states of a bundle, beside SentBack and TakenIn.
const (
	Compiling State = "compiling"
	PassedOn  State = "sent"
)

var theUnit = []Party{{Role: HomeUnit, Own: true}}

var bundleRows = []Transition{
	row(Transition{Kind: KindBundle, Act: "compile", Says: "汇总小结和总结", To: Compiling,
		By:      []Party{{Role: HomeUnit}},
		Sources: []policy.Source{policy.Article(19)}, Records: "单位、哪半年、所汇总的各份、封面"}, compileBundle),
	row(Transition{Kind: KindBundle, Act: "revise", Says: "修改汇总", From: []State{Compiling, SentBack}, To: Compiling,
		By:      theUnit,
		Sources: []policy.Source{policy.Article(19)}, Records: "增减的各份、封面"}, reviseBundle),
	row(Transition{Kind: KindBundle, Act: "send", Says: "送交汇总", From: []State{Compiling}, To: PassedOn,
		By:      theUnit,
		Guards:  []Guard{covered},
		Sources: []policy.Source{policy.Article(19)}, Records: "送交日期"}, sendBundle),
	row(Transition{Kind: KindBundle, Act: "send_back", Says: "退回汇总", From: []State{PassedOn}, To: SentBack,
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(19), policy.CentreSetting}, Records: "退回的原因"}, sendBackBundle),
	row(Transition{Kind: KindBundle, Act: "receive", Says: "接收汇总", From: []State{PassedOn}, To: TakenIn,
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(19)}, Records: "接收日期；退给本人修改的各份和原因"}, receiveBundle),
}

// BundleInput is what a unit puts under one cover.
type BundleInput struct {
	Summaries []string `json:"summaries"`
	Cover     string   `json:"cover"`
}

// ReceiveInput names the summaries of a bundle that go back to their writers, with why; the others are received.
type ReceiveInput struct {
	Back map[string]string `json:"back"`
}

// covered: the unit arranges and compiles (整理、汇总), it does not only hand on.
var covered = Guard{"covered", "小结和总结由派出单位整理、汇总后送交", policy.Article(19), func(d *Deed) string {
	if strings.TrimSpace(subjectOf[*Bundle](d).Cover) == "" {
		return "没有填写封面；请写明本单位的整理情况和意见以后再送交"
	}
	return ""
}}

func compileBundle(d *Deed, _ *Bundle, in BundleInput) error {
	if strings.TrimSpace(d.Party.Of) == "" {
		return invalid("unit", "没有写明是哪一个单位的汇总")
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("bundle.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Bundle{ID: fmt.Sprintf("HZ%d-%04d", d.Today.Year, n), Unit: d.Party.Of, Cover: in.Cover}
	d.make(KindBundle, v)
	if err := v.take(d, in.Summaries); err != nil {
		return err
	}
	return v.alone(d)
}

// alone: a unit has one bundle in hand for a half year; after it was sent, what comes late follows in another.
func (v *Bundle) alone(d *Deed) error {
	others, err := findUnder[*Bundle](d, underUnit(v.Unit), KindBundle)
	if err != nil {
		return err
	}
	for _, o := range others {
		switch {
		case o.Round != v.Round || o.ID == v.ID:
		case o.State == Compiling || o.State == SentBack:
			return &Error{Kind: Conflict, Source: string(policy.Article(19)), Field: "summaries",
				Msg: fmt.Sprintf("%s的汇总 %s 还没有送交，请加入其中", v.Round, o.ID)}
		default:
			v.Follows = o.ID
		}
	}
	return nil
}

func reviseBundle(d *Deed, v *Bundle, in BundleInput) error {
	v.Cover, v.Reason = in.Cover, ""
	return v.take(d, in.Summaries)
}

// take puts submitted summaries of the unit and of one half year under the cover; what is left out stands as submitted again.
func (v *Bundle) take(d *Deed, ids []string) error {
	if len(ids) == 0 {
		return invalid("summaries", "请选择要汇总的小结或总结")
	}
	for _, id := range v.Summaries {
		if !slices.Contains(ids, id) {
			if err := v.release(d, id, Submitted, ""); err != nil {
				return err
			}
		}
	}
	round := v.Round
	for _, id := range ids {
		s, err := find[*Summary](d, KindSummary, id)
		if err != nil {
			return inField("summaries", err)
		}
		if round == (Round{}) {
			round = s.round()
		}
		if err := v.fits(s, round); err != nil {
			return err
		}
		s.State, s.Bundle = Compiled, v.ID
		d.change(KindSummary, s)
	}
	v.Summaries, v.Round = ids, round
	return nil
}

// fits says why a summary does not belong under the cover.
func (v *Bundle) fits(s *Summary, round Round) error {
	switch {
	case !SameName(s.Unit, v.Unit):
		return &Error{Kind: Denied, Source: string(policy.Article(19)), Field: "summaries", Msg: s.ID + " 不是本单位科技特派员的小结或总结"}
	case s.round() != round:
		return invalid("summaries", "%s 属于%s，这份汇总是%s的；请分别汇总", s.ID, s.round(), round)
	case s.State != Submitted && s.Bundle != v.ID:
		return invalid("summaries", "%s 现在是“%s”，须为“%s”", s.ID, stateName(KindSummary, s.State), stateName(KindSummary, Submitted))
	}
	return nil
}

// release takes a summary out of the bundle.
func (v *Bundle) release(d *Deed, id string, to State, why string) error {
	s, err := find[*Summary](d, KindSummary, id)
	if err != nil {
		return err
	}
	s.State, s.Bundle, s.Reason = to, "", why
	d.change(KindSummary, s)
	return nil
}

func sendBundle(d *Deed, v *Bundle, _ struct{}) error {
	v.Sent = d.How.On
	return nil
}

func sendBackBundle(_ *Deed, v *Bundle, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明需要修改什么"); err != nil {
		return err
	}
	v.Reason = in.Reason
	return nil
}

// receiveBundle takes in what is in order; the rest goes back to its writers and comes in another bundle.
func receiveBundle(d *Deed, v *Bundle, in ReceiveInput) error {
	for _, id := range slices.Sorted(maps.Keys(in.Back)) {
		switch {
		case !slices.Contains(v.Summaries, id):
			return invalid("back", "%s 不在这份汇总里", Shorten(id, 40))
		case strings.TrimSpace(in.Back[id]) == "":
			return invalid("back", "请写明 %s 需要修改什么", id)
		case len(in.Back) == len(v.Summaries):
			return invalid("back", "各份都要修改的，请退回汇总")
		}
		if err := v.release(d, id, SentBack, in.Back[id]); err != nil {
			return err
		}
	}
	v.Summaries = slices.DeleteFunc(v.Summaries, func(id string) bool { return in.Back[id] != "" })
	for _, id := range v.Summaries {
		s, err := find[*Summary](d, KindSummary, id)
		if err != nil {
			return err
		}
		s.State, s.Received = TakenIn, d.How.On
		d.change(KindSummary, s)
	}
	v.Received = d.How.On
	return nil
}

func (v *Bundle) recordID() string { return v.ID }
func (v *Bundle) state() State     { return v.State }
func (v *Bundle) setState(s State) { v.State = s }
func (v *Bundle) links() []link    { return []link{underUnit(v.Unit)} }
func (v *Bundle) belongsTo(a Actor) bool {
	return a.Role == HomeUnit && SameName(a.Of, v.Unit)
}

// Validate is as for Specialist.
func (v *Bundle) Validate() error {
	return firstBroken(checkID("id", v.ID), checkStated("unit", v.Unit, "请填写单位"), checkLine("unit", v.Unit), checkRange("round.half", int64(v.Round.Half), 1, 2),
		checkYear("round.year", v.Round.Year), checkText("cover", v.Cover), checkIDs("summaries", v.Summaries), checkOptionalID("follows", v.Follows),
		checkText("reason", v.Reason))
}

func (v *Bundle) body() ([]byte, error) { return jsonBody(*v) }

var decodeBundle = fromJSON[Bundle](KindBundle)
