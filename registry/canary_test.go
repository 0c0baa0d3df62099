package registry_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
	"unicode/utf16"

	"tepai/registry"
	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

// wholeCanaries are the values themselves.
var wholeCanaries = []string{canaryIdentity, canaryMobile, canaryAccount, canaryEmail, canaryAddress}

// disguises of a value: as it is, in UTF-16 of both byte orders, in base64 and hexadecimal.
func disguises(value string) (list [][]byte) {
	list = append(list, []byte(value), []byte(hex.EncodeToString([]byte(value))))
	for shift := range 3 { // base64 has three faces, by where the value begins
		text := base64.StdEncoding.EncodeToString([]byte("xxx"[:shift] + value))
		list = append(list, []byte(text[4*((shift+2)/3):len(text)-4]))
	}
	var little, big []byte
	for _, u := range utf16.Encode([]rune(value)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	return append(list, little, big)
}

func noValue(t testing.TB, where string, content []byte) {
	t.Helper()
	for _, value := range wholeCanaries {
		for _, d := range disguises(value) {
			if bytes.Contains(content, d) {
				t.Errorf("%s holds %q as %q", where, value, d)
			}
		}
	}
}

func TestDisguisesAreFound(t *testing.T) {
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte("abc"[:shift] + canaryIdentity + "rest"))
		if !slices.ContainsFunc(disguises(canaryIdentity), func(d []byte) bool { return bytes.Contains([]byte(text), d) }) {
			t.Errorf("base64 behind %d bytes is not recognised", shift)
		}
	}
}

// What was recorded, shown, corrected and forgotten stands nowhere in clear: not in the files, the backup, the log of the
// program, nor in anything that can be read without Unmask.
func TestCanaries(t *testing.T) {
	ctx := t.Context()
	dir, keys := t.TempDir(), createKeys(t)
	var log bytes.Buffer
	s, err := registry.Open(dir, registry.Options{Create: true, Keys: keys, Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.PutSpecialist(ctx, clerk, specialist("S1", "铸造")); err != nil {
		t.Fatal(err)
	}
	look := func(stage string) {
		t.Helper()
		var backup bytes.Buffer
		if _, err := s.Backup(ctx, &backup); err != nil {
			t.Fatal(err)
		}
		noValue(t, stage+": backup", backup.Bytes())
		for name, content := range filesBelow(t, dir) {
			noValue(t, stage+": "+name, content)
		}
		all, err := readAll(t, s)
		text, jerr := json.Marshal(all)
		masks, merr := s.MaskedData(ctx, s1)
		if err != nil || jerr != nil || merr != nil {
			t.Fatal(err, jerr, merr)
		}
		bodies := ""
		for _, c := range all.Changes {
			bodies += string(c.Body) + string(c.Note)
		}
		noValue(t, stage+": reads", fmt.Append(text, bodies, fmt.Sprintf("%+v %#v", all, masks)))
		noValue(t, stage+": log", log.Bytes())
	}
	record(t, s, s1, canaryData(t))
	look("recorded")
	if d, err := s.Unmask(ctx, officer, s1, registry.PersonalFields(registry.KindPersonal), "核对"); err != nil || d.Identity.ClearText() != canaryIdentity {
		t.Fatal(err)
	}
	look("shown")
	record(t, s, s1, with(t, map[registry.PersonalField]string{"id_number": "E12345678", "mobile": "13800000000"}))
	look("corrected")
	if err := s.ForgetPerson(ctx, officer, s1, "本人要求"); err != nil {
		t.Fatal(err)
	}
	look("forgotten")
}

func filesBelow(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	return all
}

// sideValues reads what stands in the region of data keys.
func sideValues(t testing.TB, dir string) (list [][]byte) {
	t.Helper()
	db, err := bolt.Open(t.Context(), filepath.Join(dir, registry.FileName), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(t.Context(), func(tx kv.Reader) error {
		for p, err := range tx.Scan([]byte("kx/"), nil) {
			if err != nil {
				return err
			}
			list = append(list, bytes.Clone(p.Value))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// After ForgetPerson no file of the folder holds the wrapped data key, and an old wrapping has left it after a rotation,
// though bbolt keeps the pages of what was overwritten.
func TestDestroyedKeysLeaveTheFile(t *testing.T) {
	ctx := t.Context()
	dir, keys := t.TempDir(), createKeys(t)
	s := staffed(t, dir, keys)
	s.Close()
	wrapped := sideValues(t, dir)
	if len(wrapped) != 1 {
		t.Fatal(len(wrapped), "data keys")
	}
	holds := func() bool {
		for _, content := range filesBelow(t, dir) {
			if bytes.Contains(content, wrapped[0][40:]) {
				return true
			}
		}
		return false
	}
	both, err := registry.RotateKeys(keys, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	s = openWith(t, dir, both)
	if !holds() {
		t.Fatal("the test cannot see the key while it is there")
	}
	if _, err := s.RewrapKeys(ctx, officer); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the old wrapping is still in the file")
	}
	s.Close()
	wrapped = sideValues(t, dir)
	s = openWith(t, dir, both)
	left := filepath.Join(dir, registry.FileName+".77.new") // of a compaction that was killed
	if err := os.WriteFile(left, wrapped[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.ForgetPerson(ctx, officer, s1, "本人要求"); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the destroyed key is still in the folder")
	}
}
