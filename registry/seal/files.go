package seal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// Create draws one master key and the index key and writes them to a new file at path, which its owner alone may read.
// A file that is there already is never touched: fs.ErrExist.
func Create(path string, now time.Time) (*Keys, error) {
	k := &Keys{path: path, masters: []key{draw(now)}, index: draw(now)}
	return k.written(path, publish)
}

// Open reads a key file. Errors: fs.ErrNotExist, fs.ErrPermission, ErrExposed when others than the owner may read or
// write it, ErrNotKeyFile, ErrNewer.
func Open(path string) (*Keys, error) {
	text, err := readPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	k, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	k.path = path
	return k, nil
}

// Rotate adds a master key to the file and makes it current. The older ones stay, so that everything opens as before.
func (k *Keys) Rotate(now time.Time) (*Keys, error) {
	return k.replaced(append(slices.Clone(k.masters), draw(now)))
}

// Retire takes all master keys but the current one out of the file. What is still wrapped under one of them, in a backup
// for instance, can then only be opened with an older copy of the file.
func (k *Keys) Retire() (*Keys, error) {
	return k.replaced(slices.Clone(k.masters[len(k.masters)-1:]))
}

// replaced writes other master keys in the place of the old ones, also where the path is a link to the file.
func (k *Keys) replaced(masters []key) (*Keys, error) {
	file, err := filepath.EvalSymlinks(k.path)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", k.path, err)
	}
	next := &Keys{path: k.path, masters: masters, index: k.index}
	return next.written(file, os.Rename)
}

func draw(now time.Time) key {
	var b [KeySize]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	return newKey(b, now)
}

// readPrivate reads a small file that no other user may read or write. Windows has no such bits.
func readPrivate(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: not a regular file", ErrNotKeyFile)
	}
	if info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%w: mode %04o", ErrExposed, info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("%w: larger than %d bytes", ErrNotKeyFile, maxFile)
	}
	return text, err
}

// written gives the keys back when they stand under their name on disk.
func (k *Keys) written(path string, name func(temp, path string) error) (*Keys, error) {
	if err := writeFile(path, k.encode(), name); err != nil {
		return nil, fmt.Errorf("key file %s: %w", k.path, err)
	}
	return k, nil
}

// writeFile puts the text into a file beside path that its owner alone may read, syncs it, and has it named.
func writeFile(path string, text []byte, name func(temp, path string) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := name(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// publish names a new file and leaves one that is there alone. Where the file system knows no links, another process
// could come between the look and the renaming.
func publish(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fs.ErrExist
	}
	return os.Rename(temp, path)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
