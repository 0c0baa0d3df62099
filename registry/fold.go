package registry

import (
	"strings"
	"unicode"
)

// fold makes two writings of one name equal: full-width letters and brackets become half-width, spaces go, and the
// marks that people set at will inside a name (、，· and brackets' kind) become one.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		switch r {
		case '、', ';', '|':
			return ','
		case '【', '〔', '[':
			return '('
		case '】', '〕', ']':
			return ')'
		}
		return r
	}, text)
}

// SameName tells whether two names are one but for width, spaces and brackets; an empty name is like no other.
func SameName(a, b string) bool {
	a, b = fold(a), fold(b)
	return a != "" && strings.EqualFold(a, b)
}
