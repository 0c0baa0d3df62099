package segment

import "math"

// lattice holds the words of one stretch, an unbroken sequence of Han, letters
// and digits, and the best way through them. It is kept for the next stretch.
type lattice struct {
	codes   []uint16 // the cells in the trie's spelling
	nodes   []node   // the borders; border p stands before cell p
	matches []match  // the words in the order of their beginnings, then ends
}

// node is a border between two cells.
type node struct {
	best  int64 // the least cost of a way from the start to here
	prev  int32 // where the last word of that way begins
	next  int32 // on the best way: where the word that begins here ends; else 0
	first int32 // the first of the matches that begin here
}

// match is a dictionary word in the text; where it begins, node.first knows.
type match struct {
	end  int32
	mark mark
}

// mark is what the trie and the stretch say of a match.
type mark uint8

const (
	particleMark mark = 1 << iota // as particleBit
	stopMark                      // as stopBit
	mixedMark                     // it contains letters or digits
)

func (u unit) mark() mark { return mark(u >> 14 & 3) }

const unreached = math.MaxInt64

// at returns the words that begin at border p.
func (l *lattice) at(p int) []match {
	return l.matches[l.nodes[p].first:l.nodes[p+1].first]
}

// find lists every dictionary word in the stretch cells[:n] and marks those
// whose costs together are least: the most probable segmentation if words are
// drawn independently. When two ways to a border cost the same, the one with the
// longer last word wins. A character that the dictionary does not know, or a run
// of letters and digits, is a word of unknownCost. cells[n] ends the stretch;
// mixed says whether it contains letters or digits.
func (l *lattice) find(t *trie, cells []cell, mixed bool) {
	n := len(cells) - 1
	l.reset(t, cells[:n])
	for p := 0; p < n; p++ {
		l.nodes[p].first = int32(len(l.matches))
		switch {
		case !mixed:
			l.reach(p, p+1, unknownCost)
			l.walk(t.units, p)
		case l.nodes[p].best != unreached: // not inside a run
			l.reach(p, atomEnd(cells, p), unknownCost)
			l.walkMixed(t.units, p, cells)
		}
	}
	l.nodes[n].first = int32(len(l.matches))
	for q := int32(n); q > 0; {
		p := l.nodes[q].prev
		l.nodes[p].next, q = q, p
	}
}

// reset spells the stretch and forgets the words of the one before.
func (l *lattice) reset(t *trie, cells []cell) {
	l.codes, l.nodes, l.matches = l.codes[:0], l.nodes[:0], l.matches[:0]
	for i := range cells {
		l.codes = append(l.codes, t.code(cells[i].r))
		l.nodes = append(l.nodes, node{best: unreached})
	}
	l.nodes = append(l.nodes, node{best: unreached})
	l.nodes[0].best = 0
}

// reach offers the word from border p to border q to the best way.
func (l *lattice) reach(p, q int, cost int64) {
	if cost += l.nodes[p].best; cost < l.nodes[q].best {
		l.nodes[q].best, l.nodes[q].prev = cost, int32(p)
	}
}

// atomEnd returns where the unbreakable piece at cell i ends: a Han character,
// or a whole run of letters and digits.
func atomEnd(cells []cell, i int) int {
	wordy := cells[i].isWordy()
	for i++; wordy && cells[i].isWordy(); i++ {
	}
	return i
}

// walk follows the trie from border p and takes each word that it meets.
func (l *lattice) walk(units []unit, p int) {
	slot, base := uint32(0), uint32(0)
	for q := p; q < len(l.codes); {
		next := base + uint32(l.codes[q])
		u := units[next]
		if u.check() != slot || next == 0 {
			return
		}
		q++
		if u.isWord() {
			l.matches = append(l.matches, match{int32(q), u.mark()})
			l.reach(p, q, u.cost())
		}
		if slot, base = next, u.base(); base == 0 {
			return
		}
	}
}

// walkMixed is walk where letters and digits occur: no word may end inside a run
// of them, as none may begin there.
func (l *lattice) walkMixed(units []unit, p int, cells []cell) {
	slot, base, mixed := uint32(0), uint32(0), mark(0)
	for q := p; q < len(l.codes); {
		next := base + uint32(l.codes[q])
		u := units[next]
		if u.check() != slot || next == 0 {
			return
		}
		wordy := cells[q].isWordy()
		if q++; wordy {
			mixed = mixedMark
		}
		if inside := wordy && cells[q].isWordy(); u.isWord() && !inside {
			l.matches = append(l.matches, match{int32(q), u.mark() | mixed})
			l.reach(p, q, u.cost())
		}
		if slot, base = next, u.base(); base == 0 {
			return
		}
	}
}
