package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"

	"tepai/registry"
	"tepai/segment/knowledge"
)

// knowledgeCommand is for those who write the knowledge base; docs/knowledge.md is their handbook.
type knowledgeCommand struct {
	Check  knowledgeCheck  `cmd:"" help:"检查知识库：写错的行、触发不了的例句，一次全部列出。"`
	Stats  knowledgeStats  `cmd:"" help:"知识库里有多少条目，哪些领域还没有规则。"`
	Find   knowledgeFind   `cmd:"" help:"在知识库里查一个词：哪些条目有这个说法，写在哪一行，用在哪些规则里。"`
	Trace  knowledgeTrace  `cmd:"" help:"看一段文字怎样得出研判：认出了什么，触发了哪一行，权重多少。"`
	Study  knowledgeStudy  `cmd:"" help:"拿没有见过的需求量一量：领域对不对，术语够不够，有没有误推。"`
	Export knowledgeExport `cmd:"" help:"把知识库写成一张表（csv），在 Excel 里看和改。"`
	Import knowledgeImport `cmd:"" help:"把改过的表写回知识库文件夹，并检查。"`
}

type knowledgeCheck struct {
	Dir string `arg:"" optional:"" name:"文件夹" help:"检查哪个文件夹；缺省为 --knowledge 的，再缺省为内置的。"`
}

// checked is what check --json prints.
type checked struct {
	Stats    counted   `json:"stats"`
	Problems []problem `json:"problems"`
}

type problem struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Msg  string `json:"msg"`
}

func (c *knowledgeCheck) Run(a *app) error {
	files, err := a.knowledgeFiles(c.Dir)
	if err != nil {
		return err
	}
	stats, problems, err := knowledge.Check(files, knowledge.Options{Fields: knownField})
	if err != nil {
		return err
	}
	if stats.Files == 0 {
		return &registry.Error{Kind: registry.NotFound, Msg: "文件夹里没有知识库文件（*.txt），请核对路径"}
	}
	result := checked{Stats: countedOf(stats), Problems: []problem{}}
	for _, p := range problems {
		result.Problems = append(result.Problems, problem(p))
	}
	if err := a.print(result, func(w io.Writer) { printChecked(w, result) }); err != nil {
		return err
	}
	if n := len(problems); n > 0 {
		return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("知识库有 %d 处问题，请按行号改正后再检查", n)}
	}
	return nil
}

func printChecked(w io.Writer, c checked) {
	for _, p := range c.Problems {
		fmt.Fprintf(w, "%s:%d：%s\n", p.File, p.Line, p.Msg)
	}
	if len(c.Problems) == 0 {
		fmt.Fprintf(w, "没有问题：%d 个文件，%d 条规则的例句都能触发\n", c.Stats.Files, c.Stats.Rules)
	}
}

// knowledgeFiles are those of a folder that the command names, of --knowledge, or the embedded ones.
func (a *app) knowledgeFiles(dir string) (fs.FS, error) {
	if dir == "" {
		dir = a.Knowledge
	}
	if dir == "" {
		return knowledge.Embedded(), nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, usageError(fmt.Sprintf("知识库文件夹 %s 不存在，请核对路径（参数或 --knowledge）", dir))
	}
	return os.DirFS(dir), nil
}

func knownField(name string) bool {
	_, ok := registry.ParseField(name)
	return ok
}
