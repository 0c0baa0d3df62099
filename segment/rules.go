package segment

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// lexiconFiles hold technical words that gse's dictionary lacks; ruleFiles the
// stop words, units and standards. Both are read by fields.
//
//go:embed lexicon/*.txt
var lexiconFiles embed.FS

//go:embed rules/*.txt
var ruleFiles embed.FS

// rules are the small lists beside the dictionary.
type rules struct {
	stopHan, particles, counts  []string // compiled into the trie
	stopLatin, units, standards map[string]struct{}
}

func (r *rules) isStopLatin(word []byte) bool { return has(r.stopLatin, word) }
func (r *rules) isUnit(text []byte) bool      { return has(r.units, text) }
func (r *rules) isStandard(text []byte) bool  { return has(r.standards, text) }
func (r *rules) isMultiplier(c rune) bool     { return strings.ContainsRune("十百千万亿", c) }

func has(set map[string]struct{}, text []byte) bool {
	_, ok := set[string(text)]
	return ok
}

func loadRules() (*rules, error) {
	r := new(rules)
	lists := []struct {
		file string
		list *[]string
		set  *map[string]struct{}
	}{
		{file: "stop-zh.txt", list: &r.stopHan},
		{file: "particles.txt", list: &r.particles},
		{file: "counts.txt", list: &r.counts},
		{file: "stop-en.txt", set: &r.stopLatin},
		{file: "units.txt", set: &r.units},
		{file: "standards.txt", set: &r.standards},
	}
	for _, l := range lists {
		text, err := ruleFiles.ReadFile(path.Join("rules", l.file))
		if err != nil {
			return nil, fmt.Errorf("segment: %w", err)
		}
		words := fields(string(text))
		if l.list != nil {
			*l.list = words
			continue
		}
		*l.set = make(map[string]struct{}, len(words))
		for _, w := range words {
			(*l.set)[w] = struct{}{}
		}
	}
	return r, nil
}

// fields returns the folded words of a list: separated by blanks or line ends; a
// line that begins with "#" is a remark.
func fields(text string) []string {
	var sc Scratch
	var words []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		norm, _ := sc.Normalize(line)
		words = append(words, strings.Fields(string(norm))...)
	}
	return words
}

// lexiconFreq is the frequency of a lexicon word that states none. It is above
// the 3 that gse gives to most technical words, so that ours win a tie.
const lexiconFreq = 50

// lexicon returns the words of lexicon/*.txt. A number behind a word is its
// frequency.
func lexicon() ([]entry, error) {
	files, err := fs.Glob(lexiconFiles, "lexicon/*.txt")
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, name := range files {
		text, err := lexiconFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, word := range fields(string(text)) {
			freq, err := strconv.ParseFloat(word, 64)
			switch {
			case err != nil:
				entries = append(entries, entry{text: word, freq: lexiconFreq})
			case freq < 1 || len(entries) == 0:
				return nil, fmt.Errorf("%s: frequency %s stands behind no word or is below 1", name, word)
			default:
				entries[len(entries)-1].freq = freq
			}
		}
	}
	return entries, nil
}
