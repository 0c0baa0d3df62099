package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"tepai/matcher"
	"tepai/registry"
)

type matchCommand struct {
	Need          string `arg:"" optional:"" name:"需求编号" help:"为哪条需求推荐特派员。"`
	Text          string `help:"直接给出需求文字；“-”从标准输入读取。" placeholder:"文字"`
	ForSpecialist string `help:"反过来：为这位特派员推荐需求。" placeholder:"编号"`
	Limit         int    `help:"最多列出几项。" default:"10"`
	On            string `help:"按这一天的资格和名额判断，如 2026-03-01；缺省为今天。" placeholder:"日期"`
}

func (c *matchCommand) Run(a *app) error {
	if given(c.Need, c.Text, c.ForSpecialist) != 1 {
		return usageError("请给出一项：需求编号，或 --text 需求文字，或 --for-specialist 特派员编号")
	}
	opt, err := rankOptions(c.Limit, c.On)
	if err != nil {
		return err
	}
	text, err := a.textOf(c.Text)
	if err != nil {
		return err
	}
	if c.ForSpecialist != "" {
		return a.matchNeeds(c.ForSpecialist, opt)
	}
	return a.withHouse(func(ctx context.Context, h *house) error {
		r, err := rank(ctx, h.engine, c.Need, text, opt)
		if err == nil {
			err = h.haveSpecialists(ctx)
		}
		if err != nil {
			return err
		}
		return a.print(r, func(w io.Writer) { printRanking(w, r, h.called(ctx, registry.KindSpecialist)) })
	})
}

func (a *app) matchNeeds(specialist string, opt matcher.RankOptions) error {
	return a.withHouse(func(ctx context.Context, h *house) error {
		r, err := h.engine.RankNeeds(ctx, specialist, opt)
		if err == nil {
			err = h.haveNeeds(ctx)
		}
		if err != nil {
			return err
		}
		return a.print(r, func(w io.Writer) { printNeeds(w, r, h.called(ctx, registry.KindNeed)) })
	})
}

// given counts what is not empty.
func given(values ...string) (n int) {
	for _, v := range values {
		if v != "" {
			n++
		}
	}
	return n
}

// mostListed is the longest list that a person is shown.
const mostListed = 1000

func rankOptions(limit int, on string) (matcher.RankOptions, error) {
	opt := matcher.RankOptions{Limit: limit}
	if limit < 1 || limit > mostListed {
		return opt, usageError(fmt.Sprintf("--limit 应在 1 到 %d 之间", mostListed))
	}
	if on == "" {
		return opt, nil
	}
	day, err := registry.ParseDate(on)
	if err != nil {
		return opt, usageError("--on：" + err.Error())
	}
	opt.At = time.Date(day.Year, day.Month, day.Day, 12, 0, 0, 0, registry.Shanghai)
	return opt, nil
}

func rank(ctx context.Context, e *matcher.Engine, need, text string, opt matcher.RankOptions) (matcher.Ranking, error) {
	if need != "" {
		return e.Rank(ctx, need, opt)
	}
	return e.RankText(ctx, text, opt)
}

// haveSpecialists refuses an empty pool: a list without names would read as an answer.
func (h *house) haveSpecialists(ctx context.Context) error {
	if list, err := h.store.Specialists(ctx, "", 1); err != nil || len(list) > 0 {
		return err
	}
	return &registry.Error{Kind: registry.NotFound, Msg: "库里还没有特派员，请先导入：tepai import specialists 文件"}
}

func (h *house) haveNeeds(ctx context.Context) error {
	if list, err := h.store.Needs(ctx, "", 1); err != nil || len(list) > 0 {
		return err
	}
	return &registry.Error{Kind: registry.NotFound, Msg: "库里还没有技术需求，请先导入：tepai import needs 文件"}
}
