package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Dispatch (派驻) is a specialist's service to an enterprise under one agreement (Art. 9–11).
type Dispatch struct {
	ID         string      `json:"id"`
	Agreement  string      `json:"agreement"`
	Need       string      `json:"need"`
	Specialist string      `json:"specialist"`
	Enterprise string      `json:"enterprise"`
	HomeUnit   string      `json:"home_unit,omitempty"`
	Lead       bool        `json:"lead,omitempty"`
	From       Date        `json:"from"`
	Until      Date        `json:"until"` // last day of the term
	Quota      int         `json:"quota"` // services in the term
	Pauses     []Pause     `json:"pauses,omitempty"`
	Ended      Date        `json:"ended,omitzero"` // the last day of service
	EndedBy    DispatchEnd `json:"ended_by,omitempty"`
	EndedWhy   string      `json:"ended_why,omitempty"`
	Renews     string      `json:"renews,omitempty"`
	Replaces   string      `json:"replaces,omitempty"`
	ReplacedBy string      `json:"replaced_by,omitempty"`
	Units      []Moved     `json:"units,omitempty"`      // earlier home units
	Assessment string      `json:"assessment,omitempty"` // 考核评定 of it, once it is opened
	Edition    string      `json:"edition"`
	State      State       `json:"state"`
}

// Pause is a time in which a dispatch rests; its days do not count for the pace.
type Pause struct {
	From  Date   `json:"from"`
	Until Date   `json:"until,omitzero"` // last day; zero = still
	Why   string `json:"why"`
}

// Moved is a home unit that the specialist left.
type Moved struct {
	Unit  string `json:"unit"`
	Until Date   `json:"until"`
}

// DispatchEnd is how a dispatch ended.
type DispatchEnd string

const (
	AtTerm         DispatchEnd = "期满"
	ByBoth         DispatchEnd = "协商提前终止"
	ByTheFirm      DispatchEnd = "企业退出"
	ByTheServing   DispatchEnd = "特派员退出"
	ByReplacement  DispatchEnd = "更换"
	ByDisqualified DispatchEnd = "取消资格"
)

var dispatchEnds = []string{string(AtTerm), string(ByBoth), string(ByTheFirm), string(ByTheServing), string(ByReplacement), string(ByDisqualified)}

// The states of a dispatch.
const (
	Running State = "running"
	Resting State = "paused"
	Frozen  State = "frozen" // Art. 21: until a person decides on it
	Over    State = "ended"
)

var dispatchRows = []Transition{
	row(Transition{Kind: KindDispatch, Act: "pause", Says: "暂停派驻", From: []State{Running}, To: Resting,
		By:      eitherSide,
		Sources: []policy.Source{policy.CentreSetting}, Records: "暂停的起始日期和原因（补充协议）"}, pauseDispatch),
	row(Transition{Kind: KindDispatch, Act: "resume", Says: "恢复派驻", From: []State{Resting, Frozen}, To: Running,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{servingIsAllowed},
		Sources: []policy.Source{policy.CentreSetting}, Records: "恢复的日期"}, resumeDispatch),
	row(Transition{Kind: KindDispatch, Act: "extend", Says: "变更派驻期限", From: []State{Running, Resting},
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting}, Records: "新的最后一天、依据的补充协议"}, extendDispatch),
	row(Transition{Kind: KindDispatch, Act: "move", Says: "变更所在单位", From: []State{Running, Resting},
		By:      []Party{{Role: CentreStaff}},
		Sources: []policy.Source{policy.Article(10), policy.CentreSetting}, Records: "原单位、新单位、变更的日期"}, moveDispatch),
	row(Transition{Kind: KindDispatch, Act: "end", Says: "终止派驻", From: []State{Running, Resting, Frozen}, To: Over,
		By:      []Party{{Role: CentreStaff}},
		Guards:  []Guard{endsAsSaid},
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting}, Records: "期满、协商提前终止、企业退出、特派员退出或取消资格；日期和原因"}, endDispatch),
}

// EndInput says how a dispatch ends.
type EndInput struct {
	By     DispatchEnd `json:"by"`
	Why    string      `json:"why"`
	Solved bool        `json:"solved"` // the need is solved with it
}

// ExtendInput is a new last day.
type ExtendInput struct {
	Until Date   `json:"until"`
	Why   string `json:"why"`
}

// MoveInput is a new home unit.
type MoveInput struct {
	Unit string `json:"unit"`
}

