package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tepai/segment"
)

// term is a segment.Term with memory of its own and its place among the characters of the text.
type term struct {
	text       []byte
	start, end int32 // bytes of the original text
	at         int32 // place of the first character, see places
	kind       segment.Kind
}

// reader segments texts; its scratch serves one goroutine at a time.
type reader struct{ scratch segment.Scratch }

// read gives the terms of a text in the order of their starts. All term texts share one block of memory.
func (r *reader) read(words *segment.Segmenter, text string) []term {
	found := words.Terms(&r.scratch, text)
	size := 0
	for _, t := range found {
		size += len(t.Text)
	}
	block := make([]byte, 0, size)
	list := make([]term, len(found))
	walk := places{text: text}
	for i, t := range found {
		from := len(block)
		block = append(block, t.Text...)
		list[i] = term{text: block[from:len(block):len(block)], start: t.Start, end: t.End, at: walk.to(int(t.Start)), kind: t.Kind}
	}
	return list
}

// fold is the form in which names, keywords and ids are compared.
func (r *reader) fold(text string) string {
	norm, _ := r.scratch.Normalize(text)
	return strings.Join(strings.Fields(string(norm)), " ")
}

// places counts the places of a text from 1: a Han character is one, a run of letters and digits is one, and a mark
// that ends a clause is one, so that a phrase does not run across it. Spaces and other signs are none. Words and pairs are
// terms wherever they stand, so two texts share a run of characters exactly when they share its terms at the same
// distances.
type places struct {
	text  string
	byte  int
	place int32
	inRun bool
}

// to gives the place of the character that starts at byte start; start never falls.
func (p *places) to(start int) int32 {
	for p.byte < start && p.byte < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.byte:])
		p.pass(r)
		p.byte += size
	}
	if p.inRun && p.byte < len(p.text) {
		if r, _ := utf8.DecodeRuneInString(p.text[p.byte:]); runs(r) {
			return max(p.place, 1)
		}
	}
	return p.place + 1
}

func (p *places) pass(r rune) {
	switch {
	case unicode.In(r, unicode.Cf, unicode.Mn): // invisible, belongs to the character before
	case runs(r):
		if !p.inRun {
			p.place++
		}
		p.inRun = true
	case unicode.Is(unicode.Han, r) || strings.ContainsRune("。；！？，：;!?\n", r):
		p.place++
		p.inRun = false
	default:
		p.inRun = false
	}
}

func runs(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r)
}
