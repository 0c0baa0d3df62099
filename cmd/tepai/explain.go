package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tepai/matcher"
)

type explainCommand struct {
	Need       string `arg:"" name:"需求编号" help:"哪条需求。"`
	Specialist string `arg:"" name:"特派员编号" help:"哪位特派员。"`
	Limit      int    `help:"名单有几位；不在名单里的，说明为何未入选。" default:"10"`
	On         string `help:"按这一天的资格和名额判断，如 2026-03-01；缺省为今天。" placeholder:"日期"`
}

func (c *explainCommand) Run(a *app) error {
	opt, err := rankOptions(c.Limit, c.On)
	if err != nil {
		return err
	}
	return a.withHouse(func(ctx context.Context, h *house) error {
		account, err := h.engine.Explain(ctx, c.Need, c.Specialist, opt)
		if err != nil {
			return err
		}
		return a.print(account, func(w io.Writer) { printAccount(w, account, c.Limit) })
	})
}

func printAccount(w io.Writer, a matcher.Account, limit int) {
	printDiagnosis(w, a.Diagnosis)
	fmt.Fprintf(w, "%s  第 %d 名  得分 %s\n", person(a.Result), a.Result.Rank, a.Result.Score)
	for _, part := range a.Result.Parts {
		fmt.Fprintf(w, "  %s %s\n", part.Name, part.Value)
		for _, m := range a.Result.Matches {
			if m.Part == part.Name && m.Value != 0 {
				fmt.Fprintf(w, "    %s  %s%s%s\n", m.Value, spaced(m.Term, m.Route), route(m), places(m.Specialist))
			}
		}
	}
	switch {
	case a.Excluded != nil:
		fmt.Fprintf(w, "未列入名单：%s（%s）\n", a.Excluded.Reason, a.Excluded.Source)
	case a.Listed:
		fmt.Fprintf(w, "在前 %d 名之内\n", limit)
	default:
		fmt.Fprintf(w, "不在前 %d 名之内；末位是 %s，得分 %s\n", limit, a.Behind.ID, a.Behind.Score)
		for _, p := range a.Behind.Lost {
			fmt.Fprintf(w, "  %s少 %s\n", p.Name, p.Value)
		}
	}
	if a.WayIn != "" {
		fmt.Fprintln(w, a.WayIn)
	}
}

// route tells by which concept and which line of the knowledge base, or which past need, a term came in.
func route(m matcher.Match) string {
	if m.Concept == "" {
		return ""
	}
	var lines []string
	for _, r := range m.Rules {
		lines = append(lines, r.String())
	}
	if len(lines) == 0 {
		return "“" + m.Concept + "”"
	}
	return "“" + m.Concept + "”（" + strings.Join(lines, "；") + "）"
}

// places names where the specialist says it, each field once; the exact places stand in --json.
func places(spots []matcher.Spot) string {
	var seen []string
	for _, s := range spots {
		if name := fieldName(s.Field); !slices.Contains(seen, name) {
			seen = append(seen, name)
		}
	}
	if len(seen) == 0 {
		return ""
	}
	return "  见" + strings.Join(seen, "、")
}

// fieldName is what a form calls a field.
func fieldName(field string) string {
	names := map[string]string{
		"title": "需求名称", "description": "现状与问题", "wanted": "目标", "field_hint": "技术领域", "industry": "所属行业", "enterprise_type": "企业类型",
		"keywords": "关键词", "fields": "技术领域", "expertise": "专业特长", "achievements": "成果", "service_wish": "服务意向", "evidence": "业绩",
	}
	if name := names[field]; name != "" {
		return name
	}
	return field
}
