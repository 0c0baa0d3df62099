// Package kvtest holds the one contract test of registry/kv. Every maker of a kv.Store runs it against real stores.
package kvtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"tepai/registry/kv"
)

// Maker opens an empty store of its own for each call. Reopen closes that store and opens it again, as a new start of
// the program would. Maker closes what is open when the test ends.
type Maker func(t testing.TB) (s kv.Store, reopen func() kv.Store)

// Run runs the contract test.
func Run(t *testing.T, open Maker) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, Maker)
	}{
		{"put, get, delete", putGetDelete},
		{"empty value is not absent", emptyValue},
		{"keys out of bounds", badKeys},
		{"a writer sees its own writes", ownWrites},
		{"an error takes all back", errorTakesBack},
		{"a panic takes all back and goes on", panicTakesBack},
		{"commits outlive the process", reopened},
		{"scan", scan},
		{"scan stops when told", scanStops},
		{"no writing during a scan", scanningWriter},
		{"a transaction ends with its closure", overIsOver},
		{"a closed store says so", closed},
		{"readers see one moment", snapshot},
		{"writers queue up", writersQueue},
		{"contexts end the waiting", contexts},
		{"compact keeps everything", compact},
		{"backup is a store", backup},
		{"acts against a model", model},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open) })
	}
}

