package main

import (
	"fmt"
	"io"
	"strings"

	"tepai/segment/knowledge"
)

type knowledgeTrace struct {
	Text    string `arg:"" name:"文字" help:"需求文字；“-”从标准输入读取。"`
	Context string `help:"企业类型、行业这类背景文字：能帮着满足条件，单独不触发。" placeholder:"文字"`
}

// traced is what trace --json prints. Places are bytes of the text, or of the context where context is true.
type traced struct {
	Seen   []place  `json:"seen"`
	Fired  []firing `json:"fired"`
	Fields []weight `json:"fields"`
	Causes []weight `json:"causes"`
	Terms  []weight `json:"terms"`
}

// place is something that the base knows, standing in the text.
type place struct {
	Entry   string `json:"entry"` // "物类 铸件"; in a firing the name alone
	Text    string `json:"text"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Context bool   `json:"context,omitempty"`
}

// firing is a line of the base that led to something.
type firing struct {
	File   string  `json:"file"`
	Line   int     `json:"line"`
	Kind   string  `json:"kind"` // 规则, 提到, 同义, 上位, 下位
	What   string  `json:"what"`
	Sure   float64 `json:"sure"` // how near its parts stand, 0…1
	Places []place `json:"places"`
	Rule   *rule   `json:"rule,omitempty"`
}

func (c *knowledgeTrace) Run(a *app) error {
	text, err := a.textOf(c.Text)
	if err != nil {
		return err
	}
	if text == "" {
		return usageError("请给出要看的文字，或用“-”从标准输入读取")
	}
	base, err := a.knowledgeBase()
	if err != nil {
		return err
	}
	result := trace(base, knowledge.Passage{Name: "description", Text: text}, knowledge.Passage{Name: "industry", Text: c.Context, Context: true})
	return a.print(result, func(w io.Writer) { printTrace(w, result) })
}

func trace(base *knowledge.Base, passages ...knowledge.Passage) traced {
	d := base.Diagnose(passages...)
	t := traced{Seen: placesOf(base.Sightings(passages...), passages), Fired: []firing{}, Fields: weightsOf(d.Fields),
		Causes: findingsOf(d.Causes), Terms: findingsOf(d.Terms)}
	for _, f := range d.Fired {
		out := firing{f.File, f.Line, f.Kind.String(), f.What, float64(f.Sure) / knowledge.One, placesOf(f.Spans, passages), nil}
		if r, ok := ruleAt(base, knowledge.Place{File: f.File, Line: f.Line}); ok && f.Kind == knowledge.Rule {
			out.Rule = &r
		}
		t.Fired = append(t.Fired, out)
	}
	return t
}

func placesOf(spans []knowledge.Span, passages []knowledge.Passage) []place {
	list := []place{}
	for _, s := range spans {
		p := passages[s.Passage]
		list = append(list, place{s.Entry, p.Text[s.Start:s.End], s.Start, s.End, p.Context})
	}
	return list
}

func findingsOf(list []knowledge.Finding) []weight {
	out := []weight{}
	for _, f := range list {
		out = append(out, weight{f.Concept, float64(f.Weight) / knowledge.One})
	}
	return out
}

func printTrace(w io.Writer, t traced) {
	if len(t.Seen) == 0 {
		fmt.Fprintln(w, "文字里没有知识库认得的说法。可用 tepai knowledge find 查一个词，看库里有没有。")
		return
	}
	printSeen(w, t.Seen)
	if len(t.Fired) == 0 {
		fmt.Fprintln(w, "没有触发任何规则，也没有提到任何概念。规则要的几样没有凑齐，或隔得太远。")
		return
	}
	fmt.Fprintln(w, "触发的：")
	for _, f := range t.Fired {
		printFiring(w, f)
	}
	fmt.Fprintln(w, "得出的研判：")
	for _, list := range []struct {
		title string
		names []weight
	}{{"领域", t.Fields}, {"原因", t.Causes}, {"术语", t.Terms}} {
		if len(list.names) > 0 {
			fmt.Fprintf(w, "  %s：%s\n", list.title, concluded(rule{Causes: list.names}))
		}
	}
}

// printSeen lists the entries, and the literals of conditions on a line of their own: they are many and say little.
func printSeen(w io.Writer, seen []place) {
	fmt.Fprintln(w, "认出的：")
	var literals []string
	for _, p := range seen {
		if strings.HasPrefix(p.Entry, "“") {
			literals = append(literals, p.Entry)
			continue
		}
		fmt.Fprintf(w, "  %s ← %s\n", p.Entry, quote(p))
	}
	if len(literals) > 0 {
		fmt.Fprintf(w, "  规则引号里的字：%s\n", strings.Join(literals, "、"))
	}
}

func printFiring(w io.Writer, f firing) {
	var places []string
	for _, p := range f.Places {
		places = append(places, quote(p))
	}
	fmt.Fprintf(w, "  %s %s  %s 第 %d 行  可信 %.2f  ← %s\n", f.Kind, f.What, f.File, f.Line, f.Sure, strings.Join(places, "、"))
	if f.Rule != nil {
		fmt.Fprintf(w, "      → %s\n", concluded(*f.Rule))
	}
}

func quote(p place) string {
	if p.Context {
		return "“" + p.Text + "”（背景）"
	}
	return "“" + p.Text + "”"
}
