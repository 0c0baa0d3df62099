package blob_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"tepai/registry/blob"
)

func text(io.ReaderAt, int64) (string, error) { return ".txt", nil }

func put(t *testing.T, f blob.Folder, content string) blob.Blob {
	t.Helper()
	b, err := f.Put(t.Context(), strings.NewReader(content), 100, text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// files lists what stands in the folder.
func files(t *testing.T, f blob.Folder) (names []string) {
	t.Helper()
	err := filepath.WalkDir(string(f), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, e.Name())
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return names
}

func TestWhatWasPutComesBack(t *testing.T) {
	f := blob.Folder(filepath.Join(t.TempDir(), "a", "b"))
	b := put(t, f, "abc")
	if b.Sum != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" || b.Size != 3 || b.Ext != ".txt" {
		t.Fatalf("%+v", b)
	}
	if again := put(t, f, "abc"); again != b {
		t.Errorf("%+v", again)
	}
	if got, err := f.Read(b); err != nil || string(got) != "abc" {
		t.Errorf("%q %v", got, err)
	}
	if names := files(t, f); len(names) != 1 {
		t.Error(names)
	}
	if info, err := os.Stat(f.Path(b)); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

// Whatever goes wrong on the way in leaves no file behind, not even half of one.
func TestPutRefuses(t *testing.T) {
	broken, refused := errors.New("the line is cut"), errors.New("no such kind")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		r    io.Reader
		kind func(io.ReaderAt, int64) (string, error)
		want error
	}{
		"too large":     {t.Context(), strings.NewReader(strings.Repeat("x", 101)), text, blob.ErrTooLarge},
		"broken source": {t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)), text, broken},
		"foreign kind":  {t.Context(), strings.NewReader("abc"), func(io.ReaderAt, int64) (string, error) { return "", refused }, refused},
		"given up":      {over, strings.NewReader("abc"), text, context.Canceled},
	} {
		f := blob.Folder(filepath.Join(t.TempDir(), "files"))
		if _, err := f.Put(c.ctx, c.r, 100, c.kind); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if names := files(t, f); len(names) != 0 {
			t.Errorf("%s left %v behind", name, names)
		}
	}
	if _, err := blob.Folder(t.TempDir()).Put(t.Context(), strings.NewReader(strings.Repeat("x", 100)), 100, text); err != nil {
		t.Error("as many bytes as allowed:", err)
	}
}

func TestReadFindsDamage(t *testing.T) {
	f := blob.Folder(t.TempDir())
	b := put(t, f, "abc")
	for name, c := range map[string]struct {
		damage func() error
		want   error
	}{
		"a changed byte": {func() error { return os.WriteFile(f.Path(b), []byte("abd"), 0o600) }, blob.ErrAltered},
		"cut short":      {func() error { return os.Truncate(f.Path(b), 2) }, blob.ErrAltered},
		"removed":        {func() error { return os.Remove(f.Path(b)) }, blob.ErrMissing},
	} {
		if err := c.damage(); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Read(b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		put(t, f, "abc") // the same content mends it
		if _, err := f.Read(b); err != nil {
			t.Errorf("%s is not mended: %v", name, err)
		}
	}
}

func TestPutsSideBySide(t *testing.T) {
	f := blob.Folder(filepath.Join(t.TempDir(), "files"))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			b, err := f.Put(t.Context(), strings.NewReader(strings.Repeat("x", 1+i%3)), 100, text)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := f.Read(b); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if names := files(t, f); len(names) != 3 {
		t.Error(names)
	}
}
