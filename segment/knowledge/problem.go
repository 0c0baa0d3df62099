package knowledge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is a line of a file of the base.
type Place struct {
	File string // name within the base's folder: "casting.txt"
	Line int    // counted from 1
}

// String gives "casting.txt:12".
func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Problem is one fault in a file of the base, told to its author.
type Problem struct {
	File string
	Line int
	Msg  string // Chinese: what is wrong and the way out
}

// String gives "casting.txt:12：…".
func (p Problem) String() string { return fmt.Sprintf("%s:%d：%s", p.File, p.Line, p.Msg) }

// Problems are all faults that were found, by file and line. It is the error of Load.
type Problems []Problem

// Error lists every problem on a line of its own.
func (ps Problems) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "知识库有 %d 处问题", len(ps))
	for _, p := range ps {
		b.WriteString("\n")
		b.WriteString(p.String())
	}
	return b.String()
}

func (ps *Problems) add(at Place, format string, args ...any) {
	*ps = append(*ps, Problem{at.File, at.Line, fmt.Sprintf(format, args...)})
}

// sorted orders by file, line and message, so that the same files give the same report.
func (ps Problems) sorted() Problems {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Msg, b.Msg))
	})
	return slices.Compact(ps)
}
