package registry

import (
	"slices"
	"strings"

	"tepai/registry/policy"
)

// State is where a record stands in its life; each kind has its own, named in its file.
type State string

// Transition (流转) is one row of the policy's table: which act may be done on which records, by whom, under which conditions,
// and what becomes of them. The rows of all kinds together are the policy as software.
type Transition struct {
	Kind    RecordKind
	Act     string
	Says    string  // as a person reads it: 提交申请
	From    []State // states in which it may be done; none = the act creates the record
	To      State   // empty = the state stays, or follows from what is done
	By      []Party // who may
	Joint   bool    // takes effect when both offices have done it on the same version of the record, by two persons
	Guards  []Guard // conditions, in the order in which they are asked
	Sources []policy.Source
	Records string // what it records, in a few words

	input func() any // a new, empty input; nil = it needs none
	do    func(*Deed) error
}

// Party is a role that may do an act; with Own only on records that are its own.
type Party struct {
	Role Role
	Own  bool
}

func (p Party) String() string {
	if p.Own {
		return p.Role.String() + "（本人、本单位的）"
	}
	return p.Role.String()
}

// Guard is a condition of an act with the rule that it comes from.
type Guard struct {
	Name   string // stable, for tests and documents
	Says   string // the rule in a sentence
	Source policy.Source
	test   func(*Deed) string // why the act is refused, a Chinese sentence with the way out; empty = it may go on
}

// bothOffices are by whom a joint decision is made.
var bothOffices = []Party{{Role: CentreStaff}, {Role: BureauOfficer}}

// transitions are all rows, by kind.
var transitions = slices.Concat(applicationRows, poolRows, enterpriseRows, needRows, agreementRows, dispatchRows, equityRows, cooperationRows, caseRows, recoveryRows,
	delegationRows, complaintRows, contactRows, handoverRows, serviceRows, sheetRows, summaryRows, bundleRows, activityRows,
	assessmentRows, subsidyRows, publicationRows, attachmentRows, editionRows)

// Transitions lists every row, by kind and then in the order of a record's life.
func Transitions() []Transition { return slices.Clone(transitions) }

// rowOf finds the row of an act; an unknown one is an *Error.
func rowOf(kind RecordKind, act string) (*Transition, error) {
	for i := range transitions {
		if t := &transitions[i]; t.Kind == kind && t.Act == act {
			return t, nil
		}
	}
	return nil, invalid("act", "%s没有名为“%s”的办理", kind, Shorten(act, 40))
}

// creates tells whether the act makes the record.
func (t *Transition) creates() bool { return len(t.From) == 0 }

// may tells whether the party may do the act.
func (d *Deed) may() bool {
	return slices.ContainsFunc(d.row.By, func(p Party) bool {
		return p.Role == d.Party.Role && (!p.Own || d.Subject == nil || d.owns())
	})
}

// owns tells whether the subject is the party's own; some records know it only through others.
func (d *Deed) owns() bool {
	if far, ok := d.Subject.(interface{ belongsThrough(*Deed) bool }); ok && far.belongsThrough(d) {
		return true
	}
	return d.Subject.belongsTo(d.Party)
}

// who names those who may.
func (t *Transition) who() string {
	var names []string
	for _, p := range t.By {
		names = append(names, p.String())
	}
	if t.Joint {
		return strings.Join(names, "与") + "（两部门、两人）"
	}
	return strings.Join(names, "、")
}

// cite gives the first source, for a refusal.
func (t *Transition) cite() string {
	if len(t.Sources) == 0 {
		return string(policy.CentreSetting)
	}
	return string(t.Sources[0])
}

// row makes a row whose act takes an input of type I and works on a record of type R.
func row[R record, I any](t Transition, do func(d *Deed, r R, in I) error) Transition {
	t.input = func() any { return new(I) }
	t.do = func(d *Deed) error {
		r, ok := d.Subject.(R)
		if !ok {
			r = *new(R)
		}
		return do(d, r, *d.input.(*I))
	}
	return t
}
