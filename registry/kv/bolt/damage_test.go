package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

// sample makes a store with branch pages, overflow pages and a freelist, and gives its bytes and content.
func sample(t *testing.T) (file []byte, content map[string]string) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, bolt.Options{})
	content = map[string]string{}
	for round := range 3 {
		err := db.Update(t.Context(), func(tx kv.Writer) error {
			for i := range 150 {
				key, value := fmt.Sprintf("key %03d", i), bytes.Repeat([]byte{byte('a' + round)}, 100+i*7%900)
				if i%50 == 0 {
					value = bytes.Repeat(value, 60)
				}
				content[key] = string(value)
				if err := tx.Put([]byte(key), value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := db.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), content
}

// probe opens a damaged file, checks and reads it, and writes and compacts if told so. It returns the content, and
// what the store itself found.
func probe(t *testing.T, file []byte, write bool) (content map[string]string, trouble error) {
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(t.Context(), path, bolt.Options{})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	problems, err := db.Check(t.Context())
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%w: check: %q", kv.ErrDamaged, problems)
	}
	content = map[string]string{}
	err = errors.Join(err, db.View(t.Context(), func(tx kv.Reader) error {
		for p, err := range tx.Scan(nil, nil) {
			if err != nil {
				return err
			}
			content[string(p.Key)] = string(p.Value)
		}
		return nil
	}))
	if !write {
		return content, err
	}
	err = errors.Join(err, db.Update(t.Context(), func(tx kv.Writer) error {
		return errors.Join(tx.Put([]byte("key 0000"), make([]byte, 3000)), tx.Delete([]byte("key 100")))
	}))
	_, _, cerr := db.Compact(t.Context())
	return content, errors.Join(err, cerr)
}

// rounds is how many damages a test tries: few in -short, more by TEPAI_DAMAGE_ROUNDS.
func rounds(t *testing.T, usual int) int {
	if n, err := strconv.Atoi(os.Getenv("TEPAI_DAMAGE_ROUNDS")); err == nil {
		return n
	}
	if testing.Short() {
		return usual / 10
	}
	return usual
}

// A flipped bit never ends the program. It is reported, or no key is lost: values carry no checksum here, the
// registry's do.
func TestBitFlips(t *testing.T) {
	file, content := sample(t)
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	n := rounds(t, 300)
	for i := range n {
		bad := bytes.Clone(file)
		at, bit := r.IntN(len(bad)), r.IntN(8)
		bad[at] ^= 1 << bit
		got, err := probe(t, bad, i%8 == 0)
		if err != nil {
			found++
		}
		if err != nil && !errors.Is(err, kv.ErrDamaged) {
			t.Fatalf("byte %d bit %d: %v", at, bit, err)
		}
		if err == nil && len(got) != len(content) {
			t.Fatalf("byte %d bit %d: %d keys of %d, and nobody noticed", at, bit, len(got), len(content))
		}
	}
	t.Logf("%d of %d flips reported", found, n)
}

func TestUndamaged(t *testing.T) {
	file, content := sample(t)
	got, err := probe(t, file, true)
	if err != nil || !maps.Equal(got, content) {
		t.Fatal(err)
	}
}

// Whole pages lost, swapped or filled with rubbish, and files cut off, are reported.
func TestBrokenPages(t *testing.T) {
	file, content := sample(t)
	r := rand.New(rand.NewPCG(3, 4))
	page := os.Getpagesize()
	for i := range rounds(t, 100) {
		bad := bytes.Clone(file)
		a, b := r.IntN(len(bad)/page), r.IntN(len(bad)/page)
		pa, pb := bad[a*page:(a+1)*page], bad[b*page:(b+1)*page]
		what := r.IntN(4)
		switch what {
		case 0:
			clear(pa)
		case 1:
			copy(pa, file[b*page:])
			copy(pb, file[a*page:])
		case 2:
			for j := range pa {
				pa[j] = byte(r.Uint32())
			}
		case 3:
			bad = bad[:r.IntN(len(bad))]
		}
		got, err := probe(t, bad, i%8 == 0)
		if err != nil && !errors.Is(err, kv.ErrDamaged) {
			t.Fatalf("damage %d of pages %d, %d: %v", what, a, b, err)
		}
		if err == nil && len(got) != len(content) {
			t.Fatalf("damage %d of pages %d, %d: %d keys of %d", what, a, b, len(got), len(content))
		}
	}
}

func TestForeignFiles(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "text": "id,name\nS1,张三\n", "long text": string(bytes.Repeat([]byte("text "), 10_000)), "zeros": string(make([]byte, 1<<16)),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := probe(t, []byte(content), true); !errors.Is(err, kv.ErrDamaged) {
				t.Fatal(err)
			}
		})
	}
	t.Run("folder", func(t *testing.T) {
		if _, err := bolt.Open(t.Context(), t.TempDir(), bolt.Options{}); !errors.Is(err, kv.ErrDamaged) {
			t.Fatal(err)
		}
	})
}
