package registry

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"tepai/registry/kv"
	"tepai/registry/seal"
)

// RecordPersonalData records the stated fields of a person, replacing what stands there, and leaves the others as they
// are. It appends one Change that names the fields that are new or differ and holds ciphertext alone; Unchanged when none
// does, Updated otherwise. Refusals: NotFound when there is no such specialist or enterprise; Invalid when the data contradict themselves or
// state nothing; Conflict when the identity number is somebody else's; Unavailable, without a key file too.
func (s *Store) RecordPersonalData(ctx context.Context, actor Actor, who PersonID, data PersonalData) (Outcome, error) {
	return s.putOne(ctx, actor, Records{Personal: []PersonRecord{{who, data}}})
}

// recorder makes drafts of the personal data of one batch.
type recorder struct {
	tx     kv.Reader
	keys   *seal.Keys
	actor  Actor
	nouns  map[string]bool       // keys of the records that the batch brings
	claims map[string][]PersonID // blind value → persons of the batch who have that number
}

// withPersonal puts the personal data of a batch behind its nouns, and before them, once in the life of a store, the
// registration of the key file.
func (a actOn) withPersonal(drafts []draft, personal []PersonRecord) ([]draft, error) {
	if len(personal) == 0 {
		return drafts, nil
	}
	known, err := checkKeyring(a.tx, a.store.keys)
	if err != nil {
		return nil, err
	}
	if known.Index == "" {
		d, err := keyringDraft(a.store.keys)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	r := recorder{a.tx, a.store.keys, a.actor, map[string]bool{}, map[string][]PersonID{}}
	for _, d := range drafts {
		r.nouns[string(d.key)] = true
	}
	for _, p := range personal {
		d, err := r.draft(p)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}

// draft is the record as it will be; its body is the old one when the data say nothing new.
func (r recorder) draft(p PersonRecord) (d draft, err error) {
	d = draft{kind: p.Who.Kind, id: p.Who.ID, key: recordKey(p.Who.Kind, p.Who.ID)}
	if !r.nouns[string(recordKey(p.Who.noun(), p.Who.ID))] {
		if err := mustExist(r.tx, p.Who); err != nil {
			return d, err
		}
	}
	old, err := openSealed(r.tx, r.keys, p.Who)
	if err != nil {
		return d, err
	}
	was, err := old.data(nil)
	if err != nil {
		return d, err
	}
	changed := differing(was, p.Data)
	if len(changed) == 0 {
		d.body = old.body
		return d, nil
	}
	if err := p.Data.over(was).validate(p.Who.Kind); err != nil {
		return d, fmt.Errorf("%s：%w", p.Who, err)
	}
	if err := r.index(&d, p, was, changed); err != nil {
		return d, err
	}
	return d, r.seal(&d, old, p.Data, changed)
}

// seal encrypts what changed. The other fields keep their ciphertext.
func (r recorder) seal(d *draft, old sealedPerson, data PersonalData, changed []PersonalField) (err error) {
	next := diskSealed{V: bodyVersion, ID: d.id, Key: old.disk.Key, Sealed: map[string][]byte{}}
	if err := r.ensureKey(d, &old, &next); err != nil {
		return err
	}
	maps.Copy(next.Sealed, old.disk.Sealed)
	for _, name := range changed {
		f, _ := personalFieldOf(name)
		next.Sealed[string(name)] = old.key.Seal(string(name), data.get(f).ClearText())
	}
	if d.body, err = encodeBody(next); err != nil {
		return err
	}
	d.note, err = r.actor.disclose(changed, "")
	return err
}

// ensureKey draws a data key for a person who has none, or none any more.
func (r recorder) ensureKey(d *draft, p *sealedPerson, next *diskSealed) error {
	if p.there() {
		return nil
	}
	next.Key++
	key, wrapped := r.keys.NewDataKey(p.who.owner(next.Key)...)
	w, err := putDataKey(p.who, diskDataKey{Key: next.Key, Wrapped: wrapped})
	p.key = key
	d.side = append(d.side, w)
	return err
}

// index moves the person's entry in the blind index to a changed identity number.
func (r recorder) index(d *draft, p PersonRecord, was PersonalData, changed []PersonalField) error {
	if !slices.Contains(changed, FieldIdentity) {
		return nil
	}
	number := p.Data.Identity
	holders, err := holdersOf(r.tx, r.keys, number.ClearText())
	if err != nil {
		return err
	}
	blind := string(blindKeys(r.keys, number.ClearText()))
	if err := checkHolders(append(holders, r.claims[blind]...), p.Who, number); err != nil {
		return err
	}
	r.claims[blind] = append(r.claims[blind], p.Who)
	if !was.Identity.IsZero() {
		d.side = append(d.side, sideWrite{key: blindKey(r.keys, was.Identity.ClearText(), p.Who)})
	}
	d.side = append(d.side, sideWrite{blindKey(r.keys, number.ClearText(), p.Who), []byte{}})
	return nil
}

// differing lists the stated fields of now that was does not hold.
func differing(was, now PersonalData) []PersonalField {
	return slices.DeleteFunc(now.Stated(), func(name PersonalField) bool {
		f, _ := personalFieldOf(name)
		return was.get(f).ClearText() == now.get(f).ClearText()
	})
}

// over is older with the stated fields of d in the place of its own.
func (d PersonalData) over(older PersonalData) PersonalData {
	for _, f := range personalFields {
		if s := d.get(f); !s.IsZero() {
			*f.in(&older) = s
		}
	}
	return older
}

// personalTwice refuses a batch in which a person stands twice.
func personalTwice(list []PersonRecord) error {
	var drafts []draft
	for _, p := range list {
		drafts = append(drafts, draft{kind: p.Who.Kind, id: p.Who.ID, key: recordKey(p.Who.Kind, p.Who.ID)})
	}
	return twice(drafts)
}
