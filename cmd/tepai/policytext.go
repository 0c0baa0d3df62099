package main

import (
	"fmt"
	"io"
	"strings"

	"tepai/registry/policy"
)

// print is the account for a reader at the terminal.
func (p policyAccount) print(w io.Writer) {
	e := p.Edition
	fmt.Fprintf(w, "%s\n有效期：%s至%s（%s）", e.Title(), e.From.Chinese(), e.Until.Chinese(), e.DatesSource)
	switch {
	case p.InForce:
	case p.Today.Before(e.From):
		fmt.Fprint(w, "，今天尚未生效")
	case e.Until.Before(p.Today):
		fmt.Fprint(w, "，已经期满；期内受理的事项按本版办完，新的事项只保存、不受理")
	}
	fmt.Fprintln(w)
	chapter := ""
	for _, part := range p.Parts {
		if part.Chapter != "" && part.Chapter != chapter {
			chapter = part.Chapter
			fmt.Fprintf(w, "\n%s\n", chapter)
		}
		printPart(w, part)
	}
}

func printPart(w io.Writer, part policy.Part) {
	fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(string(part.Source)+" "+part.Title))
	if part.Quote != "" {
		fmt.Fprintf(w, "  原文：“%s”\n", part.Quote)
	}
	fmt.Fprintf(w, "  %s\n", part.Becomes)
	for _, s := range part.Settings {
		fmt.Fprintf(w, "  设定  %s：%s（%s）  %s\n", s.Name, s.Shown, s.Source, s.Means)
	}
	for _, r := range part.Rules {
		fmt.Fprintf(w, "  规则  %s：%s（%s）\n", ruleName(r), r.Says, joined(r.Sources))
		if r.Who != "" {
			fmt.Fprintf(w, "        办理：%s\n", r.Who)
		}
	}
}

func ruleName(r policy.Rule) string {
	if r.Kind == "" {
		return r.Name
	}
	return r.Kind + "·" + r.Name
}

func joined(sources []policy.Source) string {
	var cited []string
	for _, s := range sources {
		cited = append(cited, string(s))
	}
	return strings.Join(cited, "、")
}
