package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"time"

	"tepai/registry"
	"tepai/registry/intake"
)

type importCommand struct {
	Kind     string `arg:"" optional:"" name:"类别" help:"specialists（特派员）、enterprises（企业）或 needs（技术需求）。"`
	File     string `arg:"" optional:"" name:"文件" help:"csv 或 jsonl 文件；编码（UTF-8、GB18030）自动识别。"`
	Update   bool   `help:"编号相同而内容不同的，以文件为准更新；缺省为整批拒绝。"`
	GoodRows bool   `help:"只导入没有错误的行；缺省为全部正确才导入。"`
	DryRun   bool   `help:"只检查，报告将新增、更新几条，不写入。"`

	All  string   `help:"读回 export --all 写下的整库，只能进空的数据文件夹；不写类别和文件。" placeholder:"文件夹"`
	Head []string `help:"与 --all 同用：以前另行保存的日志头或其文件，一并核对，可重复。" placeholder:"序号:哈希|文件" sep:"none"`

	WithoutPersonal bool `help:"不要文件里的个人信息（证件号码、手机、银行账号等），只导入其余的；缺省要用 --key 加密保存。"`
}

// imported is what --json prints.
type imported struct {
	File      string   `json:"file"`
	Created   int      `json:"created"`
	Updated   int      `json:"updated"`
	Unchanged int      `json:"unchanged"`
	Faults    []fault  `json:"faults"`
	MoreFault int      `json:"more_faults,omitempty"`
	Ignored   []string `json:"ignored_columns,omitempty"`
	Doubts    []fault  `json:"doubts,omitempty"`
	Personal  int      `json:"personal"`                   // persons whose personal data are new or differ
	Dropped   int      `json:"personal_dropped,omitempty"` // persons whose personal data were left out as told
	DryRun    bool     `json:"dry_run,omitempty"`
	Head      uint64   `json:"head"`
}

// fault is one thing that is wrong with a file.
type fault struct {
	Line   int    `json:"line"`
	Column int    `json:"column,omitempty"`
	ID     string `json:"id,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
	Remedy string `json:"remedy,omitempty"`
	Raw    string `json:"raw,omitempty"`
}

var recordKinds = map[string]registry.RecordKind{
	"specialists": registry.KindSpecialist, "enterprises": registry.KindEnterprise, "needs": registry.KindNeed,
}

func (c *importCommand) Run(a *app) error {
	if c.All != "" {
		return c.whole(a)
	}
	if err := c.named(); err != nil {
		return err
	}
	batch, err := c.read()
	if err != nil {
		return err
	}
	result := imported{File: c.File, Faults: []fault{}, MoreFault: batch.More, Ignored: batch.Ignored, DryRun: c.DryRun}
	for _, f := range batch.Faults {
		result.Faults = append(result.Faults, fault(f))
	}
	if len(batch.Faults) > 0 && !c.GoodRows {
		return errors.Join(a.printJSON(result), batch.Err(), errNothingWritten)
	}
	if err := c.settlePersonal(a, &batch, &result); err != nil {
		return err
	}
	for _, f := range batch.Doubts {
		result.Doubts = append(result.Doubts, fault(f))
	}
	if err := c.write(a, &batch, &result); err != nil {
		return hintUpdate(err)
	}
	for _, f := range batch.Faults {
		fmt.Fprintf(a.stderr, "未导入：%s\n", f)
	}
	for _, f := range batch.Doubts {
		fmt.Fprintf(a.stderr, "请核对：%s\n", f)
	}
	return a.print(result, func(w io.Writer) { printImported(w, result) })
}

// errNothingWritten stands behind the faults of a file.
var errNothingWritten = &registry.Error{Kind: registry.Invalid, Msg: "没有写入任何数据。改正后重新导入，或加 --good-rows 只导入没有错误的行"}

// hintUpdate names the flag by which a clerk takes the way out that the store proposes.
func hintUpdate(err error) error {
	var refusal *registry.Error
	if errors.As(err, &refusal) && refusal.Kind == registry.Conflict {
		return &registry.Error{Kind: refusal.Kind, Msg: refusal.Msg + "（加 --update）"}
	}
	return err
}

func (c *importCommand) read() (intake.Batch, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return intake.Batch{}, &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("文件 %s 无法打开，请核对路径和权限（%v）", c.File, err)}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return intake.Batch{}, &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("%s 是文件夹，请写明其中的 csv 或 jsonl 文件", c.File)}
	}
	return intake.Read(f, c.File, recordKinds[c.Kind], intake.Options{Today: registry.DateOf(time.Now())})
}

// write puts the batch into the store; a dry run only finds out what that would do. Where there is no store yet, a dry run
// makes none: everything would be new.
func (c *importCommand) write(a *app, batch *intake.Batch, result *imported) (err error) {
	keys, err := a.keys()
	if err != nil {
		return err
	}
	store, err := registry.Open(a.Data, registry.Options{Create: !c.DryRun, Keys: keys, Logger: a.log})
	var refusal *registry.Error
	if c.DryRun && errors.As(err, &refusal) && refusal.Kind == registry.NotFound {
		result.Created, result.Personal = batch.Len(), len(batch.Persons())
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	report, err := store.PutAll(a.ctx, registry.Actor{ID: operator("import")}, batch.Records(), registry.PutOptions{Update: c.Update, DryRun: c.DryRun})
	if err != nil {
		return err
	}
	result.Created, result.Updated, result.Unchanged, result.Head = report.Created, report.Updated, report.Unchanged, report.Head.Seq
	result.Personal = report.Personal
	return nil
}

// operator names the command and who sits at the machine, for the change log.
func operator(command string) string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return command + ":" + u.Username
	}
	return command
}

func printImported(w io.Writer, r imported) {
	verb, tail := "", fmt.Sprintf("，变更日志到第 %d 条", r.Head)
	if r.DryRun {
		verb, tail = "将", "。只是检查，没有写入任何数据"
	}
	fmt.Fprintf(w, "%s：%s新增 %d，%s更新 %d，未变 %d%s\n", r.File, verb, r.Created, verb, r.Updated, r.Unchanged, tail)
	if n := len(r.Faults) + r.MoreFault; n > 0 {
		fmt.Fprintf(w, "另有 %d 处错误，所在的行没有导入\n", n)
	}
	for _, column := range r.Ignored {
		fmt.Fprintf(w, "没有用到的列：%s\n", column)
	}
	if r.Personal > 0 {
		fmt.Fprintf(w, "%s加密保存 %d 人的个人信息\n", verb, r.Personal)
	}
	if r.Dropped > 0 {
		fmt.Fprintf(w, "按 --without-personal 没有保存 %d 人的个人信息\n", r.Dropped)
	}
}
