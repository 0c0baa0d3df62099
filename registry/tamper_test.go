package registry

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

const entries = 10

// forged makes a store with ten changes, lets a forger at the file below the store, and opens it again.
func forged(t *testing.T, forge func(tx kv.Writer) error) *Store {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		v := Specialist{ID: fmt.Sprintf("S%d", i%7), Expertise: fmt.Sprintf("铸造，第 %d 版", i)}
		if _, err := s.PutSpecialist(t.Context(), Actor{ID: "clerk"}, v); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	db, err := bolt.Open(context.Background(), filepath.Join(dir, FileName), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), forge); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// read gives change seq decoded; write puts one back with the hash as it stands in c.
func read(tx kv.Reader, seq uint64) (Change, error) {
	value, err := tx.Get(changeKey(seq))
	if err != nil {
		return Change{}, err
	}
	return openChange(value)
}

func write(tx kv.Writer, at uint64, c Change) error {
	hash := c.Hash
	value := c.seal()
	copy(value[len(value)-32:], hash[:])
	return tx.Put(changeKey(at), value)
}

// sealed is c with its hash computed anew, as a careful forger would.
func sealed(c Change) Change {
	c.seal()
	return c
}

func wantFault(t *testing.T, s *Store, seq uint64, known ...Head) {
	t.Helper()
	report, err := s.Verify(t.Context(), known...)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(report.Faults, func(f Fault) bool { return f.Seq == seq && f.Msg != "" }) {
		t.Fatalf("entry %d is not named: %+v", seq, report.Faults)
	}
}

var fieldForgeries = map[string]func(*Change){
	"seq":   func(c *Change) { c.Seq++ },
	"at":    func(c *Change) { c.At = c.At.Add(-time.Hour) },
	"actor": func(c *Change) { c.Actor = "someone" },
	"act":   func(c *Change) { c.Act = "delete" },
	"kind":  func(c *Change) { c.Kind = KindNeed },
	"id":    func(c *Change) { c.ID = "S9" },
	"body":  func(c *Change) { c.Body[len(c.Body)-3] ^= 1 },
	"prev":  func(c *Change) { c.Prev[7] ^= 1 },
	"hash":  func(c *Change) { c.Hash[0] ^= 0x80 },
}

// Whatever field of whatever entry is altered, the entry is named.
func TestVerifyFindsAlteredFields(t *testing.T) {
	for field, alter := range fieldForgeries {
		for _, seq := range []uint64{1, 5, entries} {
			t.Run(fmt.Sprint(field, " of ", seq), func(t *testing.T) {
				s := forged(t, func(tx kv.Writer) error {
					c, err := read(tx, seq)
					if err != nil {
						return err
					}
					alter(&c)
					return write(tx, seq, c)
				})
				wantFault(t, s, seq)
			})
		}
	}
}

// With its hash computed anew the entry itself is in order, but the next one, or the head, does not fit to it.
func TestVerifyFindsReplacedEntries(t *testing.T) {
	for field, alter := range fieldForgeries {
		if field == "hash" || field == "seq" {
			continue // sealing mends the hash; the number is tested against the key, see above
		}
		for seq, at := range map[uint64]uint64{1: 2, 5: 6, entries: entries} {
			t.Run(fmt.Sprint(field, " of ", seq), func(t *testing.T) {
				s := forged(t, func(tx kv.Writer) error {
					c, err := read(tx, seq)
					if err != nil {
						return err
					}
					alter(&c)
					return write(tx, seq, sealed(c))
				})
				wantFault(t, s, at)
			})
		}
	}
}

