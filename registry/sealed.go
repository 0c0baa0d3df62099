package registry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"tepai/registry/kv"
	"tepai/registry/seal"
)

// sealedPerson is a person's data as a transaction finds them.
type sealedPerson struct {
	who  PersonID
	body []byte // of the record; nil when nothing has been recorded yet
	disk diskSealed
	key  seal.DataKey // zero while there is none or after it was destroyed
	keys *seal.Keys
}

// there tells whether there are data that can be opened.
func (p sealedPerson) there() bool { return p.body != nil && !p.disk.forgotten() }

// readSealed reads the record alone, without a key.
func readSealed(tx kv.Reader, who PersonID) (p sealedPerson, err error) {
	p.who = who
	key := recordKey(who.Kind, who.ID)
	value, err := tx.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	_, body, err := openRecord(key, value)
	if err != nil {
		return p, err
	}
	p.body = bytes.Clone(body)
	p.disk, err = decodeSealed(who.Kind)(body)
	return p, err
}

// openSealed reads the record and unwraps the data key.
func openSealed(tx kv.Reader, keys *seal.Keys, who PersonID) (p sealedPerson, err error) {
	if _, err := checkKeyring(tx, keys); err != nil {
		return p, err
	}
	if p, err = readSealed(tx, who); err != nil || !p.there() {
		return p, err
	}
	p.keys = keys
	d, ok, err := getDataKey(tx, who)
	if err != nil {
		return p, err
	}
	if d.Withheld {
		return p, withheld(who)
	}
	if !ok || d.Destroyed != nil || d.Key != p.disk.Key {
		return p, damaged("%s: no data key %d for the record", who, p.disk.Key)
	}
	if p.key, err = keys.Unwrap(d.Wrapped, who.owner(d.Key)...); err != nil {
		return p, keyTrouble(keys.Path(), fmt.Errorf("data key of %s: %w", who, err))
	}
	return p, nil
}

// withheld refuses what needs a data key that an export left behind.
func withheld(who PersonID) error {
	return &Error{Kind: Unavailable, Msg: fmt.Sprintf(
		"这份数据来自不带数据密钥的整库导出，%s 的个人信息无法读出。请从备份恢复，或重新整库导出并加 --with-keys；也可以先删除此人的信息再重新登记", who)}
}

// data opens the fields that want names; nil stands for all that are recorded.
func (p sealedPerson) data(want []PersonalField) (data PersonalData, err error) {
	fields, err := p.disk.sorted()
	if err != nil {
		return data, err
	}
	for _, f := range fields {
		if want != nil && !slices.Contains(want, f.name) {
			continue
		}
		text, err := p.key.Open(string(f.name), p.disk.Sealed[string(f.name)])
		if err != nil {
			return PersonalData{}, keyTrouble(p.keys.Path(), fmt.Errorf("%s of %s: %w", string(f.name), p.who, err))
		}
		data.keep(f, text)
	}
	return data, nil
}

// personAt is the person whose record stands under a key.
func personAt(key []byte) (PersonID, bool) {
	for _, kind := range both {
		if id, ok := bytes.CutPrefix(key, []byte(kind.prefix())); ok {
			who := PersonID{kind, string(id)}
			return who, who.check() == nil
		}
	}
	return PersonID{}, false
}

// needKeys refuses where no key file is open.
func (s *Store) needKeys() error {
	if s.keys == nil {
		return errNoKeys()
	}
	return nil
}

// MaskedData gives what is recorded of a person as everybody may see it: masks alone, in the order in which fields are
// shown; none when nothing is recorded or the person has been forgotten. It needs the key file, and leaves no Change.
// Refusals: NotFound when there is no such specialist or enterprise, Unavailable.
func (s *Store) MaskedData(ctx context.Context, who PersonID) (list []MaskedField, err error) {
	if err := firstBroken(who.check(), s.needKeys()); err != nil {
		return nil, err
	}
	err = s.view(ctx, func(tx kv.Reader) error {
		if err := mustExist(tx, who); err != nil {
			return err
		}
		p, err := openSealed(tx, s.keys, who)
		if err != nil || !p.there() {
			return err
		}
		data, err := p.data(nil)
		if err != nil {
			return err
		}
		for _, name := range data.Stated() {
			f, _ := personalFieldOf(name)
			list = append(list, MaskedField{name, data.get(f).String()})
		}
		return nil
	})
	return list, err
}

// mustExist refuses a person to whom no specialist or enterprise belongs.
func mustExist(tx kv.Reader, who PersonID) error {
	_, err := tx.Get(recordKey(who.noun(), who.ID))
	if errors.Is(err, kv.ErrNotFound) {
		return missing(who.noun(), who.ID)
	}
	return err
}
