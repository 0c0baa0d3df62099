package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// create makes a new store under a temporary name, fills it, and publishes it at path when it is whole and on disk.
// If another process was faster, that one's file stands and nothing is overwritten.
func create(path string, opt Options) error {
	temp, err := blank(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := prime(temp, opt); err != nil {
		return err
	}
	if err := publish(temp, path); err != nil {
		return err
	}
	opt.Logger.Info("created store", "path", path)
	return nil
}

// blank makes an empty file beside path and returns its name.
func blank(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// prime writes the first pages, the bucket and the caller's first pairs to the temporary file and syncs it.
func prime(temp string, opt Options) error {
	h, err := openBolt(temp, opt, false)
	if err != nil {
		return err
	}
	db := &DB{path: temp, opt: opt, file: h, writer: make(chan struct{}, 1)}
	err = h.bolt.Update(func(t *bbolt.Tx) error {
		_, err := t.CreateBucketIfNotExists([]byte(bucket))
		return err
	})
	if err == nil {
		err = db.Update(context.Background(), opt.Create)
	}
	return errors.Join(translate(err), db.Close())
}

// publish gives the finished file its name without replacing a file that stands there, and makes the name durable.
// Where the file system knows no links, renaming is the next best: it cannot tell whether another process was faster.
func publish(temp, path string) error {
	err := os.Link(temp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(temp, path)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
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
