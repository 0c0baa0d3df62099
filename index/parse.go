package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what a person may type; beyond them a search is refused.
const (
	LongestText = 500 // characters
	MostClauses = 32  // words, phrases and exclusions
	mostTerms   = 96  // terms after segmentation
)

// clause is one condition of a search text.
type clause struct {
	fields  []string // as askable names them; none = everywhere
	text    string
	phrase  bool // side by side and in this order
	exclude bool
}

// parse reads a search text: words that must all occur, “phrases” (any quotation marks), field:value and -exclusion,
// each also as 领域:“铸造 工艺” or -职称:讲师. Full-width signs count as their narrow forms. Nothing is an error but
// length and number; what looks like a field and is none is searched as plain words, and notes say so.
func parse(text string) (clauses []clause, notes []string, err error) {
	if n := utf8.RuneCountInString(text); n > LongestText {
		return nil, nil, invalid("q", "检索词有 %d 个字，最多 %d 个；要按整段需求找人，请使用匹配", n, LongestText)
	}
	p := parser{rest: []rune(strings.ToValidUTF8(text, "\uFFFD"))}
	for p.clause() {
	}
	if len(p.clauses) > MostClauses {
		return nil, nil, invalid("q", "检索条件有 %d 个，最多 %d 个，请减少一些", len(p.clauses), MostClauses)
	}
	return p.clauses, p.notes, nil
}

type parser struct {
	rest    []rune
	clauses []clause
	notes   []string
}

const (
	quotes = "\"“”„＂「」『』"
	colons = ":："
	minus  = "-－−"
	commas = "，、；。"
)

func isOneOf(set string) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(set, r) }
}

func (p *parser) at(set string) bool { return len(p.rest) > 0 && strings.ContainsRune(set, p.rest[0]) }

// clause reads the next clause; false at the end.
func (p *parser) clause() bool {
	p.skip(func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(commas+colons, r) })
	if len(p.rest) == 0 {
		return false
	}
	var c clause
	if p.at(minus) {
		p.skip(isOneOf(minus))
		if len(p.rest) == 0 || unicode.IsSpace(p.rest[0]) {
			return true // a dash between spaces is a dash
		}
		c.exclude = true
	}
	if name, ok := p.field(); ok {
		c.fields = askable[name]
	}
	c.text, c.phrase = p.value()
	if strings.TrimSpace(c.text) != "" {
		p.clauses = append(p.clauses, c)
	}
	return true
}

// field reads “name:” where a value follows.
func (p *parser) field() (string, bool) {
	end := slices.IndexFunc(p.rest, func(r rune) bool { return endsWord(r) || strings.ContainsRune(colons, r) })
	if end <= 0 || !strings.ContainsRune(colons, p.rest[end]) || end+1 == len(p.rest) || endsWord(p.rest[end+1]) && !strings.ContainsRune(quotes, p.rest[end+1]) {
		return "", false
	}
	name := strings.ToLower(string(p.rest[:end]))
	if _, ok := askable[name]; !ok {
		if !slices.ContainsFunc(p.rest[:end], func(r rune) bool { return !unicode.IsLetter(r) }) {
			p.notes = append(p.notes, fmt.Sprintf("没有名为“%s”的检索项，已按普通词检索；可用的有：%s", name, strings.Join(AskableFields(), "、")))
		}
		return "", false
	}
	p.rest = p.rest[end+1:]
	return name, true
}

// value reads a word or what stands between quotation marks.
func (p *parser) value() (text string, phrase bool) {
	if p.at(quotes) {
		p.rest = p.rest[1:]
		text = p.take(isOneOf(quotes))
		if len(p.rest) > 0 {
			p.rest = p.rest[1:]
		}
		return text, true
	}
	return p.take(func(r rune) bool { return endsWord(r) || strings.ContainsRune(colons, r) }), false
}

func (p *parser) take(end func(rune) bool) string {
	n := slices.IndexFunc(p.rest, end)
	if n < 0 {
		n = len(p.rest)
	}
	text := string(p.rest[:n])
	p.rest = p.rest[n:]
	return text
}

func (p *parser) skip(while func(rune) bool) {
	for len(p.rest) > 0 && while(p.rest[0]) {
		p.rest = p.rest[1:]
	}
}

func endsWord(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(quotes+commas, r) }
