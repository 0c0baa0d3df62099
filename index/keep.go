package index

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// patience is how often an index may break without getting on, although its files look sound, before it is set aside.
const patience = 3

// keep is the life of the search shadow: open, follow, and when something is wrong close, look again, and begin anew
// where need be. It owns the searcher; nobody else closes it.
func (x *Index) keep(ctx context.Context) {
	defer x.set(nil, Status{Reason: "检索已关闭"})
	strikes := 0
	for ctx.Err() == nil {
		s, err := x.openOrBuild(ctx)
		if err == nil {
			from := s.cursor()
			err = x.serve(ctx, s)
			if s.cursor() > from {
				strikes = 0
			}
		}
		if strikes >= patience && errors.Is(err, errBroken) {
			_ = x.discard(err) // the next round tells what hinders it
		}
		if ctx.Err() != nil {
			return
		}
		x.opt.Logger.Error("index: search has to begin again", "error", err)
		if strikes++; strikes > 1 {
			sleep(ctx, min(time.Second<<min(strikes, 5), 30*time.Second))
		}
	}
}

// openOrBuild gives the searcher of the folder, or an empty one where there is none that can be used.
func (x *Index) openOrBuild(ctx context.Context) (s *searcher, err error) {
	want := label(x.words.Generation())
	if x.folder != "" {
		if err = inspect(ctx, x.folder); err == nil {
			s, err = openSearcher(x.folder, want)
		}
		if err == nil {
			err = x.sameLog(ctx, s)
		}
		if err == nil || ctx.Err() != nil {
			return s, err
		}
		if !x.clear(err) {
			return nil, err
		}
	}
	head, err := x.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	if s, err = createSearcher(x.folder, want, head.Seq); err != nil {
		x.set(nil, Status{Reason: x.folderTrouble()})
	}
	return s, err
}

// sameLog closes a searcher that has followed another log than the store's: the file was replaced by another one.
func (x *Index) sameLog(ctx context.Context, s *searcher) error {
	hash, err := hashAt(ctx, x.store, s.cursor())
	if err == nil && hash != s.log {
		err = fmt.Errorf("%w: it has followed another log", errStale)
	}
	if err != nil {
		_ = s.close()
	}
	return err
}

// clear makes room for a new index where the old one cannot be used, and says so; it tells whether there is room.
func (x *Index) clear(why error) bool {
	var err error
	switch {
	case errors.Is(why, errBusy):
		x.set(nil, Status{Reason: "检索文件夹正被另一个进程占用，检索暂不可用；关闭另一个进程后会自动恢复"})
		return false
	case errors.Is(why, errMissing):
		x.set(nil, Status{Rebuilding: true, Reason: "检索正在建立"})
		err = remove(x.folder)
	case errors.Is(why, errStale):
		x.set(nil, Status{Rebuilding: true, Reason: "词典、索引格式或变更日志已换，检索正在重建"})
		err = remove(x.folder)
	case errors.Is(why, errBroken):
		err = x.discard(why)
	default:
		err = why
	}
	if err != nil {
		x.opt.Logger.Error("index: folder", "folder", x.folder, "error", err)
		x.set(nil, Status{Reason: x.folderTrouble()})
	}
	return err == nil
}

// discard sets a damaged folder aside.
func (x *Index) discard(why error) error {
	x.opt.Logger.Warn("index: the folder is damaged and set aside", "folder", x.folder, "error", why)
	x.set(nil, Status{Rebuilding: true, Reason: "索引文件损坏，检索正在重建"})
	if x.folder == "" {
		return nil
	}
	return setAside(x.folder, x.opt.Now())
}

func (x *Index) folderTrouble() string {
	return fmt.Sprintf("检索文件夹 %s 无法读写，检索暂不可用；请检查权限和磁盘空间", x.folder)
}

// serve follows the log with a searcher until ctx ends, and then closes and seals the folder, or until something is
// wrong with it. Searches are answered once the searcher is complete.
func (x *Index) serve(ctx context.Context, s *searcher) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	x.moved.set(s.cursor())
	if s.cursor() < s.goal {
		x.mu.RLock()
		reason := x.status.Reason
		x.mu.RUnlock()
		if reason == opening.Reason {
			reason = "检索正在建立"
		}
		x.set(nil, Status{Rebuilding: true, Reason: reason})
	}
	var tasks sync.WaitGroup
	followed := make(chan error, 1)
	tasks.Go(func() { followed <- follow(inner, s, x.feed, &x.moved, x.opt.Logger) })
	tasks.Go(func() {
		if x.moved.wait(inner, s.goal) == nil && inner.Err() == nil {
			x.set(s, Status{Ready: true})
		}
	})
	err := x.watch(s, followed)
	cancel()
	tasks.Wait()
	return x.end(ctx, s, err)
}

// watch waits for what ends a searcher's life.
func (x *Index) watch(s *searcher, followed <-chan error) error {
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		select {
		case err := <-followed:
			return err
		case about := <-x.suspect:
			if about.of == s {
				return about.err
			}
		case <-tick.C:
			if s.failed() {
				return fmt.Errorf("%w: a background task of bleve failed", errBroken)
			}
		}
	}
}

// end closes a searcher: for good when ctx has ended, otherwise to be looked at and opened again. One that does not let
// its folder go is set aside at once.
func (x *Index) end(ctx context.Context, s *searcher, why error) error {
	if ctx.Err() == nil {
		x.set(nil, opening)
		if errors.Is(s.close(), errUnclosed) {
			return errors.Join(why, x.discard(why))
		}
		return why
	}
	x.set(nil, Status{Reason: "检索已关闭"})
	err := s.close()
	if err == nil && x.folder != "" {
		err = writeSeal(x.folder)
	}
	if err != nil {
		x.opt.Logger.Error("index: close", "error", err)
	}
	return ctx.Err()
}
