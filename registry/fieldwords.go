package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fieldWord is a name or alias, prepared for finding it inside running text.
type fieldWord struct {
	id      FieldID
	text    string // in lower case, unless capitals
	capital bool   // an abbreviation that is recognised in capitals only
	alone   bool   // a single Han character, recognised only where no Han character stands beside it
}

// addWord files a word under the lower-case form of its first two characters (one, for a single character).
func (t *fieldTable) addWord(w string, id FieldID) {
	word := fieldWord{id: id, text: strings.ToLower(w)}
	if strings.ToUpper(w) == w && strings.ContainsFunc(w, isLatin) && !strings.ContainsFunc(w, isHan) {
		word.text, word.capital = w, true
	}
	word.alone = utf8.RuneCountInString(w) == 1
	key := firstTwo(strings.ToLower(w))
	t.words[key] = append(t.words[key], word)
}

// FieldsOf finds the fields that a text names, each once. Where words overlap the longest counts (煤矿安全 is no
// 煤矿), among equals the first; Latin words count only whole. The fields come in the order of their longest word,
// then of its place, so the same text gives the same answer. Nothing found is an empty answer.
func FieldsOf(text string) []FieldID {
	folded := foldWidth(text)
	found := fields().find(folded)
	slices.SortFunc(found, func(a, b fieldHit) int {
		if d := (b.end - b.start) - (a.end - a.start); d != 0 {
			return d
		}
		return a.start - b.start
	})
	var ids []FieldID
	taken := make([]bool, len(folded))
	for _, h := range found {
		if taken[h.start] || taken[h.end-1] { // what was taken before is no shorter, so it covers an end of h
			continue
		}
		for i := h.start; i < h.end; i++ {
			taken[i] = true
		}
		if !slices.Contains(ids, h.id) {
			ids = append(ids, h.id)
		}
	}
	return ids
}

type fieldHit struct {
	start, end int
	id         FieldID
}

// find gives all words of the taxonomy in the text, overlapping ones too.
func (t *fieldTable) find(text string) []fieldHit {
	var hits []fieldHit
	lower := toLowerSameLength(text)
	for at, r := range text {
		rest := lower[at:]
		for _, key := range [2]string{firstTwo(rest), rest[:min(utf8.RuneLen(r), len(rest))]} {
			for _, w := range t.words[key] {
				if end := at + len(w.text); w.standsAt(text, lower, at, end) {
					hits = append(hits, fieldHit{start: at, end: end, id: w.id})
				}
			}
		}
	}
	return hits
}

func (w fieldWord) standsAt(text, lower string, at, end int) bool {
	if w.capital {
		lower = text
	}
	if !strings.HasPrefix(lower[at:], w.text) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[end:])
	first, _ := utf8.DecodeRuneInString(w.text)
	last, _ := utf8.DecodeLastRuneInString(w.text)
	if w.alone && (isHan(before) || isHan(after)) {
		return false
	}
	return !(isLatin(first) && isLatin(before)) && !(isLatin(last) && isLatin(after))
}

func firstTwo(s string) string {
	n := 0
	for i := range s {
		if n == 2 {
			return s[:i]
		}
		n++
	}
	return s
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func isLatin(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// foldWidth makes full-width letters and digits half-width.
func foldWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - ('！' - '!')
		}
		return r
	}, text)
}

// toLowerSameLength lowers ASCII letters only, so that every offset stays where it is.
func toLowerSameLength(text string) string {
	lower := []byte(text)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + ('a' - 'A')
		}
	}
	return string(lower)
}
