package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"tepai/registry"
)

// BackupOptions of Backup. The zero value makes one in the clear.
type BackupOptions struct {
	To   Recipients       // who can read it; nobody named = in the clear, like the store itself
	With Identities       // to read an encrypted backup back; none = see Proof
	Now  func() time.Time // the clock of the manifest; nil = time.Now
}

// Proof says what is known of a backup after it was written. In every case the copy of the store that went into it was
// checked and its chain verified first, and its SHA-256 stands in the manifest.
type Proof string

const (
	// ByContent: the file was read back, decrypted where it is encrypted, taken apart, and holds that very copy.
	ByContent Proof = "content"

	// ByBytes: the file was read back and holds the bytes that were written. They are encrypted and no identity was
	// given, so that they decrypt to the copy is the word of the encryption alone.
	ByBytes Proof = "bytes"
)

// Report says what was written or read.
type Report struct {
	Manifest
	Path      string `json:"path"`
	Bytes     int64  `json:"bytes"` // of the backup file; of all files of an export
	Encrypted bool   `json:"encrypted"`
	Proof     Proof  `json:"proof,omitempty"` // of a backup that was written
}

// Backup writes the store as of now to the file path, which must not exist, and proves it, see Proof. Acts go on
// meanwhile. The file gets its name when it is whole, proved and on disk; on an error nothing is left. The plain copy
// that it needs meanwhile stands in the data folder only. Refusals: Conflict when path exists or the store is not sound,
// Unavailable when a disk is full or fails.
func Backup(ctx context.Context, s *registry.Store, path string, opt BackupOptions) (r Report, err error) {
	if err := vacant(path); err != nil {
		return r, err
	}
	err = s.Snapshot(ctx, func(copied string) error {
		m, err := describe(ctx, copied, opt.Now)
		if err != nil {
			return unsound("没有备份", err, keepIt)
		}
		r = Report{Manifest: m, Path: path, Encrypted: len(opt.To.list) > 0}
		return newFile(path, func(f *os.File) error { return r.write(ctx, f, copied, opt) })
	})
	if err != nil {
		return Report{}, err
	}
	return r, nil
}

// describe examines a copy of the store and writes its manifest.
func describe(ctx context.Context, copied string, now func() time.Time) (m Manifest, err error) {
	found, err := examine(ctx, filepath.Dir(copied))
	if err != nil {
		return m, err
	}
	f, err := digest(copied)
	if err != nil {
		return m, err
	}
	return Manifest{Format: backupFormat, Version: version, Made: clock(now), Head: found.head.String(), Counts: found.counts, Keys: true, Files: []File{f}}, nil
}

func clock(now func() time.Time) time.Time {
	if now == nil {
		now = time.Now
	}
	return now().UTC()
}

func digest(path string) (f File, err error) {
	in, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, in)
	return File{Name: registry.FileName, Bytes: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

// write packs the copy into f and reads f back.
func (r *Report) write(ctx context.Context, f *os.File, copied string, opt BackupOptions) error {
	written := sha256.New()
	out, err := opt.To.encrypt(io.MultiWriter(f, written))
	if err != nil {
		return err
	}
	if err := pack(ctx, out, r.Manifest, func(File) (io.ReadCloser, error) { return os.Open(copied) }); err != nil {
		return err
	}
	if err := errors.Join(out.Close(), f.Sync()); err != nil {
		return err
	}
	return r.prove(ctx, f, written, opt.With)
}

// prove reads the file back as far as it can.
func (r *Report) prove(ctx context.Context, f *os.File, written hash.Hash, with Identities) (err error) {
	if _, err = f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	read := sha256.New()
	if r.Bytes, err = io.Copy(read, &interruptible{ctx, f}); err != nil {
		return err
	}
	if hex.EncodeToString(read.Sum(nil)) != hex.EncodeToString(written.Sum(nil)) {
		return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("读回的内容与写入的不同，%s 没有写成。请检查这块磁盘，或换一个地方备份", r.Path)}
	}
	if r.Proof = ByBytes; r.Encrypted && len(with.list) == 0 {
		return nil
	}
	if _, err = f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r.Proof = ByContent
	_, err = open(ctx, f, r.Path, with, func(File) (io.Writer, error) { return io.Discard, nil })
	return err
}

// open reads a backup to its end, whether it is encrypted or not.
func open(ctx context.Context, r io.Reader, path string, with Identities, take sink) (Manifest, error) {
	in, err := with.decrypt(r, path)
	if err != nil {
		return Manifest{}, broken(ctx, path, err)
	}
	m, err := unpack(ctx, in, oneStore, take)
	return m, broken(ctx, path, err)
}

// oneStore refuses a backup that holds more than this program can put back.
func oneStore(m Manifest) error {
	if len(m.Files) != 1 || m.Files[0].Name != registry.FileName {
		return fmt.Errorf("manifest: %d files, want %s alone", len(m.Files), registry.FileName)
	}
	return nil
}

// broken says that a backup cannot be used, unless the trouble lies elsewhere.
func broken(ctx context.Context, path string, err error) error {
	var known *registry.Error
	var there sinkError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &there):
		return there.error
	case ctx.Err() != nil:
		return err
	}
	return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("%s 已损坏、不完整，或者不是 tepai 写下的（%v）。请核对路径，或改用另一份", path, err)}
}

// Ways out of a store that is not sound.
const (
	keepIt     = "请停止使用这份数据，原样留存，保住以前的备份，用 tepai doctor 查看"
	tryAnother = "请改用另一份"
)

// unsound says what has not been done because of a refusal of examine, and the way out where the store is to blame.
func unsound(undone string, err error, wayOut string) error {
	var known *registry.Error
	if !errors.As(err, &known) {
		return err
	}
	msg := undone + "：" + known.Error()
	if known.Kind == registry.Conflict {
		msg += "。" + wayOut
	}
	return &registry.Error{Kind: known.Kind, Msg: msg}
}
