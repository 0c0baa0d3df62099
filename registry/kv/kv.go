// Package kv is the contract between the registry and what keeps its bytes: one flat, ordered space of keys with
// transactions. It holds no implementation. kv/bolt is the embedded maker; kv/kvtest is the one contract test that
// every maker runs. What the keys and values mean is the registry's business.
package kv

import (
	"context"
	"errors"
	"io"
	"iter"
)

// MaxKey is the longest key in bytes that every maker takes.
const MaxKey = 1024

// Store is a transactional key-value store. Any number of readers run beside one writer; writers queue up.
// Transactions must not be nested: opening one inside the closure of another may wait for ever.
type Store interface {
	// View runs fn on a snapshot: it sees all commits before its start and none after. It returns the error of fn
	// unchanged, ctx.Err() if ctx was over at the start, or one of the errors of this package.
	View(ctx context.Context, fn func(Reader) error) error

	// Update runs fn and commits what it wrote, all or nothing. When Update returns nil, the writes are on disk and
	// survive the loss of the process and of power. An error or panic of fn takes every write back. Waiting for
	// another writer ends with ctx. After a commit failed for a reason other than ErrFull by quota, the store takes
	// no more writes (ErrStopped) until it is opened anew; reads go on.
	Update(ctx context.Context, fn func(Writer) error) error

	// Check reads the whole structure and names what is wrong with it, one sentence each; none means sound. The
	// error is for trouble that kept it from looking. Writers wait meanwhile.
	Check(ctx context.Context) ([]string, error)

	// Compact gives unused space back to the file system and reports the size in bytes before and after. On an
	// error the store is as it was. Writers wait meanwhile, readers only for an instant.
	Compact(ctx context.Context) (before, after int64, err error)

	// Backup writes a copy of a snapshot, which the same maker can open, and reports its bytes.
	Backup(ctx context.Context, w io.Writer) (int64, error)

	// Close waits for open transactions and frees the store. Closing twice is fine. Everything else then
	// returns ErrClosed.
	Close() error
}

// Reader is the reading side of a transaction. Keys and values that it hands out are the store's memory: read-only,
// and gone when the closure returns. Decode or copy what must live longer.
type Reader interface {
	// Get returns the value under key, empty but not nil for an empty value; ErrNotFound when there is none.
	Get(key []byte) ([]byte, error)

	// Scan yields the pairs whose key begins with prefix and is not below from, in ascending byte order. A nil
	// prefix means all keys, a nil from the beginning. After yielding an error it ends.
	Scan(prefix, from []byte) iter.Seq2[Pair, error]
}

// Writer is a transaction that also writes. It sees its own writes. While a Scan of it runs, it refuses to write
// (ErrScanning).
type Writer interface {
	Reader

	// Put sets the value under key. The key is copied; the value must stay untouched until Update returns.
	// A key is 1 to MaxKey bytes (ErrKey). Putting many keys in ascending order is fastest.
	Put(key, value []byte) error

	// Delete removes key; a key that is not there is no error.
	Delete(key []byte) error
}

// Pair is one key with its value.
type Pair struct{ Key, Value []byte }

// What can go wrong. Makers wrap these with the particulars; test with errors.Is.
var (
	ErrNotFound = errors.New("kv: no such key")
	ErrKey      = errors.New("kv: key empty or too long")
	ErrScanning = errors.New("kv: write during a scan of the same transaction")
	ErrTxOver   = errors.New("kv: transaction is over")
	ErrClosed   = errors.New("kv: store is closed")
	ErrLocked   = errors.New("kv: store is in use by another process")
	ErrFull     = errors.New("kv: no space left")
	ErrDamaged  = errors.New("kv: store is damaged")
	ErrStopped  = errors.New("kv: writing stopped after a failed commit")
)
