package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"tepai/matcher"
)

type diagnoseCommand struct {
	Need string `arg:"" optional:"" name:"需求编号" help:"研判哪条需求。"`
	Text string `help:"直接给出需求文字；“-”从标准输入读取。" placeholder:"文字"`
}

func (c *diagnoseCommand) Run(a *app) error {
	if given(c.Need, c.Text) != 1 {
		return usageError("请给出一项：需求编号，或 --text 需求文字")
	}
	if c.Need != "" {
		return a.withHouse(func(ctx context.Context, h *house) error {
			d, err := h.engine.Diagnose(ctx, c.Need)
			if err != nil {
				return err
			}
			return a.print(d, func(w io.Writer) { printDiagnosed(w, d) })
		})
	}
	text, err := a.textOf(c.Text)
	if err != nil {
		return err
	}
	base, err := a.knowledgeBase()
	if err != nil {
		return err
	}
	d := matcher.DiagnoseText(base, text)
	return a.print(d, func(w io.Writer) { printDiagnosed(w, d) })
}

// printDiagnosed shows a diagnosis with the lines that fired.
func printDiagnosed(w io.Writer, d matcher.Diagnosis) {
	if d.Source == "" {
		fmt.Fprintln(w, "知识库里没有与这段文字有关的条目，没有研判结果。")
		return
	}
	printDiagnosis(w, d)
	for _, f := range d.Fired {
		fmt.Fprintf(w, "  %s 第 %d 行  %s  ← “%s”（%s）\n", f.File, f.Line, f.What, f.Text, fieldName(f.Field))
	}
}

// printDiagnosis shows field, causes and terms in a few lines; nothing when nothing is known.
func printDiagnosis(w io.Writer, d matcher.Diagnosis) {
	if d.Source == "" {
		return
	}
	fmt.Fprintf(w, "需求研判（%s）：领域 %s\n", d.Source, d.Field)
	if d.Causes != "" {
		fmt.Fprintf(w, "  可能的原因：%s\n", d.Causes)
	}
	if len(d.Terms) > 0 {
		fmt.Fprintf(w, "  技术术语：%s\n", strings.Join(d.Terms, "、"))
	}
}
