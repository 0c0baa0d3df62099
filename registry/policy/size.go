package policy

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Size (企业规模) is how large an enterprise is. The zero Size is unknown.
type Size uint8

const (
	SizeUnknown Size = iota
	Micro            // 微型
	Small            // 小型
	Medium           // 中型
	Large            // 大型: is not dispatched to
)

// String is the size's Chinese name; 待认定 where it is unknown.
func (s Size) String() string {
	return [...]string{"待认定", "微型", "小型", "中型", "大型"}[min(s, Large)]
}

// Figures are what an enterprise states; 0 = not stated.
type Figures struct {
	Employees int
	Revenue   int64 // of the last year, 万元
	Assets    int64 // at its end, 万元
}

func (f Figures) of(m Measure) int64 {
	switch m {
	case Employees:
		return int64(f.Employees)
	case Revenue:
		return f.Revenue
	}
	return f.Assets
}

// SizeProposal is what the standard says about an enterprise; a person confirms it.
type SizeProposal struct {
	Size   Size   // SizeUnknown when what is stated leaves several open
	Reason string // a Chinese sentence
}

// Propose reads the standard for an industry, by its code in GB/T 4754: a division ("33") or, where no more is known, a section
// ("C"). Where the code leaves several groups open or a figure is missing, a size is proposed only if it is the same
// whatever the answer is.
func (t SizeStandard) Propose(industry string, f Figures) SizeProposal {
	var names []string
	lowest, highest := Large, Micro
	for _, g := range t {
		if industry != "" && g.covers(industry) {
			low, high := g.between(f)
			lowest, highest = min(lowest, low), max(highest, high)
			names = append(names, g.Name)
		}
	}
	switch {
	case industry == "":
		return SizeProposal{Reason: "没有填写行业，无法按划型标准提出企业规模，请补填"}
	case len(names) == 0:
		return SizeProposal{Reason: "划型标准没有列入该行业，或只写了门类；请补填行业大类，仍没有的由经办人认定"}
	case lowest == highest:
		return SizeProposal{lowest, fmt.Sprintf("按划型标准（%s），%s，为%s", strings.Join(names, "或"), t.stated(names, f), lowest)}
	}
	return SizeProposal{Reason: fmt.Sprintf("按划型标准（%s），%s，可能为%s至%s；请补填行业大类或%s后由经办人认定",
		strings.Join(names, "或"), t.stated(names, f), lowest, highest, t.missing(names, f))}
}

// between gives the lowest and the highest size that the figures leave open.
func (g SizeGroup) between(f Figures) (low, high Size) {
	low, high = Large, Large
	for _, floor := range g.Floors {
		least, most := f.of(floor.Measure), f.of(floor.Measure)
		if most == 0 {
			most = math.MaxInt64
		}
		low, high = min(low, floor.size(least)), min(high, floor.size(most))
	}
	return low, high
}

func (f Floor) size(n int64) Size {
	switch {
	case n >= f.Large:
		return Large
	case n >= f.Medium:
		return Medium
	case n >= f.Small:
		return Small
	}
	return Micro
}

// measures are those that the named groups ask for, in the order of the standard.
func (t SizeStandard) measures(names []string) (list []Measure) {
	for _, g := range t {
		for _, floor := range g.Floors {
			if slices.Contains(names, g.Name) && !slices.Contains(list, floor.Measure) {
				list = append(list, floor.Measure)
			}
		}
	}
	return list
}

// stated repeats the figures that were asked for.
func (t SizeStandard) stated(names []string, f Figures) string {
	var said []string
	for _, m := range t.measures(names) {
		unit := "万元"
		if m == Employees {
			unit = "人"
		}
		if n := f.of(m); n > 0 {
			said = append(said, fmt.Sprintf("%s %d %s", m, n, unit))
		}
	}
	if len(said) == 0 {
		return "没有填写所需的指标"
	}
	return strings.Join(said, "、")
}

// missing names the figures that would decide.
func (t SizeStandard) missing(names []string, f Figures) string {
	var list []string
	for _, m := range t.measures(names) {
		if f.of(m) == 0 {
			list = append(list, string(m))
		}
	}
	if len(list) == 0 {
		return "所属的具体行业"
	}
	return strings.Join(list, "、")
}
