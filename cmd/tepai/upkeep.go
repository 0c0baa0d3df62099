package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"tepai/registry"
)

type reindexCommand struct{}

// Run throws the shadows away and builds both from the change log.
func (c *reindexCommand) Run(a *app) error {
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log})
	if err != nil {
		return err
	}
	h := &house{store: store}
	if err := a.dropIndex(); err != nil {
		return errors.Join(&registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("旧索引无法删除，请检查权限（%v）", err)}, h.close())
	}
	if err := a.furnish(h); err != nil {
		return errors.Join(err, h.close())
	}
	head, err := store.Head(a.ctx)
	if err == nil {
		err = h.index.Sync(a.ctx, head.Seq)
	}
	if err := errors.Join(err, h.close()); err != nil {
		return err
	}
	result := struct {
		Head uint64 `json:"head"`
	}{head.Seq}
	return a.print(result, func(w io.Writer) { fmt.Fprintf(w, "索引已重建，到变更日志第 %d 条\n", head.Seq) })
}

// dropIndex moves the index away before it deletes it: what is left of a killed deletion must not be taken for an index.
func (a *app) dropIndex() error {
	old := a.indexFolder() + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(a.indexFolder(), old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.RemoveAll(old)
}

type verifyCommand struct {
	Head      []string `help:"以前另行保存的日志头，或保存它们的文件，一并核对；可重复。" placeholder:"序号:哈希|文件" sep:"none"`
	WriteHead string   `help:"核验无误后把日志头记在这个文件末尾，一行一个；请放在别处，日后用 --head 核对。" placeholder:"文件"`
}

func (c *verifyCommand) Run(a *app) (err error) {
	known, err := knownHeads(c.Head)
	if err != nil {
		return err
	}
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	report, err := store.Verify(a.ctx, known...)
	if err != nil {
		return err
	}
	result := verified{Entries: report.Entries, Head: report.Head.String(), Faults: []chainFault{}, OK: len(report.Faults) == 0}
	for _, f := range report.Faults {
		result.Faults = append(result.Faults, chainFault(f))
	}
	if err := a.print(result, func(w io.Writer) { printVerified(w, result) }); err != nil {
		return err
	}
	if !result.OK {
		return &registry.Error{Kind: registry.Conflict, Msg: "变更日志与写入时不符：请停止使用这份数据，原样留存，用最近的备份核对"}
	}
	if c.WriteHead == "" {
		return nil
	}
	return keepHead(c.WriteHead, report.Head, time.Now())
}

type verified struct {
	Entries uint64       `json:"entries"`
	Head    string       `json:"head"`
	Faults  []chainFault `json:"faults"`
	OK      bool         `json:"ok"`
}

// chainFault is a place where the change log is not what was written.
type chainFault struct {
	Seq uint64 `json:"seq"`
	Msg string `json:"msg"`
}

func printVerified(w io.Writer, v verified) {
	for _, f := range v.Faults {
		fmt.Fprintln(w, f.Msg)
	}
	if v.OK {
		fmt.Fprintf(w, "变更日志 %d 条，前后相接，没有被改动\n日志头 %s\n请把日志头另行保存（打印，或用 --write-head 记入另一台机器上的文件），日后用 verify --head 核对\n", v.Entries, v.Head)
	}
}

type compactCommand struct{}

// compacted is what --json prints.
type compacted struct {
	Before int64 `json:"before"` // bytes
	After  int64 `json:"after"`
}

func (c *compactCommand) Run(a *app) (err error) {
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var r compacted
	if r.Before, r.After, err = store.Compact(a.ctx); err != nil {
		return err
	}
	return a.print(r, func(w io.Writer) {
		fmt.Fprintf(w, "数据文件由 %s 压缩到 %s\n", mebibytes(r.Before), mebibytes(r.After))
	})
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
