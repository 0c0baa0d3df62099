package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"tepai/registry"
)

// Exit codes.
const (
	done     = 0
	refused  = 1 // the input or the state of things does not allow it
	wrongUse = 2 // the command line is not understood
	trouble  = 3 // something inside broke
)

// commands are all that the program can do, in the order of the help.
type commands struct {
	Demo      demoCommand      `cmd:"" help:"用内置示例库演示：为一条示例需求推荐特派员并逐项说明理由。"`
	Import    importCommand    `cmd:"" help:"导入特派员、企业或技术需求（jsonl、csv）。"`
	Match     matchCommand     `cmd:"" help:"为需求推荐特派员，或为特派员推荐需求，附理由。"`
	Explain   explainCommand   `cmd:"" help:"逐项说明一对需求与特派员的得分，以及为何未入选。"`
	Diagnose  diagnoseCommand  `cmd:"" help:"需求研判：从现象到可能的原因与技术术语。"`
	Knowledge knowledgeCommand `cmd:"" help:"知识库：检查、统计、查词、看一段文字怎样得出研判、与表格互换。"`
	Search    searchCommand    `cmd:"" help:"检索特派员、企业和需求。"`
	Score     scoreCommand     `cmd:"" help:"为文件中的每一对需求与特派员打分（批量作业）。"`
	Eval      evalCommand      `cmd:"" help:"用评判过的集合衡量排序质量。"`
	Learn     learnCommand     `cmd:"" help:"在评判过的集合上学排序权重：没有见过的需求上有提高才写出新版本。"`
	Policy    policyCommand    `cmd:"" help:"制度：条文、设定、规则和它们的依据。"`
	Reindex   reindexCommand   `cmd:"" help:"从变更日志重建索引。"`
	Verify    verifyCommand    `cmd:"" help:"核验变更日志是否被改动过。"`
	Backup    backupCommand    `cmd:"" help:"备份：整库写成一个文件，可以加密，写完即读回核对。"`
	Restore   restoreCommand   `cmd:"" help:"恢复：把备份放进一个空的数据文件夹，核对无误才放进去。"`
	Compact   compactCommand   `cmd:"" help:"压缩数据文件，把不再使用的空间还给磁盘。"`
	Export    exportCommand    `cmd:"" help:"整库导出为别的程序也能读的文本，import --all 读回。"`
	Keys      keyCommand       `cmd:"" name:"key" help:"密钥文件：新建、更换主密钥。个人信息用它加密。"`
	Doctor    doctorCommand    `cmd:"" help:"体检：数据文件、变更日志、索引、词典、知识库和排序权重。"`

	settings
}

// settings are the flags of every command; each can also stand in the environment or in the settings file.
type settings struct {
	Data      string `help:"数据文件夹（TEPAI_DATA）。" default:"./tepai-data" placeholder:"文件夹"`
	Config    string `help:"设置文件（YAML，TEPAI_CONFIG）；缺省读取 ./tepai.yaml，没有则略过。" placeholder:"文件"`
	Knowledge string `help:"用此文件夹里的知识库代替内置的，供试验（TEPAI_KNOWLEDGE）。" placeholder:"文件夹"`
	Weights   string `help:"用这份排序权重代替内置的，见 tepai learn（TEPAI_WEIGHTS）。" placeholder:"文件"`
	Key       string `help:"密钥文件，保存个人信息要用它，见 tepai key create（TEPAI_KEY）。" placeholder:"文件"`
	Cache     string `help:"词典和知识库的缓存文件夹；“-”表示不缓存（TEPAI_CACHE）。" placeholder:"文件夹"`
	JSON      bool   `help:"输出 JSON，供其他程序读取（TEPAI_JSON）。" name:"json"`
	Verbose   bool   `help:"同时显示运行日志（TEPAI_VERBOSE）。"`
}

