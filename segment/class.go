package segment

import (
	"unicode"
	"unicode/utf8"
)

// class sorts a folded rune by the part that it plays in a term.
type class uint8

const (
	other  class = iota // separators, signs, emoji: no part of a word
	han                 // a Chinese character
	letter              // a letter of any alphabet, and the marks that follow it
	digit

	upper     class = 1 << 7 // set beside letter: written as a capital
	classMask       = upper - 1
)

func asciiClass(c byte) class {
	switch {
	case c >= 'a' && c <= 'z':
		return letter
	case c >= 'A' && c <= 'Z':
		return letter | upper
	case c >= '0' && c <= '9':
		return digit
	}
	return other
}

// isStable lists signs frequent in Chinese text that are their own folded form
// and separate words. It is a short cut: whatever it leaves out is looked up.
func isStable(r rune) bool {
	switch {
	case r >= 0x3001 && r <= 0x3002, r >= 0x3008 && r <= 0x3011, r >= 0x3014 && r <= 0x301B:
		return true // 、。〈》「【】〔〗
	case r >= 0x1F300 && r <= 0x1FAFF: // emoji
		return true
	}
	switch r {
	case '·', '×', '°', '±', '—', '‘', '’', '“', '”', '→', '≥', '≤', '●', '◆', '■':
		return true
	}
	return false
}

// isRareHan lists the ideographs outside the main block that fold to themselves;
// the compatibility ideographs do not.
func isRareHan(r rune) bool {
	return r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x2F7FF || r >= 0x30000 && r <= 0x3FFFD
}

// isHyphen lists the dashes that people put into codes and ranges for "-".
func isHyphen(r rune) bool {
	return r >= 0x2010 && r <= 0x2013 || r == 0x2212
}

// isInvisible lists characters that have no width and come along when text is
// pasted: soft hyphen, zero-width spaces and joiners, directions, variation
// selectors, byte order mark. They vanish and belong to the rune before them.
func isInvisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return r == 0x00AD || r == 0xFEFF
}

// classify sorts a rune that has been looked up anyway.
func classify(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass(byte(r))
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.IsLetter(r), unicode.In(r, unicode.Mn, unicode.Mc):
		return letter
	case unicode.IsDigit(r):
		return digit
	}
	return other
}
