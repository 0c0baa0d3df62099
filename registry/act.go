package registry

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tepai/registry/kv"
	"tepai/registry/policy"
)

// Command asks for an act.
type Command struct {
	Kind    RecordKind
	ID      string // of the record; empty for an act that makes one
	Act     string
	Input   any    // what the row of the act takes, as a pointer or a value; nil where it takes nothing
	Version uint64 // Receipt.Version that the actor saw; 0 = whichever there is
	Key     string // idempotency key: asking again with it gives the first receipt and does nothing
	Circumstances
}

// Receipt says what an act did.
type Receipt struct {
	Kind    RecordKind `json:"kind"`
	ID      string     `json:"id"`
	State   State      `json:"state"`
	Version uint64     `json:"version"`           // the number of the record's last change
	Seq     uint64     `json:"seq"`               // the head of the change log after the act
	Edition string     `json:"edition,omitempty"` // the edition by which it was judged; empty outside every edition
	Waiting []Role     `json:"waiting,omitempty"` // the offices whose half is still missing; the act has not taken effect
}

// Do does one act in one transaction: all of it, with its entry in the change log, or nothing. Refusals are *Error: Invalid for
// the input or the dates; NotFound; Conflict when the record has moved on or stands where the act cannot be done;
// Denied when the actor may not, or a condition is not met (with its source); Unavailable from the store.
func (s *Store) Do(ctx context.Context, actor Actor, c Command) (Receipt, error) {
	receipts, err := s.DoAll(ctx, actor, []Command{c})
	if err != nil {
		return Receipt{}, err
	}
	return receipts[0], nil
}

