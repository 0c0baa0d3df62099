package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.etcd.io/bbolt"

	"tepai/registry/kv"
)

// compactStep is how many bytes one commit of the copy holds: large enough that commits do not count, small enough
// for any machine's memory.
const compactStep = 64 << 20

// Compact copies the live pairs to a new file, checks that, and puts it in the place of the old one. The new file is
// locked before it gets its name, so no other process comes between.
func (db *DB) Compact(ctx context.Context) (before, after int64, err error) {
	if err := db.enter(ctx); err != nil {
		return 0, 0, err
	}
	defer db.leave()
	if why := db.stopped.Load(); why != nil {
		return 0, 0, *why
	}
	if err := sweep(db.path); err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", db.path, err)
	}
	temp, err := blank(db.path)
	if err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", db.path, err)
	}
	defer os.Remove(temp)
	next, err := db.copyTo(ctx, temp)
	if err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", db.path, err)
	}
	if before, after, err = db.replace(next, temp); err != nil {
		next.close()
		return 0, 0, fmt.Errorf("compact %s: %w", db.path, err)
	}
	if err := syncDir(filepath.Dir(db.path)); err != nil {
		return 0, 0, db.stop(fmt.Errorf("compact %s: %w", db.path, err)) // which file a power cut leaves is not known
	}
	db.opt.Logger.Info("compacted store", "path", db.path, "before", before, "after", after)
	return before, after, nil
}

// sweep removes what killed compactions left beside the store: they hold what has been deleted since. Nobody else can be at
// work there, because this process holds the lock and the writer's token.
func sweep(path string) error {
	dir, name := filepath.Split(path)
	list, err := os.ReadDir(filepath.Dir(path))
	for _, entry := range list {
		if strings.HasPrefix(entry.Name(), name+".") && strings.HasSuffix(entry.Name(), ".new") {
			err = errors.Join(err, os.Remove(dir+entry.Name()))
		}
	}
	return err
}

// copyTo writes the pairs to the blank file temp and leaves it open, synced and checked.
func (db *DB) copyTo(ctx context.Context, temp string) (h handle, err error) {
	opt := db.opt
	opt.MaxSize = 0 // the quota of the store does not bind the copy, which is never larger
	if h, err = openBolt(temp, opt, false); err != nil {
		return handle{}, err
	}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	h.bolt.NoSync = true // one sync at the end serves them all: the file has no name yet
	err = db.transact(ctx, false, func(*tx) error {
		return guarded(func() error { return bbolt.Compact(h.bolt, db.file.bolt, compactStep) })
	})
	if err != nil {
		return h, translate(err)
	}
	h.bolt.NoSync = false
	h.bolt.MaxSize = int(db.opt.MaxSize)
	if err := h.bolt.Sync(); err != nil {
		return h, err
	}
	return h, soundCopy(h)
}

func soundCopy(h handle) error {
	im, err := openImage(h.os)
	if err != nil {
		return fmt.Errorf("%w: copy: %w", kv.ErrDamaged, err)
	}
	if problems := examine(im, true); len(problems) > 0 {
		return fmt.Errorf("%w: copy: %s", kv.ErrDamaged, problems[0])
	}
	return nil
}

// replace gives the new file the store's name and switches to it when no reader is in the old one.
func (db *DB) replace(next handle, temp string) (before, after int64, err error) {
	db.swap.Lock()
	defer db.swap.Unlock()
	if db.gone {
		return 0, 0, kv.ErrClosed
	}
	if before, err = size(db.file.os); err != nil {
		return 0, 0, err
	}
	if after, err = size(next.os); err != nil {
		return 0, 0, err
	}
	if err := os.Rename(temp, db.path); err != nil {
		return 0, 0, err
	}
	old := db.file
	db.file = next
	if err := old.close(); err != nil {
		db.opt.Logger.Warn("old file of compaction", "path", db.path, "err", err)
	}
	return before, after, nil
}

func size(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
