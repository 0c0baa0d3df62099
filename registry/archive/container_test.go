package archive

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// packed is a container around the given store file whose manifest was changed, with all checksums as they should be.
func packed(t *testing.T, store []byte, change func(*Manifest)) (path string) {
	t.Helper()
	dir := t.TempDir()
	inside := filepath.Join(dir, registry.FileName)
	if err := os.WriteFile(inside, store, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := digest(inside)
	if err != nil {
		t.Fatal(err)
	}
	m := Manifest{Format: backupFormat, Version: version, Made: time.Now(), Head: registry.Head{}.String(), Counts: registry.Counts{}, Files: []File{f}}
	change(&m)
	var out bytes.Buffer
	if err := pack(t.Context(), &out, m, func(File) (io.ReadCloser, error) { return os.Open(inside) }); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "b")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Containers that are sound in themselves and hold what they should not: whoever can write a backup can make its checksums.
func TestContainersThatHoldSomethingElse(t *testing.T) {
	dir := t.TempDir()
	s, err := registry.Open(dir, registry.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutNeed(t.Context(), registry.Actor{ID: "x"}, registry.Need{ID: "N1", Title: "铸件渗漏"}); err != nil {
		t.Fatal(err)
	}
	counts, head, err := s.Count(t.Context())
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	store, err := os.ReadFile(filepath.Join(dir, registry.FileName))
	if err != nil {
		t.Fatal(err)
	}
	right := func(m *Manifest) { m.Head, m.Counts = head.String(), counts }
	for name, c := range map[string]struct {
		store  []byte
		change func(*Manifest)
		says   string // empty = it is restored
	}{
		"as it should be":   {store, right, ""},
		"another head":      {store, func(m *Manifest) { m.Counts = counts }, "链头与清单不符"},
		"other counts":      {store, func(m *Manifest) { m.Head = head.String() }, "条数与清单不符"},
		"a forged record":   {bytes.ReplaceAll(store, []byte("渗漏"), []byte("渗水")), right, "与写入时不符"},
		"half a store":      {store[:8<<10], right, "已损坏"},
		"no store":          {[]byte("hello"), right, "已损坏"},
		"a newer format":    {store, func(m *Manifest) { right(m); m.Version = 2 }, "升级"},
		"an export":         {store, func(m *Manifest) { right(m); m.Format = exportFormat }, "不是 tepai"},
		"a way out":         {store, func(m *Manifest) { right(m); m.Files[0].Name = "../" + registry.FileName }, "不是 tepai"},
		"two files":         {store, func(m *Manifest) { right(m); m.Files = append(m.Files, m.Files[0]) }, "不是 tepai"},
		"no file":           {store, func(m *Manifest) { right(m); m.Files = nil }, "不是 tepai"},
		"another checksum":  {store, func(m *Manifest) { right(m); m.Files[0].SHA256 = strings.Repeat("0", 64) }, "不是 tepai"},
		"a head of nothing": {store, func(m *Manifest) { right(m); m.Head = "x" }, "不是 tepai"},
	} {
		t.Run(name, func(t *testing.T) {
			path, to := packed(t, c.store, c.change), filepath.Join(t.TempDir(), "data")
			_, err := Restore(t.Context(), path, to, RestoreOptions{})
			if c.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var refusal *registry.Error
			if !errors.As(err, &refusal) || !strings.Contains(err.Error(), c.says) {
				t.Fatal(err)
			}
			if _, err := os.Stat(to); !errors.Is(err, os.ErrNotExist) {
				t.Error("the folder is there:", err)
			}
		})
	}
}

// No bytes end the program, and none but a whole container is read to its end.
func FuzzUnpack(f *testing.F) {
	var out bytes.Buffer
	m := Manifest{Format: backupFormat, Version: version, Made: time.Unix(0, 0).UTC(), Head: registry.Head{}.String(), Counts: registry.Counts{},
		Files: []File{{Name: registry.FileName, Bytes: 2, SHA256: "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"}}}
	if err := pack(f.Context(), &out, m, func(File) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("hi")), nil }); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add(out.Bytes()[:600])
	f.Fuzz(func(t *testing.T, content []byte) {
		var got bytes.Buffer
		_, err := unpack(t.Context(), bytes.NewReader(content), oneStore, func(File) (io.Writer, error) { return &got, nil })
		if err == nil && !bytes.HasPrefix(content, []byte(manifestName)) {
			t.Errorf("%q passed", content)
		}
	})
}
