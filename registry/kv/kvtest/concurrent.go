package kvtest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry/kv"
)

func snapshot(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1", "z", strings.Repeat("room", 40_000)) // a maker may wait for readers when it has to grow
	err := s.View(t.Context(), func(tx kv.Reader) error {
		done := sync.WaitGroup{}
		done.Go(func() { put(t, s, "a", "2", "b", "2") })
		done.Wait()
		if v, err := tx.Get([]byte("a")); err != nil || string(v) != "1" {
			return fmt.Errorf("a = %q %w", v, err)
		}
		for p, err := range tx.Scan([]byte("b"), nil) {
			return fmt.Errorf("saw %q %w", p.Key, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "a", "", "a=2")
	want(t, s, "b", "", "b=2")
}

// writersQueue lets writers count in two places while readers watch that both places agree.
func writersQueue(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "x", "0", "y", "0")
	const writers, rounds = 4, 25
	var work sync.WaitGroup
	for range writers {
		work.Go(func() {
			for range rounds {
				if err := s.Update(context.Background(), countUp); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		work.Go(func() {
			for range rounds * writers {
				if err := s.View(context.Background(), agree); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	total := strconv.Itoa(writers * rounds)
	want(t, s, "", "", "x="+total, "y="+total)
	sound(t, s)
}

func countUp(tx kv.Writer) error {
	for _, key := range []string{"x", "y"} {
		v, err := tx.Get([]byte(key))
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(string(v))
		if err != nil {
			return err
		}
		if err := tx.Put([]byte(key), []byte(strconv.Itoa(n+1))); err != nil {
			return err
		}
	}
	return nil
}

func agree(tx kv.Reader) error {
	x, err := tx.Get([]byte("x"))
	if err != nil {
		return err
	}
	y, err := tx.Get([]byte("y"))
	if err == nil && !bytes.Equal(x, y) {
		err = fmt.Errorf("x is %s, y is %s", x, y)
	}
	return err
}

func contexts(t *testing.T, open Maker) {
	s, _ := open(t)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	wantErr(t, s.View(over, func(kv.Reader) error { return nil }), context.Canceled)
	wantErr(t, s.Update(over, func(kv.Writer) error { return nil }), context.Canceled)

	busy, release := make(chan struct{}), make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		s.Update(context.Background(), func(kv.Writer) error {
			close(busy)
			<-release
			return nil
		})
	})
	<-busy
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	wantErr(t, s.Update(short, func(kv.Writer) error { return nil }), context.DeadlineExceeded)
	close(release)
	work.Wait()
	put(t, s, "a", "1")
}

func compact(t *testing.T, open Maker) {
	s, reopen := open(t)
	big := string(bytes.Repeat([]byte("v"), 10_000))
	for i := range 100 {
		put(t, s, fmt.Sprintf("k%03d", i), big)
	}
	err := s.Update(t.Context(), func(tx kv.Writer) error {
		for i := 1; i < 100; i++ {
			if err := tx.Delete(fmt.Appendf(nil, "k%03d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	before, after, err := s.Compact(t.Context())
	if err != nil || after >= before || after <= 0 {
		t.Fatalf("compact: %d → %d %v", before, after, err)
	}
	want(t, s, "", "", "k000="+big)
	put(t, s, "later", "1")
	sound(t, s)
	want(t, reopen(), "", "", "k000="+big, "later=1")
}

func backup(t *testing.T, open Maker) {
	s, _ := open(t)
	put(t, s, "a", "1")
	var copied bytes.Buffer
	n, err := s.Backup(t.Context(), &copied)
	if err != nil || n == 0 || n != int64(copied.Len()) {
		t.Fatalf("backup: %d bytes reported, %d written: %v", n, copied.Len(), err)
	}
}

// model does random acts on the store and on a map, which must stay equal.
func model(t *testing.T, open Maker) {
	s, reopen := open(t)
	state := map[string]string{}
	key := rapid.StringMatching(`[ab]{1,3}|\xff{1,2}`)
	rapid.Check(t, func(r *rapid.T) {
		next := maps.Clone(state)
		fail := rapid.Bool().Draw(r, "fail")
		err := s.Update(context.Background(), func(tx kv.Writer) error {
			for range rapid.IntRange(0, 8).Draw(r, "acts") {
				k := key.Draw(r, "key")
				if rapid.Bool().Draw(r, "delete") {
					delete(next, k)
					if err := tx.Delete([]byte(k)); err != nil {
						return err
					}
					continue
				}
				next[k] = rapid.StringN(0, 50, 5000).Draw(r, "value")
				if err := tx.Put([]byte(k), []byte(next[k])); err != nil {
					return err
				}
			}
			if fail {
				return context.Canceled
			}
			return nil
		})
		if !fail {
			state = next
		}
		if (err != nil) != fail {
			r.Fatal(err)
		}
		if rapid.IntRange(0, 9).Draw(r, "reopen") == 0 {
			s = reopen()
		}
		compare(r, t, s, state)
	})
	sound(t, s)
}

func compare(r *rapid.T, t *testing.T, s kv.Store, state map[string]string) {
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(state)) {
		pairs = append(pairs, k+"="+state[k])
	}
	if got := all(t, s, "", ""); !slices.Equal(got, pairs) {
		r.Fatalf("store %q, model %q", got, pairs)
	}
}
