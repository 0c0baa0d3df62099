package registry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"tepai/registry/kv"
)

// linked is a record that is listed under others: a service under its dispatch, a dispatch under its specialist. What it gives is
// kept as keys beside the records, in the transaction that writes the record, so that a list reads only what it shows.
type linked interface{ links() []link }

// link names what a record is listed under.
type link struct {
	Under string // a kind of records, or one of the words below
	ID    string
}

// Links stand in a region of their own, outside of the change log: they follow from the records, and Check derives them anew.
const linkPrefix = "l/"

// linkedKinds are the kinds whose records are listed under others.
var linkedKinds = []RecordKind{KindDispatch, KindService, KindSheet, KindSummary, KindBundle, KindActivity, KindAssessment, KindSubsidy}

// What is listed under beside records: units, which are names and no records (their id is unitID), the reviewers of a panel, and
// budget years.
const (
	linkUnit     = "unit"
	linkReviewer = "reviewer"
	linkYear     = "year"
)

// unitID is one for all writings of a unit's name that SameName takes for the same.
func unitID(name string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(fold(name))))
	return hex.EncodeToString(sum[:8])
}

func under(kind RecordKind, id string) link { return link{string(kind), id} }

// underUnit is under nothing where there is no unit.
func underUnit(name string) link {
	if fold(name) == "" {
		return link{}
	}
	return link{linkUnit, unitID(name)}
}

// prefix is where the links of the records of a kind under l begin; the id of the record follows.
func (l link) prefix(kind RecordKind) []byte {
	return []byte(linkPrefix + l.Under + "/" + l.ID + "/" + string(kind) + "/")
}

// linkKeys are the links of a record's body, sorted; none of a kind that has none.
func linkKeys(kind RecordKind, id string, body []byte) (keys []string, err error) {
	if !slices.Contains(linkedKinds, kind) {
		return nil, nil
	}
	r, err := openers()[kind](body)
	if err != nil {
		return nil, err
	}
	for _, l := range r.(linked).links() {
		if l.ID != "" {
			keys = append(keys, string(l.prefix(kind))+id)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// relink brings the links of a record from its stored body, which is about to be replaced, to a new one.
func relink(tx kv.Writer, d draft) error {
	keys, err := linkKeys(d.kind, d.id, d.body)
	if err != nil || len(keys) == 0 && d.outcome == Created {
		return err
	}
	var old []string
	value, err := tx.Get(d.key)
	if err == nil {
		var body []byte
		if _, body, err = openRecord(d.key, value); err == nil {
			old, err = linkKeys(d.kind, d.id, body)
		}
	}
	if err != nil && !errors.Is(err, kv.ErrNotFound) {
		return err
	}
	for _, key := range old {
		if !slices.Contains(keys, key) {
			if err := tx.Delete([]byte(key)); err != nil {
				return err
			}
		}
	}
	for _, key := range keys {
		if !slices.Contains(old, key) {
			if err := tx.Put([]byte(key), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// listed are the ids of the records of a kind under l, in their byte order.
func listed(tx kv.Reader, l link, kind RecordKind) (ids []string, err error) {
	prefix := l.prefix(kind)
	for p, err := range tx.Scan(prefix, nil) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, string(bytes.TrimPrefix(p.Key, prefix)))
	}
	return ids, nil
}

// listUnder reads the records of a kind under l.
func listUnder[T any](tx kv.Reader, l link, kind RecordKind, decode func([]byte) (T, error)) (found []T, err error) {
	ids, err := listed(tx, l, kind)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		key := recordKey(kind, id)
		value, err := tx.Get(key)
		if err != nil {
			return nil, err
		}
		v, err := decodeRecord(key, value, decode)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	return found, nil
}

// readUnder is listUnder in a transaction of its own.
func readUnder[T any](ctx context.Context, s *Store, l link, kind RecordKind, decode func([]byte) (T, error)) (found []T, err error) {
	err = s.view(ctx, func(tx kv.Reader) error {
		found, err = listUnder(tx, l, kind, decode)
		return err
	})
	return found, err
}

// findUnder lists the records of a kind that stood under l before this act, as it leaves them.
func findUnder[R record](d *Deed, l link, kind RecordKind) (found []R, err error) {
	ids, err := listed(d.tx, l, kind)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		r, err := find[R](d, kind, id)
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}