// app is what a command works with.
type app struct {
	settings
	ctx    context.Context
	stdin  io.Reader
	stdout *bufio.Writer
	stderr io.Writer
	log    *slog.Logger
	moment bool // the store is made for this run and thrown away after it
}

// Run is the whole program as a value: it reads no global state but the environment, and gives the exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(stderr, "内部错误，请把以下文字交给管理员：%v\n%s", p, debug.Stack())
			code = trouble
		}
	}()
	out := bufio.NewWriter(stdout)
	code = run(ctx, args, stdin, out, stderr)
	return delivered(code, out.Flush(), stderr)
}

// delivered is the exit code of a run whose output could not be written. A reader that has left on purpose (| head) is told nothing.
func delivered(code int, err error, stderr io.Writer) int {
	if err == nil {
		return code
	}
	if !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintf(stderr, "错误：结果没有写完，请检查输出的去处（磁盘空间、权限）：%v\n", err)
	}
	return max(code, refused)
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout *bufio.Writer, stderr io.Writer) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli, kong.Name("tepai"), kong.Description("科技特派员供需匹配：推荐谁去帮哪家企业，并说清为什么。"),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }), kong.Help(printHelp),
		kong.ShortHelp(printHelp), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(stderr, "内部错误：", err)
		return trouble
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help":
		args = append(slices.Clone(args[1:]), "--help")
	}
	var parsed *kong.Context
	if err = settle(parser, args); err == nil {
		parsed, err = parser.Parse(args)
	}
	if exited >= 0 {
		return done // help was asked for and printed
	}
	if err != nil {
		fmt.Fprintf(stderr, "用法错误：%s\n请看 %s --help\n", usageFault(err), spoken(err))
		return wrongUse
	}
	if cli.Data == "" {
		fmt.Fprintln(stderr, "用法错误：--data 后面是空的，请写明数据文件夹")
		return wrongUse
	}
	a := &app{settings: cli.settings, ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr, log: slog.New(slog.DiscardHandler)}
	if a.Verbose {
		a.log = slog.New(slog.NewTextHandler(stderr, nil))
	}
	return a.code(parsed.Run(a))
}

// code says on stderr what went wrong and gives the exit code for it.
func (a *app) code(err error) int {
	var use usageError
	switch {
	case err == nil:
		return done
	case errors.As(err, &use):
		fmt.Fprintf(a.stderr, "用法错误：%s\n", use)
		return wrongUse
	case a.ctx.Err() != nil:
		fmt.Fprintln(a.stderr, "已中断，没有写完的内容不会留下半截数据")
		return refused
	}
	if refusals := refusalsOf(err); len(refusals) > 0 {
		fmt.Fprintf(a.stderr, "错误：%s\n", strings.Join(refusals, "\n"))
		return refused
	}
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		fmt.Fprintf(a.stderr, "错误：文件无法打开，请核对路径和权限：%v\n", err)
		return refused
	}
	fmt.Fprintf(a.stderr, "内部错误，请把这行文字交给管理员：%v\n", err)
	return trouble
}

// refusalsOf gives the sentences of all refusals in an error. A field is named only where the sentence itself does not.
func refusalsOf(err error) (all []string) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok && !isRefusal(err) {
		for _, e := range joined.Unwrap() {
			all = append(all, refusalsOf(e)...)
		}
		return all
	}
	var refusal *registry.Error
	if !errors.As(err, &refusal) {
		return nil
	}
	if strings.Contains(refusal.Msg, refusal.Field) {
		return []string{refusal.Msg}
	}
	return []string{refusal.Error()}
}

// isRefusal tells a refusal that carries its cause from several errors side by side: the former speaks the refusal's own words.
func isRefusal(err error) bool {
	var refusal *registry.Error
	return errors.As(err, &refusal) && err.Error() == refusal.Error()
}

// usageError is a command line that cannot be carried out as it stands.
type usageError string

func (e usageError) Error() string { return string(e) }
