package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"

	"tepai/registry"
	"tepai/segment"
)

// Options of Open. The zero value works.
type Options struct {
	Timeout time.Duration    // longest search; 0 = DefaultTimeout
	Logger  *slog.Logger     // nil = nobody
	Now     func() time.Time // stamps what is set aside; nil = time.Now
}

// DefaultTimeout is long enough for the widest search that the limits allow on a million records and short enough for
// a person who waits.
const DefaultTimeout = 3 * time.Second

// Index holds the shadows of one store. Its methods may be called from several goroutines.
type Index struct {
	store  *registry.Store
	words  *segment.Segmenter
	folder string // of bleve; empty = in memory
	opt    Options
	feed   *feed

	stop  context.CancelFunc
	done  sync.WaitGroup
	moved progress

	ranking      *ranking
	ranked       progress
	rankingFault string // why the postings had to be built anew, for a person

	mu      sync.RWMutex
	current *searcher     // nil while there is none to ask
	status  Status        // without Cursor and Head
	turned  chan struct{} // closed and replaced whenever status changes
	suspect chan suspicion
}

// Status tells how far the search shadow has got.
type Status struct {
	Cursor     uint64 // the last change that search knows
	Head       uint64 // the last change that there is
	Ready      bool   // searches are answered
	Rebuilding bool   // the index is being built, or built anew, from the log
	Reason     string // why search is not ready or is being rebuilt, for a person; empty when all is well

	opening bool // short: worth waiting for
}

// Open starts to follow the store. The index is kept in dir (created when missing); an empty dir keeps it in memory.
// Open does not wait for it: the files are checked and opened behind, a missing or damaged index is built from the
// change log, and until then Search refuses as Unavailable. The only error is a folder that cannot be made.
// Index does not close the store, and must be closed before it.
func Open(ctx context.Context, dir string, store *registry.Store, words *segment.Segmenter, opt Options) (*Index, error) {
	if opt.Timeout == 0 {
		opt.Timeout = DefaultTimeout
	}
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	x := &Index{
		store: store, words: words, opt: opt, feed: newFeed(store, words),
		turned: make(chan struct{}), suspect: make(chan suspicion, 1),
		status: opening,
	}
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("%w（%w）", unavailable("检索文件夹 %s 无法建立，请检查上级文件夹的写权限", dir), err)
		}
		x.folder = filepath.Join(dir, "search")
	}
	if err := x.openRanking(ctx, dir); err != nil {
		return nil, err
	}
	ctx, x.stop = context.WithCancel(context.WithoutCancel(ctx))
	x.done.Go(func() { x.keep(ctx) })
	x.done.Go(func() { x.keepRanking(ctx) })
	return x, nil
}

var opening = Status{Reason: "检索正在打开", opening: true}

// Close stops following and lets the folder go. Searches that are running end first.
func (x *Index) Close() error {
	x.stop()
	x.done.Wait()
	return nil
}

// Status tells how far the search shadow has got.
func (x *Index) Status(ctx context.Context) (Status, error) {
	head, err := x.store.Head(ctx)
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.status
	s.Head = head.Seq
	s.Cursor, _ = x.moved.get()
	return s, err
}

// Sync waits until search knows change seq. A context that ends first is an *registry.Error of kind Unavailable. During
// a rebuild it waits for the rebuild.
func (x *Index) Sync(ctx context.Context, seq uint64) error {
	if err := x.moved.wait(ctx, seq); err != nil {
		return err
	}
	return x.Ready(ctx)
}

// Ready waits until searches are answered; ctx bounds the wait.
func (x *Index) Ready(ctx context.Context) error {
	for {
		x.mu.RLock()
		s, turned := x.status, x.turned
		x.mu.RUnlock()
		if s.Ready {
			return nil
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return unavailable("%s，请稍后再试", s.Reason)
		}
	}
}

// set changes the status and wakes those who wait for it.
func (x *Index) set(current *searcher, s Status) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.current, x.status = current, s
	close(x.turned)
	x.turned = make(chan struct{})
}

// ready gives the searcher to ask. While the index is being opened it waits for that; a rebuild it reports at once.
func (x *Index) ready(ctx context.Context) (*searcher, error) {
	for {
		x.mu.RLock()
		s, current, turned := x.status, x.current, x.turned
		x.mu.RUnlock()
		if s.Ready {
			return current, nil
		}
		if !s.opening {
			return nil, unavailable("%s，请稍后再试", s.Reason)
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return nil, unavailable("%s，请稍后再试", s.Reason)
		}
	}
}

// suspicion says that a searcher failed to answer.
type suspicion struct {
	of  *searcher
	err error
}

// doubt reports that bleve failed in a search: the keeper closes the index and looks at its files.
func (x *Index) doubt(s *searcher, err error) {
	if errors.Is(err, bleve.ErrorIndexClosed) { // the keeper is at it already
		return
	}
	select {
	case x.suspect <- suspicion{s, err}:
	default:
	}
}
