package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tepai/registry"
	"tepai/registry/archive"
)

type exportCommand struct {
	All      string `required:"" help:"整库导出到这个文件夹，须是空的或还不存在。" placeholder:"文件夹"`
	WithKeys bool   `help:"连同每个人的数据密钥（用主密钥包着的）；缺省不带，读回之后个人信息打不开。"`
}

func (c *exportCommand) Run(a *app) (err error) {
	began := time.Now()
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log, LockTimeout: backupPatience})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	r, err := archive.Export(a.ctx, store, c.All, archive.ExportOptions{Keys: c.WithKeys})
	if err != nil {
		return err
	}
	return a.printArchived(r, began, "已导出到 "+r.Path, travelling(r))
}

// travelling says which keys of persons went along.
func travelling(r archive.Report) string {
	switch {
	case r.Counts["data_keys"] == 0:
		return "库里没有加密的个人信息"
	case r.Keys:
		return "带有数据密钥：有了密钥文件就能读出个人信息，请像备份一样保管"
	}
	return "没有带上数据密钥：读回之后，加密的个人信息打不开"
}

// whole brings an export back.
func (c *importCommand) whole(a *app) error {
	began := time.Now()
	if c.Kind != "" || c.Update || c.GoodRows || c.DryRun || c.WithoutPersonal {
		return usageError("--all 读回整库，不能再写类别、文件和导入的其他选项")
	}
	known, err := knownHeads(c.Head)
	if err != nil {
		return err
	}
	r, err := archive.Import(a.ctx, c.All, a.Data, archive.RestoreOptions{Known: known})
	if err != nil {
		return err
	}
	return a.printArchived(r, began, "已整库导入到 "+a.Data, compared(known))
}

// named wants a kind and a file where no whole store is read.
func (c *importCommand) named() error {
	switch _, known := recordKinds[c.Kind]; {
	case len(c.Head) > 0:
		return usageError("--head 只与 --all 同用")
	case c.Kind == "":
		return usageError("缺少 <类别> <文件>")
	case !known:
		return usageError(fmt.Sprintf("<类别> 只能是 %s 之一，不能是“%s”", strings.Join([]string{"specialists", "enterprises", "needs"}, "、"), registry.Shorten(c.Kind, 40)))
	case c.File == "":
		return usageError("缺少 <文件>")
	}
	return nil
}
