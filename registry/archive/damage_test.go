package archive_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/archive"
)

// specimen is a backup file with the way to read it, and the store's content.
func specimen(t *testing.T, encrypted bool) (file []byte, opt archive.RestoreOptions) {
	s := open(t, t.TempDir())
	put(t, s, 0, 60)
	path := filepath.Join(t.TempDir(), "b")
	var how archive.BackupOptions
	if encrypted {
		recipient, identity := pair(t)
		how.To, opt.With = recipients(t, recipient), identities(t, identity)
	}
	if _, err := archive.Backup(t.Context(), s, path, how); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file, opt
}

// mustNotRestore wants a refusal for a person, and the folder as it was: not there.
func mustNotRestore(t *testing.T, what string, bad []byte, opt archive.RestoreOptions) {
	t.Helper()
	dir := t.TempDir()
	path, to := filepath.Join(dir, "bad"), filepath.Join(dir, "data")
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := archive.Restore(t.Context(), path, to, opt)
	if err == nil {
		t.Fatalf("%s: restored", what)
	}
	refused(t, what, err)
	if left := names(t, dir); len(left) != 1 {
		t.Fatalf("%s: left behind %v", what, left)
	}
}

func refused(t *testing.T, what string, err error) {
	t.Helper()
	var e *registry.Error
	if !errors.As(err, &e) || !strings.Contains(e.Msg, "请") {
		t.Fatalf("%s: no refusal for a person: %v", what, err)
	}
}

// rounds is how often a test tries: a fifth in -short.
func rounds(usual int) int {
	if testing.Short() {
		return usual / 5
	}
	return usual
}

// A bit flipped or bytes lost, added or moved anywhere in a backup, in tar's padding as in the manifest: it never comes back.
func TestDamagedBackupsStayOut(t *testing.T) {
	for name, encrypted := range map[string]bool{"clear": false, "encrypted": true} {
		t.Run(name, func(t *testing.T) {
			file, opt := specimen(t, encrypted)
			r := rand.New(rand.NewPCG(1, 2))
			places := []int{0, 1, 100, 148, 155, 200, 400, 511, 513, 800, 1023, 1030, len(file) - 1, len(file) - 72, len(file) - 73, len(file) - 700}
			for range rounds(150) {
				places = append(places, r.IntN(len(file)))
			}
			for _, at := range places {
				bad := bytes.Clone(file)
				bad[at] ^= 1 << r.IntN(8)
				mustNotRestore(t, "flipped at "+name, bad, opt)
			}
			for _, n := range append(places[:rounds(40)], 0) {
				mustNotRestore(t, "cut", file[:n], opt)
			}
			mustNotRestore(t, "twice", append(bytes.Clone(file), file...), opt)
			mustNotRestore(t, "a byte more", append(bytes.Clone(file), 0), opt)
			mustNotRestore(t, "a part lost", append(bytes.Clone(file[:len(file)/2]), file[len(file)/2+512:]...), opt)
		})
	}
}

func TestForeignBackupsStayOut(t *testing.T) {
	store, err := os.ReadFile("../../testdata/compat/format-1.db")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"empty": nil, "text": []byte("id,name\nS1,张三\n"), "a store itself": store, "zeros": make([]byte, 1<<16), "age without a body": []byte("age-encryption.org/v1\n-> X25519 x\n")} {
		mustNotRestore(t, name, content, archive.RestoreOptions{})
	}
}

// Every file of an export is compared: a change anywhere refuses the whole.
func TestDamagedExportsStayOut(t *testing.T) {
	s := open(t, t.TempDir())
	put(t, s, 0, 20)
	sane := filepath.Join(t.TempDir(), "e")
	if _, err := archive.Export(t.Context(), s, sane, archive.ExportOptions{}); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	try := func(what string, spoil func(dir string) error) {
		t.Helper()
		dir := t.TempDir()
		bad, to := filepath.Join(dir, "e"), filepath.Join(dir, "data")
		if err := os.CopyFS(bad, os.DirFS(sane)); err != nil {
			t.Fatal(err)
		}
		if err := spoil(bad); err != nil {
			t.Fatal(err)
		}
		_, err := archive.Import(t.Context(), bad, to, archive.RestoreOptions{})
		if err == nil {
			t.Fatalf("%s: imported", what)
		}
		refused(t, what, err)
		if left := names(t, dir); len(left) != 1 {
			t.Fatalf("%s: left behind %v", what, left)
		}
	}
	change := func(name string, how func([]byte) []byte) func(string) error {
		return func(dir string) error {
			content, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name), how(content), 0o600)
		}
	}
	for _, name := range []string{"changes.jsonl", "specialist.jsonl", "need.jsonl"} {
		for range rounds(20) {
			try("flip in "+name, change(name, func(b []byte) []byte { b[r.IntN(len(b))] ^= 1 << r.IntN(8); return b }))
			try("cut of "+name, change(name, func(b []byte) []byte { return b[:r.IntN(len(b))] }))
		}
		try("line twice in "+name, change(name, func(b []byte) []byte { return append(b, b[:bytes.IndexByte(b, '\n')+1]...) }))
		try("without "+name, func(dir string) error { return os.Remove(filepath.Join(dir, name)) })
	}
	try("a file more", func(dir string) error { return os.WriteFile(filepath.Join(dir, "wings.jsonl"), []byte("{}\n"), 0o600) })
	try("no manifest", func(dir string) error { return os.Remove(filepath.Join(dir, "manifest.json")) })
	for what, c := range map[string][2]string{
		"another head": {`"head": "40:`, `"head": "41:`}, "newer": {`"version": 1`, `"version": 2`}, "a backup's": {"tepai export", "tepai backup"},
		"another count": {`"need": 20`, `"need": 21`}, "a path": {"need.jsonl", "../e/need.jsonl"}, "a name without region": {"need.jsonl", ".jsonl"},
	} {
		try(what, change("manifest.json", func(b []byte) []byte {
			if !bytes.Contains(b, []byte(c[0])) {
				t.Fatalf("no %q in %s", c[0], b)
			}
			return bytes.Replace(b, []byte(c[0]), []byte(c[1]), -1)
		}))
	}
	if _, err := archive.Import(t.Context(), sane, t.TempDir(), archive.RestoreOptions{}); err != nil {
		t.Fatal("the export itself:", err)
	}
}
