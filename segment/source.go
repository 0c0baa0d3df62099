package segment

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

const gsePath = "github.com/go-ego/gse"

// errNoWords is what a build with gse's tag "ne" leads to: it leaves the
// dictionary out without an error of its own.
var errNoWords = errors.New("gse 内嵌的中文词典为空（程序可能带构建标签 ne 编译），请去掉该标签后重新编译")

// compile builds the trie from gse's simplified dictionary, the lexicon and the
// stop words. It takes about a second and, for that time, 150 MB.
func compile(r *rules) (*trie, error) {
	seg, err := loadGSE()
	if err != nil {
		return nil, err
	}
	words := gseWords(seg)
	own, err := lexicon()
	if err != nil {
		return nil, err
	}
	for _, e := range own {
		words.put(e.text, max(e.freq, words[e.text].freq))
	}
	words.mark(r.stopHan, stopBit)
	words.mark(r.particles, stopBit|particleBit)
	words.markCounts(r.counts)
	return buildTrie(words.entries())
}

// wordSet gathers words by their folded text.
type wordSet map[string]entry

// put adds a word or raises its frequency. Words without a Han character, or
// with signs inside, are cut by other rules and left out.
func (w wordSet) put(text string, freq float64) {
	e, ok := w[text]
	if !ok && !isEntry(text) {
		return
	}
	e.text, e.freq = text, max(e.freq, freq)
	w[text] = e
}

func (w wordSet) mark(words []string, bits unit) {
	for _, text := range words {
		w.put(text, 3)
		if e, ok := w[text]; ok {
			e.mark |= bits
			w[text] = e
		}
	}
}

// markCounts makes stop words of the words that consist of the characters of
// counts[0] alone, unless they are named after it.
func (w wordSet) markCounts(counts []string) {
	for text, e := range w {
		if utf8.RuneCountInString(text) > 1 && strings.Trim(text, counts[0]) == "" && !slices.Contains(counts[1:], text) {
			e.mark |= stopBit
			w[text] = e
		}
	}
}

// entries returns the words in the order of their text, so that sums over them
// do not depend on chance.
func (w wordSet) entries() []entry {
	list := make([]entry, 0, len(w))
	for _, text := range slices.Sorted(maps.Keys(w)) {
		list = append(list, w[text])
	}
	return list
}

// maxWord bounds the length of a word in bytes; longer ones are proverbs.
const maxWord = 3 * 16

func isEntry(text string) bool {
	hasHan := false
	for _, r := range text {
		switch classify(r) {
		case han:
			hasHan = true
		case other:
			return false
		}
		if r >= alphabetSize {
			return false
		}
	}
	return hasHan && len(text) <= maxWord
}

// loadGSE reads gse's embedded simplified dictionary. Its HMM model is not
// loaded: that is package state which another user of gse might be reading.
func loadGSE() (*gse.Segmenter, error) {
	seg := &gse.Segmenter{NotLoadHMM: true, SkipLog: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("gse dictionary: %w", err)
	}
	if seg.Dict == nil || seg.Dict.NumTokens() == 0 {
		return nil, errNoWords
	}
	return seg, nil
}

// gseWords folds gse's words. gse counts every single character as 2.
func gseWords(seg *gse.Segmenter) wordSet {
	var sc Scratch
	words := make(wordSet, seg.Dict.NumTokens())
	for i := range seg.Dict.Tokens {
		token := &seg.Dict.Tokens[i]
		norm, _ := sc.Normalize(token.Text())
		words.put(string(norm), token.Freq())
	}
	return words
}

// gseVersion names the dictionary's edition as exactly as the program knows it.
func gseVersion() string {
	version := gse.Version
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == gsePath {
				version += " " + m.Version + " " + m.Sum
				if m.Replace != nil {
					version += " " + m.Replace.Path + " " + m.Replace.Version
				}
			}
		}
	}
	return version
}
