package registry

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// snapshotFolder stands in the data folder while a copy of the store is looked at. It is in the clear as the store is,
// so it never leaves that folder, and one that a killed process left is removed at the next Open.
const snapshotFolder = "snapshot.new"

// What must be free beside the room for a copy, in bytes.
const (
	growth  = 1 << 20  // the step in which a file grows
	reserve = 16 << 20 // so that acts can go on while the copy stands there
)

// Snapshot makes a copy of the store as of now and hands use its path, which ends in FileName, so that its folder opens
// as a store. Acts go on meanwhile. The copy is gone when Snapshot returns; one stands there at a time. Refusals:
// Unavailable when the disk has too little room for it, which leaves everything as it was.
func (s *Store) Snapshot(ctx context.Context, use func(path string) error) (err error) {
	s.copying.Lock()
	defer s.copying.Unlock()
	dir := filepath.Join(filepath.Dir(s.path), snapshotFolder)
	if err := s.needRoom("备份先要", reserve); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return explain(s.path, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, FileName)
	if err := s.copyTo(ctx, path); err != nil {
		return err
	}
	return use(path)
}

func (s *Store) copyTo(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return explain(s.path, err)
	}
	_, err = s.Backup(ctx, f)
	err = errors.Join(err, f.Close())
	if errors.Is(err, syscall.ENOSPC) {
		err = &trouble{&Error{Kind: Unavailable, Msg: fmt.Sprintf("%s 所在的磁盘已满，没有备份，数据没有改动。请腾出磁盘空间后重试", filepath.Dir(s.path))}, err}
	}
	return err
}

// needRoom refuses when the disk has not the room for a second file like the store's and more bytes beside it. Where
// the system does not say how much there is, the disk itself will refuse.
func (s *Store) needRoom(what string, more int64) error {
	info, err := os.Stat(s.path)
	if err != nil {
		return explain(s.path, err)
	}
	free, known := room(filepath.Dir(s.path))
	if need := info.Size() + more; known && free < need {
		return &Error{Kind: Unavailable, Msg: fmt.Sprintf("%s %s 空闲空间，%s 所在的磁盘只有 %s。数据没有改动。请腾出磁盘空间后重试",
			what, mebibytes(need), filepath.Dir(s.path), mebibytes(free))}
	}
	return nil
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// dropSnapshot removes what a killed process left; the lock on the store says that nobody is using it.
func dropSnapshot(dir string) error { return os.RemoveAll(filepath.Join(dir, snapshotFolder)) }
