package registry

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
	"tepai/registry/policy"
	"tepai/registry/seal"
)

// FileName is the store's file inside the data folder.
const FileName = "registry.db"

// Options of Open. The zero value opens an existing store.
type Options struct {
	Create      bool             // make the folder and an empty store where there is none; reading commands leave it false
	Quota       int64            // most bytes that the file may take; 0 = as many as the disk has
	LockTimeout time.Duration    // how long to wait for another process to let go; 0 = 2 s
	Now         func() time.Time // the clock of the change log and of the acts; nil = time.Now
	Editions    []policy.Edition // of the policy, beside the built-in first one
	Keys        *seal.Keys       // for personal data, see OpenKeys; nil = they can be neither recorded nor seen
	Logger      *slog.Logger     // hears of creation, compaction and failed commits; nil = nobody
}

// Store keeps the records and their change log in one folder. Its methods may be called from several goroutines:
// readers run beside one writer, writers queue up. One process at a time holds a folder.
type Store struct {
	kv       kv.Store
	path     string
	now      func() time.Time
	editions []policy.Edition
	keys     *seal.Keys

	mu      sync.Mutex
	changed chan struct{}
	copying sync.Mutex // held while a snapshot stands beside the file
}

// Open opens the store in dir and locks it until Close. Refusals are *Error: NotFound when there is no store and
// Options.Create is not set; Unavailable when the folder cannot be written, another process holds the store, the
// disk is full, the file is damaged or of a newer format, or Options.Keys belong to another store.
func Open(dir string, opt Options) (*Store, error) {
	path := filepath.Join(dir, FileName)
	if opt.Keys != nil {
		if err := checkApartFrom(dir, opt.Keys.Path()); err != nil {
			return nil, err
		}
	}
	file := bolt.Options{Timeout: opt.LockTimeout, MaxSize: opt.Quota, Logger: opt.Logger}
	if opt.Create {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, &trouble{&Error{Kind: Unavailable, Msg: unwritable(dir, err)}, err}
		}
		file.Create = func(tx kv.Writer) error { return putMeta(tx, Head{}) }
	}
	db, err := bolt.Open(context.Background(), path, file)
	if err != nil {
		return nil, explain(path, err)
	}
	s := &Store{kv: db, path: path, now: opt.Now, editions: append([]policy.Edition{policy.First()}, opt.Editions...), keys: opt.Keys, changed: make(chan struct{})}
	if s.now == nil {
		s.now = time.Now
	}
	if err := dropSnapshot(dir); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	if err := s.view(context.Background(), s.recognise); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// recognise refuses a store of a newer layout, and the key file of another store.
func (s *Store) recognise(tx kv.Reader) error {
	_, err := getMeta(tx)
	if err == nil && s.keys != nil {
		_, err = checkKeyring(tx, s.keys)
	}
	return err
}

// Close waits for running acts and lets the folder go. Closing twice is fine.
func (s *Store) Close() error {
	if err := s.kv.Close(); err != nil {
		return explain(s.path, err)
	}
	return nil
}

// Path is the store's file.
func (s *Store) Path() string { return s.path }

// Changed gives a channel that is closed at the next commit. A follower takes the channel first, then reads Changes,
// then waits: so no commit slips through.
func (s *Store) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

func (s *Store) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// Compact gives unused space back to the disk and reports the file's bytes before and after. It needs room for a
// second file in the folder and is refused (Unavailable) where the disk has less, before anything is written. Reading
// goes on meanwhile, writing waits.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	if err := s.needRoom("压缩要有", growth); err != nil {
		return 0, 0, err
	}
	if before, after, err = s.kv.Compact(ctx); err != nil {
		return 0, 0, explain(s.path, err)
	}
	return before, after, nil
}

// Backup writes a copy of the store as of now, which opens under the name FileName, and reports its bytes. Acts go on
// meanwhile.
func (s *Store) Backup(ctx context.Context, w io.Writer) (int64, error) {
	n, err := s.kv.Backup(ctx, w)
	if err != nil {
		return n, explain(s.path, err)
	}
	return n, nil
}

// view and update run a transaction and put what the store below says into words for a person.
func (s *Store) view(ctx context.Context, fn func(kv.Reader) error) error {
	return explain(s.path, s.kv.View(ctx, fn))
}

func (s *Store) update(ctx context.Context, fn func(kv.Writer) error) error {
	return explain(s.path, s.kv.Update(ctx, fn))
}
