package registry

import (
	"slices"

	"tepai/registry/kv"
)

// Decision (联合审核) holds the halves of a joint decision about one version of a record. A half about an earlier version is void.
type Decision struct {
	ID      string     `json:"id"` // kind.id of the record
	Kind    RecordKind `json:"kind"`
	Subject string     `json:"subject"`
	Halves  []Half     `json:"halves"`
}

// Half is what one office decided.
type Half struct {
	Office  Role   `json:"office"`
	Person  string `json:"person"`
	Act     string `json:"act"`
	Version uint64 `json:"version"` // the number of the subject's last change when it was decided
	On      Date   `json:"on"`
	Opinion string `json:"opinion,omitempty"`
	Input   string `json:"input,omitempty"` // JSON of what was decided
}

// opinionated is the input of a joint decision whose bare part both offices must agree on; the words are each one's own.
type opinionated interface {
	bare() any
	words() string
}

func decisionID(kind RecordKind, id string) string { return string(kind) + "." + id }

// take records a half and tells whether both offices have now done the same act on the same version by two persons. The
// other half is given when there is one that differs.
func (v *Decision) take(h Half) (complete bool, other *Half) {
	v.Halves = slices.DeleteFunc(v.Halves, func(old Half) bool { return old.Version != h.Version || old.Office == h.Office })
	for i := range v.Halves {
		other = &v.Halves[i]
	}
	v.Halves = append(v.Halves, h)
	return other != nil && other.Act == h.Act && other.Input == h.Input && other.Person != h.Person, other
}

// joint takes the half of a party. complete tells that the act takes effect now.
func (d *Deed) joint(version uint64, input string) (complete bool, err error) {
	kind, id := d.row.Kind, d.Subject.recordID()
	v := &Decision{ID: decisionID(kind, id), Kind: kind, Subject: id}
	if r, _, err := load(d.tx, KindDecision, v.ID); err == nil {
		v = r.(*Decision)
	} else if !isMissing(err) {
		return false, err
	}
	h := Half{Office: d.Party.Role, Person: d.Party.ID, Act: d.row.Act, Version: version, On: d.How.On, Input: input}
	if o, ok := d.input.(opinionated); ok {
		h.Opinion = o.words()
	}
	complete, other := v.take(h)
	if other != nil && other.Person == h.Person {
		return false, &Error{Kind: Denied, Source: d.row.cite(), Msg: "两部门的意见须由两个人分别作出，" + h.Person + " 已代表另一部门作出意见"}
	}
	d.change(KindDecision, v)
	return complete, nil
}

func (v *Decision) recordID() string     { return v.ID }
func (v *Decision) state() State         { return "" }
func (v *Decision) setState(State)       {}
func (v *Decision) belongsTo(Actor) bool { return false }

// Validate is as for Specialist.
func (v *Decision) Validate() error {
	return firstBroken(checkID("id", v.ID), checkCount("halves", len(v.Halves), 2), v.checkOpinions())
}

func (v *Decision) checkOpinions() error {
	for _, h := range v.Halves {
		if err := checkText("opinion", h.Opinion); err != nil {
			return err
		}
	}
	return nil
}

func (v *Decision) body() ([]byte, error) { return jsonBody(*v) }

var decodeDecision = fromJSON[Decision](KindDecision)

// Waiting names the offices whose half is missing for an act on a version of the record.
func (v *Decision) Waiting(act string, version uint64) []Role {
	missing := []Role{CentreStaff, BureauOfficer}
	for _, h := range v.Halves {
		if h.Act == act && h.Version == version {
			missing = slices.DeleteFunc(missing, func(r Role) bool { return r == h.Office })
		}
	}
	return missing
}

func isMissing(err error) bool {
	e, ok := err.(*Error)
	return ok && e.Kind == NotFound
}

// nextSerial counts within a series, such as the pool numbers of one year; a number is never given twice.
func nextSerial(tx kv.Writer, series string) (int, error) {
	return bump(tx, counterPrefix+series)
}
