package registry

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tepai/registry/kv"
)

// Outcome says what a Put did.
type Outcome uint8

const (
	Unchanged Outcome = iota // the record stood there with the same content; nothing was written
	Created
	Updated
)

// Records is a batch for PutAll.
type Records struct {
	Specialists []Specialist
	Enterprises []Enterprise
	Needs       []Need
	Personal    []PersonRecord // as RecordPersonalData; the nouns to which they belong may come in the same batch
}

// PutOptions of PutAll.
type PutOptions struct {
	Update bool // replace records whose content differs; otherwise one such record refuses the whole batch
	DryRun bool // refuse and count as otherwise, and write nothing; the head is then the present one
}

// PutReport counts what PutAll did and gives the head after it.
type PutReport struct {
	Created, Updated, Unchanged int // specialists, enterprises, needs
	Personal                    int // persons whose personal data are new or differ
	Head                        Head
}

func (r PutReport) wrote() bool { return r.Created+r.Updated+r.Personal > 0 }

// errDryRun takes back a transaction that has found out what it would do.
var errDryRun = errors.New("registry: dry run")

// PutSpecialist writes the record, replacing one with the same id, and appends one Change unless the content is
// unchanged. Refusals: Invalid from Validate, Unavailable from the store.
func (s *Store) PutSpecialist(ctx context.Context, actor Actor, v Specialist) (Outcome, error) {
	return s.putOne(ctx, actor, Records{Specialists: []Specialist{v}})
}

// PutEnterprise is as PutSpecialist.
func (s *Store) PutEnterprise(ctx context.Context, actor Actor, v Enterprise) (Outcome, error) {
	return s.putOne(ctx, actor, Records{Enterprises: []Enterprise{v}})
}

// PutNeed is as PutSpecialist.
func (s *Store) PutNeed(ctx context.Context, actor Actor, v Need) (Outcome, error) {
	return s.putOne(ctx, actor, Records{Needs: []Need{v}})
}

func (s *Store) putOne(ctx context.Context, actor Actor, r Records) (Outcome, error) {
	report, err := s.PutAll(ctx, actor, r, PutOptions{Update: true})
	switch {
	case err != nil:
		return Unchanged, err
	case report.Created > 0:
		return Created, nil
	case report.Updated > 0, report.Personal > 0:
		return Updated, nil
	}
	return Unchanged, nil
}

