package segment

import (
	"errors"
	"math"
)

// unit is one slot of the double array: a trie node in eight bytes, so that one
// step costs one load.
//
//	bits 63–40  base: the child under code c stands in slot base+c; 0 = no children
//	bits 39–16  check: the slot of the parent (the root is slot 0)
//	bit  15     stop: the word that ends here says nothing by itself
//	bit  14     particle: moreover, no pair of characters with it says anything
//	bits 13–0   cost of the word that ends here; 0 = no word ends here
//
// The double array is Aoe's (An Efficient Digital Search Algorithm by Using a
// Double-Array Structure, IEEE TSE 15(9), 1989), over whole characters.
type unit uint64

const (
	stopBit     unit = 1 << 15
	particleBit unit = 1 << 14
	costMask    unit = particleBit - 1

	maxSlot = 1<<24 - 1
	maxCode = 1<<15 - 1
)

func (u unit) isWord() bool  { return u&costMask != 0 }
func (u unit) cost() int64   { return int64(u & costMask) }
func (u unit) base() uint32  { return uint32(u >> 40) }
func (u unit) check() uint32 { return uint32(u>>16) & maxSlot }

// The cost of a word is −log₂ of its share of the corpus in 1/costScale bit, so
// that costs add up exactly and in any order. 14 bits hold 27 bits of information.
const (
	costScale   = 600
	unknownCost = 32 * costScale // a character that the dictionary does not know (gse's figure)
)

func wordCost(freq, total float64) unit {
	cost := math.Round(math.Log2(total/freq) * costScale)
	return unit(min(max(cost, 1), float64(costMask)))
}

// alphabetSize bounds the runes that occur in dictionary words: everything up
// to the end of the main block of Han. A rune beyond has the code 0.
const alphabetSize = 0xA000

// trie holds the words. It is never written to once built.
type trie struct {
	// codes numbers the characters that occur in words from 1, frequent ones
	// first, which keeps the children of a node close together.
	codes [alphabetSize]uint16

	// units has room behind the last base for every code, so that a walk needs
	// no check of its own.
	units []unit
}

func (t *trie) code(r rune) uint16 {
	if uint32(r) < alphabetSize {
		return t.codes[r]
	}
	return 0
}

// word returns the unit where the word s ends, which must be folded; 0 if s is
// no word.
func (t *trie) word(s string) unit {
	slot, base := uint32(0), uint32(0)
	for _, r := range s {
		c := t.code(r)
		if c == 0 || slot != 0 && base == 0 {
			return 0
		}
		next := base + uint32(c)
		if t.units[next].check() != slot {
			return 0
		}
		slot, base = next, t.units[next].base()
	}
	if slot == 0 || !t.units[slot].isWord() {
		return 0
	}
	return t.units[slot]
}

var errTrie = errors.New("trie out of bounds")

// validate proves that no walk can leave the array, whatever the text.
func (t *trie) validate() error {
	top := uint32(t.topCode())
	size := uint32(len(t.units))
	if top == 0 || top >= size || len(t.units) > maxSlot {
		return errTrie
	}
	for _, u := range t.units {
		if u.base() >= size-top {
			return errTrie
		}
	}
	return nil
}
