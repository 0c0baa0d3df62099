package index

import (
	"context"
	"errors"
	"sync"

	"tepai/registry"
)

// Books are the postings. They are there at once and grow until they have caught up; see SyncRanking.
func (x *Index) Books() Books { return x.ranking.books }

// SyncRanking waits until ranking has seen change seq. A context that ends first is an *registry.Error of kind Unavailable.
func (x *Index) SyncRanking(ctx context.Context, seq uint64) error { return x.ranked.wait(ctx, seq) }

// RankingReason tells a person why the postings were built anew at this start; empty when the snapshot served or there was none yet.
func (x *Index) RankingReason() string { return x.rankingFault }

// openRanking loads the snapshots; whatever is wrong with them costs time and nothing else.
func (x *Index) openRanking(ctx context.Context, dir string) error {
	r, why := newRanking(ctx, dir, x.store, x.words)
	switch {
	case why == nil, errors.Is(why, errMissing):
	case errors.Is(why, errStale):
		x.rankingFault = "词典或变更日志与排序快照不符，排序数据已从变更日志重建"
	case errors.Is(why, errBroken):
		x.rankingFault = "排序快照损坏，排序数据已从变更日志重建"
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		x.rankingFault = "排序快照无法读取，排序数据已从变更日志重建"
	}
	if x.rankingFault != "" {
		x.opt.Logger.Warn("index: postings are built anew", "error", why)
	}
	x.ranking = r
	x.ranked.set(r.cursor())
	return nil
}

// saveEvery is how many changes may stand between two snapshots: reading that many again takes about a second.
const saveEvery = 10_000

// keepRanking follows the log until ctx ends, and leaves a snapshot behind. Merging and saving go on beside, so that a
// change need not wait for them.
func (x *Index) keepRanking(ctx context.Context) {
	moments := make(chan moment, 1)
	var chores sync.WaitGroup
	chores.Go(func() { x.doChores(moments) })
	if err := follow(ctx, &watched{x.ranking, moments}, x.feed, &x.ranked, x.opt.Logger); err != nil && ctx.Err() == nil {
		x.opt.Logger.Error("index: ranking no longer follows the change log", "error", err)
	}
	close(moments)
	chores.Wait()
	x.saveRanking(x.ranking.moment())
}

// doChores tidies the books and saves a moment now and then.
func (x *Index) doChores(moments <-chan moment) {
	for m := range moments {
		x.ranking.tidy()
		if m.stamp.Cursor-x.ranking.saved >= saveEvery {
			x.saveRanking(m)
		}
	}
}

func (x *Index) saveRanking(m moment) {
	if err := x.ranking.save(m); err != nil {
		x.opt.Logger.Error("index: the postings' snapshot was not written; the next start takes longer", "error", err)
	}
}

// watched tells of every step, unless the last one has not been looked at yet.
type watched struct {
	*ranking
	moments chan<- moment
}

func (w *watched) apply(ctx context.Context, batch []*record, upto registry.Head) error {
	if err := w.ranking.apply(ctx, batch, upto); err != nil {
		return err
	}
	select {
	case w.moments <- w.moment():
	default:
	}
	return nil
}
