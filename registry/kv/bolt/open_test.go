package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

func put(t testing.TB, s kv.Store, key, value string) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx kv.Writer) error { return tx.Put([]byte(key), []byte(value)) }); err != nil {
		t.Fatal(err)
	}
}

func get(t testing.TB, s kv.Store, key string) (value string) {
	t.Helper()
	err := s.View(t.Context(), func(tx kv.Reader) error {
		v, err := tx.Get([]byte(key))
		value = string(v)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestOpenMakesNothingUnasked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if _, err := bolt.Open(t.Context(), path, bolt.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("Open made a file")
	}
}

// A store appears under its name with its first pairs in it, and leaves nothing beside it.
func TestCreate(t *testing.T) {
	dir := t.TempDir()
	first := func(tx kv.Writer) error {
		if files := names(t, dir); len(files) != 1 || files[0] == "x.db" {
			t.Errorf("while it is made: %q", files)
		}
		return tx.Put([]byte("a"), []byte("1"))
	}
	db, err := bolt.Open(t.Context(), filepath.Join(dir, "x.db"), bolt.Options{Create: first})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if files := names(t, dir); len(files) != 1 || get(t, db, "a") != "1" {
		t.Fatalf("%q", files)
	}
}

func TestCreateFails(t *testing.T) {
	dir := t.TempDir()
	mine := errors.New("mine")
	_, err := bolt.Open(t.Context(), filepath.Join(dir, "x.db"), bolt.Options{Create: func(kv.Writer) error { return mine }})
	if !errors.Is(err, mine) || len(names(t, dir)) != 0 {
		t.Fatal(err, names(t, dir))
	}
}

// Of several that make the same store at the same time, one after the other gets it, and nobody's writes are lost.
func TestCreateTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	var work sync.WaitGroup
	for i := range 8 {
		work.Go(func() {
			db, err := bolt.Open(context.Background(), path, bolt.Options{Create: empty, Timeout: time.Minute})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			put(t, db, strconv.Itoa(i), "here")
		})
	}
	work.Wait()
	db := open(t, path, bolt.Options{})
	for i := range 8 {
		get(t, db, strconv.Itoa(i))
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, bolt.Options{})
	start := time.Now()
	_, err := bolt.Open(t.Context(), path, bolt.Options{Timeout: 100 * time.Millisecond})
	if !errors.Is(err, kv.ErrLocked) || time.Since(start) > 5*time.Second {
		t.Fatal(err, time.Since(start))
	}
	db.Close()
	open(t, path, bolt.Options{})
}

// Who waited for the file while it was compacted gets the new one, not the orphan.
func TestCompactUnderOneWhoWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, bolt.Options{})
	put(t, db, "a", "1")
	var work sync.WaitGroup
	work.Go(func() {
		next, err := bolt.Open(context.Background(), path, bolt.Options{Timeout: time.Minute})
		if err != nil {
			t.Error(err)
			return
		}
		defer next.Close()
		put(t, next, "b", "2")
	})
	time.Sleep(100 * time.Millisecond)
	if _, _, err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, db, "c", "3")
	db.Close()
	work.Wait()
	db = open(t, path, bolt.Options{})
	if got := get(t, db, "a") + get(t, db, "b") + get(t, db, "c"); got != "123" {
		t.Fatal(got)
	}
}

// Files that grew and shrank for long pass the check of every opening, and the full one.
func TestGrownFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	r := rand.New(rand.NewPCG(9, 10))
	for round := range 12 {
		db := open(t, path, bolt.Options{})
		for range 5 {
			err := db.Update(t.Context(), func(tx kv.Writer) error {
				var err error
				for range 400 {
					key := fmt.Appendf(nil, "%0*d", 1+r.IntN(30), r.IntN(3000))
					if r.IntN(10) < 3+round%5 {
						err = errors.Join(err, tx.Delete(key))
					} else {
						err = errors.Join(err, tx.Put(key, make([]byte, r.IntN(1<<r.IntN(14)))))
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if problems, err := db.Check(t.Context()); err != nil || problems != nil {
			t.Fatal(err, problems)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQuota(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), bolt.Options{MaxSize: 4 << 20})
	put(t, db, "small", "1")
	big := func(tx kv.Writer) error { return tx.Put([]byte("big"), make([]byte, 5<<20)) }
	for range 3 {
		if err := db.Update(t.Context(), big); !errors.Is(err, kv.ErrFull) || errors.Is(err, kv.ErrStopped) {
			t.Fatal(err)
		}
	}
	put(t, db, "after", "2") // writing goes on
	if get(t, db, "small")+get(t, db, "after") != "12" {
		t.Fatal("reads are dead")
	}
	if problems, err := db.Check(t.Context()); err != nil || problems != nil {
		t.Fatal(err, problems)
	}
}

func TestBackupOpens(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), bolt.Options{})
	put(t, db, "a", "1")
	var copied bytes.Buffer
	if _, err := db.Backup(t.Context(), &copied); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "y.db")
	if err := os.WriteFile(path, copied.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := get(t, open(t, path, bolt.Options{}), "a"); got != "1" {
		t.Fatal(got)
	}
	over, cancel := context.WithCancel(t.Context())
	stop := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if _, err := db.Backup(over, stop); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func names(t testing.TB, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// What a killed compaction left holds what has been deleted since: the next one removes it, and nothing else.
func TestCompactRemovesLeftovers(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "x.db"), bolt.Options{})
	put(t, db, "a", "1")
	for _, name := range []string{"x.db.123.new", "y.db.123.new", "x.db.123"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("left"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, there := range map[string]bool{"x.db.123.new": false, "y.db.123.new": true, "x.db.123": true, "x.db": true} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}
	if get(t, db, "a") != "1" {
		t.Error("the store has lost its content")
	}
}
