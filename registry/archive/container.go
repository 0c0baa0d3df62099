package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"
)

// A container is a tar archive with the manifest first, then the files that it lists, then one line behind the end of
// the archive: the SHA-256 of all bytes before it. So one flipped bit, also in tar's padding, is seen.

// trailerSize is the length of "sha256 ", 64 hexadecimal digits and a line break.
const trailerSize = 7 + 2*sha256.Size + 1

func trailer(sum hash.Hash) string { return fmt.Sprintf("sha256 %x\n", sum.Sum(nil)) }

// source gives the bytes of a file of the manifest.
type source func(File) (io.ReadCloser, error)

// pack writes a container.
func pack(ctx context.Context, w io.Writer, m Manifest, open source) error {
	sum := sha256.New()
	out := tar.NewWriter(io.MultiWriter(w, sum))
	text, err := m.encode()
	if err != nil {
		return err
	}
	if err := entry(out, manifestName, int64(len(text)), m.Made, bytes.NewReader(text)); err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := packFile(ctx, out, m, f, open); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	_, err = io.WriteString(w, trailer(sum))
	return err
}

func packFile(ctx context.Context, out *tar.Writer, m Manifest, f File, open source) error {
	r, err := open(f)
	if err != nil {
		return err
	}
	defer r.Close()
	return entry(out, f.Name, f.Bytes, m.Made, &interruptible{ctx, r})
}

func entry(out *tar.Writer, name string, size int64, made time.Time, r io.Reader) error {
	if err := out.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: made.Truncate(time.Second)}); err != nil {
		return err
	}
	_, err := io.Copy(out, r)
	return err
}

// sink takes the bytes of a file of the manifest.
type sink func(File) (io.Writer, error)

// sinkError is trouble of the place to which a container is unpacked, not of the container.
type sinkError struct{ error }

func (e sinkError) Unwrap() error { return e.error }

// unpack reads a container to its last byte and compares everything that stands twice in it. judge sees the manifest
// before anything is taken. Errors other than of judge and sinkError say that the container is damaged or foreign.
func unpack(ctx context.Context, r io.Reader, judge func(Manifest) error, take sink) (m Manifest, err error) {
	t := &trailed{in: bufio.NewReaderSize(&interruptible{ctx, r}, 1<<16), sum: sha256.New()}
	in := tar.NewReader(t)
	if err := next(in, manifestName); err != nil {
		return m, err
	}
	if m, err = readManifest(in, backupFormat); err != nil {
		return m, err
	}
	if err := judge(m); err != nil {
		return m, err
	}
	for _, f := range m.Files {
		if err := next(in, f.Name); err != nil {
			return m, err
		}
		if err := f.copy(in, take); err != nil {
			return m, err
		}
	}
	h, err := in.Next()
	switch {
	case err == nil:
		return m, fmt.Errorf("%q is not in the manifest", h.Name)
	case !errors.Is(err, io.EOF):
		return m, err
	}
	return m, t.end()
}

// next goes to the entry that must follow.
func next(in *tar.Reader, name string) error {
	h, err := in.Next()
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s is missing", name)
	case err != nil:
		return err
	case h.Name != name || h.Typeflag != tar.TypeReg:
		return fmt.Errorf("%q where %q should stand", h.Name, name)
	}
	return nil
}

// copy takes the bytes of a file and compares them with the manifest.
func (f File) copy(in io.Reader, take sink) error {
	w, err := take(f)
	if err != nil {
		return sinkError{err}
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(sum, guarded{w}), in)
	if err != nil {
		return err
	}
	if n != f.Bytes || hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s is not what the manifest says", f.Name)
	}
	return nil
}

// guarded marks the errors of a writer as its own.
type guarded struct{ w io.Writer }

func (g guarded) Write(p []byte) (int, error) {
	n, err := g.w.Write(p)
	if err != nil {
		err = sinkError{err}
	}
	return n, err
}

// interruptible ends reading when its context is over.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// trailed gives all but the trailer, and sums up what it gives.
type trailed struct {
	in  *bufio.Reader
	sum hash.Hash
}

func (t *trailed) Read(p []byte) (int, error) {
	ahead, err := t.in.Peek(min(len(p)+trailerSize, t.in.Size()))
	n := len(ahead) - trailerSize
	if n <= 0 {
		if err == io.EOF && n < 0 {
			err = io.ErrUnexpectedEOF
		}
		return 0, err
	}
	copy(p, ahead[:n])
	t.sum.Write(ahead[:n])
	_, err = t.in.Discard(n)
	return n, err
}

// end reads what is left and compares the trailer.
func (t *trailed) end() error {
	if _, err := io.Copy(io.Discard, t); err != nil {
		return err
	}
	line, err := io.ReadAll(t.in)
	if err == nil && string(line) != trailer(t.sum) {
		err = errors.New("checksum at the end does not match")
	}
	return err
}
