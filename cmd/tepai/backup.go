package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"tepai/registry"
	"tepai/registry/archive"
)

// backupPatience is how long a backup waits for another process to let the store go: one that runs every night must not
// fail because a short command was at work.
const backupPatience = 30 * time.Second

type backupCommand struct {
	Out        string   `required:"" help:"写成哪个文件；已有的不会覆盖。" placeholder:"文件"`
	Recipient  []string `help:"加密给这个公钥（age1…，由 age-keygen 生成）；可重复。缺省不加密。" placeholder:"公钥" sep:"none"`
	Recipients string   `name:"recipients-file" help:"公钥的文件，每行一个。" placeholder:"文件"`
	Identity   string   `help:"私钥文件：写完之后解密读回，逐字节核对；缺省只核对密文。" placeholder:"文件"`
}

// archived is what --json prints of backup, restore, export and import --all.
type archived struct {
	archive.Report
	Seconds float64 `json:"seconds"`
}

func (c *backupCommand) Run(a *app) (err error) {
	began := time.Now()
	opt := archive.BackupOptions{}
	if opt.To, err = archive.ReadRecipients(c.Recipient, c.Recipients); err != nil {
		return err
	}
	if opt.With, err = archive.ReadIdentities(c.Identity); err != nil {
		return err
	}
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log, LockTimeout: backupPatience})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	r, err := archive.Backup(a.ctx, store, c.Out, opt)
	if err != nil {
		return err
	}
	return a.printArchived(r, began, "已备份到 "+r.Path, proved(r))
}

// proved says in words what is known of a backup after it was written.
func proved(r archive.Report) string {
	switch {
	case r.Proof == archive.ByBytes:
		return "已加密。写入前的副本核验无误，密文已读回核对；没有给出私钥，所以没有试解密，请定期用 restore 演练"
	case r.Encrypted:
		return "已加密。写完后解密读回，与核验无误的副本逐字节相同"
	}
	return "没有加密，请像数据文件一样保管。写完后读回，与核验无误的副本逐字节相同"
}

type restoreCommand struct {
	File     string   `arg:"" name:"文件" help:"tepai backup 写下的文件。"`
	Identity string   `help:"私钥文件；备份加密时需要。" placeholder:"文件"`
	Head     []string `help:"以前另行保存的日志头，或保存它们的文件，一并核对；可重复。" placeholder:"序号:哈希|文件" sep:"none"`
}

func (c *restoreCommand) Run(a *app) error {
	began := time.Now()
	known, err := knownHeads(c.Head)
	if err != nil {
		return err
	}
	with, err := archive.ReadIdentities(c.Identity)
	if err != nil {
		return err
	}
	r, err := archive.Restore(a.ctx, c.File, a.Data, archive.RestoreOptions{With: with, Known: known})
	if err != nil {
		return err
	}
	return a.printArchived(r, began, "已恢复到 "+a.Data, compared(known))
}

// compared says what a head kept elsewhere adds to what was restored.
func compared(known []registry.Head) string {
	if len(known) == 0 {
		return "内容与清单逐项相符，变更日志前后相接。请把日志头与另行保存的核对"
	}
	return fmt.Sprintf("内容与清单逐项相符，变更日志前后相接，与另行保存的 %d 个日志头相符", len(known))
}

// printArchived prints a report; for a person, told leads it and ended closes it.
func (a *app) printArchived(r archive.Report, began time.Time, told, ended string) error {
	took := time.Since(began).Seconds()
	return a.print(archived{r, took}, func(w io.Writer) {
		fmt.Fprintf(w, "%s（%s，%.1f 秒）\n数据写于 %s\n%s\n日志头 %s\n%s\n", told, mebibytes(r.Bytes), took,
			r.Made.In(registry.Shanghai).Format("2006-01-02 15:04:05"), tally(r.Counts), r.Head, ended)
	})
}

// tally names the records by kind, as a person reads them, and the changes.
func tally(counts registry.Counts) string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if word := registry.RecordKind(name).String(); word != name {
			said = append(said, fmt.Sprintf("%s %d", word, counts[name]))
		}
	}
	return strings.Join(append(said, fmt.Sprintf("变更 %d", counts["changes"])), "，")
}
