package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tepai/matcher"
	"tepai/registry"
	"tepai/registry/intake"
	"tepai/testdata"
)

type demoCommand struct {
	Need  string `arg:"" optional:"" name:"需求编号" help:"示例库中的哪条需求；缺省为选好的一条。"`
	Once  bool   `help:"打印之后结束。"`
	Limit int    `help:"最多列出几位。" default:"5"`
}

// Run imports the sample pool into a store that is thrown away afterwards, and ranks a sample need, through the same doors as
// the real commands.
func (c *demoCommand) Run(a *app) error {
	opt, err := rankOptions(c.Limit, "")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "tepai-demo-")
	if err != nil {
		return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("临时文件夹无法建立，请检查磁盘空间和权限（%v）", err)}
	}
	a.Data, a.moment = dir, true
	return errors.Join(c.show(a, opt), os.RemoveAll(dir))
}

func (c *demoCommand) show(a *app, opt matcher.RankOptions) error {
	counts, err := a.importSample()
	if err != nil {
		return err
	}
	return a.withHouse(func(ctx context.Context, h *house) error {
		id := c.Need
		if id == "" {
			id = testdata.DemoNeed
		}
		need, err := h.store.Need(ctx, id)
		if err != nil {
			return err
		}
		r, err := h.engine.Rank(ctx, id, opt)
		if err != nil {
			return err
		}
		if a.JSON {
			return a.printJSON(r)
		}
		fmt.Fprintf(a.stdout, "示例库（人员和企业均为虚构）：特派员 %d 位，企业 %d 家，需求 %d 条\n\n", counts[0], counts[1], counts[2])
		if err := printNeed(ctx, a, h, need); err != nil {
			return err
		}
		printRanking(a.stdout, r, h.called(ctx, registry.KindSpecialist))
		fmt.Fprintf(a.stdout, "\n每位的得分等于括号中各项之和。换一条需求：tepai demo 需求编号；用自己的数据：见 README。\n")
		return nil
	})
}

func printNeed(ctx context.Context, a *app, h *house, need registry.Need) error {
	enterprise, err := h.store.Enterprise(ctx, need.EnterpriseID)
	var refusal *registry.Error
	if err != nil && !(errors.As(err, &refusal) && refusal.Kind == registry.NotFound) {
		return err
	}
	fmt.Fprintf(a.stdout, "需求 %s\n  %s\n", spaced(need.ID, need.Title, enterprise.Name), need.Description)
	if need.Wanted != "" {
		fmt.Fprintf(a.stdout, "  目标：%s\n", need.Wanted)
	}
	fmt.Fprintln(a.stdout)
	return nil
}

// importSample reads the embedded files and puts them into the store; it counts specialists, enterprises and needs.
func (a *app) importSample() (counts [3]int, err error) {
	store, err := registry.Open(a.Data, registry.Options{Create: true, Logger: a.log})
	if err != nil {
		return counts, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for i, name := range []string{"specialists", "enterprises", "needs"} {
		f, err := testdata.Sample().Open(name + ".jsonl")
		if err != nil {
			return counts, fmt.Errorf("sample pool: %w", err)
		}
		batch, err := intake.Read(f, name+".jsonl", recordKinds[name], intake.Options{})
		if err := errors.Join(err, batch.Err(), f.Close()); err != nil {
			return counts, fmt.Errorf("sample pool: %w", err)
		}
		if _, err := store.PutAll(a.ctx, registry.Actor{ID: "demo"}, batch.Records(), registry.PutOptions{}); err != nil {
			return counts, err
		}
		counts[i] = batch.Len()
	}
	return counts, nil
}
