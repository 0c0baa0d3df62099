package segment

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// entry is one word on its way into the trie.
type entry struct {
	text string  // folded
	freq float64 // > 0
	mark unit    // stopBit, particleBit
}

// trieNode is a node before it has a slot; its children stand side by side.
type trieNode struct {
	lo, hi int32 // the words below, in sorted order
	first  int32 // the first child
	count  int32 // number of children
	base   uint32
	code   uint16
	depth  uint8
	value  unit // cost and marks of the word that ends here
}

// buildTrie compiles the entries; their texts must be distinct. The result
// depends on the set of entries alone, not on their order.
func buildTrie(entries []entry) (*trie, error) {
	t := new(trie)
	if err := t.encode(entries); err != nil {
		return nil, err
	}
	nodes := t.grow(entries)
	if err := t.place(nodes); err != nil {
		return nil, err
	}
	return t, t.validate()
}

// encode numbers the characters by falling frequency over all words.
func (t *trie) encode(entries []entry) error {
	var uses [alphabetSize]int
	for _, e := range entries {
		for _, r := range e.text {
			if uint32(r) >= alphabetSize {
				return fmt.Errorf("word %q: character %U beyond the alphabet", e.text, r)
			}
			uses[r]++
		}
	}
	var order []rune
	for r, n := range uses {
		if n > 0 {
			order = append(order, rune(r))
		}
	}
	if len(order) == 0 || len(order) > maxCode {
		return fmt.Errorf("%d different characters", len(order))
	}
	slices.SortFunc(order, func(a, b rune) int { return cmp.Or(cmp.Compare(uses[b], uses[a]), cmp.Compare(a, b)) })
	for i, r := range order {
		t.codes[r] = uint16(i + 1)
	}
	return nil
}

// grow lays the trie's nodes out level by level.
func (t *trie) grow(entries []entry) []trieNode {
	keys, total := t.keys(entries)
	nodes := []trieNode{{hi: int32(len(keys))}}
	for at := 0; at < len(nodes); at++ {
		n := nodes[at]
		if k := &keys[n.lo]; len(k.codes) == int(n.depth) {
			n.value = wordCost(k.freq, total) | k.mark
			n.lo++
		}
		n.first = int32(len(nodes))
		for lo := n.lo; lo < n.hi; {
			code, hi := keys[lo].codes[n.depth], lo+1
			for hi < n.hi && keys[hi].codes[n.depth] == code {
				hi++
			}
			nodes = append(nodes, trieNode{lo: lo, hi: hi, code: code, depth: n.depth + 1})
			lo = hi
		}
		n.count = int32(len(nodes)) - n.first
		nodes[at] = n
	}
	return nodes
}

// key is an entry spelt in codes.
type key struct {
	entry
	codes []uint16
}

// keys returns the entries in the order of their codes, and the sum of their
// frequencies.
func (t *trie) keys(entries []entry) (keys []key, total float64) {
	keys = make([]key, 0, len(entries))
	var room []uint16 // one allocation for many words
	for _, e := range entries {
		start := len(room)
		for _, r := range e.text {
			room = append(room, t.codes[r])
		}
		keys = append(keys, key{e, room[start:len(room):len(room)]})
	}
	slices.SortFunc(keys, func(a, b key) int { return slices.Compare(a.codes, b.codes) })
	for i := range keys {
		total += keys[i].freq
	}
	return keys, total
}

// place gives every node a slot. The root's children keep the slots of their
// codes (base 0). Then the nodes with most children choose first; the many nodes
// with one child come last and fill the holes.
func (t *trie) place(nodes []trieNode) error {
	var parents []int32
	for i, n := range nodes {
		if i > 0 && n.count > 0 {
			parents = append(parents, int32(i))
		}
	}
	slices.SortStableFunc(parents, func(a, b int32) int { return cmp.Compare(nodes[b].count, nodes[a].count) })
	top := t.topCode()
	free := newSlots(top+1, 2*len(nodes))
	filling := false
	for _, p := range parents {
		n := &nodes[p]
		if n.count == 1 && !filling {
			filling, free.start = true, 0
		}
		n.base = free.take(nodes[n.first : n.first+n.count])
	}
	return t.fill(nodes, free.end+top+1)
}

// topCode returns the highest code in use.
func (t *trie) topCode() int {
	top := 0
	for _, c := range t.codes {
		top = max(top, int(c))
	}
	return top
}

// fill writes the units once all bases are chosen. Parents stand before their
// children in nodes, so that a parent's slot is known when it is needed.
func (t *trie) fill(nodes []trieNode, size int) error {
	if size > maxSlot {
		return errors.New("dictionary too large")
	}
	t.units = make([]unit, size)
	slot := make([]uint32, len(nodes))
	for i, n := range nodes {
		t.units[slot[i]] |= unit(n.base)<<40 | n.value
		for c := n.first; c < n.first+n.count; c++ {
			slot[c] = n.base + uint32(nodes[c].code)
			t.units[slot[c]] = unit(slot[i]) << 16
		}
	}
	return nil
}
