package postings

import "unsafe"

// lexicon finds a term's number: sorted terms in one blob, and a hash table over them.
// The hash is FNV-1a, which needs no seed, so that the table can stand in the snapshot file.
type lexicon struct {
	text  []byte   // all terms, sorted, one behind the other
	ends  []uint32 // term → end in text
	table []uint32 // slots, term+1 or 0; a power of two, at most half full
}

func newLexicon(sorted []string) lexicon {
	size := 0
	for _, t := range sorted {
		size += len(t)
	}
	l := lexicon{text: make([]byte, 0, size), ends: make([]uint32, len(sorted))}
	for i, t := range sorted {
		l.text = append(l.text, t...)
		l.ends[i] = uint32(len(l.text))
	}
	l.fillTable()
	return l
}

func (l *lexicon) fillTable() {
	slots := 8
	for slots < 2*len(l.ends) {
		slots *= 2
	}
	l.table = make([]uint32, slots)
	for i := range l.ends {
		at := fnv(l.term(i)) & uint64(slots-1)
		for l.table[at] != 0 {
			at = (at + 1) & uint64(slots-1)
		}
		l.table[at] = uint32(i) + 1
	}
}

// term gives term i without copying; the lexicon is never written after it is made.
func (l *lexicon) term(i int) string {
	from := uint32(0)
	if i > 0 {
		from = l.ends[i-1]
	}
	if l.ends[i] == from {
		return ""
	}
	return unsafe.String(&l.text[from], l.ends[i]-from)
}

// find gives the number of a term, or -1.
func (l *lexicon) find(term string) int {
	if len(l.ends) == 0 {
		return -1
	}
	mask := uint64(len(l.table) - 1)
	for at := fnv(term) & mask; ; at = (at + 1) & mask {
		slot := l.table[at]
		if slot == 0 {
			return -1
		}
		if l.term(int(slot-1)) == term {
			return int(slot - 1)
		}
	}
}

func fnv(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}