func TestVerifyFindsMissingAndMovedEntries(t *testing.T) {
	remove := func(list ...uint64) func(kv.Writer) error {
		return func(tx kv.Writer) error {
			for _, seq := range list {
				if err := tx.Delete(changeKey(seq)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	move := func(from, to uint64) func(kv.Writer) error {
		return func(tx kv.Writer) error {
			a, err := read(tx, from)
			if err != nil {
				return err
			}
			b, err := read(tx, to)
			if err == nil {
				err = write(tx, from, b)
			}
			if err == nil {
				err = write(tx, to, a)
			}
			return err
		}
	}
	for _, c := range []struct {
		name  string
		forge func(kv.Writer) error
		seq   uint64
	}{
		{"first removed", remove(1), 1},
		{"one removed", remove(5), 5},
		{"two removed", remove(5, 6), 6},
		{"last removed", remove(entries), entries},
		{"tail removed", remove(8, 9, 10), 8},
		{"all removed", remove(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 1},
		{"neighbours swapped", move(4, 5), 4},
		{"ends swapped", move(1, entries), entries},
		{"one added at the end", func(tx kv.Writer) error {
			c, err := read(tx, entries)
			if err != nil {
				return err
			}
			c.Seq, c.Prev = entries+1, c.Hash
			return write(tx, entries+1, sealed(c))
		}, entries + 1},
		{"head set back", func(tx kv.Writer) error {
			c, err := read(tx, 4)
			if err != nil {
				return err
			}
			return putMeta(tx, Head{c.Seq, c.Hash})
		}, 5},
		{"head's hash altered", func(tx kv.Writer) error { return putMeta(tx, Head{Seq: entries}) }, entries},
		{"head set forward", func(tx kv.Writer) error { return putMeta(tx, Head{Seq: entries + 3}) }, entries + 2},
		{"rubbish for an entry", func(tx kv.Writer) error { return tx.Put(changeKey(3), []byte("rubbish")) }, 3},
		{"a strange key", func(tx kv.Writer) error { return tx.Put([]byte("c/xx"), []byte("rubbish")) }, entries + 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := forged(t, c.forge)
			wantFault(t, s, c.seq)
			if problems, err := s.Check(t.Context()); err != nil || len(problems) == 0 {
				t.Error("Check sees nothing wrong", err)
			}
		})
	}
}

// A whole new chain with its head deceives the store; a head kept elsewhere is not deceived.
func TestKnownHeadFindsRewrittenChain(t *testing.T) {
	var before Head
	s := forged(t, func(tx kv.Writer) (err error) {
		if before, err = getMeta(tx); err != nil {
			return err
		}
		return rewrite(tx, 3, "someone")
	})
	report, err := s.Verify(t.Context())
	if err != nil || len(report.Faults) != 0 {
		t.Fatalf("this chain should be whole: %+v %v", report, err)
	}
	wantFault(t, s, entries, before)
	wantFault(t, s, entries+5, Head{Seq: entries + 5})
	wantFault(t, s, 0, Head{Hash: [32]byte{1}})
	if report, err := s.Verify(t.Context(), report.Head, Head{}); err != nil || len(report.Faults) != 0 {
		t.Fatal(report, err)
	}
}

// rewrite gives change from another actor and computes everything behind it anew.
func rewrite(tx kv.Writer, from uint64, actor string) error {
	prev, err := read(tx, from-1)
	if err != nil {
		return err
	}
	for seq := from; seq <= entries; seq++ {
		c, err := read(tx, seq)
		if err != nil {
			return err
		}
		if seq == from {
			c.Actor = actor
		}
		c.Prev = prev.Hash
		prev = sealed(c)
		if err := write(tx, seq, prev); err != nil {
			return err
		}
	}
	return putMeta(tx, Head{prev.Seq, prev.Hash})
}

func TestCheckFindsContradictions(t *testing.T) {
	key := recordKey(KindSpecialist, "S3")
	put := func(key []byte, seq uint64, body string) func(kv.Writer) error {
		return func(tx kv.Writer) error { return tx.Put(key, frameRecord(key, seq, []byte(body))) }
	}
	own := `{"v":1,"id":"S3","expertise":"铸造，第 3 版"}`
	for _, c := range []struct {
		name  string
		forge func(kv.Writer) error
		where string // "" = no problem
	}{
		{"nothing", put(key, 4, own), ""},
		{"other content", put(key, 4, `{"v":1,"id":"S3","expertise":"铸造，第 4 版"}`), "特派员 S3"},
		{"other number", put(key, 5, own), "特派员 S3"},
		{"checksum", func(tx kv.Writer) error { return tx.Put(key, []byte("\x01rubbish that is long enough")) }, "特派员 S3"},
		{"record removed", func(tx kv.Writer) error { return tx.Delete(key) }, "change 4"},
		{"record without change", put(recordKey(KindNeed, "N1"), 4, `{"v":1,"id":"N1"}`), "需求 N1"},
		{"strange key", func(tx kv.Writer) error { return tx.Put([]byte("zzz"), nil) }, "file"},
		{"no head", func(tx kv.Writer) error { return putMeta(tx, Head{}) }, "meta"},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems, err := forged(t, c.forge).Check(t.Context())
			if err != nil || (c.where == "") != (len(problems) == 0) {
				t.Fatal(problems, err)
			}
			if c.where != "" && problems[0].Where != c.where {
				t.Fatalf("%+v, want %s", problems, c.where)
			}
		})
	}
}
