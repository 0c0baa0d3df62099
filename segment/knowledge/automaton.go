package knowledge

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// automaton finds all occurrences of many byte strings in one pass (Aho, Corasick 1975: "Efficient string matching").
// Its states are numbered breadth first, so that the children of a state stand side by side, sorted by byte.
type automaton struct {
	first []int32    // children of state s: first[s] … first[s+1]-1
	label []byte     // the byte that leads into a state
	fail  []int32    // the longest proper suffix of a state that is a state
	found []int32    // the pattern that ends in a state, or -1
	link  []int32    // the nearest state on the fail path at which a pattern ends, or 0
	start [256]int32 // children of the root by byte
}

// newAutomaton compiles the patterns; they must be distinct and not empty. A pattern's number is its index.
func newAutomaton(patterns []string) *automaton {
	a := &automaton{}
	a.grow(inOrder(patterns))
	a.fail = make([]int32, len(a.label))
	a.link = make([]int32, len(a.label))
	for c := a.first[0]; c < a.first[1]; c++ {
		a.start[a.label[c]] = c
	}
	for s := int32(0); s < int32(len(a.label)); s++ {
		a.failures(s)
	}
	return a
}

// pattern is a pattern with its number and its first eight bytes as a number, which decide most comparisons.
type pattern struct {
	head uint64
	text string
	id   int32
}

// inOrder sorts the patterns by their bytes.
func inOrder(texts []string) []pattern {
	sorted := make([]pattern, len(texts))
	for i, text := range texts {
		var first [8]byte
		copy(first[:], text)
		sorted[i] = pattern{binary.BigEndian.Uint64(first[:]), text, int32(i)}
	}
	slices.SortFunc(sorted, func(a, b pattern) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return strings.Compare(a.text, b.text)
	})
	return sorted
}

// grow lays the trie out level by level. A state owns the range of sorted patterns that begin with its bytes.
func (a *automaton) grow(patterns []pattern) {
	type owned struct{ lo, hi, depth int32 }
	size := 1
	for _, p := range patterns {
		size += len(p.text)
	}
	size = size*3/4 + 2 // wordings share that much of their beginnings
	queue := append(make([]owned, 0, size), owned{0, int32(len(patterns)), 0})
	a.first = make([]int32, 0, size)
	a.label = append(make([]byte, 0, size), 0)
	a.found = append(make([]int32, 0, size), -1)
	for s := 0; s < len(queue); s++ {
		o := queue[s]
		a.first = append(a.first, int32(len(a.label)))
		if o.lo < o.hi && int(o.depth) == len(patterns[o.lo].text) {
			a.found[s] = patterns[o.lo].id
			o.lo++
		}
		for lo := o.lo; lo < o.hi; {
			b, hi := patterns[lo].text[o.depth], lo+1
			for hi < o.hi && patterns[hi].text[o.depth] == b {
				hi++
			}
			a.label, a.found = append(a.label, b), append(a.found, -1)
			queue = append(queue, owned{lo, hi, o.depth + 1})
			lo = hi
		}
	}
	a.first = append(a.first, int32(len(a.label)))
}

// failures sets fail and link of the children of s, whose own are known: states come in order of depth.
func (a *automaton) failures(s int32) {
	for c := a.first[s]; c < a.first[s+1]; c++ {
		if s != 0 {
			a.fail[c] = a.step(a.fail[s], a.label[c])
		}
		a.link[c] = a.fail[c]
		if a.found[a.fail[c]] < 0 {
			a.link[c] = a.link[a.fail[c]]
		}
	}
}

// child gives the state behind byte b, or 0.
func (a *automaton) child(s int32, b byte) int32 {
	if s == 0 {
		return a.start[b]
	}
	lo, hi := a.first[s], a.first[s+1]
	for hi-lo > 4 {
		if mid := (lo + hi) / 2; a.label[mid] <= b {
			lo = mid
		} else {
			hi = mid
		}
	}
	for ; lo < hi; lo++ {
		if a.label[lo] == b {
			return lo
		}
	}
	return 0
}

// step follows b from s, falling back to shorter suffixes.
func (a *automaton) step(s int32, b byte) int32 {
	for {
		if c := a.child(s, b); c != 0 {
			return c
		}
		if s == 0 {
			return 0
		}
		s = a.fail[s]
	}
}

// find gives the pattern that is the whole text.
func (a *automaton) find(text string) (pattern int32, ok bool) {
	s := int32(0)
	for i := range len(text) {
		if s = a.child(s, text[i]); s == 0 {
			return 0, false
		}
	}
	return a.found[s], a.found[s] >= 0
}

// scan calls hit for every occurrence, by its end, longer patterns first.
func (a *automaton) scan(text []byte, hit func(pattern int32, end int)) {
	s := int32(0)
	for i, b := range text {
		s = a.step(s, b)
		at := s
		if a.found[at] < 0 {
			at = a.link[at]
		}
		for ; at != 0; at = a.link[at] {
			hit(a.found[at], i+1)
		}
	}
}
