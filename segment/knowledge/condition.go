package knowledge

import (
	"iter"
	"slices"
	"strings"
)

// condition is what a rule asks for: every item (each with alternatives), and nothing of what it excludes.
type condition struct {
	items   [][]atom
	exclude []atom
}

// atom is the name of an entry, or a literal in quotes.
type atom struct {
	text    string // as written; quotes removed
	literal bool
}

// String writes an atom as it stands in a file.
func (a atom) String() string {
	if a.literal {
		return "“" + a.text + "”"
	}
	return a.text
}

// literals gives the atoms in quotes, in the order of writing.
func (c condition) literals() iter.Seq[atom] {
	return func(yield func(atom) bool) {
		for _, alts := range append(slices.Clip(c.items), c.exclude) {
			for _, a := range alts {
				if a.literal && !yield(a) {
					return
				}
			}
		}
	}
}

// maxItems bounds the items of one condition: more were never needed, and firing keeps one bit for each.
const maxItems = 8

// parseCondition reads `铸件 / 阀门 + 渗漏 + “试压” - “油漆”`; why is a Chinese sentence when it cannot.
func parseCondition(s string) (c condition, why string) {
	op := "+"
	for {
		word, rest, next, fault := nextAtom(s)
		if fault != "" {
			return c, fault
		}
		switch {
		case word.text == "":
			return c, "“" + op + "”旁边缺名称"
		case op == "-":
			c.exclude = append(c.exclude, word)
		case op == "/" && len(c.items) > 0:
			last := len(c.items) - 1
			c.items[last] = append(c.items[last], word)
		default:
			c.items = append(c.items, []atom{word})
		}
		if next == "" {
			break
		}
		if next == "/" && op == "-" {
			next = "-" // - 甲 / 乙 excludes both
		}
		op, s = next, rest
	}
	if len(c.items) > maxItems {
		return c, "条件太多，最多八项"
	}
	return c, ""
}

// nextAtom cuts the first atom off s and tells the operator behind it ("" at the end).
func nextAtom(s string) (a atom, rest, op, why string) {
	s = strings.TrimSpace(s)
	if open, end := quotes(s); open > 0 {
		text, after, found := strings.Cut(s[open:], end)
		if !found {
			return a, "", "", "引号没有配对"
		}
		after = strings.TrimSpace(after)
		a = atom{strings.TrimSpace(text), true}
		if after == "" {
			return a, "", "", ""
		}
		if strings.ContainsRune("+/-", rune(after[0])) {
			return a, after[1:], after[:1], ""
		}
		return a, "", "", "引号后面应是 +、/ 或 -"
	}
	at, width := operator(s)
	if at < 0 {
		return atom{text: s}, "", "", ""
	}
	return atom{text: strings.TrimSpace(s[:at])}, s[at+width:], s[at : at+width], ""
}

// quotes gives the length of an opening quote at the start of s and its closing partner.
func quotes(s string) (open int, end string) {
	for _, q := range [][2]string{{"“", "”"}, {"\"", "\""}, {"「", "」"}} {
		if strings.HasPrefix(s, q[0]) {
			return len(q[0]), q[1]
		}
	}
	return 0, ""
}

// operator finds the first + / - that has a space or a quote on one side at least: A/O工艺 and X-射线 stay whole.
func operator(s string) (at, width int) {
	for i := 0; i < len(s); i++ {
		if s[i] != '+' && s[i] != '/' && s[i] != '-' {
			continue
		}
		before, after := strings.TrimRight(s[:i], " \t"), strings.TrimLeft(s[i+1:], " \t")
		quote, _ := quotes(after)
		if i == 0 || after == "" || len(before) < i || len(after) < len(s)-i-1 || quote > 0 {
			return i, 1
		}
	}
	return -1, 0
}

// String writes the condition in the canonical form of the files.
func (c condition) String() string {
	var b strings.Builder
	for i, alts := range c.items {
		if i > 0 {
			b.WriteString(" + ")
		}
		for j, a := range alts {
			if j > 0 {
				b.WriteString(" / ")
			}
			b.WriteString(a.String())
		}
	}
	for _, a := range c.exclude {
		b.WriteString(" - " + a.String())
	}
	return b.String()
}

// key is equal for conditions that ask for the same, in whatever order.
func (c condition) key() string {
	sorted := func(atoms []atom) string {
		names := make([]string, len(atoms))
		for i, a := range atoms {
			names[i] = a.String()
		}
		slices.Sort(names)
		return strings.Join(names, " / ")
	}
	items := make([]string, len(c.items))
	for i, alts := range c.items {
		items[i] = sorted(alts)
	}
	slices.Sort(items)
	return strings.Join(items, " + ") + " - " + sorted(c.exclude)
}
