package bolt

import (
	"errors"
	"fmt"
	"runtime/debug"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"tepai/registry/kv"
)

// boltPanic is a panic or memory fault out of bbolt: it met pages that no sound file holds.
type boltPanic struct{ value any }

func (p *boltPanic) Error() string { return fmt.Sprintf("%v: %v", kv.ErrDamaged, p.value) }
func (p *boltPanic) Unwrap() error { return kv.ErrDamaged }
func isPanic(err error) bool       { var p *boltPanic; return errors.As(err, &p) }
func isQuota(err error) bool       { return errors.Is(err, berrors.ErrMaxSizeReached) }

// isFault tells a read of unmapped memory (a damaged or shortened file, a bad sector) from other panics.
func isFault(p any) bool {
	_, ok := p.(interface{ Addr() uintptr })
	return ok
}

// guarded calls into bbolt and gives back a panic or fault inside as an error. It works for the calling goroutine
// only: nothing that it calls may read the file from another one.
func guarded(call func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &boltPanic{p}
		}
	}()
	return call()
}

// translate puts bbolt's and the system's errors into the words of the contract, keeping the original.
func translate(err error) error {
	switch {
	case err == nil || errors.Is(err, kv.ErrDamaged):
		return err
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w: %w", kv.ErrLocked, err)
	case isQuota(err), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", kv.ErrFull, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch),
		errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrInvalidMapping):
		return fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return kv.ErrClosed
	}
	return err
}

// stop ends writing for good and returns the reason, as every later Update will.
func (db *DB) stop(err error) error {
	why := fmt.Errorf("%w: %w", kv.ErrStopped, err)
	if db.stopped.CompareAndSwap(nil, &why) {
		db.opt.Logger.Error("writing stopped", "path", db.path, "err", err)
	}
	return why
}
