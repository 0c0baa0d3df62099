package registry

import (
	"time"

	"tepai/registry/kv"
	"tepai/registry/policy"
)

// Deed is an act while it is being done: what it is done on and what it changes. All of it is one transaction.
type Deed struct {
	Actor   Actor
	Party   Actor // for whom it counts: the actor, or whoever the paper is from
	How     Circumstances
	Today   Date // the day of entry
	Edition policy.Edition
	Covered bool   // whether an edition is in force on the day of the act
	Subject record // nil while an act that makes a record has not made it

	at       time.Time
	editions []policy.Edition
	table    []Transition
	row      *Transition
	input    any
	tx       kv.Writer
	changed  []record // in the order of the acts' own writing, the subject first
	kinds    map[record]RecordKind
}

// In gives the input of an act to its guards.
func inputOf[I any](d *Deed) I {
	if in, ok := d.input.(*I); ok {
		return *in
	}
	var none I
	return none
}

// subjectOf gives the record that an act is done on to its guards.
func subjectOf[R record](d *Deed) R {
	r, _ := d.Subject.(R)
	return r
}

// make puts a new record down as the subject.
func (d *Deed) make(kind RecordKind, r record) {
	d.Subject = r
	d.change(kind, r)
}

// change writes a record at the end of the act.
func (d *Deed) change(kind RecordKind, r record) {
	if _, twice := d.kinds[r]; !twice {
		d.kinds[r] = kind
		d.changed = append(d.changed, r)
	}
}

// find reads another record of the same moment.
func find[R record](d *Deed, kind RecordKind, id string) (R, error) {
	if have, ok := d.now(kind, id).(R); ok {
		return have, nil
	}
	r, _, err := load(d.tx, kind, id)
	if err != nil {
		var none R
		return none, err
	}
	return r.(R), nil
}

// now is a record that this act has changed already; nil when it has not.
func (d *Deed) now(kind RecordKind, id string) record {
	for _, r := range d.changed {
		if d.kinds[r] == kind && r.recordID() == id {
			return r
		}
	}
	return nil
}

// settings are those of the edition; outside every edition the defaults.
func (d *Deed) settings() policy.Settings { return d.Edition.Settings }