// PutAll writes a batch in one transaction: all of it or nothing. It appends one Change for each record that is new or
// differs, specialists first, then enterprises, needs and personal data, each in the order given. Refusals: Invalid for the first
// record that breaks a rule; Conflict when an id stands twice in the batch, or when records with other content stand
// in the store and Update is not set, naming the ids; Unavailable from the store. A batch is held in memory.
func (s *Store) PutAll(ctx context.Context, actor Actor, r Records, opt PutOptions) (PutReport, error) {
	if err := actor.check(); err != nil {
		return PutReport{}, err
	}
	drafts, err := r.drafts()
	if err == nil && len(r.Personal) > 0 {
		err = s.needKeys()
	}
	if err != nil {
		return PutReport{}, err
	}
	var report PutReport
	err = s.update(ctx, func(tx kv.Writer) error {
		a := actOn{tx: tx, actor: actor, store: s, at: s.now()}
		all, err := a.withPersonal(drafts, r.Personal)
		if err != nil {
			return err
		}
		report = PutReport{}
		return a.put(all, opt, &report)
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return PutReport{}, err
	}
	if err == nil && report.wrote() {
		s.announce()
	}
	return report, nil
}

// actOn is one writing transaction.
type actOn struct {
	tx    kv.Writer
	actor Actor
	store *Store
	at    time.Time
}

// put compares, refuses or writes. Changes go first and then the records in key order: see layout.go.
func (a actOn) put(drafts []draft, opt PutOptions, report *PutReport) error {
	head, err := getMeta(a.tx)
	if err != nil {
		return err
	}
	if err := a.compare(drafts, report); err != nil {
		return err
	}
	if !opt.Update && slices.ContainsFunc(drafts, draft.replaces) {
		return refuseUpdate(drafts)
	}
	report.Head = head
	if opt.DryRun {
		return errDryRun
	}
	if !slices.ContainsFunc(drafts, func(d draft) bool { return d.outcome != Unchanged }) {
		return nil
	}
	if report.Head, err = a.log(drafts, head); err != nil {
		return err
	}
	if err := putMeta(a.tx, report.Head); err != nil {
		return err
	}
	return a.save(drafts)
}

// compare finds out what each draft will do and counts it.
func (a actOn) compare(drafts []draft, report *PutReport) (err error) {
	for i := range drafts {
		d := &drafts[i]
		if d.outcome, err = a.outcome(*d); err != nil {
			return err
		}
		report.count(*d)
	}
	return nil
}

func (a actOn) outcome(d draft) (Outcome, error) {
	value, err := a.tx.Get(d.key)
	if errors.Is(err, kv.ErrNotFound) {
		return Created, nil
	}
	if err != nil {
		return Unchanged, err
	}
	_, body, err := openRecord(d.key, value)
	if err != nil || !d.always && bytes.Equal(body, d.body) {
		return Unchanged, err
	}
	return Updated, nil
}

func (r *PutReport) count(d draft) {
	switch {
	case d.kind == KindKeyring:
	case d.kind == KindPersonal || d.kind == KindContactPerson:
		if d.outcome != Unchanged {
			r.Personal++
		}
	case d.outcome == Created:
		r.Created++
	case d.outcome == Updated:
		r.Updated++
	default:
		r.Unchanged++
	}
}

// log appends the changes behind head and returns the new head.
func (a actOn) log(drafts []draft, head Head) (Head, error) {
	for i := range drafts {
		d := &drafts[i]
		if d.outcome == Unchanged {
			continue
		}
		c := Change{Seq: head.Seq + 1, At: a.at, Actor: a.actor.ID, Act: ActCreate, Kind: d.kind, ID: d.id, Body: d.body, Note: d.note, Prev: head.Hash}
		switch {
		case d.act != "":
			c.Act = d.act
		case d.outcome == Updated:
			c.Act = ActUpdate
		}
		if err := a.tx.Put(changeKey(c.Seq), c.seal()); err != nil {
			return head, err
		}
		d.seq = c.Seq
		head = Head{c.Seq, c.Hash}
	}
	return head, nil
}

// save writes the records themselves, and what goes with them beside the change log.
func (a actOn) save(drafts []draft) error {
	order := slices.Clone(drafts)
	slices.SortFunc(order, func(x, y draft) int { return cmp.Or(bytes.Compare(x.key, y.key), cmp.Compare(x.seq, y.seq)) })
	for _, d := range order {
		if d.outcome == Unchanged {
			continue
		}
		if err := relink(a.tx, d); err != nil {
			return err
		}
		if err := a.tx.Put(d.key, frameRecord(d.key, d.seq, d.body)); err != nil {
			return err
		}
	}
	for _, d := range order {
		if d.outcome == Unchanged {
			continue
		}
		if err := a.saveSide(d); err != nil {
			return err
		}
	}
	return nil
}

func (a actOn) saveSide(d draft) error {
	for _, w := range d.side {
		var err error
		if w.body == nil {
			err = a.tx.Delete(w.key)
		} else {
			err = a.tx.Put(w.key, frameRecord(w.key, d.seq, w.body))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// replaces tells whether the caller's own content takes the place of another one.
func (d draft) replaces() bool { return d.outcome == Updated && d.kind != KindKeyring }

func refuseUpdate(drafts []draft) error {
	differ := slices.DeleteFunc(slices.Clone(drafts), func(d draft) bool { return !d.replaces() })
	return &Error{Kind: Conflict, Field: "id", Msg: fmt.Sprintf(
		"已有 %d 条编号相同而内容不同的记录：%s。整批没有写入；如要以新内容替换，请选择更新", len(differ), names(differ))}
}
