package knowledge

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parser collects the lines of all files and every problem in them; it never stops at the first.
type parser struct {
	fold     folder
	entries  []rawEntry
	rules    []rawRule
	problems Problems
}

// joined puts the lines of all parts behind each other.
func joined(parts []parser) *parser {
	p := &parser{}
	for i := range parts {
		p.entries = append(p.entries, parts[i].entries...)
		p.rules = append(p.rules, parts[i].rules...)
		p.problems = append(p.problems, parts[i].problems...)
	}
	return p
}

// file reads one file's lines: entries, rules, comments (#) and empty lines.
func (p *parser) file(name, content string) {
	content = strings.TrimPrefix(content, "\ufeff")
	line := 0
	for text := range strings.SplitSeq(content, "\n") {
		line++
		text = strings.TrimSpace(text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		at := Place{name, line}
		if !utf8.ValidString(text) {
			p.problems.add(at, "不是 UTF-8 文字，请用 UTF-8 编码另存")
			continue
		}
		p.line(at, strings.Split(text, "|"))
	}
}

func (p *parser) line(at Place, cols []string) {
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	switch cols[0] {
	case "概念":
		p.entry(at, ConceptKind, cols, 5)
	case "物类":
		p.entry(at, ObjectKind, cols, 5)
	case "症状":
		p.entry(at, SymptomKind, cols, 4)
	case "规则":
		p.rule(at, cols)
	default:
		if strings.Contains(cols[0], "｜") {
			p.problems.add(at, "列之间要用半角“|”，这里是全角“｜”")
			return
		}
		p.problems.add(at, "不认识的类别“%s”，行首应是 概念、物类、症状 或 规则", cols[0])
	}
}

func (p *parser) entry(at Place, kind Kind, cols []string, most int) {
	for len(cols) > most && cols[len(cols)-1] == "" {
		cols = cols[:len(cols)-1] // a row from a table has as many columns as the widest kind
	}
	if len(cols) > most {
		p.problems.add(at, "%s最多 %d 列，这里有 %d 列；多了“|”？", kind, most, len(cols))
		return
	}
	cols = append(cols, "", "", "", "")
	e := rawEntry{at: at, kind: kind, name: cols[1], broader: p.list(at, cols[3]), fields: p.list(at, cols[4])}
	if e.name == "" {
		p.problems.add(at, "%s缺名称（第二列）", kind)
		return
	}
	if strings.ContainsAny(e.name, "、“”\"「」…!！，") {
		p.problems.add(at, "名称“%s”里不能有顿号、逗号、引号、“…”和“!”", e.name)
		return
	}
	said := p.list(at, cols[2])
	e.wordings = make([]wording, 0, len(said)+1)
	p.wording(&e, e.name, "名称“%s”本身也是一个说法：%s")
	for _, s := range said {
		p.wording(&e, s, "说法“%s”：%s")
	}
	p.entries = append(p.entries, e)
}

// wording adds one wording to an entry, or the problem with it.
func (p *parser) wording(e *rawEntry, s, fault string) {
	w, why := p.fold.parseWording(s)
	if why != "" {
		p.problems.add(e.at, fault, s, why)
		return
	}
	e.wordings = append(e.wordings, w)
}

func (p *parser) rule(at Place, cols []string) {
	if len(cols) == 5 {
		p.problems.add(at, "规则缺例句（第六列）")
		return
	}
	if len(cols) != 6 {
		p.problems.add(at, "规则要有 6 列：规则 | 条件 | 原因 | 术语 | 领域 | 例句；这里有 %d 列", len(cols))
		return
	}
	r := rawRule{at: at, causes: p.shares(at, "原因", cols[2]), terms: p.shares(at, "术语", cols[3]),
		fields: p.list(at, cols[4]), example: cols[5]}
	var why string
	if r.cond, why = parseCondition(cols[1]); cols[1] == "" {
		why = "至少要写一项"
	}
	if why != "" {
		p.problems.add(at, "条件“%s”：%s", cols[1], why)
		return
	}
	if r.example == "" {
		p.problems.add(at, "规则缺例句（第六列）")
	}
	p.rules = append(p.rules, r)
}

// list splits a column at 、 and drops the spaces; an empty column is an empty list.
func (p *parser) list(at Place, col string) []string {
	if col == "" {
		return nil
	}
	out := make([]string, 0, strings.Count(col, "、")+1)
	for item := range strings.SplitSeq(col, "、") {
		item = strings.TrimSpace(item)
		switch {
		case item == "":
			p.problems.add(at, "“%s”里有空项（多了顿号）", brief(col))
		case strings.Contains(item, "，"):
			p.problems.add(at, "“%s”里有逗号；列表用顿号“、”分隔", brief(item))
		default:
			out = append(out, item)
		}
	}
	return out
}

// shares reads `缩松 0.8、气孔 0.6`.
func (p *parser) shares(at Place, column, col string) []share {
	var out []share
	for _, item := range p.list(at, col) {
		cut := strings.LastIndexAny(item, " \t　")
		if cut < 0 {
			p.problems.add(at, "%s“%s”缺权重，应写成“%s 0.6”", column, item, item)
			continue
		}
		name, figure := strings.TrimSpace(item[:cut]), strings.TrimLeft(item[cut:], " \t　")
		weight, err := strconv.ParseFloat(figure, 64)
		if err != nil {
			p.problems.add(at, "%s“%s”的权重“%s”不是数，应写成“%s 0.6”", column, name, figure, name)
			continue
		}
		if !(weight >= 0.05 && weight <= 1) {
			p.problems.add(at, "%s“%s”的权重 %s 超出 0.05～1.00", column, name, figure)
			continue
		}
		out = append(out, share{name, int32(math.Round(weight * One))})
	}
	return out
}

// brief shortens a quotation for a message.
func brief(s string) string {
	runes := []rune(s)
	if len(runes) <= 24 {
		return s
	}
	return string(runes[:24]) + "……"
}
