package registry

import (
	"iter"
	"strings"
)

// rows gives the lines of an embedded table with their numbers, cut at "|" and trimmed; empty lines and lines that
// begin with # are left out.
func rows(text string) iter.Seq2[int, []string] {
	return func(yield func(int, []string) bool) {
		for i, line := range strings.Split(text, "\n") {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(i+1, trimmed(strings.Split(line, "|"))) {
				return
			}
		}
	}
}

// items cuts a list cell at "、"; an empty cell is an empty list.
func items(cell string) []string { return nonEmpty(trimmed(strings.Split(cell, "、"))) }

// column is the i-th cell of a row, "" where the row is shorter.
func column(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func trimmed(cells []string) []string {
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}
