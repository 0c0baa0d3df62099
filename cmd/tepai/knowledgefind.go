package main

import (
	"fmt"
	"io"
	"strings"

	"tepai/segment/knowledge"
)

type knowledgeFind struct {
	Text  string `arg:"" name:"词" help:"查什么；名称就是它的排在前面，然后是说法就是它的，再是说法里含有它的。"`
	Limit int    `help:"最多列出几条。" default:"20"`
}

// listed is what find --json prints.
type listed struct {
	Total   int     `json:"total"`
	Entries []entry `json:"entries"`
}

type entry struct {
	Kind     string   `json:"kind"` // 概念, 物类, 症状
	Name     string   `json:"name"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Wordings []string `json:"wordings"`
	Broader  []string `json:"broader"`
	Narrower []string `json:"narrower"`
	Fields   []string `json:"fields"`
	Rules    []rule   `json:"rules"` // that ask for it or conclude it
}

// rule is a rule's line.
type rule struct {
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Condition string   `json:"condition"`
	Causes    []weight `json:"causes"`
	Terms     []weight `json:"terms"`
	Fields    []string `json:"fields"`
	Example   string   `json:"example"`
}

// weight is a name and what it is worth, 0…1.
type weight struct {
	Name   string  `json:"name"`
	Weight float64 `json:"weight"`
}

func (c *knowledgeFind) Run(a *app) error {
	if c.Limit < 1 {
		return usageError("--limit 应为 1 或更大")
	}
	if strings.TrimSpace(c.Text) == "" {
		return usageError("请写明查什么词，如 tepai knowledge find 渗漏")
	}
	base, err := a.knowledgeBase()
	if err != nil {
		return err
	}
	found := base.Find(c.Text)
	result := listed{Total: len(found), Entries: []entry{}}
	for _, e := range found[:min(c.Limit, len(found))] {
		result.Entries = append(result.Entries, entryOf(base, e))
	}
	return a.print(result, func(w io.Writer) { printEntries(w, result, c.Text) })
}

func entryOf(base *knowledge.Base, e knowledge.Entry) entry {
	out := entry{e.Kind.String(), e.Name, e.File, e.Line, some(e.Wordings), some(e.Broader), some(e.Narrower), some(e.Fields), []rule{}}
	for _, at := range e.Rules {
		if r, ok := ruleAt(base, at); ok {
			out.Rules = append(out.Rules, r)
		}
	}
	return out
}

func ruleAt(base *knowledge.Base, at knowledge.Place) (rule, bool) {
	r, ok := base.RuleAt(at)
	return rule{r.File, r.Line, r.Condition, weightsOf(r.Causes), weightsOf(r.Terms), some(r.Fields), r.Example}, ok
}

func weightsOf(list []knowledge.Weighted) []weight {
	out := []weight{}
	for _, w := range list {
		out = append(out, weight{w.Name, float64(w.Weight) / knowledge.One})
	}
	return out
}

// some is a list for JSON: never null.
func some(list []string) []string { return append([]string{}, list...) }

func printEntries(w io.Writer, l listed, text string) {
	if l.Total == 0 {
		fmt.Fprintf(w, "知识库里没有含“%s”的说法。\n", text)
		return
	}
	for _, e := range l.Entries {
		fmt.Fprintf(w, "%s %s  %s 第 %d 行\n", e.Kind, e.Name, e.File, e.Line)
		row(w, "说法", e.Wordings)
		row(w, "上位", e.Broader)
		row(w, "下位", e.Narrower)
		row(w, "领域", e.Fields)
		for _, r := range e.Rules {
			fmt.Fprintf(w, "  规则  %s 第 %d 行  %s → %s\n", r.File, r.Line, r.Condition, concluded(r))
		}
	}
	if more := l.Total - len(l.Entries); more > 0 {
		fmt.Fprintf(w, "还有 %d 条，加 --limit %d 全部列出\n", more, l.Total)
	}
}

func row(w io.Writer, title string, list []string) {
	if len(list) > 0 {
		fmt.Fprintf(w, "  %s  %s\n", title, strings.Join(list, "、"))
	}
}

// concluded writes a rule's causes and terms: 缩松 0.80、气孔 0.50；浸渗处理 0.60.
func concluded(r rule) string {
	var sides []string
	for _, list := range [][]weight{r.Causes, r.Terms} {
		var said []string
		for _, x := range list {
			said = append(said, fmt.Sprintf("%s %.2f", x.Name, x.Weight))
		}
		if said != nil {
			sides = append(sides, strings.Join(said, "、"))
		}
	}
	return strings.Join(sides, "；")
}
