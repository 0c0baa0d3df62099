package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry/seal"
)

var june = time.Date(2025, 6, 1, 9, 30, 0, 0, time.UTC)

func create(t testing.TB) *seal.Keys {
	t.Helper()
	k, err := seal.Create(filepath.Join(t.TempDir(), "keys"), june)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealAndOpen(t *testing.T) {
	k := create(t)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.String()
		owner, field, value := text.Draw(r, "owner"), text.Draw(r, "field"), text.Draw(r, "value")
		d, wrapped := k.NewDataKey("person", owner)
		sealed := d.Seal(field, value)
		again, err := k.Unwrap(wrapped, "person", owner)
		if err != nil {
			r.Fatal(err)
		}
		if got, err := again.Open(field, sealed); err != nil || got != value {
			r.Fatalf("%q, %v", got, err)
		}
		if len(sealed) != len(value)+29 || bytes.Equal(sealed, d.Seal(field, value)) {
			r.Fatal("sealed twice to the same bytes, or to another length than promised")
		}
	})
}

// A ciphertext opens in its place only.
func TestMovedCiphertextDoesNotOpen(t *testing.T) {
	k, other := create(t), create(t)
	d, wrapped := k.NewDataKey("specialist", "S1", "1")
	sealed := d.Seal("mobile", "13900001234")
	for _, owner := range [][]string{{"specialist", "S2", "1"}, {"contact", "S1", "1"}, {"specialist", "S1", "2"}, {"specialist", "S11"}, {"specialistS1", "1"}, {}} {
		if _, err := k.Unwrap(wrapped, owner...); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("data key of S1 for %q: %v", owner, err)
		}
	}
	if _, err := d.Open("telephone", sealed); !errors.Is(err, seal.ErrDamaged) {
		t.Error("another field:", err)
	}
	if _, err := other.Unwrap(wrapped, "specialist", "S1", "1"); !errors.Is(err, seal.ErrNoKey) {
		t.Error("another key file:", err)
	}
	second, _ := k.NewDataKey("specialist", "S1", "1")
	if _, err := second.Open("mobile", sealed); !errors.Is(err, seal.ErrDamaged) {
		t.Error("another data key of the same owner:", err)
	}
}

// No flipped bit and no cut passes, and none panics.
func TestDamagedCiphertext(t *testing.T) {
	k := create(t)
	d, wrapped := k.NewDataKey("S1")
	sealed := d.Seal("mobile", "13900001234")
	unwrap := func(b []byte) error { _, err := k.Unwrap(b, "S1"); return err }
	open := func(b []byte) error { _, err := d.Open("mobile", b); return err }
	for name, c := range map[string]struct {
		whole []byte
		open  func([]byte) error
	}{"wrapped": {wrapped, unwrap}, "sealed": {sealed, open}} {
		if err := c.open(c.whole); err != nil {
			t.Fatal(name, err)
		}
		for i := range c.whole {
			if err := c.open(c.whole[:i]); !errors.Is(err, seal.ErrDamaged) {
				t.Errorf("%s cut to %d bytes: %v", name, i, err)
			}
			for bit := range 8 {
				bad := bytes.Clone(c.whole)
				bad[i] ^= 1 << bit
				if err := c.open(bad); err == nil {
					t.Errorf("%s: bit %d of byte %d flipped, and it opens", name, bit, i)
				}
			}
		}
	}
	if err := open(append([]byte{2}, sealed[1:]...)); !errors.Is(err, seal.ErrNewer) {
		t.Error("a newer form:", err)
	}
}

func TestRotation(t *testing.T) {
	old := create(t)
	d, wrapped := old.NewDataKey("S1")
	sealed := d.Seal("mobile", "13900001234")
	both, err := old.Rotate(june.AddDate(1, 0, 0))
	if err != nil || len(both.Masters()) != 2 || both.Current() == old.Current() || both.Masters()[0] != old.Current() || both.IndexID() != old.IndexID() {
		t.Fatal(both.Masters(), err)
	}
	rewrapped, err := both.Rewrap(wrapped, "S1")
	if err != nil || bytes.Equal(rewrapped, wrapped) {
		t.Fatal("not wrapped anew", err)
	}
	if same, err := both.Rewrap(rewrapped, "S1"); err != nil || !bytes.Equal(same, rewrapped) {
		t.Fatal("wrapped anew without need", err)
	}
	if _, err := both.Rewrap(wrapped, "S2"); !errors.Is(err, seal.ErrDamaged) {
		t.Fatal("wrapped anew for another owner", err)
	}
	if _, err := both.Retire(); err != nil {
		t.Fatal(err)
	}
	now, err := seal.Open(both.Path())
	if err != nil || len(now.Masters()) != 1 || now.Current() != both.Current() {
		t.Fatal(now.Masters(), err)
	}
	if _, err := now.Unwrap(wrapped, "S1"); !errors.Is(err, seal.ErrNoKey) {
		t.Error("the retired key still opens:", err)
	}
	again, err := now.Unwrap(rewrapped, "S1")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open("mobile", sealed); err != nil || got != "13900001234" {
		t.Error(got, err)
	}
	if now.BlindIndex("x", "y") != old.BlindIndex("x", "y") {
		t.Error("rotation changed the blind index")
	}
}

func TestBlindIndexKeepsDomainsApart(t *testing.T) {
	k, other := create(t), create(t)
	a := k.BlindIndex("id_number", "11010519491231002X")
	if a != k.BlindIndex("id_number", "11010519491231002X") {
		t.Error("two answers for one value")
	}
	for name, b := range map[string][32]byte{
		"value":    k.BlindIndex("id_number", "110105194912310021"),
		"domain":   k.BlindIndex("mobile", "11010519491231002X"),
		"boundary": k.BlindIndex("id_number1", "1010519491231002X"),
		"key":      other.BlindIndex("id_number", "11010519491231002X"),
	} {
		if a == b {
			t.Error("another", name, "gives the same")
		}
	}
}

// Keys stand in no text that a program makes of them.
func TestKeysDoNotPrint(t *testing.T) {
	k := create(t)
	d, _ := k.NewDataKey("S1")
	file, err := os.ReadFile(k.Path())
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, line := range strings.Split(string(file), "\n") {
		if words := strings.Fields(line); len(words) == 4 && words[0] != "#" {
			b, err := hex.DecodeString(words[3])
			if err != nil {
				t.Fatal(err)
			}
			secrets = append(secrets, hex.EncodeToString(b[:8]), strings.Trim(fmt.Sprint(b[:8]), "[]"), base64.StdEncoding.EncodeToString(b)[:10], string(b[:8]))
		}
	}
	if len(secrets) != 8 {
		t.Fatal("the test does not find the keys")
	}
	type holder struct {
		Keys   *seal.Keys
		Data   seal.DataKey
		hidden *seal.Keys
		data   seal.DataKey
	}
	var out bytes.Buffer
	h := holder{k, d, k, d}
	for _, v := range []any{k, *k, d, &d, h, &h, []any{k, d}, map[string]any{"k": k}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%U"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
		text, _ := json.Marshal(v) // an error is no key
		out.Write(text)
	}
	for _, s := range secrets {
		if strings.Contains(strings.ToLower(out.String()), strings.ToLower(s)) {
			t.Errorf("a key stands in the output as %q", s)
		}
	}
}
