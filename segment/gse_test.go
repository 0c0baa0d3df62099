package segment

import (
	"slices"
	"testing"

	"github.com/go-ego/gse"
)

// TestAgainstGSE cuts the sample with gse and with a trie of gse's words alone,
// where both should agree, and with the whole dictionary, where the lexicon
// makes the difference. It is also the test of the way from gse to a trie.
func TestAgainstGSE(t *testing.T) {
	if testing.Short() {
		t.Skip("gse takes a second to load")
	}
	seg, err := loadGSE()
	if err != nil {
		t.Fatal(err)
	}
	words := gseWords(seg)
	plain, err := buildTrie(words.entries())
	if err != nil {
		t.Fatal(err)
	}
	text := sample(t)
	segment, cut := gseEnds(seg, text), cutEnds(seg, text)
	tests := []struct {
		name  string
		trie  *trie
		gse   map[int]int
		floor float64
	}{
		{"gse's words against ModeSegment", plain, segment, 0.999},
		{"gse's words against Cut without HMM", plain, cut, 0.99},
		{"whole dictionary against ModeSegment", dictionary(t).trie, segment, 0.85},
	}
	for _, test := range tests {
		got := agreement(ourEnds(test.trie, text), test.gse)
		t.Logf("%s: %.4f of the words", test.name, got)
		if got < test.floor {
			t.Errorf("%s: %.4f of the words agree, want %.3f", test.name, got, test.floor)
		}
	}
	checkLexiconIsOwn(t, words)
}

// checkLexiconIsOwn keeps the lexicon to what gse lacks.
func checkLexiconIsOwn(t *testing.T, words wordSet) {
	own, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, e := range own {
		if _, known := words[e.text]; known {
			t.Errorf("lexicon word %s is in gse already", e.text)
		}
		if seen[e.text] || !isEntry(e.text) {
			t.Errorf("lexicon word %s stands twice or is no word", e.text)
		}
		seen[e.text] = true
	}
	t.Logf("%d words of gse, %d of the lexicon", len(words), len(own))
}

// gseEnds and its kin return the words as a map from start to end, in bytes.
func gseEnds(seg *gse.Segmenter, text string) map[int]int {
	ends := make(map[int]int)
	for _, s := range seg.ModeSegment([]byte(text)) {
		ends[s.Start()] = s.End()
	}
	return ends
}

func cutEnds(seg *gse.Segmenter, text string) map[int]int {
	ends, at := make(map[int]int), 0
	for _, word := range seg.Cut(text, false) {
		ends[at] = at + len(word)
		at += len(word)
	}
	return ends
}

func ourEnds(t *trie, text string) map[int]int {
	ends := make(map[int]int)
	var sc Scratch
	sc.fold(text)
	for from := 0; from < len(sc.cells); from++ {
		to := from
		for sc.cells[to].kind() == han {
			to++
		}
		if to == from {
			continue
		}
		sc.find(t, sc.cells[from:to+1], false)
		p := from
		for _, q := range sc.path() {
			ends[int(sc.cells[p].orig)] = int(sc.cells[from+q].orig)
			p = from + q
		}
		from = to
	}
	return ends
}

// agreement is the share of our words that the other has cut alike.
func agreement(ours, theirs map[int]int) float64 {
	same := 0
	for start, end := range ours {
		if theirs[start] == end {
			same++
		}
	}
	return float64(same) / float64(len(ours))
}

func TestRules(t *testing.T) {
	r, err := loadRules()
	if err != nil {
		t.Fatal(err)
	}
	d := dictionary(t)
	for _, w := range r.stopHan {
		if u := d.trie.word(w); u&stopBit == 0 {
			t.Errorf("stop word %s is not marked", w)
		}
	}
	for _, w := range r.particles {
		if u := d.trie.word(w); u&particleBit == 0 || len([]rune(w)) != 1 {
			t.Errorf("particle %s is not marked, or not one character", w)
		}
	}
	stops := slices.Clone(r.stopHan)
	slices.Sort(stops)
	if n := len(slices.Compact(stops)); n != len(r.stopHan) {
		t.Errorf("%d stop words stand twice", len(r.stopHan)-n)
	}
	for name, set := range map[string]map[string]struct{}{"stop-en": r.stopLatin, "units": r.units, "standards": r.standards} {
		if len(set) < 40 {
			t.Errorf("%s has %d entries only", name, len(set))
		}
	}
}
