package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tepai/segment"
)

// needle is a clause in terms: all patterns must occur. It serves the query and, on the texts themselves, the
// highlights, so that both agree.
type needle struct {
	clause
	patterns []pattern
	whole    string // the whole text folded: a name, a title
	key      string // whole, where it may be the beginning of a pinyin, or an id; empty for phrases and fields
}

// pattern is a run of terms, each with its distance from the first; mostly it is one term.
type pattern []slot

type slot struct {
	term string
	at   int
}

// needles analyses clauses; one that consists of stop words only is left out with a note.
func needles(words *segment.Segmenter, clauses []clause) (list []needle, notes []string, err error) {
	var r reader
	total := 0
	for _, c := range clauses {
		n := needle{clause: c, whole: r.fold(c.text)}
		terms := r.read(words, c.text)
		switch {
		case c.phrase || c.exclude:
			n.patterns = phrasePattern(terms)
		default:
			n.patterns = wordPatterns(terms)
		}
		if !c.phrase && c.fields == nil {
			n.key = keyOf(n.whole, 2)
		}
		for _, p := range n.patterns {
			total += len(p)
		}
		if len(n.patterns) == 0 && n.key == "" && len(n.values()) == 0 {
			notes = append(notes, "“"+strings.TrimSpace(c.text)+"”太常见或没有文字，未作为检索条件")
			continue
		}
		list = append(list, n)
	}
	if total > mostTerms {
		return nil, nil, invalid("q", "检索词切分后有 %d 个词，最多 %d 个，请缩短", total, mostTerms)
	}
	return list, notes, nil
}

// values are the fields in which the whole text of a needle may stand as a value. Titles are made of words that say
// nothing in running text (教授), so they must be found as a whole; other words are looked up there only when asked for.
func (n needle) values() (fields []string) {
	for _, f := range valueFields {
		if slices.Contains(n.fields, f) || f == "post" && n.fields == nil && len(n.patterns) == 0 && n.whole != "" {
			fields = append(fields, f)
		}
	}
	return fields
}

// keyOf is a word that may be a pinyin or an id: ASCII without spaces, so many characters at least; or else empty.
func keyOf(folded string, least int) string {
	for i := range len(folded) {
		if folded[i] <= ' ' || folded[i] >= utf8.RuneSelf {
			return ""
		}
	}
	if len(folded) < least || len(folded) > longestKey {
		return ""
	}
	return folded
}

// wordPatterns picks the terms that a word must share with a text: the words of the best path, and pairs where the
// dictionary is silent. Whether a single character is a term of its own depends on its neighbours, so one counts only
// where there is nothing else, and at the beginning, where the surname stands (王小军 is 王 and 小军).
func wordPatterns(terms []term) []pattern {
	var chosen []term
	take := func(kinds ...segment.Kind) {
		for _, t := range terms {
			if slices.Contains(kinds, t.kind) && !overlapsAny(t, chosen, t.kind) {
				chosen = append(chosen, t)
			}
		}
	}
	take(segment.Word, segment.Latin, segment.Code, segment.Number)
	take(segment.Bigram)
	if len(chosen) == 0 {
		take(segment.Inner, segment.Single)
	}
	if first := slices.IndexFunc(terms, func(t term) bool { return t.kind == segment.Single }); first >= 0 {
		if t := terms[first]; t.start == terms[0].start && !slices.ContainsFunc(chosen, func(c term) bool { return c.start == t.start }) {
			chosen = append(chosen, t)
		}
	}
	list := make([]pattern, len(chosen))
	for i, t := range chosen {
		list[i] = pattern{{term: string(t.text)}}
	}
	return list
}

// overlapsAny tells whether the term covers characters that a chosen one of another kind covers already. Pairs overlap
// each other: 泵壳盖 is 泵壳 and 壳盖.
func overlapsAny(t term, chosen []term, kind segment.Kind) bool {
	for _, c := range chosen {
		if t.start < c.end && c.start < t.end && c.kind != kind {
			return true
		}
	}
	return false
}

// phrasePattern takes the longest term at every place; single characters count only in a phrase that has nothing else.
func phrasePattern(terms []term) []pattern {
	pick := longest(terms, false)
	if len(pick) == 0 {
		pick = longest(terms, true)
	}
	if len(pick) == 0 {
		return nil
	}
	p := make(pattern, len(pick))
	for i, t := range pick {
		p[i] = slot{string(t.text), int(t.at - pick[0].at)}
	}
	return []pattern{p}
}

func longest(terms []term, singles bool) (pick []term) {
	for _, t := range terms {
		if (t.kind == segment.Single) != singles {
			continue
		}
		last := len(pick) - 1
		switch {
		case last < 0 || pick[last].at < t.at:
			pick = append(pick, t)
		case t.end > pick[last].end:
			pick[last] = t
		}
	}
	return pick
}
