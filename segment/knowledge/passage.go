package knowledge

import (
	"bytes"
	"slices"

	"tepai/segment"
)

// Passage is one text of a need, with its role: title, description, what is wanted, the enterprise's industry.
type Passage struct {
	Name    string
	Text    string
	Context bool // satisfies conditions but counts less; it fires nothing alone
}

// layout is a passage made ready: folded text, the way back to the original, and its borders.
type layout struct {
	text      []byte
	origin    []int32
	sentences []int32 // ends of sentences in text, ascending
	clauses   []int32 // ends of clauses (every sentence's end is one)
}

// endsSentence lists the marks between sentences, as they look after folding: ！？； have become half width.
func endsSentence(r rune) bool {
	return r == '。' || r == '!' || r == '?' || r == ';' || r == '\n'
}

// lay folds a passage and finds its borders. The result lives in f until the next call.
func (f *folder) lay(text string, l *layout) {
	folded, origin := f.sc.Normalize(text)
	l.text = append(l.text[:0], folded...)
	l.origin = append(l.origin[:0], origin...)
	l.sentences, l.clauses = l.sentences[:0], l.clauses[:0]
	for i, b := range l.text {
		switch {
		case b == '!', b == '?', b == ';', b == '\n', b == 0xE3 && bytes.HasPrefix(l.text[i:], fullStop):
			l.sentences = append(l.sentences, int32(i))
			l.clauses = append(l.clauses, int32(i))
		case b == ',':
			l.clauses = append(l.clauses, int32(i))
		}
	}
}

var fullStop = []byte("。")

// rank counts the borders before a place: places with the same rank share a sentence or a clause.
func rank(borders []int32, at int32) int32 {
	n, _ := slices.BinarySearch(borders, at)
	return int32(n)
}

// original maps folded bytes [start,end) to bytes of the passage's own text; both ends are rune borders.
func (l *layout) original(start, end int32) (from, to int) {
	return segment.Origin(l.origin, int(start), int(end))
}