func put(t testing.TB, s kv.Store, pairs ...string) {
	t.Helper()
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		for i := 0; i < len(pairs); i += 2 {
			if err := tx.Put([]byte(pairs[i]), []byte(pairs[i+1])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// all reads what a scan yields as "key=value" strings.
func all(t testing.TB, s kv.Store, prefix, from string) (list []string) {
	t.Helper()
	err := s.View(t.Context(), func(tx kv.Reader) error {
		for p, err := range tx.Scan([]byte(prefix), []byte(from)) {
			if err != nil {
				return err
			}
			list = append(list, fmt.Sprintf("%s=%s", p.Key, p.Value))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func want(t testing.TB, s kv.Store, prefix, from string, pairs ...string) {
	t.Helper()
	if got := all(t, s, prefix, from); !slices.Equal(got, pairs) {
		t.Fatalf("scan of %q from %q: %q, want %q", prefix, from, got, pairs)
	}
}

func wantErr(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("error %v, want %v", err, target)
	}
}

func sound(t testing.TB, s kv.Store) {
	t.Helper()
	if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Fatalf("check: %v %q", err, problems)
	}
}

func putGetDelete(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1", "b", "2", "a", "3")
	want(t, s, "", "", "a=3", "b=2")
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		return errors.Join(tx.Delete([]byte("a")), tx.Delete([]byte("nothing")))
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "", "", "b=2")
	err = s.View(t.Context(), func(tx kv.Reader) error {
		_, err := tx.Get([]byte("a"))
		return err
	})
	wantErr(t, err, kv.ErrNotFound)
	sound(t, s)
}

func emptyValue(t *testing.T, open Maker) {
	s, reopen := open(t)
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		return errors.Join(tx.Put([]byte("nil"), nil), tx.Put([]byte("empty"), []byte{}), present(tx))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := reopen().View(t.Context(), present); err != nil {
		t.Fatal(err)
	}
}

func present(tx kv.Reader) error {
	for _, key := range []string{"nil", "empty"} {
		if v, err := tx.Get([]byte(key)); err != nil || v == nil || len(v) != 0 {
			return fmt.Errorf("%s: %#v %w", key, v, err)
		}
	}
	return nil
}

func badKeys(t *testing.T, open Maker) {
	s, _ := open(t)
	longest := bytes.Repeat([]byte("k"), kv.MaxKey)
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		wantErr(t, tx.Put(nil, []byte("v")), kv.ErrKey)
		wantErr(t, tx.Put(append(longest, 'k'), []byte("v")), kv.ErrKey)
		wantErr(t, tx.Delete(nil), kv.ErrKey)
		return tx.Put(longest, []byte("v"))
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "", "", string(longest)+"=v")
}

func ownWrites(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1", "b", "2")
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		if err := errors.Join(tx.Put([]byte("c"), []byte("3")), tx.Delete([]byte("a"))); err != nil {
			return err
		}
		if _, err := tx.Get([]byte("a")); !errors.Is(err, kv.ErrNotFound) {
			return fmt.Errorf("deleted key: %w", err)
		}
		var seen []string
		for p, err := range tx.Scan(nil, nil) {
			if err != nil {
				return err
			}
			seen = append(seen, string(p.Key))
		}
		if !slices.Equal(seen, []string{"b", "c"}) {
			return fmt.Errorf("saw %q", seen)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func errorTakesBack(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1")
	mine := errors.New("mine")
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		return errors.Join(tx.Put([]byte("a"), []byte("2")), tx.Put([]byte("b"), []byte("2")), mine)
	})
	wantErr(t, err, mine)
	want(t, s, "", "", "a=1")
	put(t, s, "c", "3")
	want(t, s, "", "", "a=1", "c=3")
	if err := s.View(t.Context(), func(kv.Reader) error { return mine }); err != mine {
		t.Fatalf("View changed the error to %v", err)
	}
	sound(t, s)
}

func panicTakesBack(t *testing.T, open Maker) {
	s, _ := open(t)
	func() {
		defer func() {
			if p := recover(); p != "mine" {
				t.Errorf("recovered %v", p)
			}
		}()
		s.Update(t.Context(), func(tx kv.Writer) error {
			tx.Put([]byte("a"), []byte("1"))
			panic("mine")
		})
	}()
	want(t, s, "", "")
	put(t, s, "b", "2")
	want(t, s, "", "", "b=2")
	sound(t, s)
}

func reopened(t *testing.T, open Maker) {
	s, reopen := open(t)
	put(t, s, "a", "1", "b", "2")
	s = reopen()
	want(t, s, "", "", "a=1", "b=2")
	put(t, s, "c", "3")
	want(t, reopen(), "", "", "a=1", "b=2", "c=3")
}

func scan(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "b/2", "x", "a", "x", "b/1", "x", "b/\xff\xff", "x", "b0", "x", "\xff\xff", "x", "\xff", "x", "b/", "x")
	want(t, s, "b/", "", "b/=x", "b/1=x", "b/2=x", "b/\xff\xff=x")
	want(t, s, "b/", "b/1\x00", "b/2=x", "b/\xff\xff=x")
	want(t, s, "b/", "a", "b/=x", "b/1=x", "b/2=x", "b/\xff\xff=x")
	want(t, s, "b/", "c")
	want(t, s, "\xff", "", "\xff=x", "\xff\xff=x")
	want(t, s, "", "b0", "b0=x", "\xff=x", "\xff\xff=x")
	want(t, s, "nothing", "")
	if got := all(t, s, "", ""); len(got) != 8 {
		t.Fatalf("all: %q", got)
	}
}

func scanStops(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1", "b", "2", "c", "3")
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		for p, err := range tx.Scan(nil, nil) {
			if err != nil || string(p.Key) == "b" {
				break
			}
		}
		return tx.Put([]byte("d"), []byte("4")) // the scan is over, so writing goes on
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "", "c", "c=3", "d=4")
}

func scanningWriter(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1", "b", "2")
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		for p, err := range tx.Scan(nil, nil) {
			if err != nil {
				return err
			}
			wantErr(t, tx.Put(p.Key, nil), kv.ErrScanning)
			wantErr(t, tx.Delete(p.Key), kv.ErrScanning)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "", "", "a=1", "b=2")
}

func overIsOver(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1")
	var kept kv.Writer
	if err := s.Update(t.Context(), func(tx kv.Writer) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	_, err := kept.Get([]byte("a"))
	wantErr(t, err, kv.ErrTxOver)
	wantErr(t, kept.Put([]byte("a"), nil), kv.ErrTxOver)
	wantErr(t, kept.Delete([]byte("a")), kv.ErrTxOver)
	for _, err := range kept.Scan(nil, nil) {
		wantErr(t, err, kv.ErrTxOver)
	}
}

func closed(t *testing.T, open Maker) {
	s, _ := open(t)
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	wantErr(t, s.View(t.Context(), func(kv.Reader) error { return nil }), kv.ErrClosed)
	wantErr(t, s.Update(t.Context(), func(kv.Writer) error { return nil }), kv.ErrClosed)
	_, err := s.Check(t.Context())
	wantErr(t, err, kv.ErrClosed)
	_, _, err = s.Compact(t.Context())
	wantErr(t, err, kv.ErrClosed)
	_, err = s.Backup(t.Context(), &bytes.Buffer{})
	wantErr(t, err, kv.ErrClosed)
}
