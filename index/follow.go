package index

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"tepai/registry"
)

// shadow is derived data that follows the change log. The bleve index is one, the postings are the other.
type shadow interface {
	name() string
	// cursor is the number of the last change that the shadow holds.
	cursor() uint64
	// apply takes the records of the changes behind cursor up to and with upto; each record is the newest of the batch.
	// After an error the shadow holds what it held before, or its error says errBroken.
	apply(ctx context.Context, batch []*record, upto registry.Head) error
}

// batchSize is how many changes go into one batch: bleve writes best in batches of about a thousand.
const batchSize = 1000

// follow drives a shadow until ctx ends or the shadow is broken, which it returns as errBroken. Other trouble is logged
// and tried again. moved is told of every step.
func follow(ctx context.Context, s shadow, from *feed, moved *progress, log *slog.Logger) error {
	pause := time.Duration(0)
	for {
		changed := from.store.Changed()
		n, err := step(ctx, s, from)
		moved.set(s.cursor())
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errBroken):
			return err
		case err != nil:
			pause = min(max(2*pause, 100*time.Millisecond), 10*time.Second)
			log.Error("index: cannot follow the change log", "shadow", s.name(), "cursor", s.cursor(), "again_in", pause, "error", err)
			if !sleep(ctx, pause) {
				return ctx.Err()
			}
		case n > 0:
			pause = 0
		default:
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-changed:
			}
		}
	}
}

// step takes one batch; n is how far the cursor went.
func step(ctx context.Context, s shadow, from *feed) (n uint64, err error) {
	cursor := s.cursor()
	batch, upto, err := from.after(ctx, cursor, batchSize)
	if err != nil || upto.Seq == cursor {
		return 0, err
	}
	if err := s.apply(ctx, batch, upto); err != nil {
		return 0, fmt.Errorf("changes %d to %d: %w", cursor+1, upto.Seq, err)
	}
	return upto.Seq - cursor, nil
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// progress lets others wait for a cursor. The zero value stands at 0.
type progress struct {
	mu   sync.Mutex
	at   uint64
	step chan struct{}
}

func (p *progress) set(cursor uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if cursor == p.at {
		return
	}
	p.at = cursor
	if p.step != nil {
		close(p.step)
		p.step = nil
	}
}

func (p *progress) get() (at uint64, next <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.step == nil {
		p.step = make(chan struct{})
	}
	return p.at, p.step
}

// wait returns when the cursor has reached seq; a context that ends first is a refusal in the reader's language.
func (p *progress) wait(ctx context.Context, seq uint64) error {
	for {
		at, next := p.get()
		if at >= seq {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return unavailable("检索还没有跟上最新的修改（已到第 %d 条，等待第 %d 条），请稍后再试", at, seq)
		}
	}
}

func unavailable(format string, args ...any) error {
	return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf(format, args...)}
}

func invalid(field, format string, args ...any) error {
	return &registry.Error{Kind: registry.Invalid, Field: field, Msg: fmt.Sprintf(format, args...)}
}
