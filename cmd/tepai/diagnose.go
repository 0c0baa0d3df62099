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

// diagnosed is what diagnose --json prints.
type diagnosed struct {
	matcher.Diagnosis
	Hints []matcher.Hint `json:"hints"` // what the need does not say yet
}

func (c *diagnoseCommand) Run(a *app) error {
	if given(c.Need, c.Text) != 1 {
		return usageError("请给出一项：需求编号，或 --text 需求文字")
	}
	if c.Need != "" {
		return a.withHouse(func(ctx context.Context, h *house) error {
			var d diagnosed
			var err error
			if d.Diagnosis, err = h.engine.Diagnose(ctx, c.Need); err != nil {
				return err
			}
			if d.Hints, err = h.engine.Hints(ctx, c.Need); err != nil {
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
	d := diagnosed{matcher.DiagnoseText(base, text), matcher.HintsText(base, text)}
	return a.print(d, func(w io.Writer) { printDiagnosed(w, d) })
}

// printDiagnosed shows a diagnosis with the lines that fired, and what the need does not say.
func printDiagnosed(w io.Writer, d diagnosed) {
	if d.Source == "" {
		fmt.Fprintln(w, "知识库里没有与这段文字有关的条目，没有研判结果。")
	}
	printDiagnosis(w, d.Diagnosis)
	for _, f := range d.Fired {
		fmt.Fprintf(w, "  %s 第 %d 行  %s  ← “%s”（%s）\n", f.File, f.Line, f.What, f.Text, fieldName(f.Field))
	}
	for _, l := range d.Lent {
		fmt.Fprintf(w, "  同类需求 %s 的研判（相似度 %s）→ %s\n", l.Need, l.Likeness, strings.Join(l.Terms, "、"))
	}
	if len(d.Hints) > 0 {
		fmt.Fprintln(w, "填写提示：写上这些，找人更准")
	}
	for _, h := range d.Hints {
		fmt.Fprintf(w, "  %s：%s\n", h.Aspect, h.Question)
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
