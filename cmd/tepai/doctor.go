package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tepai/registry"
)

// patience is how long doctor waits for a rebuild: 100,000 records take less.
const patience = 5 * time.Minute

type doctorCommand struct{}

// finding is one thing that doctor looked at.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Msg  string `json:"msg"`
}

// checkup gathers findings.
type checkup struct{ list []finding }

// note files one finding; its errors are told in the words for a person.
func (c *checkup) note(what string, err error, well string, args ...any) {
	f := finding{what, err == nil, fmt.Sprintf(well, args...)}
	if err != nil {
		f.Msg = err.Error()
		if said := refusalsOf(err); len(said) > 0 {
			f.Msg = strings.Join(said, "；")
		}
	}
	c.list = append(c.list, f)
}

// Run looks at everything it can reach and goes on where one thing is broken.
func (c *doctorCommand) Run(a *app) error {
	var found checkup
	words, err := a.segmenter()
	found.note("词典", err, "可用")
	base, err := a.knowledgeBase()
	version := ""
	if base != nil {
		version = base.Generation()
	}
	found.note("知识库", err, "可用，版本 %s", version)
	weights, err := a.rankingWeights()
	found.note("排序权重", err, "可用，版本 %s", weights.Version)
	keys, err := a.keys()
	if a.Key != "" {
		found.note("密钥文件", err, "可用，个人信息逐项试读，见“记录”")
	}
	store, err := registry.Open(a.Data, registry.Options{Keys: keys, Logger: a.log})
	found.note("数据文件", err, "可以打开")
	if err == nil {
		h := &house{store: store, words: words}
		a.examineStore(&found, h)
		found.note("关闭", h.close(), "正常")
	}
	err = a.print(found.list, func(w io.Writer) { printFindings(w, found.list) })
	for _, f := range found.list {
		if !f.OK {
			return errors.Join(err, &registry.Error{Kind: registry.Unavailable, Msg: "有的项目不正常，见上。只是索引不正常时，可用 tepai reindex 重建"})
		}
	}
	return err
}

func (a *app) examineStore(found *checkup, h *house) {
	problems, err := h.store.Check(a.ctx)
	found.note("记录", errors.Join(err, asError(problems, func(p registry.Problem) string { return p.Where + "：" + p.Msg })), "与变更日志一致")
	report, err := h.store.Verify(a.ctx)
	found.note("变更日志", errors.Join(err, asError(report.Faults, func(f registry.Fault) string { return f.Msg })), "%d 条，没有被改动", report.Entries)
	if h.words == nil {
		return
	}
	found.note("索引", a.examineIndex(h), "可用，已跟上变更日志")
	if h.index == nil {
		return
	}
	if why := h.index.RankingReason(); why != "" {
		found.note("排序快照", nil, "%s", why)
	}
	if damaged := newly(h.before.damaged, tracesIn(a.indexFolder(), h.before.head).damaged); damaged != "" {
		found.note("检索索引", nil, "原来的已损坏，移到 %s 留存，已从变更日志重建", damaged)
	}
}

// examineIndex opens the shadows and waits until both have seen the whole log.
func (a *app) examineIndex(h *house) error {
	if err := a.openIndex(h); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(a.ctx, patience)
	defer cancel()
	seq := h.before.head.Seq
	return errors.Join(h.index.SyncRanking(ctx, seq), h.index.Sync(ctx, seq))
}

// asError makes one refusal of what a check found; nil where it found nothing.
func asError[T any](found []T, say func(T) string) error {
	if len(found) == 0 {
		return nil
	}
	var said []string
	for _, f := range found[:min(len(found), 5)] {
		said = append(said, say(f))
	}
	if more := len(found) - len(said); more > 0 {
		said = append(said, fmt.Sprintf("还有 %d 处", more))
	}
	return &registry.Error{Kind: registry.Conflict, Msg: strings.Join(said, "；")}
}

func printFindings(w io.Writer, list []finding) {
	for _, f := range list {
		state := "正常"
		if !f.OK {
			state = "异常"
		}
		fmt.Fprintf(w, "%s  %s：%s\n", state, f.What, f.Msg)
	}
}
