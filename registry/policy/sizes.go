package policy

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// SizeStandard (划型标准) says which enterprise is 大型, 中型, 小型 or 微型, industry by industry.
type SizeStandard []SizeGroup

// SizeGroup is the standard of one group of industries. An enterprise has a size when it reaches all floors of that size; below
// 小型 it is 微型.
type SizeGroup struct {
	Name       string
	Industries []string // codes of GB/T 4754: letters of sections, divisions, spans of divisions (06-46)
	Floors     []Floor
}

// Floor is what a measure must reach.
type Floor struct {
	Measure              Measure
	Large, Medium, Small int64
}

// Measure is what an enterprise is measured by.
type Measure string

const (
	Employees Measure = "从业人员" // persons
	Revenue   Measure = "营业收入" // of the last year, 万元
	Assets    Measure = "资产总额" // at its end, 万元
)

//go:embed sizes.txt
var sizesFile string

// sizesText is the national standard in canonical form.
func sizesText() string {
	standard, err := parseSizes(sizesFile)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return standard.String()
}

func (s Setting) parseSizes(text string) (any, string, error) {
	standard, err := parseSizes(text)
	if err != nil {
		return nil, "", s.wrong("%v", err)
	}
	return standard, standard.String(), nil
}

// parseSizes reads lines as in sizes.txt.
func parseSizes(text string) (SizeStandard, error) {
	var standard SizeStandard
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		g, err := parseGroup(line)
		if err != nil {
			return nil, fmt.Errorf("第 %d 行：%w", i+1, err)
		}
		if slices.ContainsFunc(standard, func(other SizeGroup) bool { return other.Name == g.Name }) {
			return nil, fmt.Errorf("第 %d 行：“%s”写了两次，请删去一行", i+1, shorten(g.Name))
		}
		standard = append(standard, g)
	}
	if len(standard) == 0 {
		return nil, fmt.Errorf("是空的，每个行业应有一行")
	}
	return standard, nil
}

var industrySpan = regexp.MustCompile(`^(?:[A-T]|\d{2}(?:-\d{2})?)$`)

func parseGroup(line string) (SizeGroup, error) {
	cells := strings.Split(line, "|")
	g := SizeGroup{Name: strings.TrimSpace(cells[0])}
	if len(cells) < 3 || g.Name == "" {
		return g, fmt.Errorf("应写成“行业 | 门类与大类 | 指标 大型起点 中型起点 小型起点”")
	}
	g.Industries = strings.Fields(cells[1])
	for _, span := range g.Industries {
		if !industrySpan.MatchString(span) {
			return g, fmt.Errorf("“%s”不是门类或大类的代码，应为一个字母、两位数字或 06-46 的样子", shorten(span))
		}
	}
	for _, cell := range cells[2:] {
		f, err := parseFloor(cell)
		if err != nil {
			return g, err
		}
		g.Floors = append(g.Floors, f)
	}
	return g, nil
}

func parseFloor(cell string) (Floor, error) {
	words := strings.Fields(cell)
	if len(words) != 4 || !slices.Contains([]Measure{Employees, Revenue, Assets}, Measure(words[0])) {
		return Floor{}, fmt.Errorf("“%s”应写成“%s 1000 300 20”的样子，指标为 %s、%s 或 %s", shorten(cell), Employees, Employees, Revenue, Assets)
	}
	var n [3]int64
	for i, word := range words[1:] {
		v, err := strconv.ParseInt(word, 10, 64)
		if err != nil || v < 1 || i > 0 && v >= n[i-1] {
			return Floor{}, fmt.Errorf("“%s”的三个起点应为由大到小的正整数", shorten(cell))
		}
		n[i] = v
	}
	return Floor{Measure(words[0]), n[0], n[1], n[2]}, nil
}

// String is the text form, one line a group.
func (t SizeStandard) String() string {
	var lines []string
	for _, g := range t {
		line := g.Name + " | " + strings.Join(g.Industries, " ")
		for _, f := range g.Floors {
			line += fmt.Sprintf(" | %s %d %d %d", f.Measure, f.Large, f.Medium, f.Small)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// covers tells whether the group contains a division ("33"), or parts of a section ("C").
func (g SizeGroup) covers(code string) bool {
	return slices.ContainsFunc(g.Industries, func(span string) bool {
		first, last, ok := strings.Cut(span, "-")
		return span == code || ok && len(code) == 2 && first <= code && code <= last
	})
}
