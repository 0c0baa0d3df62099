package main

import (
	"fmt"
	"io"
	"strings"

	"tepai/registry/policy"
)

// markdown is the account as a document; it says nothing about the day on which it is written.
func (p policyAccount) markdown(w io.Writer) {
	e := p.Edition
	fmt.Fprintln(w, "<!-- 由 tepai policy show --markdown 生成，请勿手改；改动条文、设定或规则的表以后运行 go generate ./cmd/tepai -->")
	fmt.Fprintln(w, "# 制度：从条文到软件")
	fmt.Fprintf(w, "\n%s，有效期 %s至%s（出处：%s）。\n", e.Title(), e.From.Chinese(), e.Until.Chinese(), e.DatesSource)
	fmt.Fprintln(w, "\n每条规则都写明依据：条款（制度的原话）、实施细则、联合通知或本中心设定。“取值”是本版的值；标“＊”的由本版另行规定，其余为缺省值。"+
		"设定的键名供版本文件使用。")
	chapter := ""
	for _, part := range p.Parts {
		if part.Chapter != chapter && part.Chapter != "" {
			chapter = part.Chapter
			fmt.Fprintf(w, "\n## %s\n", chapter)
		}
		level := "###"
		if part.Chapter == "" {
			level = "##"
		}
		fmt.Fprintf(w, "\n%s %s\n", level, strings.TrimSpace(string(part.Source)+" "+part.Title))
		markPart(w, part)
	}
	markSizes(w, e.Settings)
}

func markPart(w io.Writer, part policy.Part) {
	if part.Quote != "" {
		fmt.Fprintf(w, "\n> %s\n", part.Quote)
	}
	fmt.Fprintf(w, "\n%s\n", part.Becomes)
	if len(part.Settings) > 0 {
		tableHead(w, "设定", "取值", "可取", "含义", "用于", "依据", "键名")
	}
	for _, s := range part.Settings {
		value := s.Shown
		if s.Changed {
			value += "＊"
		}
		tableRow(w, s.Name, value, s.Allowed, s.Means, s.UsedIn, string(s.Source), "`"+s.Key+"`")
	}
	if len(part.Rules) > 0 {
		tableHead(w, "规则", "内容", "谁可以办", "依据", "测试")
	}
	for _, r := range part.Rules {
		tableRow(w, ruleName(r), r.Says, r.Who, joined(r.Sources), tests(r))
	}
}

func tests(r policy.Rule) string {
	var names []string
	for _, name := range r.Tests {
		names = append(names, "`"+name+"`")
	}
	return strings.Join(names, " ")
}

// markSizes prints the 划型标准, the one setting that is a table itself.
func markSizes(w io.Writer, s policy.Settings) {
	fmt.Fprintln(w, "\n## 划型标准")
	fmt.Fprintln(w, "\n达到一档的全部起点才是该档，低于小型的为微型；从业人员以人计，营业收入和资产总额以万元计。行业代码按 GB/T 4754—2017。")
	tableHead(w, "行业", "代码", "指标", "大型", "中型", "小型")
	for _, g := range s.Sizes(policy.SizeStandards) {
		for _, f := range g.Floors {
			tableRow(w, g.Name, strings.Join(g.Industries, " "), string(f.Measure), fmt.Sprint(f.Large), fmt.Sprint(f.Medium), fmt.Sprint(f.Small))
		}
	}
}

func tableHead(w io.Writer, cells ...string) {
	fmt.Fprintln(w)
	tableRow(w, cells...)
	fmt.Fprintln(w, "|"+strings.Repeat("---|", len(cells)))
}

func tableRow(w io.Writer, cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", "\\|")
	}
	fmt.Fprintln(w, "| "+strings.Join(cells, " | ")+" |")
}
