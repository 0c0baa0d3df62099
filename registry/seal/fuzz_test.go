package seal

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Whatever is taken for a key file is refused or comes out as it went in.
func FuzzParseKeyFile(f *testing.F) {
	k, err := Create(filepath.Join(f.TempDir(), "keys"), time.Now())
	if err != nil {
		f.Fatal(err)
	}
	if k, err = k.Rotate(time.Now()); err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile(k.path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("tepai-keys 1\nmaster 00 2025-06-01T09:30:00Z 00\nindex"))
	f.Fuzz(func(t *testing.T, text []byte) {
		k, err := parse(text)
		if err != nil {
			if !errors.Is(err, ErrNotKeyFile) && !errors.Is(err, ErrNewer) {
				t.Fatal(err)
			}
			return
		}
		again, err := parse(k.encode())
		if err != nil || again.Current() != k.Current() || again.IndexID() != k.IndexID() || len(again.masters) != len(k.masters) {
			t.Fatal(err)
		}
	})
}

// Nothing but what was wrapped and sealed opens.
func FuzzOpenCiphertext(f *testing.F) {
	k, err := Create(filepath.Join(f.TempDir(), "keys"), time.Now())
	if err != nil {
		f.Fatal(err)
	}
	d, wrapped := k.NewDataKey("specialist", "S1")
	sealed := d.Seal("mobile", "13900001234")
	f.Add(wrapped, sealed)
	f.Add([]byte{1}, []byte{1})
	f.Add([]byte{2, 0}, []byte{})
	f.Fuzz(func(t *testing.T, w, s []byte) {
		if _, err := k.Unwrap(w, "specialist", "S1"); err == nil != (string(w) == string(wrapped)) {
			t.Fatalf("%x: %v", w, err)
		}
		if _, err := d.Open("mobile", s); err == nil != (string(s) == string(sealed)) {
			t.Fatalf("%x: %v", s, err)
		}
	})
}
