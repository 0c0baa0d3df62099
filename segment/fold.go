package segment

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxText is the number of bytes of one text that are read; what lies beyond is
// ignored. It keeps every offset, even after folding, within 31 bits (the
// longest compatibility form is eleven times as long as its character).
const MaxText = 64 << 20

// cell is one folded rune: where it stands in the folded text and from which
// byte of the original it came. All cells of one original character ("㎏" gives
// two) share the same orig. A sentinel of class other closes the list.
type cell struct {
	norm, orig int32
	r          rune
	class      class
}

func (c *cell) kind() class   { return c.class & classMask }
func (c *cell) isUpper() bool { return c.class&upper != 0 }

// isWordy reports whether the cell is a letter or a digit, but no Han.
func (c *cell) isWordy() bool { return c.class&classMask >= letter }

// folder is the state of folding one text. Stretches that need no change are
// copied in one piece: text[from:] has not been copied yet.
type folder struct {
	text  string
	from  int
	norm  []byte
	cells []cell
	wide  bool // some character became more than one cell

	raw, out []byte // room for one cluster
	iter     norm.Iter
}

// fold fills sc.norm and sc.cells from text. ASCII, Han and the common marks
// take a short way; the rest goes through golang.org/x/text in cluster.go.
func (sc *Scratch) fold(text string) {
	text = clip(text, MaxText)
	f := &sc.folder
	f.text, f.from, f.wide = text, 0, false
	f.norm, f.cells = f.norm[:0], f.cells[:0]
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c < utf8.RuneSelf:
			f.ascii(i, c)
			i++
		case c >= 0xE4 && c <= 0xE9 && f.ideograph(i):
			i += 3
		default:
			i = f.rune(i)
		}
	}
	f.keep(len(text))
	f.cells = append(f.cells, cell{norm: int32(len(f.norm)), orig: int32(len(text))})
	f.text = ""
}

// ascii adds the cell of one ASCII byte.
func (f *folder) ascii(i int, c byte) {
	cl := asciiClass(c)
	if cl == letter|upper {
		f.replaceByte(i, i+1, c|0x20, cl)
		return
	}
	f.plain(i, rune(c), cl)
}

// ideograph adds the cell of a unified ideograph of three bytes, if one stands
// at i. These are their own folded form.
func (f *folder) ideograph(i int) bool {
	if i+2 >= len(f.text) {
		return false
	}
	b0, b1, b2 := f.text[i], f.text[i+1], f.text[i+2]
	r := rune(b0&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b2&0x3F)
	if b1&0xC0 != 0x80 || b2&0xC0 != 0x80 || r < 0x4E00 {
		return false
	}
	f.plain(i, r, han)
	return true
}

// rune adds the cells of any other rune and returns where the next one starts.
func (f *folder) rune(i int) int {
	r, size := utf8.DecodeRuneInString(f.text[i:])
	switch {
	case r == utf8.RuneError && size == 1: // a broken byte stands for itself
		f.replaceRune(i, i+1, utf8.RuneError, other)
	case r >= 0xFF01 && r <= 0xFF5E: // full width
		c := byte(r - 0xFEE0)
		cl := asciiClass(c)
		if cl == letter|upper {
			c |= 0x20
		}
		f.replaceByte(i, i+size, c, cl)
	case r == 0x3000: // the wide space
		f.replaceByte(i, i+size, ' ', other)
	case isStable(r):
		f.plain(i, r, other)
	case isRareHan(r):
		f.plain(i, r, han)
	case isHyphen(r):
		f.replaceByte(i, i+size, '-', other)
	case isInvisible(r):
		f.keep(i)
		f.from = i + size
	default:
		return f.cluster(i, size)
	}
	return i + size
}

// plain adds a cell whose bytes need no change.
func (f *folder) plain(i int, r rune, cl class) {
	f.cells = append(f.cells, cell{int32(len(f.norm) + i - f.from), int32(i), r, cl})
}

// keep copies what stands unchanged before i.
func (f *folder) keep(i int) {
	f.norm = append(f.norm, f.text[f.from:i]...)
	f.from = i
}

func (f *folder) replaceByte(i, next int, c byte, cl class) {
	f.keep(i)
	f.plain(i, rune(c), cl)
	f.norm = append(f.norm, c)
	f.from = next
}

func (f *folder) replaceRune(i, next int, r rune, cl class) {
	f.keep(i)
	f.plain(i, r, cl)
	f.norm = utf8.AppendRune(f.norm, r)
	f.from = next
}

// clip returns the longest beginning of text that has at most limit bytes and
// does not cut a rune.
func clip(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for i := limit; i > limit-utf8.UTFMax && i >= 0; i-- {
		if utf8.RuneStart(text[i]) {
			return text[:i]
		}
	}
	return text[:limit] // broken anyway
}
