package bolt

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"tepai/registry/kv"
)

// After a commit that the disk refused nothing is written any more, and reading goes on.
func TestStopAfterFailedCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	opt := Options{Create: func(tx kv.Writer) error { return tx.Put([]byte("a"), []byte("1")) }}
	db, err := Open(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	db.file.os.Close() // as a disk does that is pulled out
	write := func(tx kv.Writer) error { return tx.Put([]byte("b"), []byte("2")) }
	for range 2 {
		if err := db.Update(t.Context(), write); !errors.Is(err, kv.ErrStopped) {
			t.Fatal(err)
		}
	}
	if _, _, err := db.Compact(t.Context()); !errors.Is(err, kv.ErrStopped) {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(tx kv.Reader) error {
		v, err := tx.Get([]byte("a"))
		if string(v) != "1" {
			t.Errorf("a = %q", v)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	db, err = Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

// A panic out of damaged pages is an error for the reader; for the writer it is the end of writing.
func TestPanicsOfBolt(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), Options{Create: func(kv.Writer) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	broken := func(x *tx) error {
		x.inside = true
		panic("assertion failed: Page expected to be: 7")
	}
	if err := db.transact(t.Context(), false, broken); !errors.Is(err, kv.ErrDamaged) || errors.Is(err, kv.ErrStopped) {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), func(tx kv.Writer) error { return tx.Put([]byte("a"), nil) }); err != nil {
		t.Fatal("a reader's trouble stopped writing:", err)
	}
	if err := db.transact(t.Context(), true, broken); !errors.Is(err, kv.ErrDamaged) {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), func(kv.Writer) error { return nil }); !errors.Is(err, kv.ErrStopped) {
		t.Fatal(err)
	}
}

// A closure that leaves by Goexit, as a failing test does, leaves no transaction open.
func TestGoexit(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), Options{Create: func(kv.Writer) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("leaves", func(t *testing.T) {
		db.Update(context.Background(), func(kv.Writer) error { t.SkipNow(); return nil })
	})
	if err := db.Update(t.Context(), func(kv.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
