package bolt_test

import (
	"context"
	"path/filepath"
	"testing"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
	"tepai/registry/kv/kvtest"
)

func empty(kv.Writer) error { return nil }

// open opens the store at path, made if missing, and closes it with the test.
func open(t testing.TB, path string, opt bolt.Options) *bolt.DB {
	t.Helper()
	opt.Create = empty
	db, err := bolt.Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestContract(t *testing.T) {
	kvtest.Run(t, func(t testing.TB) (kv.Store, func() kv.Store) {
		path := filepath.Join(t.TempDir(), "x.db")
		db := open(t, path, bolt.Options{})
		return db, func() kv.Store {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = open(t, path, bolt.Options{})
			return db
		}
	})
}