// DoAll does several acts in one transaction, such as the lines of a 联合审核表: all of them or none.
func (s *Store) DoAll(ctx context.Context, actor Actor, commands []Command) (receipts []Receipt, err error) {
	if err := actor.check(); err != nil {
		return nil, err
	}
	acted := false
	err = s.update(ctx, func(tx kv.Writer) error {
		receipts, acted = nil, false
		for _, c := range commands {
			r, again, err := s.do(tx, actor, c)
			if err != nil {
				return err
			}
			acted = acted || !again
			receipts = append(receipts, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if acted {
		s.announce()
	}
	return receipts, nil
}

// do does one act; again tells that it was done before under the same key.
func (s *Store) do(tx kv.Writer, actor Actor, c Command) (r Receipt, again bool, err error) {
	if r, again, err = remembered(tx, actor, c); err != nil || again {
		return r, again, err
	}
	d, version, err := s.prepare(tx, actor, c)
	if err != nil {
		return r, false, err
	}
	if err := d.allowed(version, c); err != nil {
		return r, false, err
	}
	r = Receipt{Kind: c.Kind, Edition: d.Edition.ID}
	complete := true
	if d.row.Joint {
		if err := d.delegated(); err != nil {
			return r, false, err
		}
		if complete, err = d.joint(version, d.decided()); err != nil {
			return r, false, err
		}
	}
	if complete {
		if err := d.perform(); err != nil {
			return r, false, err
		}
	} else {
		r.Waiting = otherOffice(d.Party.Role)
	}
	written, head, err := s.write(d)
	if err != nil {
		return r, false, err
	}
	r.Seq = head
	if r.ID, r.State = d.Subject.recordID(), d.Subject.state(); complete {
		version = written
	}
	r.Version = version
	return r, false, remember(tx, actor, c, r)
}

func otherOffice(r Role) []Role {
	if r == CentreStaff {
		return []Role{BureauOfficer}
	}
	return []Role{CentreStaff}
}

// prepare reads the record and settles day, party and edition.
func (s *Store) prepare(tx kv.Writer, actor Actor, c Command) (d *Deed, version uint64, err error) {
	t, err := rowOf(c.Kind, c.Act)
	if err != nil {
		return nil, 0, err
	}
	d = &Deed{Actor: actor, How: c.Circumstances, at: s.now(), table: transitions, row: t, tx: tx, kinds: map[record]RecordKind{}}
	d.Today = DateOf(d.at)
	if d.How.On.IsZero() {
		d.How.On = d.Today
	}
	d.Party = d.How.party(actor)
	if d.input, err = t.take(c.Input); err != nil {
		return nil, 0, err
	}
	if !t.creates() {
		if d.Subject, version, err = load(tx, c.Kind, c.ID); err != nil {
			return nil, 0, err
		}
	}
	if d.editions, err = s.editionsIn(tx); err != nil {
		return nil, 0, err
	}
	return d, version, d.judgeBy(d.editions)
}

// take makes the input a pointer of the row's type.
func (t *Transition) take(in any) (any, error) {
	if t.input == nil {
		return nil, nil
	}
	want := t.input()
	if in == nil {
		return want, nil
	}
	data, err := json.Marshal(in)
	if err == nil {
		err = json.Unmarshal(data, want)
	}
	if err != nil {
		return nil, fmt.Errorf("input of %s %s: %w", string(t.Kind), t.Act, err)
	}
	return want, nil
}

// judgeBy finds the edition: the one under which the record, or that of which it is a part, began; else the one in force on the day.
func (d *Deed) judgeBy(editions []policy.Edition) error {
	whole, err := d.whole()
	if err != nil {
		return err
	}
	if of, ok := whole.(interface{ under() string }); ok {
		if i := slices.IndexFunc(editions, func(e policy.Edition) bool { return e.ID == of.under() }); i >= 0 {
			d.Edition, d.Covered = editions[i], true
			return nil
		}
	}
	on := d.How.On
	if begun, ok := whole.(interface{ begun() Date }); ok && !begun.begun().IsZero() {
		on = begun.begun()
	}
	d.Edition, d.Covered = policy.InForce(editions, on)
	return nil
}

// partial is a record, or the input of an act that makes one, which is a part of another: a service of its dispatch.
type partial interface{ partOf() (RecordKind, string) }

// whole is what the act is about as a whole: that of which the record is a part, or the record itself.
func (d *Deed) whole() (record, error) {
	part, ok := d.Subject.(partial)
	if d.Subject == nil {
		part, ok = d.input.(partial)
	}
	if !ok {
		return d.Subject, nil
	}
	kind, id := part.partOf()
	r, _, err := load(d.tx, kind, id)
	return r, inField(string(kind), err)
}

// allowed asks, in this order: version, state, role, dates and paper, conditions.
func (d *Deed) allowed(version uint64, c Command) error {
	t := d.row
	if d.Subject != nil {
		if c.Version != 0 && c.Version != version {
			return &Error{Kind: Conflict, Msg: fmt.Sprintf("%s %s 在您打开以后已被他人修改，请重新打开后再办理", c.Kind, c.ID)}
		}
		if at := d.Subject.state(); !slices.Contains(t.From, at) {
			return &Error{Kind: Conflict, Source: t.cite(), Field: "state", Msg: fmt.Sprintf(
				"%s %s 现在是“%s”，不能%s；须为%s", c.Kind, c.ID, stateName(c.Kind, at), t.Says, stateNames(c.Kind, t.From))}
		}
	}
	if err := d.How.check(d.Actor, d.Today, d.settings()); err != nil {
		return err
	}
	if !d.may() {
		return &Error{Kind: Denied, Source: t.cite(), Msg: fmt.Sprintf("%s不能%s；可以办理的是%s", d.Party.Role, t.Says, t.who())}
	}
	for _, g := range t.Guards {
		if why := g.test(d); why != "" {
			return &Error{Kind: Denied, Rule: g.Name, Source: string(g.Source), Msg: why}
		}
	}
	return nil
}

// decided is the input of a joint decision as both offices must agree on it; what implements opinionated keeps its words out.
func (d *Deed) decided() string {
	in := d.input
	if o, ok := in.(opinionated); ok {
		in = o.bare()
	}
	data, err := json.Marshal(in)
	if err != nil {
		panic(err) // inputs are plain data, read from JSON just now
	}
	return string(data)
}

// perform does what the row says and moves the subject on.
func (d *Deed) perform() error {
	if err := d.row.do(d); err != nil {
		return err
	}
	if d.row.To != "" {
		d.Subject.setState(d.row.To)
	}
	d.change(d.row.Kind, d.Subject)
	return nil
}

// write logs and saves what has changed, the subject first, and gives the new head.
func (s *Store) write(d *Deed) (subject, head uint64, err error) {
	note, err := json.Marshal(struct {
		Role    Role   `json:"role,omitempty"`
		Of      string `json:"of,omitempty"`
		Edition string `json:"edition,omitempty"`
		Circumstances
	}{d.Actor.Role, d.Actor.Of, d.Edition.ID, d.How})
	if err != nil {
		return 0, 0, fmt.Errorf("encode circumstances: %w", err)
	}
	var drafts []draft
	for _, r := range d.changed {
		if drafts, err = appendDraft(drafts, d.kinds[r], r.recordID(), r.Validate(), r.body); err != nil {
			return 0, 0, err
		}
		drafts[len(drafts)-1].act, drafts[len(drafts)-1].note = d.row.Act, note
	}
	slices.SortStableFunc(drafts, func(a, b draft) int { return cmp.Compare(a.rank(d), b.rank(d)) })
	var report PutReport
	drafts[0].always = true // an act leaves its entry also where it changes nothing
	err = actOn{tx: d.tx, actor: d.Actor, store: s, at: d.at}.put(drafts, PutOptions{Update: true}, &report)
	return drafts[0].seq, report.Head.Seq, err
}

// rank puts the subject of an act before what follows from it.
func (dr draft) rank(d *Deed) int {
	if d.Subject != nil && dr.kind == d.row.Kind && dr.id == d.Subject.recordID() {
		return 0
	}
	return 1
}

// Receipts under idempotency keys stand in a region of their own, outside of the change log.
const receiptPrefix = "i/"

// Counters stand in a region of their own, outside of the change log: what they counted stands in the records.
const counterPrefix = "#/"

func receiptKey(actor Actor, key string) []byte {
	return []byte(receiptPrefix + actor.ID + "/" + key)
}

func remembered(tx kv.Reader, actor Actor, c Command) (r Receipt, ok bool, err error) {
	if c.Key == "" {
		return r, false, nil
	}
	if len(c.Key) > MaxID {
		return r, false, invalid("key", "幂等键最多 %d 个字符", MaxID)
	}
	value, err := tx.Get(receiptKey(actor, c.Key))
	if errors.Is(err, kv.ErrNotFound) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	if err := json.Unmarshal(value, &r); err != nil {
		return r, false, damaged("receipt: %w", err)
	}
	return r, true, nil
}

func remember(tx kv.Writer, actor Actor, c Command, r Receipt) error {
	if c.Key == "" {
		return nil
	}
	value, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.Put(receiptKey(actor, c.Key), value)
}

// bump adds one to a counter and gives it.
func bump(tx kv.Writer, key string) (int, error) {
	n := uint64(0)
	value, err := tx.Get([]byte(key))
	switch {
	case err == nil && len(value) == 8:
		n = binary.BigEndian.Uint64(value)
	case err == nil:
		return 0, damaged("counter %q", key)
	case !errors.Is(err, kv.ErrNotFound):
		return 0, err
	}
	n++
	return int(n), tx.Put([]byte(key), binary.BigEndian.AppendUint64(nil, n))
}

// stateName is a state as a person reads it.
func stateName(kind RecordKind, s State) string {
	if name, ok := stateWords[kind][s]; ok {
		return name
	}
	return string(s)
}

func stateNames(kind RecordKind, list []State) string {
	var names []string
	for _, s := range list {
		names = append(names, "“"+stateName(kind, s)+"”")
	}
	return strings.Join(names, "或")
}
