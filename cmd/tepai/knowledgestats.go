package main

import (
	"fmt"
	"io"
	"strings"

	"tepai/registry"
	"tepai/segment/knowledge"
)

type knowledgeStats struct{}

// counted is what a base, a file or a field holds.
type counted struct {
	Name     string `json:"name,omitempty"`
	Files    int    `json:"files,omitempty"`
	Concepts int    `json:"concepts"`
	Objects  int    `json:"objects"`
	Symptoms int    `json:"symptoms"`
	Rules    int    `json:"rules"`
	Wordings int    `json:"wordings"`
}

// surveyed is what stats --json prints.
type surveyed struct {
	Generation string    `json:"generation"`
	Total      counted   `json:"total"`
	Files      []counted `json:"by_file"`
	Fields     []counted `json:"by_field"`            // in the taxonomy's order
	Unruled    []string  `json:"fields_without_rule"` // fields below a group to which no rule leads
}

func countedOf(s knowledge.Stats) counted {
	return counted{"", s.Files, s.Concepts, s.Objects, s.Symptoms, s.Rules, s.Wordings}
}

func countedShare(s knowledge.Share) counted {
	return counted{s.Name, 0, s.Concepts, s.Objects, s.Symptoms, s.Rules, s.Wordings}
}

func (c *knowledgeStats) Run(a *app) error {
	base, err := a.knowledgeBase()
	if err != nil {
		return err
	}
	s := survey(base)
	return a.print(s, func(w io.Writer) { printSurvey(w, s) })
}

func survey(base *knowledge.Base) surveyed {
	s := surveyed{Generation: base.Generation(), Total: countedOf(base.Stats()), Files: []counted{}, Fields: []counted{}, Unruled: []string{}}
	for _, f := range base.ByFile() {
		s.Files = append(s.Files, countedShare(f))
	}
	shares := map[string]knowledge.Share{}
	for _, f := range base.ByField() {
		shares[f.Name] = f
	}
	for _, f := range registry.Fields() {
		share, used := shares[f.Name]
		if used {
			s.Fields = append(s.Fields, countedShare(share))
		}
		if share.Rules == 0 && f.Parent != registry.NoField {
			s.Unruled = append(s.Unruled, f.Name)
		}
	}
	return s
}

func printSurvey(w io.Writer, s surveyed) {
	fmt.Fprintf(w, "知识库版本 %s，%d 个文件\n", s.Generation, s.Total.Files)
	fmt.Fprintf(w, "%6s%6s%6s%6s%6s\n", "概念", "物类", "症状", "规则", "说法")
	line := func(c counted, name string) {
		fmt.Fprintf(w, "%8d%8d%8d%8d%8d  %s\n", c.Concepts, c.Objects, c.Symptoms, c.Rules, c.Wordings, name)
	}
	line(s.Total, "合计")
	fmt.Fprintln(w, "按文件：")
	for _, f := range s.Files {
		line(f, f.Name)
	}
	fmt.Fprintln(w, "按技术领域（一条写了两个领域的，两处都算；症状不分领域）：")
	for _, f := range s.Fields {
		line(f, f.Name)
	}
	if len(s.Unruled) > 0 {
		fmt.Fprintf(w, "还没有规则的领域：%s\n", strings.Join(s.Unruled, "、"))
	}
}
