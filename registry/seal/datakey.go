package seal

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
)

// The first byte of what is wrapped or sealed.
const version = 1

// DataKey seals the values of one owner. Random nonces allow it 2^32 values.
type DataKey struct {
	owner []string
	bytes hidden
}

// NewDataKey draws a data key for an owner and gives it together with its wrapping under the current master key. The
// owner's parts may hold anything; ("a", "bc") and ("ab", "c") are two owners.
func (k *Keys) NewDataKey(owner ...string) (DataKey, []byte) {
	var b [KeySize]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	d := DataKey{owner, hide(b)}
	return d, k.wrap(d)
}

// wrap gives version, id of the master key, and the data key sealed for its owner.
func (k *Keys) wrap(d DataKey) []byte {
	m := k.masters[len(k.masters)-1]
	wrapped := append([]byte{version}, m.id[:]...)
	return m.bytes.gcm().Seal(wrapped, nil, d.bytes()[:], ownerPlace(d.owner))
}

// Unwrap opens a wrapped data key. Errors: ErrNoKey when its master key is not in the key file, which then belongs to
// other data or has lost a retired key; ErrDamaged also when it was wrapped for another owner.
func (k *Keys) Unwrap(wrapped []byte, owner ...string) (DataKey, error) {
	id, err := WrappedUnder(wrapped)
	if err != nil {
		return DataKey{}, err
	}
	m, err := k.master(id)
	if err != nil {
		return DataKey{}, err
	}
	b, err := m.bytes.gcm().Open(nil, nil, wrapped[1+len(id):], ownerPlace(owner))
	if err != nil || len(b) != KeySize {
		return DataKey{}, fmt.Errorf("%w: wrapped data key", ErrDamaged)
	}
	return DataKey{owner, hide([KeySize]byte(b))}, nil
}

// Rewrap wraps a data key under the current master key; what is so already comes back as it is. Errors are those of
// Unwrap.
func (k *Keys) Rewrap(wrapped []byte, owner ...string) ([]byte, error) {
	d, err := k.Unwrap(wrapped, owner...)
	if err != nil {
		return nil, err
	}
	if id, err := WrappedUnder(wrapped); err != nil || id == k.Current().ID {
		return wrapped, err
	}
	return k.wrap(d), nil
}

// WrappedUnder says which master key opens a wrapped data key.
func WrappedUnder(wrapped []byte) (id KeyID, err error) {
	if len(wrapped) < 1+len(id) || wrapped[0] != version {
		return id, formFault(wrapped, "wrapped data key")
	}
	return KeyID(wrapped[1:]), nil
}

// Seal encrypts a value of the owner for a field. The result is 29 bytes longer than the value and differs every time.
func (d DataKey) Seal(field, value string) []byte {
	return d.bytes.gcm().Seal([]byte{version}, nil, []byte(value), d.place(field))
}

// Open gives the value that was sealed for that owner and field; ErrDamaged where it was not.
func (d DataKey) Open(field string, sealed []byte) (string, error) {
	if len(sealed) < 1 || sealed[0] != version {
		return "", formFault(sealed, "sealed value")
	}
	value, err := d.bytes.gcm().Open(nil, nil, sealed[1:], d.place(field))
	if err != nil {
		return "", fmt.Errorf("%w: sealed value", ErrDamaged)
	}
	return string(value), nil
}

// Format prints no key, whatever the verb.
func (d DataKey) Format(f fmt.State, _ rune) { io.WriteString(f, "data key(hidden)") }

func (d DataKey) place(field string) []byte {
	return place(append([]string{"tepai value 1", field}, d.owner...)...)
}

func ownerPlace(owner []string) []byte {
	return place(append([]string{"tepai data key 1"}, owner...)...)
}

// place writes parts so that no other parts give the same bytes: each behind its length.
func place(parts ...string) (b []byte) {
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return b
}

// formFault tells what a newer program wrote from what nobody wrote.
func formFault(b []byte, what string) error {
	if len(b) > 0 && b[0] > version && b[0] < 16 {
		return fmt.Errorf("%w: %s of form %d", ErrNewer, what, b[0])
	}
	return fmt.Errorf("%w: %s", ErrDamaged, what)
}
