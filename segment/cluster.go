package segment

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cluster folds the character at i together with the marks that combine with
// it: NFKC, then lower case, then NFKC again, because lower case may combine
// where the capital did not. If the rune at i is itself such a mark, the cells
// of the character before it are taken back and folded again with it.
// It returns where the next character starts.
func (f *folder) cluster(i, size int) int {
	start := i
	if !startsCharacter(f.text[i:]) {
		start = f.takeBack(i)
	}
	f.keep(max(start, f.from))
	next := f.clusterEnd(i + size)
	f.raw = f.raw[:0]
	for _, r := range f.text[start:next] {
		if !isInvisible(r) {
			f.raw = utf8.AppendRune(f.raw, r)
		}
	}
	capital := f.normalise()
	f.emit(start, capital)
	f.from = next
	return next
}

// startsCharacter reports whether the rune at the start of s, once folded, cannot
// combine with what stands before it. (BoundaryBefore looks at the rune itself; a
// compatibility jamo such as ㅓ becomes one that combines.)
func startsCharacter(s string) bool {
	p := norm.NFKC.PropertiesString(s)
	if d := p.Decomposition(); len(d) > 0 && !norm.NFKC.Properties(d).BoundaryBefore() {
		return false
	}
	return p.BoundaryBefore()
}

// clusterEnd walks over the marks, visible or not, that belong to the character
// before i.
func (f *folder) clusterEnd(i int) int {
	for i < len(f.text) && f.text[i] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(f.text[i:])
		broken := r == utf8.RuneError && size == 1
		if broken || !isInvisible(r) && startsCharacter(f.text[i:]) {
			break
		}
		i += size
	}
	return i
}

// takeBack removes the cells of the character before i and returns where it
// starts in the original; i itself when there is nothing that could combine.
func (f *folder) takeBack(i int) int {
	n := len(f.cells)
	if n == 0 || f.cells[n-1].r == utf8.RuneError {
		return i
	}
	start := f.cells[n-1].orig
	for n > 0 && f.cells[n-1].orig == start {
		n--
	}
	f.norm = f.norm[:min(int(f.cells[n].norm), len(f.norm))]
	f.cells = f.cells[:n]
	return int(start)
}

// normalise turns f.raw into f.out and reports whether it began with a capital.
func (f *folder) normalise() (capital bool) {
	f.compose()
	first, _ := utf8.DecodeRune(f.out)
	f.raw = f.raw[:0]
	for i := 0; i < len(f.out); {
		r, size := utf8.DecodeRune(f.out[i:])
		f.raw = utf8.AppendRune(f.raw, unicode.ToLower(r))
		i += size
	}
	f.compose()
	return unicode.IsUpper(first)
}

// compose sets f.out to the NFKC form of f.raw. (norm.Form.Append allocates, an
// iterator that is kept does not.)
func (f *folder) compose() {
	f.out = f.out[:0]
	if norm.NFKC.QuickSpan(f.raw) == len(f.raw) {
		f.out = append(f.out, f.raw...)
		return
	}
	for f.iter.Init(norm.NFKC, f.raw); !f.iter.Done(); {
		f.out = append(f.out, f.iter.Next()...)
	}
}

// emit adds the cells of the folded character in f.out.
func (f *folder) emit(start int, capital bool) {
	before := len(f.cells)
	for i := 0; i < len(f.out); {
		r, size := utf8.DecodeRune(f.out[i:])
		i += size
		if isInvisible(r) {
			continue
		}
		if isHyphen(r) {
			r = '-'
		}
		cl := classify(r)
		if capital && cl == letter {
			cl |= upper
		}
		f.cells = append(f.cells, cell{int32(len(f.norm)), int32(start), r, cl})
		f.norm = utf8.AppendRune(f.norm, r)
	}
	f.wide = f.wide || len(f.cells) > before+1
}
