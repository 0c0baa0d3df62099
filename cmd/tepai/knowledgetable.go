package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"tepai/registry"
	"tepai/segment/knowledge"
)

type knowledgeExport struct {
	File      string `arg:"" name:"文件" help:"写成哪个 csv 文件，可用 Excel 打开。"`
	Overwrite bool   `help:"文件已经有了也覆盖。"`
}

type knowledgeImport struct {
	File      string `arg:"" name:"文件" help:"export 写出、改过的 csv 文件。"`
	Dir       string `arg:"" name:"文件夹" help:"写到哪个文件夹；没有就新建。"`
	Overwrite bool   `help:"文件夹里同名而内容不同的文件也覆盖。"`
}

// exported is what export --json prints; retabled what import --json prints.
type exported struct {
	File string `json:"file"`
	Rows int    `json:"rows"`
}

type retabled struct {
	Dir      string    `json:"dir"`
	Files    []string  `json:"files"`
	Problems []problem `json:"problems"`
}

func (c *knowledgeExport) Run(a *app) error {
	files, err := a.knowledgeFiles("")
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.File); err == nil && !c.Overwrite {
		return conflict("文件 %s 已经有了，请换一个名字，或加 --overwrite 覆盖", c.File)
	}
	var table bytes.Buffer
	if err := knowledge.WriteTable(&table, files); err != nil {
		return err
	}
	if err := replaceFile(c.File, table.Bytes()); err != nil {
		return unwritable(c.File, err)
	}
	result := exported{File: c.File, Rows: bytes.Count(table.Bytes(), []byte("\r\n")) - 1}
	return a.print(result, func(w io.Writer) { fmt.Fprintf(w, "%s：%d 行，可用 Excel 打开\n", result.File, result.Rows) })
}

func (c *knowledgeImport) Run(a *app) error {
	table, err := os.Open(c.File)
	if err != nil {
		return &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("文件 %s 无法打开，请核对路径和权限（%v）", c.File, err)}
	}
	defer table.Close()
	list, err := knowledge.ReadTable(filepath.Base(c.File), table)
	var problems knowledge.Problems
	if errors.As(err, &problems) {
		return &registry.Error{Kind: registry.Invalid, Msg: "没有写入任何文件。" + problems.Error()}
	}
	if err != nil {
		return err
	}
	if err := c.write(list); err != nil {
		return err
	}
	return c.report(a, list)
}

// write puts the files into the folder; it writes none where one may not be overwritten.
func (c *knowledgeImport) write(list []knowledge.TableFile) error {
	var taken []string
	for _, f := range list {
		if old, err := os.ReadFile(filepath.Join(c.Dir, f.Name)); err == nil && string(old) != f.Text {
			taken = append(taken, f.Name)
		}
	}
	if len(taken) > 0 && !c.Overwrite {
		return conflict("没有写入任何文件：%s 里已有内容不同的 %s，请换一个文件夹，或加 --overwrite 覆盖", c.Dir, strings.Join(taken, "、"))
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return unwritable(c.Dir, err)
	}
	for _, f := range list {
		if err := replaceFile(filepath.Join(c.Dir, f.Name), []byte(f.Text)); err != nil {
			return unwritable(c.Dir, err)
		}
	}
	return nil
}

// report checks what has been written, so that an author sees at once what a table has done.
func (c *knowledgeImport) report(a *app, list []knowledge.TableFile) error {
	result := retabled{Dir: c.Dir, Files: []string{}, Problems: []problem{}}
	for _, f := range list {
		result.Files = append(result.Files, f.Name)
	}
	_, problems, err := knowledge.Check(os.DirFS(c.Dir), knowledge.Options{Fields: knownField})
	if err != nil {
		return err
	}
	for _, p := range problems {
		result.Problems = append(result.Problems, problem(p))
	}
	err = a.print(result, func(w io.Writer) {
		for _, p := range result.Problems {
			fmt.Fprintf(w, "%s:%d：%s\n", p.File, p.Line, p.Msg)
		}
		fmt.Fprintf(w, "%s：写入 %d 个文件\n", c.Dir, len(list))
	})
	if err == nil && len(problems) > 0 {
		return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("文件已写入，但知识库有 %d 处问题，请按行号改正", len(problems))}
	}
	return err
}

func conflict(format string, args ...any) error {
	return &registry.Error{Kind: registry.Conflict, Msg: fmt.Sprintf(format, args...)}
}

// unwritable names the file or folder that could not be written.
func unwritable(path string, err error) error {
	return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("%s 无法写入，请核对路径和权限（%v）", path, err)}
}
