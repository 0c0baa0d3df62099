package knowledge

import (
	"slices"
	"unicode/utf8"
)

// role says what an occurrence of a pattern means.
type role uint8

const (
	whole  role = iota // a wording without gap
	piece              // a part of a wording with gaps
	cancel             // a word that cancels a wording of its own
	quoted             // a literal of a condition
	denies             // a cue that takes something back
)

// use is one meaning of a pattern: id is a phrase (whole, piece, cancel), a literal (quoted) or a cue (denies).
type use struct {
	id   int32
	part uint8
	role role
}

// phrase is a compiled wording.
type phrase struct {
	entry  int32
	kind   Kind
	parts  uint8
	cancel bool // has cancel words
}

// compiled is the part of a Base that reads texts.
type compiled struct {
	machine  *automaton
	lens     []int32 // bytes of a pattern
	edges    []edge  // of a pattern: what must not stand beside it
	uses     []use   // of pattern p: uses[useAt[p]:useAt[p+1]]
	useAt    []int32
	phrases  []phrase
	literals []string
	asked    [][]post  // by sign: the rules that ask for it
	concerns [][]int32 // by entry: the rules that name it
}

// post is one item of a rule that a sign satisfies.
type post struct {
	rule int32
	item uint8
}

// edge tells on which sides of a pattern a Latin letter or a digit would make it part of a longer word.
type edge struct{ before, after glyph }

// glyph sorts bytes for edges.
type glyph uint8

const (
	neither glyph = iota
	latin
	digit
)

func glyphOf(b byte) glyph {
	switch {
	case b >= 'a' && b <= 'z':
		return latin
	case b >= '0' && b <= '9':
		return digit
	}
	return neither
}

// collector gathers patterns before the automaton is built.
type collector struct {
	ids      map[string]int32
	patterns []string
	uses     []given
}

// given is a use before the uses are sorted by pattern.
type given struct {
	pattern int32
	use
}

func (c *collector) add(text string, u use) {
	id, ok := c.ids[text]
	if !ok {
		id = int32(len(c.patterns))
		c.ids[text] = id
		c.patterns = append(c.patterns, text)
	}
	c.uses = append(c.uses, given{id, u})
}

// compile makes the tables for reading texts, all but the rules' (see post).
func (out *compiled) compile(entries []entry) {
	said := 0
	for i := range entries {
		said += len(entries[i].wordings)
	}
	out.phrases = make([]phrase, 0, said)
	c := &collector{ids: make(map[string]int32, said), patterns: make([]string, 0, said), uses: make([]given, 0, said*5/4)}
	for id := range entries {
		for i := range entries[id].wordings {
			out.phrase(c, int32(id), entries[id].kind, &entries[id].wordings[i])
		}
	}
	for i, q := range cues {
		c.add(q.text, use{int32(i), 0, denies})
	}
	for i, text := range out.literals {
		c.add(text, use{int32(i), 0, quoted})
	}
	out.sortUses(c)
	out.lens, out.edges = make([]int32, 0, len(c.patterns)), make([]edge, 0, len(c.patterns))
	for _, text := range c.patterns {
		out.lens = append(out.lens, int32(len(text)))
		out.edges = append(out.edges, edgeOf(text))
	}
	out.machine = newAutomaton(c.patterns)
}

// sortUses lays the uses out by pattern (a counting sort: the order within a pattern stays).
func (out *compiled) sortUses(c *collector) {
	out.useAt = make([]int32, len(c.patterns)+1)
	for _, u := range c.uses {
		out.useAt[u.pattern+1]++
	}
	for p := range c.patterns {
		out.useAt[p+1] += out.useAt[p]
	}
	next := slices.Clone(out.useAt)
	out.uses = make([]use, len(c.uses))
	for _, u := range c.uses {
		out.uses[next[u.pattern]] = u.use
		next[u.pattern]++
	}
}

func (out *compiled) phrase(c *collector, entry int32, kind Kind, w *wording) {
	id := int32(len(out.phrases))
	for i, part := range w.parts {
		r := piece
		if w.literal() {
			r = whole
		}
		c.add(part, use{id, uint8(i), r})
	}
	for _, text := range w.cancel {
		c.add(text, use{id, 0, cancel})
	}
	out.phrases = append(out.phrases, phrase{entry, kind, uint8(len(w.parts)), len(w.cancel) > 0})
}

// post files the rules under the signs that they ask for.
func (out *compiled) post(g *graph) {
	out.asked = make([][]post, len(g.entries)+len(out.literals))
	out.concerns = make([][]int32, len(g.entries))
	for i, r := range g.rules {
		for j, item := range r.items {
			for _, sign := range item {
				out.asked[sign] = append(out.asked[sign], post{int32(i), uint8(j)})
				out.concern(sign, int32(i))
			}
		}
		for _, w := range append(append([]weighted(nil), r.causes...), r.terms...) {
			out.concern(w.concept, int32(i))
		}
		for _, sign := range r.exclude {
			out.concern(sign, int32(i))
		}
	}
}

func (out *compiled) concern(sign, rule int32) {
	if int(sign) >= len(out.concerns) {
		return
	}
	if have := out.concerns[sign]; len(have) == 0 || have[len(have)-1] != rule {
		out.concerns[sign] = append(have, rule)
	}
}

// edgeOf: "loi" must not be found in "exploit", "3d" not in "13d"; Han needs no border.
func edgeOf(text string) edge { return edge{glyphOf(text[0]), glyphOf(text[len(text)-1])} }

// stands tells whether a pattern's occurrence text[start:end] is a word of its own.
func (e edge) stands(text []byte, start, end int) bool {
	if e.before != neither && start > 0 && glyphOf(text[start-1]) == e.before {
		return false
	}
	return e.after == neither || end == len(text) || glyphOf(text[end]) != e.after
}

// oneRune tells that a part is a single character.
func oneRune(part []byte) bool {
	_, size := utf8.DecodeRune(part)
	return size == len(part)
}