// servingIsAllowed: a dispatch goes on only with a specialist and an enterprise in order (Art. 21).
var servingIsAllowed = Guard{"serving-is-allowed", "取消资格的特派员、企业不再派驻", policy.Article(21), func(d *Deed) string {
	v := subjectOf[*Dispatch](d)
	if who, err := find[*Specialist](d, KindSpecialist, v.Specialist); err != nil || who.Standing == Disqualified {
		return "特派员已取消资格，派驻不能恢复；请办理终止或更换"
	}
	if e, err := find[*Enterprise](d, KindEnterprise, v.Enterprise); err != nil || e.Standing == Disqualified {
		return "企业已取消资格，派驻不能恢复；请办理终止"
	}
	return ""
}}

// endsAsSaid: a term ends on its last day, not before.
var endsAsSaid = Guard{"ends-as-said", "期满之日以前终止须说明由谁提出", policy.Article(11), func(d *Deed) string {
	v, in := subjectOf[*Dispatch](d), inputOf[EndInput](d)
	if in.By == AtTerm && d.How.On.Before(v.Until) {
		return fmt.Sprintf("派驻到%s期满；提前终止请选择 协商提前终止、企业退出 或 特派员退出", v.Until.Chinese())
	}
	return ""
}}

// beginDispatch makes the dispatch of a signed agreement: the need is served, the specialist has a place less.
func beginDispatch(d *Deed, a *Agreement) error {
	n, err := nextSerial(d.tx, fmt.Sprintf("dispatch.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Dispatch{ID: fmt.Sprintf("PZ%d-%04d", d.Today.Year, n), Agreement: a.ID, Need: a.Need, Specialist: a.Specialist, Enterprise: a.Enterprise,
		HomeUnit: a.HomeUnit, Lead: a.Lead, From: a.From, Until: a.From.TermEnd(a.Months), Quota: a.Quota, Renews: a.Renews, Replaces: a.Replaces,
		Edition: d.Edition.ID, State: Running}
	a.Dispatch = v.ID
	d.change(KindDispatch, v)
	if a.Replaces != "" {
		if err := replaceDispatch(d, a.Replaces, v.ID); err != nil {
			return err
		}
	}
	who, err := find[*Specialist](d, KindSpecialist, v.Specialist)
	if err != nil {
		return err
	}
	if !slices.Contains(who.Serving, v.Enterprise) {
		who.Serving = append(slices.Clip(who.Serving), v.Enterprise)
		d.change(KindSpecialist, who)
	}
	need, err := find[*Need](d, KindNeed, v.Need)
	if err != nil {
		return err
	}
	need.State = NeedDispatched
	d.change(KindNeed, need)
	return nil
}

// replaceDispatch ends the dispatch of the one who is replaced.
func replaceDispatch(d *Deed, old, by string) error {
	v, err := find[*Dispatch](d, KindDispatch, old)
	if err != nil {
		return err
	}
	if v.State != Over {
		if err := v.close(d, ByReplacement, "由 "+by+" 接替"); err != nil {
			return err
		}
		v.State = Over
	}
	v.ReplacedBy = by
	d.change(KindDispatch, v)
	return nil
}

func pauseDispatch(d *Deed, v *Dispatch, in ReasonInput) error {
	if err := checkStated("reason", in.Reason, "请写明暂停的原因"); err != nil {
		return err
	}
	v.Pauses = append(v.Pauses, Pause{From: d.How.On, Why: in.Reason})
	return nil
}

func resumeDispatch(d *Deed, v *Dispatch, _ struct{}) error {
	if n := len(v.Pauses); n > 0 && v.Pauses[n-1].Until.IsZero() {
		v.Pauses[n-1].Until = d.How.On.AddDays(-1)
	}
	return nil
}

func extendDispatch(d *Deed, v *Dispatch, in ExtendInput) error {
	switch {
	case in.Until.IsZero() || in.Until.Before(v.From):
		return invalid("until", "新的最后一天须在%s以后", v.From.Chinese())
	case strings.TrimSpace(in.Why) == "":
		return invalid("why", "请写明依据的补充协议")
	}
	d.How.Reason, v.Until = in.Why, in.Until
	return nil
}

func moveDispatch(d *Deed, v *Dispatch, in MoveInput) error {
	if err := firstBroken(checkStated("unit", in.Unit, "请填写新的所在单位"), checkLine("unit", in.Unit)); err != nil {
		return err
	}
	v.Units = append(v.Units, Moved{v.HomeUnit, d.How.On.AddDays(-1)})
	v.HomeUnit = in.Unit
	who, err := find[*Specialist](d, KindSpecialist, v.Specialist)
	if err != nil {
		return err
	}
	who.Organisation = in.Unit
	d.change(KindSpecialist, who)
	return nil
}

func endDispatch(d *Deed, v *Dispatch, in EndInput) error {
	if err := firstBroken(checkStated("by", string(in.By), "请选择 "+strings.Join(dispatchEnds, "、")), checkOneOf("by", string(in.By), dispatchEnds)); err != nil {
		return err
	}
	if in.By != AtTerm && strings.TrimSpace(in.Why) == "" {
		return invalid("why", "请写明终止的原因")
	}
	if err := v.close(d, in.By, in.Why); err != nil {
		return err
	}
	return v.leaveNeed(d, in.Solved)
}

// close writes how and when the dispatch ended and gives the specialist's place back.
func (v *Dispatch) close(d *Deed, by DispatchEnd, why string) error {
	v.Ended, v.EndedBy, v.EndedWhy = d.How.On, by, why
	if n := len(v.Pauses); n > 0 && v.Pauses[n-1].Until.IsZero() {
		v.Pauses[n-1].Until = d.How.On
	}
	who, err := find[*Specialist](d, KindSpecialist, v.Specialist)
	if err != nil {
		return err
	}
	others, err := d.dispatches(under(KindSpecialist, v.Specialist), func(o *Dispatch) bool {
		return o.ID != v.ID && o.Enterprise == v.Enterprise && o.State != Over
	})
	if err != nil || len(others) > 0 {
		return err
	}
	who.Serving = slices.DeleteFunc(slices.Clone(who.Serving), func(id string) bool { return id == v.Enterprise })
	d.change(KindSpecialist, who)
	return nil
}

// leaveNeed puts the need back into the pool, or calls it solved, when nobody else serves it.
func (v *Dispatch) leaveNeed(d *Deed, solved bool) error {
	need, err := find[*Need](d, KindNeed, v.Need)
	if err != nil || need.State != NeedDispatched {
		return err
	}
	if solved {
		need.State = NeedSolved
		if !slices.Contains(need.SolvedBy, v.Specialist) {
			need.SolvedBy = append(slices.Clip(need.SolvedBy), v.Specialist)
		}
		d.change(KindNeed, need)
		return nil
	}
	others, err := d.dispatches(under(KindNeed, v.Need), func(o *Dispatch) bool { return o.ID != v.ID && o.State != Over })
	if err != nil || len(others) > 0 {
		return err
	}
	need.State = NeedOpen
	d.change(KindNeed, need)
	return nil
}

// dispatches lists the dispatches of a specialist, an enterprise or a need that match, as this act leaves them.
func (d *Deed) dispatches(of link, match func(*Dispatch) bool) ([]*Dispatch, error) {
	list, err := findUnder[*Dispatch](d, of, KindDispatch)
	return slices.DeleteFunc(list, func(v *Dispatch) bool { return !match(v) }), err
}

func (v *Dispatch) recordID() string       { return v.ID }
func (v *Dispatch) state() State           { return v.State }
func (v *Dispatch) setState(s State)       { v.State = s }
func (v *Dispatch) begun() Date            { return v.From }
func (v *Dispatch) belongsTo(a Actor) bool { return a.among(v.Enterprise, v.Specialist, v.HomeUnit) }
func (v *Dispatch) under() string          { return v.Edition }
func (v *Dispatch) links() []link {
	return []link{under(KindSpecialist, v.Specialist), under(KindEnterprise, v.Enterprise), under(KindNeed, v.Need), underUnit(v.HomeUnit)}
}

// Validate is as for Specialist.
func (v *Dispatch) Validate() error {
	return firstBroken(checkID("id", v.ID), checkID("agreement", v.Agreement), checkID("need", v.Need), checkID("specialist", v.Specialist),
		checkID("enterprise", v.Enterprise), checkText("ended_why", v.EndedWhy), checkOneOf("ended_by", string(v.EndedBy), dispatchEnds),
		checkCount("pauses", len(v.Pauses), MaxList))
}

func (v *Dispatch) body() ([]byte, error) { return jsonBody(*v) }

var decodeDispatch = fromJSON[Dispatch](KindDispatch)
