package bolt

import (
	"context"
	"fmt"
	"io"
)

// Backup copies a snapshot of the file to w.
func (db *DB) Backup(ctx context.Context, w io.Writer) (n int64, err error) {
	to := &copyWriter{ctx: ctx, w: w}
	err = db.transact(ctx, false, func(t *tx) error {
		return guarded(func() error {
			n, err = t.bolt.WriteTo(to)
			return err
		})
	})
	if to.err != nil {
		err = to.err
	}
	if err != nil {
		return n, fmt.Errorf("back up %s: %w", db.path, err)
	}
	return n, nil
}

// copyWriter stops a copy when its context is over, and keeps the error that bbolt would only quote.
type copyWriter struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (c *copyWriter) Write(p []byte) (n int, err error) {
	if c.err = c.ctx.Err(); c.err == nil {
		n, c.err = c.w.Write(p)
	}
	return n, c.err
}
