package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tepai/index"
	"tepai/registry"
)

// traces are what a look at the index folder shows before it is opened.
type traces struct {
	search, ranking bool     // the files of the two shadows are there
	damaged         []string // folders that were set aside
	head            registry.Head
}

func tracesIn(folder string, head registry.Head) traces {
	_, search := os.Stat(filepath.Join(folder, "search"))
	_, specialists := os.Stat(filepath.Join(folder, "specialists.postings"))
	_, needs := os.Stat(filepath.Join(folder, "needs.postings"))
	damaged, _ := filepath.Glob(filepath.Join(folder, "search.damaged-*"))
	return traces{search == nil, specialists == nil && needs == nil, damaged, head}
}

func (a *app) indexFolder() string { return filepath.Join(a.Data, "index") }

// openIndex opens the index folder of a house.
func (a *app) openIndex(h *house) error {
	head, err := h.store.Head(a.ctx)
	if err != nil {
		return err
	}
	h.before = tracesIn(a.indexFolder(), head)
	h.index, err = index.Open(a.ctx, a.indexFolder(), h.store, h.words, index.Options{Logger: a.log})
	return err
}

// openShadows opens the index. Where its folder cannot be used the shadows live in memory for once: the index is never a reason to
// go without an answer.
func (a *app) openShadows(h *house) error {
	err := a.openIndex(h)
	var refusal *registry.Error
	if !errors.As(err, &refusal) {
		return err
	}
	a.tell("索引文件夹 %s 不能使用，这次在内存里临时建立索引；请移走占用这个名字的文件，或检查权限", a.indexFolder())
	h.before = traces{search: true, ranking: true, head: h.before.head}
	h.index, err = index.Open(a.ctx, "", h.store, h.words, index.Options{Logger: a.log})
	return err
}

// tellRanking says why ranking had to be built from the log at this start.
func (a *app) tellRanking(h *house) {
	why := h.index.RankingReason()
	switch {
	case why != "":
		a.tell("%s", why)
	case h.before.head.Seq == 0 || h.before.ranking:
	case h.before.search:
		a.tell("没有找到排序快照，排序数据已从变更日志重建")
	default:
		a.tell("还没有索引（第一次使用，或索引文件夹已被删除），已从变更日志建立")
	}
}

// lingering is how long a command that is done waits for the search index: enough to build it for 20,000 specialists. What is
// not built by then goes on at the next start. An index that does not get on at all is given up after one step.
const (
	lingering     = 10 * time.Second
	lingeringStep = 2 * time.Second
)

// catchUp waits for the search index, so that the next command finds it whole, and says what was wrong with it.
func (a *app) catchUp(h *house) {
	state := a.linger(h)
	var what string
	switch damaged := newly(h.before.damaged, tracesIn(a.indexFolder(), h.before.head).damaged); {
	case damaged != "":
		what = fmt.Sprintf("检索索引损坏，已移到 %s 留存", damaged)
	case h.before.ranking && !h.before.search:
		what = "没有找到检索索引"
	case state.Ready || state.Rebuilding || state.Reason == "":
		return
	default:
		a.tell("%s", state.Reason)
		return
	}
	if state.Ready {
		a.tell("%s，已从变更日志重建", what)
	} else {
		a.tell("%s，重建尚未完成，下次运行时继续；也可运行 tepai reindex 一次建完", what)
	}
}

// linger waits until search has seen the whole log, and gives its state at the end.
func (a *app) linger(h *house) (state index.Status) {
	ctx, cancel := context.WithTimeout(a.ctx, lingering)
	defer cancel()
	for ctx.Err() == nil {
		step, stop := context.WithTimeout(ctx, lingeringStep)
		late := h.index.Sync(step, h.before.head.Seq)
		stop()
		var err error
		if state, err = h.index.Status(a.ctx); late == nil || err != nil || !state.Rebuilding {
			break
		}
	}
	return state
}

// newly is the first of after that is not in before.
func newly(before, after []string) string {
	for _, s := range after {
		if !slices.Contains(before, s) {
			return s
		}
	}
	return ""
}

// tell says something on stderr that is no error; a store of the moment has nothing to tell.
func (a *app) tell(format string, args ...any) {
	if !a.moment {
		fmt.Fprintf(a.stderr, "提示："+format+"\n", args...)
	}
}
