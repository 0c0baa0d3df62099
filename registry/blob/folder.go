package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is the path of a folder of files. It need not exist before the first Put.
type Folder string

// Blob names a file of the folder.
type Blob struct {
	Sum  string // SHA-256 of the content, in hexadecimal
	Ext  string // ending of the file's name with its dot, for people who open the folder; follows from the content
	Size int64  // bytes
}

var (
	ErrTooLarge = errors.New("blob: more bytes than allowed")
	ErrMissing  = errors.New("blob: the file is not there")
	ErrAltered  = errors.New("blob: the content is not what was put there")
)

// Put reads r to its end, asks kindOf which ending the content has, and keeps it. The file appears under its name only when all of it is on disk;
// one that stands there already is replaced by the same bytes, which mends it where it was damaged. More than most bytes are ErrTooLarge,
// errors of r and kindOf come back as they are; the folder is then as it was. Puts may run side by side.
func (f Folder) Put(ctx context.Context, r io.Reader, most int64, kindOf func(content io.ReaderAt, size int64) (ext string, err error)) (b Blob, err error) {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return b, err
	}
	temp, err := os.CreateTemp(string(f), incoming)
	if err != nil {
		return b, err
	}
	defer func() {
		temp.Close() // closed and checked before the rename; here only on the way out of an error
		if gone := os.Remove(temp.Name()); err == nil && gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = gone
		}
	}()
	sum := sha256.New()
	b.Size, err = io.Copy(io.MultiWriter(temp, sum), io.LimitReader(readerOf(ctx, r), most+1))
	switch {
	case err != nil:
		return b, err
	case b.Size > most:
		return b, ErrTooLarge
	}
	b.Sum = hex.EncodeToString(sum.Sum(nil))
	if b.Ext, err = kindOf(temp, b.Size); err != nil {
		return b, err
	}
	if err := errors.Join(temp.Sync(), temp.Close()); err != nil {
		return b, err
	}
	return b, f.publish(temp.Name(), f.Path(b))
}

// incoming is the pattern of names of files that are still being written; what was left behind under it may be deleted.
const incoming = "incoming-*.tmp"

// Path is where a blob stands: in one of 256 folders, by the first byte of its hash.
func (f Folder) Path(b Blob) string {
	return filepath.Join(string(f), b.Sum[:2], b.Sum+b.Ext)
}

// publish gives a finished file its name and makes the name durable.
func (f Folder) publish(temp, path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), syncDir(string(f)))
}

// syncDir makes the names in a folder durable.
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

// Read gives the content, every byte of it held against the hash; ErrMissing or ErrAltered when it cannot.
func (f Folder) Read(b Blob) ([]byte, error) {
	if err := f.Stat(b); err != nil {
		return nil, err
	}
	content, err := os.ReadFile(f.Path(b))
	if err != nil {
		return nil, missing(err)
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != b.Sum {
		return nil, ErrAltered
	}
	return content, nil
}

// Stat tells without reading whether a file of that size stands there; ErrMissing or ErrAltered when not.
func (f Folder) Stat(b Blob) error {
	info, err := os.Stat(f.Path(b))
	switch {
	case err != nil:
		return missing(err)
	case !info.Mode().IsRegular() || info.Size() != b.Size:
		return ErrAltered
	}
	return nil
}

func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrMissing, err)
	}
	return err
}

// readerOf stops reading when ctx is over.
func readerOf(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
