package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"tepai/registry"
)

// RestoreOptions of Restore and Import.
type RestoreOptions struct {
	With  Identities      // for an encrypted backup; an export has none
	Known []registry.Head // kept elsewhere: the log must bear them
}

// Restore puts the store of the backup file path into the folder data, which must be empty or not exist. Before the
// store gets its name it has been compared with the manifest byte by byte, checked, and its chain verified, also against
// the heads that are known; on an error data is as it was. Refusals: NotFound for the file; Invalid when it is damaged,
// cut short or no backup; Denied without the right identity; Conflict when data is not empty or the store in the backup
// is not sound or not the one of a known head; Unavailable when it is of a newer format or the disk is full.
func Restore(ctx context.Context, path, data string, opt RestoreOptions) (r Report, err error) {
	f, err := os.Open(path)
	if err != nil {
		return r, unreadable(path, err)
	}
	defer f.Close()
	err = newStore(data, func(dir string) error {
		r, err = extract(ctx, f, path, dir, opt)
		return err
	})
	if err != nil {
		return Report{}, err
	}
	return r, nil
}

func unreadable(path string, err error) error {
	kind := registry.Unavailable
	if errors.Is(err, os.ErrNotExist) {
		kind = registry.NotFound
	}
	return &registry.Error{Kind: kind, Msg: fmt.Sprintf("%s 无法打开，请核对路径和权限（%v）", path, err)}
}

// extract writes the store of the backup into dir and examines it there.
func extract(ctx context.Context, f *os.File, path, dir string, opt RestoreOptions) (r Report, err error) {
	info, err := f.Stat()
	if err != nil {
		return r, err
	}
	out, err := os.OpenFile(filepath.Join(dir, registry.FileName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return r, err
	}
	m, err := open(ctx, f, path, opt.With, func(File) (io.Writer, error) { return out, nil })
	if err == nil {
		err = out.Sync()
	}
	if err := errors.Join(err, out.Close()); err != nil {
		return r, err
	}
	encrypted, err := isEncrypted(f)
	if err != nil {
		return r, err
	}
	return Report{Manifest: m, Path: path, Bytes: info.Size(), Encrypted: encrypted}, m.confirm(ctx, dir, opt.Known)
}

func isEncrypted(f *os.File) (bool, error) {
	intro := make([]byte, len(ageIntro))
	_, err := f.ReadAt(intro, 0)
	return string(intro) == ageIntro, err
}

// confirm examines the store in dir and compares it with the manifest.
func (m Manifest) confirm(ctx context.Context, dir string, known []registry.Head) error {
	found, err := examine(ctx, dir, known...)
	if err == nil {
		err = m.sameAs(found)
	}
	undone := "没有恢复"
	if m.Format == exportFormat {
		undone = "没有导入"
	}
	return unsound(undone, err, tryAnother)
}
