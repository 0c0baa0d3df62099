package registry

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
	"tepai/registry/seal"
)

// personsOf is a store with the personal data of two specialists, closed.
func personsOf(t *testing.T) (dir string, keys *seal.Keys) {
	t.Helper()
	dir = t.TempDir()
	keys, err := CreateKeys(filepath.Join(t.TempDir(), "keys"), dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, Options{Create: true, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var r Records
	for id, number := range map[string]string{"S1": "11010519491231002X", "S2": "E12345678"} {
		var d PersonalData
		for f, text := range map[PersonalField]string{FieldIdentity: number, FieldMobile: "1380000000" + id[1:]} {
			if err := d.Set(f, text, Date{}); err != nil {
				t.Fatal(err)
			}
		}
		r.Specialists = append(r.Specialists, Specialist{ID: id, Expertise: "铸造"})
		r.Personal = append(r.Personal, PersonRecord{SpecialistPerson(id), d})
	}
	if _, err := s.PutAll(t.Context(), Actor{ID: "clerk"}, r, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir, keys
}

func tamper(t *testing.T, dir string, forge func(kv.Writer) error) {
	t.Helper()
	db, err := bolt.Open(context.Background(), filepath.Join(dir, FileName), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(t.Context(), forge); err != nil {
		t.Fatal(err)
	}
}

func value(tx kv.Reader, key []byte) []byte {
	v, err := tx.Get(key)
	if err != nil {
		panic(err)
	}
	return bytes.Clone(v)
}

// put writes a framed body under key.
func putFramed(tx kv.Writer, key []byte, seq uint64, body any) error {
	b, err := encodeBody(body)
	if err != nil {
		return err
	}
	return tx.Put(key, frameRecord(key, seq, b))
}

// firstBlind is some entry of the blind index.
func firstBlind(tx kv.Reader) []byte {
	for p := range tx.Scan([]byte(blindPrefix), nil) {
		return bytes.Clone(p.Key)
	}
	panic("no entry")
}

// Whatever is changed in the regions beside the change log, Check names it; with the key file also what is well formed and
// wrong.
func TestCheckOfPersonalRegions(t *testing.T) {
	one, two := SpecialistPerson("S1"), SpecialistPerson("S2")
	key1, key2 := dataKeyKey(one), dataKeyKey(two)
	for _, c := range []struct {
		name   string
		forge  func(kv.Writer) error
		needed bool // the key file, to be found
	}{
		{"a data key removed", func(tx kv.Writer) error { return tx.Delete(key1) }, false},
		{"a data key of nobody", func(tx kv.Writer) error {
			return putFramed(tx, dataKeyKey(SpecialistPerson("S9")), 1, diskDataKey{V: 1, Key: 1, Wrapped: []byte("x")})
		}, false},
		{"a data key of no kind", func(tx kv.Writer) error { return tx.Put([]byte("kx/zz"), nil) }, false},
		{"rubbish for a data key", func(tx kv.Writer) error { return tx.Put(key1, []byte("rubbish")) }, false},
		{"another one's data key, as it is", func(tx kv.Writer) error { return tx.Put(key1, value(tx, key2)) }, false},
		{"another one's data key, framed anew", func(tx kv.Writer) error {
			_, body, err := openRecord(key2, value(tx, key2))
			if err != nil {
				return err
			}
			return tx.Put(key1, frameRecord(key1, 1, body))
		}, true},
		{"a data key from the future", func(tx kv.Writer) error {
			_, body, err := openRecord(key1, value(tx, key1))
			if err != nil {
				return err
			}
			return tx.Put(key1, frameRecord(key1, 99, body))
		}, false},
		{"a tombstone for a living person", func(tx kv.Writer) error {
			return putFramed(tx, key1, 1, diskDataKey{V: 1, Key: 1, Destroyed: tombstone(time.Now(), Actor{ID: "x"}, "y")})
		}, false},
		{"neither key nor tombstone", func(tx kv.Writer) error { return putFramed(tx, key1, 1, diskDataKey{V: 1, Key: 1}) }, false},
		{"another generation", func(tx kv.Writer) error {
			return putFramed(tx, key1, 1, diskDataKey{V: 1, Key: 2, Wrapped: []byte("x")})
		}, false},
		{"a damaged wrapping", func(tx kv.Writer) error {
			return putFramed(tx, key1, 1, diskDataKey{V: 1, Key: 1, Wrapped: bytes.Repeat([]byte{1}, 69)})
		}, true},
		{"an entry of the blind index removed", func(tx kv.Writer) error { return tx.Delete(firstBlind(tx)) }, false},
		{"an entry of nobody", func(tx kv.Writer) error {
			k := append(bytes.Repeat([]byte("b"), len(blindPrefix)+blindSize), "s/S1"...)
			copy(k, blindPrefix)
			return tx.Put(k, frameRecord(k, 1, nil))
		}, false},
		{"a short entry", func(tx kv.Writer) error { return tx.Put([]byte("bx/x"), nil) }, false},
		{"an unframed entry", func(tx kv.Writer) error { return tx.Put(firstBlind(tx), []byte("x")) }, false},
		{"an entry of another number", func(tx kv.Writer) error {
			k := firstBlind(tx)
			if err := tx.Delete(k); err != nil {
				return err
			}
			k[10] ^= 1
			return tx.Put(k, frameRecord(k, 1, nil))
		}, true},
		{"a second entry", func(tx kv.Writer) error {
			k := firstBlind(tx)
			k[10] ^= 1
			return tx.Put(k, frameRecord(k, 1, nil))
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, keys := personsOf(t)
			tamper(t, dir, c.forge)
			for _, open := range []*seal.Keys{nil, keys} {
				s, err := Open(dir, Options{Keys: open})
				if err != nil {
					t.Fatal(err)
				}
				problems, err := s.Check(t.Context())
				if err != nil || (len(problems) > 0) != (open != nil || !c.needed) {
					t.Errorf("with key file %t: %v %v", open != nil, problems, err)
				}
				if report, err := s.Verify(t.Context()); err != nil || len(report.Faults) > 0 {
					t.Error("the chain must not hang on these regions:", report.Faults, err)
				}
				_, err = s.Unmask(t.Context(), Actor{ID: "x"}, one, []PersonalField{FieldMobile}, "核对")
				var refusal *Error
				if err != nil && !errors.As(err, &refusal) {
					t.Error("trouble without a sentence:", err)
				}
				s.Close()
			}
		})
	}
}

// A ciphertext that was moved to another person or field, with the change log written anew to match, does not open.
func TestMovedValuesDoNotOpen(t *testing.T) {
	for name, move := range map[string]func(one, two *diskSealed){
		"another person's value": func(one, two *diskSealed) { one.Sealed["mobile"] = two.Sealed["mobile"] },
		"another field's value":  func(one, _ *diskSealed) { one.Sealed["telephone"] = one.Sealed["mobile"] },
		"an unknown field":       func(one, _ *diskSealed) { one.Sealed["shoe_size"] = one.Sealed["mobile"] },
		"a cut value":            func(one, _ *diskSealed) { one.Sealed["mobile"] = one.Sealed["mobile"][:20] },
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := personsOf(t)
			k1, k2 := recordKey(KindPersonal, "S1"), recordKey(KindPersonal, "S2")
			tamper(t, dir, func(tx kv.Writer) error {
				one, err1 := decodeRecord(k1, value(tx, k1), decodeSealed(KindPersonal))
				two, err2 := decodeRecord(k2, value(tx, k2), decodeSealed(KindPersonal))
				if err := errors.Join(err1, err2); err != nil {
					return err
				}
				move(&one, &two)
				return putFramed(tx, k1, 1, one)
			})
			s, err := Open(dir, Options{Keys: keys})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var refusal *Error
			d, err := s.Unmask(t.Context(), Actor{ID: "x"}, SpecialistPerson("S1"), []PersonalField{FieldMobile, FieldTelephone}, "核对")
			if !errors.As(err, &refusal) || refusal.Kind != Unavailable || !strings.Contains(err.Error(), "损坏") || len(d.Stated()) > 0 {
				t.Error(d.Stated(), err)
			}
		})
	}
}

// A data key out of an old backup, put back after its person was forgotten and recorded anew, opens nothing.
func TestDestroyedKeyPutBack(t *testing.T) {
	dir, keys := personsOf(t)
	s1, key := SpecialistPerson("S1"), dataKeyKey(SpecialistPerson("S1"))
	var old []byte
	tamper(t, dir, func(tx kv.Writer) error { old = value(tx, key); return nil })
	s, err := Open(dir, Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	var d PersonalData
	err = errors.Join(d.Set(FieldMobile, "13811112222", Date{}), s.ForgetPerson(t.Context(), Actor{ID: "x"}, s1, "本人要求"))
	_, rerr := s.RecordPersonalData(t.Context(), Actor{ID: "x"}, s1, d)
	if err := errors.Join(err, rerr, s.Close()); err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, func(tx kv.Writer) error { return tx.Put(key, old) })
	if s, err = Open(dir, Options{Keys: keys}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	problems, err := s.Check(t.Context())
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Msg, "记录用的是第 2 把") {
		t.Error(problems, err)
	}
	if _, err := s.Unmask(t.Context(), Actor{ID: "x"}, s1, []PersonalField{FieldMobile}, "核对"); err == nil {
		t.Error("shown under a key that was destroyed")
	}
}

// Regions do not overlap: a key belongs to one.
func TestRegionsAreApart(t *testing.T) {
	prefixes := []string{metaKey}
	for _, r := range regions() {
		prefixes = append(prefixes, r.prefix)
	}
	for i, a := range prefixes {
		for j, b := range prefixes {
			if i != j && strings.HasPrefix(b, a) {
				t.Errorf("%q and %q overlap", a, b)
			}
		}
	}
	if len(prefixes) < 10 {
		t.Error("only", prefixes)
	}
}

// Every field of the table is a field of PersonalData of its own, and comes back from disk.
func TestEveryPersonalFieldIsStored(t *testing.T) {
	seen := map[*Secret]bool{}
	var d PersonalData
	for _, f := range personalFields {
		seen[f.in(&d)] = true
		d.keep(f, "value of "+string(f.name))
	}
	if reflect.TypeFor[PersonalData]().NumField() != len(personalFields) || len(seen) != len(personalFields) || len(d.Stated()) != len(personalFields) {
		t.Fatal("two fields share a place")
	}
	keys, err := CreateKeys(filepath.Join(t.TempDir(), "keys"), t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	key, _ := keys.NewDataKey("x")
	p := sealedPerson{who: SpecialistPerson("S1"), keys: keys, key: key, disk: diskSealed{Sealed: map[string][]byte{}}}
	for _, f := range personalFields {
		p.disk.Sealed[string(f.name)] = key.Seal(string(f.name), d.get(f).ClearText())
	}
	if got, err := p.data(nil); err != nil || got != d {
		t.Fatal(err)
	}
}
