package registry

import (
	"encoding/json"
	"slices"
	"time"
)

// diskSealed is a person's data on disk and in the change log: ciphertext.
type diskSealed struct {
	V      int               `json:"v"`
	ID     string            `json:"id"`
	Key    int               `json:"key"`              // which of the person's data keys, from 1; a person forgotten and recorded anew has another
	Sealed map[string][]byte `json:"sealed,omitempty"` // field → ciphertext (seal.DataKey); none when forgotten
}

func decodeSealed(kind RecordKind) func(body []byte) (diskSealed, error) {
	return func(body []byte) (d diskSealed, err error) {
		err = decodeBody(kind, body, &d)
		return d, err
	}
}

// forgotten tells a person whose data key has been destroyed.
func (d diskSealed) forgotten() bool { return len(d.Sealed) == 0 }

// diskKeyring says which key file belongs to the store. There is one, from the first personal data on.
type diskKeyring struct {
	V      int    `json:"v"`
	ID     string `json:"id"`
	Index  string `json:"index"`  // id of the index key (seal.KeyID)
	Master string `json:"master"` // id of the master key under which all data keys stood after this act
}

// keyringID is the id of the only record of its kind.
const keyringID = "keyring"

func decodeKeyring(body []byte) (d diskKeyring, err error) {
	err = decodeBody(KindKeyring, body, &d)
	return d, err
}

// diskDataKey is a person's data key in its region beside the change log: wrapped, or the tombstone of a destroyed one,
// or the mark of one that an export left behind.
type diskDataKey struct {
	V         int            `json:"v"`
	Key       int            `json:"key"` // as in diskSealed
	Wrapped   []byte         `json:"wrapped,omitempty"`
	Destroyed *diskTombstone `json:"destroyed,omitempty"`
	Withheld  bool           `json:"withheld,omitempty"`
}

// withholdDataKey is the value of a data key as it stands in an export without keys; a tombstone stays as it is.
func withholdDataKey(key, value []byte) ([]byte, error) {
	seq, body, err := openRecord(key, value)
	if err != nil {
		return nil, err
	}
	d, err := decodeDataKey(body)
	if err != nil || d.Wrapped == nil {
		return value, err
	}
	body, err = encodeBody(diskDataKey{V: d.V, Key: d.Key, Withheld: true})
	return frameRecord(key, seq, body), err
}

type diskTombstone struct {
	At  string `json:"at"` // RFC 3339, UTC
	By  string `json:"by"`
	Why string `json:"why"`
}

func tombstone(at time.Time, actor Actor, reason string) *diskTombstone {
	return &diskTombstone{at.UTC().Format(time.RFC3339Nano), actor.ID, reason}
}

func decodeDataKey(body []byte) (d diskDataKey, err error) {
	if err := decodeBody(KindKeyring, body, &d); err != nil {
		return d, err
	}
	states := 0
	for _, is := range []bool{d.Wrapped != nil, d.Destroyed != nil, d.Withheld} {
		if is {
			states++
		}
	}
	if d.Key < 1 || states != 1 {
		return d, damaged("data key %d: in %d states of whole, destroyed, withheld", d.Key, states)
	}
	return d, nil
}

// Disclosure is what an act on personal data leaves in the change log beside the ciphertext (Change.Note): never a value.
type Disclosure struct {
	Role    Role            `json:"role,omitempty"`    // of the actor
	Of      string          `json:"of,omitempty"`      // for whom the actor acts
	Fields  []PersonalField `json:"fields,omitempty"`  // recorded, or shown by ActUnmask
	Purpose string          `json:"purpose,omitempty"` // why they were shown, or why the person was forgotten
}

// Disclosure decodes the note of a change of KindPersonal or KindContactPerson.
func (c Change) Disclosure() (d Disclosure, err error) {
	if err := json.Unmarshal(c.Note, &d); err != nil {
		return d, damaged("note of change %d: %w", c.Seq, err)
	}
	return d, nil
}

// disclose makes the note of an act on personal data.
func (a Actor) disclose(fields []PersonalField, purpose string) ([]byte, error) {
	return encodeBody(Disclosure{a.Role, a.Of, fields, purpose})
}

// sorted lists the fields that are sealed, in the order in which they are shown; an unknown one is damage.
func (d diskSealed) sorted() ([]personalField, error) {
	for name := range d.Sealed {
		if _, ok := personalFieldOf(PersonalField(name)); !ok {
			return nil, damaged("unknown field %q of personal data", Shorten(name, 40))
		}
	}
	return slices.DeleteFunc(slices.Clone(personalFields), func(f personalField) bool { return d.Sealed[string(f.name)] == nil }), nil
}
