package matcher

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tepai/registry"
	"tepai/segment/knowledge"
)

// Amendments are where a Library finds a centre's own changes: *registry.Store.
type Amendments interface {
	Amendments(ctx context.Context, after string, limit int) ([]registry.Amendment, error)
	Changed() <-chan struct{} // closed at the next commit
}

// LibraryOptions of OpenLibrary.
type LibraryOptions struct {
	Files      fs.FS             // of the knowledge base; nil = the embedded ones, which never change
	Amendments Amendments        // nil = none
	Load       knowledge.Options // Amendments of it are not used
	Every      time.Duration     // how often Follow looks at the files; 0 = a fifth of a second
	Logger     *slog.Logger      // hears of new generations and of files with faults; nil = nobody
}

// Library keeps a knowledge base current: its files and the adopted amendments. Readers take the base of the moment and keep
// it for one question; a change is a new base behind them, swapped in whole.
type Library struct {
	o    LibraryOptions
	base atomic.Pointer[knowledge.Base]

	mu    sync.Mutex // one Refresh at a time
	stamp string     // names, sizes and times of the files when they were read
	lines []knowledge.Amendment
}

// OpenLibrary reads files and amendments. Faulty files are an error, knowledge.Problems; amendments that no longer fit
// are left out.
func OpenLibrary(ctx context.Context, o LibraryOptions) (*Library, error) {
	if o.Files == nil {
		o.Files = knowledge.Embedded()
	}
	if o.Every == 0 {
		o.Every = 200 * time.Millisecond
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	l := &Library{o: o}
	return l, l.Refresh(ctx)
}

// Base is the knowledge base as of now.
func (l *Library) Base() *knowledge.Base { return l.base.Load() }

// Refresh reads again what has changed since the last time; where nothing has, it costs a look at the files. After an error
// the base stays as it was.
func (l *Library) Refresh(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	stamp, err := stampOf(l.o.Files)
	if err != nil {
		return err
	}
	lines, err := l.inForce(ctx)
	if err != nil {
		return err
	}
	if l.Base() != nil && stamp == l.stamp && slices.Equal(lines, l.lines) {
		return nil
	}
	load := l.o.Load
	load.Amendments = lines
	base, err := knowledge.Load(l.o.Files, load)
	if err != nil {
		return err
	}
	for _, p := range base.Refused() {
		l.o.Logger.Warn("knowledge: an amendment no longer fits and is left out", "amendment", p.File, "why", p.Msg)
	}
	l.stamp, l.lines = stamp, lines
	if old := l.base.Swap(base); old != nil {
		l.o.Logger.Info("knowledge: a new generation", "generation", base.Generation(), "before", old.Generation())
	}
	return nil
}

func (l *Library) inForce(ctx context.Context) (lines []knowledge.Amendment, err error) {
	if l.o.Amendments == nil {
		return nil, nil
	}
	all, err := l.o.Amendments.Amendments(ctx, "", 0)
	if err != nil {
		return nil, fmt.Errorf("read the amendments of the knowledge base: %w", err)
	}
	for _, a := range registry.InForce(all) {
		lines = append(lines, knowledge.Amendment{ID: a.ID, Line: a.Line})
	}
	return lines, nil
}

// stampOf changes whenever a file of the base is written, made or removed. Embedded files have no times and never change.
func stampOf(files fs.FS) (string, error) {
	names, err := fs.Glob(files, "*.txt")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, name := range names {
		info, err := fs.Stat(files, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // just removed
		}
		if err != nil {
			return "", fmt.Errorf("look at the knowledge base: %w", err)
		}
		fmt.Fprintf(&b, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
	}
	return b.String(), nil
}

// Follow keeps the base current until ctx is done: an adopted amendment at once; a written file when two looks, Every apart, have
// found it the same, because somebody may still be writing. Faults are told to the log once and leave the base as it was.
func (l *Library) Follow(ctx context.Context) error {
	tick := time.NewTicker(l.o.Every)
	defer tick.Stop()
	told, seen := "", l.read()
	for {
		var changed <-chan struct{}
		if l.o.Amendments != nil {
			changed = l.o.Amendments.Changed() // taken before reading, so that no commit slips through
		}
		now, err := stampOf(l.o.Files)
		if err == nil && (now == seen || now == l.read()) {
			err = l.Refresh(ctx)
		}
		seen = now
		if err == nil {
			told = ""
		} else if err.Error() != told && ctx.Err() == nil {
			told = err.Error()
			l.o.Logger.Error("knowledge: the base stays as it was", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		case <-tick.C:
		}
	}
}

// read is the stamp of the files that the base was read from.
func (l *Library) read() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stamp
}

// CheckAmendment says what is wrong with a line on top of the files and of the amendments in force, as an *registry.Error
// of kind Invalid; nil when it may be proposed and adopted.
func (l *Library) CheckAmendment(ctx context.Context, line string) error {
	lines, err := l.inForce(ctx)
	if err != nil {
		return err
	}
	load := l.o.Load
	load.Amendments = lines
	problems, err := knowledge.CheckAmendment(l.o.Files, load, knowledge.Amendment{ID: "新", Line: line})
	if err != nil || len(problems) == 0 {
		return err
	}
	var faults []string
	for _, p := range problems {
		faults = append(faults, p.Msg)
	}
	return &registry.Error{Kind: registry.Invalid, Field: "line", Msg: strings.Join(faults, "；")}
}
