package seal_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tepai/registry/seal"
)

func TestKeyFile(t *testing.T) {
	k := create(t)
	text, err := os.ReadFile(k.Path())
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(text), "\n"); !strings.Contains(first, "密钥文件") || !strings.Contains(first, "丢失") {
		t.Errorf("the first line does not say what the file is: %q", first)
	}
	if info, err := os.Stat(k.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	again, err := seal.Open(k.Path())
	if err != nil || again.Current() != k.Current() || again.IndexID() != k.IndexID() || !again.Current().Made.Equal(june) {
		t.Fatal(again.Current(), err)
	}
	if _, err := seal.Create(k.Path(), june); !errors.Is(err, fs.ErrExist) {
		t.Error("a key file was overwritten:", err)
	}
	if now, err := os.ReadFile(k.Path()); err != nil || string(now) != string(text) {
		t.Error("the file has changed", err)
	}
	if left, err := filepath.Glob(filepath.Dir(k.Path()) + "/*"); err != nil || len(left) != 1 {
		t.Error("left behind:", left, err)
	}
}

func TestKeyFilesThatAreRefused(t *testing.T) {
	k := create(t)
	whole, err := os.ReadFile(k.Path())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimRight(string(whole), "\n"), "\n")
	n := len(lines)
	head, master, index := strings.Join(lines[:n-2], ""), lines[n-2], lines[n-1]
	end := index[len(index)-1]
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"empty", "", seal.ErrNotKeyFile},
		{"words only", lines[0], seal.ErrNotKeyFile},
		{"another file", "id,name\n1,2\n", seal.ErrNotKeyFile},
		{"without keys", head, seal.ErrNotKeyFile},
		{"without the index key", head + master, seal.ErrNotKeyFile},
		{"without a master key", head + index, seal.ErrNotKeyFile},
		{"a master key twice", head + master + master + index, seal.ErrNotKeyFile},
		{"something behind the end", head + master + index + "\n" + master, seal.ErrNotKeyFile},
		{"a digit miswritten", head + master + index[:len(index)-1] + string(end^1), seal.ErrNotKeyFile},
		{"a digit missing", string(whole[:len(whole)-2]), seal.ErrNotKeyFile},
		{"no date", head + strings.Replace(master, "2025-", "in 2025 ", 1) + index, seal.ErrNotKeyFile},
		{"newer", strings.Replace(string(whole), "tepai-keys 1", "tepai-keys 2", 1), seal.ErrNewer},
		{"no version", strings.Replace(string(whole), "tepai-keys 1", "tepai-keys 0", 1), seal.ErrNotKeyFile},
		{"too large", string(whole) + strings.Repeat("\n", 70_000), seal.ErrNotKeyFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "keys")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			k, err := seal.Open(path)
			if !errors.Is(err, c.want) || k != nil {
				t.Fatalf("%v, want %v", err, c.want)
			}
			if secret := strings.Fields(index)[3][:16]; strings.Contains(err.Error(), secret) {
				t.Error("a key stands in the error")
			}
		})
	}
}

func TestKeyFilesAsEditorsSaveThem(t *testing.T) {
	k := create(t)
	whole, err := os.ReadFile(k.Path())
	if err != nil {
		t.Fatal(err)
	}
	text := "\ufeff" + strings.ReplaceAll(string(whole), "\n", "\r\n") + "\r\n"
	if err := os.WriteFile(k.Path(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := seal.Open(k.Path()); err != nil || again.IndexID() != k.IndexID() {
		t.Fatal(err)
	}
}

func TestWhoMayReadTheKeyFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such bits")
	}
	k := create(t)
	for mode, open := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o640: false, 0o604: false, 0o620: false, 0o644: false} {
		if err := os.Chmod(k.Path(), mode); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Open(k.Path()); (err == nil) != open || !open && !errors.Is(err, seal.ErrExposed) {
			t.Errorf("mode %04o: %v", mode, err)
		}
	}
	if _, err := seal.Open(filepath.Dir(k.Path())); !errors.Is(err, seal.ErrNotKeyFile) {
		t.Error("a folder:", err)
	}
	if _, err := seal.Open(k.Path() + "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("no file:", err)
	}
	if _, err := seal.Create(filepath.Join(t.TempDir(), "no", "keys"), june); !errors.Is(err, fs.ErrNotExist) {
		t.Error("no folder:", err)
	}
}

// A key file behind a link is replaced where it lies, and stays private.
func TestRotateThroughALink(t *testing.T) {
	k := create(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(k.Path(), link); err != nil {
		t.Skip(err)
	}
	through, err := seal.Open(link)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := through.Rotate(june); err != nil {
		t.Fatal(err)
	}
	there, err := seal.Open(k.Path())
	if err != nil || len(there.Masters()) != 2 {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone", err)
	}
	if err := os.Remove(k.Path()); err != nil {
		t.Fatal(err)
	}
	if _, err := through.Retire(); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
