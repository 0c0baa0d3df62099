package registry

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"tepai/registry/kv"
	"tepai/registry/seal"
)

// The blind index finds persons by identity number without opening anything. An entry's key is its prefix, the blind value
// of the number (32 bytes), and the key of the person's record; its body is empty. Persons can share a number only where
// it is a passport's: other countries count for themselves.

const blindSize = 32

func blindKeys(keys *seal.Keys, number string) []byte {
	blind := keys.BlindIndex(string(FieldIdentity), number)
	return append([]byte(blindPrefix), blind[:]...)
}

func blindKey(keys *seal.Keys, number string, who PersonID) []byte {
	return append(blindKeys(keys, number), recordKey(who.Kind, who.ID)...)
}

// blindOwner is the person of an entry.
func blindOwner(key []byte) (PersonID, bool) {
	if len(key) < len(blindPrefix)+blindSize {
		return PersonID{}, false
	}
	return personAt(key[len(blindPrefix)+blindSize:])
}

// FindByIdentity gives the persons with an identity number, as a person writes it: one as a rule, none where it is not
// known, several only for passports of different countries. It tells nothing but whose number it is, and leaves no
// Change. Refusals: Invalid for what is no identity number, Unavailable.
func (s *Store) FindByIdentity(ctx context.Context, text string) (found []PersonID, err error) {
	id, err := parseIdentity(text, Date{})
	if err != nil {
		return nil, inField(string(FieldIdentity), err)
	}
	if err := s.needKeys(); err != nil {
		return nil, err
	}
	err = s.view(ctx, func(tx kv.Reader) error {
		if _, err := checkKeyring(tx, s.keys); err != nil {
			return err
		}
		found, err = holdersOf(tx, s.keys, id.number)
		return err
	})
	return found, err
}

func holdersOf(tx kv.Reader, keys *seal.Keys, number string) (found []PersonID, err error) {
	for p, err := range tx.Scan(blindKeys(keys, number), nil) {
		if err != nil {
			return nil, err
		}
		if _, _, err := openRecord(p.Key, p.Value); err != nil {
			return nil, err
		}
		who, ok := blindOwner(p.Key)
		if !ok {
			return nil, damaged("blind index: entry of nobody: %x", p.Key)
		}
		found = append(found, who)
	}
	return found, nil
}

// checkHolders refuses a number that somebody else has.
func checkHolders(others []PersonID, who PersonID, number IdentityNumber) error {
	others = slices.DeleteFunc(others, func(o PersonID) bool { return o == who })
	if len(others) == 0 || number.Kind() == Passport {
		return nil
	}
	return &Error{Kind: Conflict, Field: string(FieldIdentity), Msg: fmt.Sprintf(
		"%s 的证件号码已登记在 %s 名下，同一证件只能登记一人。请核对是否重复建档或抄错号码", who, others[0])}
}

// blindEntriesOf finds a person's entries without any key, which is why it looks at all.
func blindEntriesOf(tx kv.Reader, who PersonID) (list []sideWrite, err error) {
	for p, err := range tx.Scan([]byte(blindPrefix), nil) {
		if err != nil {
			return nil, err
		}
		if owner, ok := blindOwner(p.Key); ok && owner == who {
			list = append(list, sideWrite{key: bytes.Clone(p.Key)})
		}
	}
	return list, nil
}
