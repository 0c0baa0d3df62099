// Package segment turns Chinese text, mixed with Latin words, codes and
// numbers, into terms that a search can count, each with the bytes of the
// reader's own text where it stands.
//
// A text goes through three steps, all of them in one Scratch and, once that
// has grown, without allocating:
//
//   - fold (fold.go, cluster.go): full and half width, compatibility forms and
//     case are folded, rune by rune, into cells that remember where each rune
//     came from, so that a highlight always lands on whole runes of the original;
//   - path (path.go): over every unbroken stretch the double-array trie
//     (trie.go) lists all dictionary words at all positions in one pass, and a
//     dynamic programme chooses the most probable way through them;
//   - emit (terms.go, latin.go, number.go): words on that way, the other words,
//     pairs of characters where the dictionary is silent, stems, codes,
//     standards and numbers with units become terms.
//
// What a term is called depends on its Text alone; its Kind says how it was
// found. Which words stand at a place depends on that place and the dictionary,
// not on the sentence around it: so the words of a query are found again in any
// longer text. Only a Single depends on the neighbourhood.
//
// The dictionary is gse's simplified Chinese one (github.com/go-ego/gse) plus
// lexicon/*.txt; reading it takes about a second, so the compiled form is kept
// in a cache file and read back in a few milliseconds (cache.go). rules/*.txt
// hold the stop words, units and standards. All of these are plain text for
// colleagues to edit.
//
// What the terms mean, how they are weighed and where they are stored is left to
// others: meaning to segment/knowledge, counting to index, weights to matcher.
package segment
