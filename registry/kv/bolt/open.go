package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"tepai/registry/kv"
)

// Options of Open. The zero value opens an existing file.
type Options struct {
	// Create, if set, makes a missing file: it fills the new store before the file appears under its name.
	// Without it a missing file is fs.ErrNotExist.
	Create func(kv.Writer) error

	// Timeout is how long to wait for another process to release the file; 0 = 2 s, which outlasts a restart
	// that overlaps with the old process and is short enough for a person to wait.
	Timeout time.Duration

	// MaxSize is the quota of the file in bytes; 0 = none. A commit that needs more is refused with kv.ErrFull and
	// leaves the store whole and usable. Space is claimed in steps (doubling up to 1 MB, then by 1 MB), so the
	// refusal can come up to one step early.
	MaxSize int64

	// Logger hears what happens to the file; nil = nobody.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = 2 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// DB is a kv.Store in one file. Its methods may be called from several goroutines.
type DB struct {
	path string
	opt  Options

	writer  chan struct{}         // holds one token while a writer, Check or Compact is at work
	stopped atomic.Pointer[error] // why writing stopped; nil while all is well
	stuck   atomic.Bool           // bbolt could not end a transaction: its locks are shut for good

	swap sync.RWMutex // held for reading by every use of file, for writing by Close and the end of Compact
	file handle
	gone bool
}

var _ kv.Store = (*DB)(nil)

// handle is an open bbolt file together with the operating system's handle under it.
type handle struct {
	bolt *bbolt.DB
	os   *os.File
}

// bucket is the one bucket of the file.
const bucket = "tepai"

// Open opens the file at path for reading and writing and locks it against other processes until Close.
// Errors: fs.ErrNotExist and fs.ErrPermission from the file system, kv.ErrLocked, kv.ErrDamaged, kv.ErrFull.
func Open(ctx context.Context, path string, opt Options) (*DB, error) {
	opt = opt.withDefaults()
	if err := ensure(path, opt); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h, err := openFile(path, opt)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", path, err)
		}
		if h.standsAt(path) {
			return &DB{path: path, opt: opt, file: h, writer: make(chan struct{}, 1)}, nil
		}
		h.close() // a compaction of another process put a new file in its place while this one waited
	}
}

// ensure sees to it that a file stands at path, or says why not.
func ensure(path string, opt Options) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && opt.Create != nil:
		return create(path, opt)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: not a regular file", kv.ErrDamaged)
	case info.Size() == 0:
		return fmt.Errorf("%w: the file is empty", kv.ErrDamaged)
	}
	return nil
}

// openFile checks the outline of the file under a shared lock, then opens it for writing under the exclusive one.
func openFile(path string, opt Options) (handle, error) {
	h, err := openBolt(path, opt, true)
	if err != nil {
		return handle{}, err
	}
	err = outline(h.os)
	h.close()
	if err != nil {
		return handle{}, err
	}
	return openBolt(path, opt, false)
}

// openBolt opens an existing file. bbolt may panic or fault on a damaged one; the handle is then closed here,
// because bbolt has lost it with its lock held.
func openBolt(path string, opt Options, readOnly bool) (h handle, err error) {
	err = guarded(func() error {
		h.bolt, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout:         opt.Timeout,
			MaxSize:         int(opt.MaxSize),
			FreelistType:    bbolt.FreelistMapType,
			InitialMmapSize: mapping(readOnly),
			NoStatistics:    true,
			ReadOnly:        readOnly,
			OpenFile: func(name string, flag int, perm fs.FileMode) (*os.File, error) {
				f, err := os.OpenFile(name, flag&^os.O_CREATE, perm)
				h.os = f
				return f, err
			},
		})
		if err == nil {
			h.bolt.AllocSize = growth
		}
		return err
	})
	if err != nil {
		if h.os != nil {
			h.os.Close()
		}
		return handle{}, openError(err)
	}
	return h, nil
}

// growth is the step in bytes by which a file grows. Each costs one more fsync; bbolt's own 16 MB would make every
// small store that large.
const growth = 1 << 20

// mapping is the address space to reserve for the file: as long as it fits, a growing file need not be mapped anew,
// for which the writer would wait for the slowest reader, and all readers for the writer. It takes no memory, except
// on Windows, where the file itself would grow to it.
func mapping(readOnly bool) int {
	if readOnly || runtime.GOOS == "windows" || math.MaxInt == math.MaxInt32 {
		return 0
	}
	return 1 << 30
}

// openError takes what bbolt says at opening without a type of its own ("file size too small") for damage, unless
// the system said it.
func openError(err error) error {
	var errno syscall.Errno
	known := translate(err)
	if known == err && !errors.As(err, &errno) && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	return known
}

// standsAt reports whether the open file is still the one under that name.
func (h handle) standsAt(path string) bool {
	mine, err := h.os.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(mine, there)
}

func (h handle) close() error {
	err := guarded(h.bolt.Close)
	if errors.Is(err, kv.ErrDamaged) {
		h.os.Close()
	}
	return err
}

// Close waits for open transactions, then releases the file and its lock.
func (db *DB) Close() error {
	db.swap.Lock()
	defer db.swap.Unlock()
	if db.gone {
		return nil
	}
	db.gone = true
	if db.stuck.Load() {
		return db.file.os.Close() // the lock on the file goes with the handle
	}
	if err := db.file.close(); err != nil {
		return fmt.Errorf("close %s: %w", db.path, err)
	}
	return nil
}
