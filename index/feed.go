package index

import (
	"context"
	"slices"
	"sync"

	"tepai/registry"
	"tepai/segment"
)

// recentRecords is how many records the feed keeps for the slower of two followers. While both are awake they are a
// batch apart at most; when one is far behind (a rebuild) it analyses for itself.
const recentRecords = 512

// feed reads the change log for the followers. A record that two of them ask for at about the same time is decoded and
// segmented once.
type feed struct {
	store *registry.Store
	words *segment.Segmenter

	mu     sync.Mutex
	recent map[uint64]*record
}

func newFeed(store *registry.Store, words *segment.Segmenter) *feed {
	return &feed{store: store, words: words, recent: map[uint64]*record{}}
}

// after gives the records of the changes behind cursor, at most limit of them, each only as its newest change within
// the batch left it; kinds that are not searched are passed over. upto is the last change that was read, of whatever kind;
// its number is cursor when there was none.
func (f *feed) after(ctx context.Context, cursor uint64, limit int) (batch []*record, upto registry.Head, err error) {
	changes, err := f.store.Changes(ctx, cursor, limit)
	if err != nil || len(changes) == 0 {
		return nil, registry.Head{Seq: cursor}, err
	}
	last := make(map[recordKey]int, len(changes))
	for i, c := range changes {
		if slices.Contains(kinds, c.Kind) {
			last[recordKey{c.Kind, c.ID}] = i
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, c := range changes {
		if newest, ours := last[recordKey{c.Kind, c.ID}]; ours && newest == i {
			batch = append(batch, f.record(c))
		}
	}
	end := changes[len(changes)-1]
	upto = registry.Head{Seq: end.Seq, Hash: end.Hash}
	f.forget(upto.Seq)
	return batch, upto, nil
}

func (f *feed) record(c registry.Change) *record {
	r, ok := f.recent[c.Seq]
	if !ok {
		r = &record{change: c, words: f.words}
		f.recent[c.Seq] = r
	}
	return r
}

// forget keeps the newest records before upto; the other follower reads there next.
func (f *feed) forget(upto uint64) {
	if len(f.recent) <= recentRecords {
		return
	}
	for seq := range f.recent {
		if seq+recentRecords <= upto || seq > upto {
			delete(f.recent, seq)
		}
	}
}

type recordKey struct {
	kind registry.RecordKind
	id   string
}
