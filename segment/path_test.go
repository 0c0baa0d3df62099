package segment

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPathIsBest compares the path's cost with that of every other way.
func TestPathIsBest(t *testing.T) {
	d := dictionary(t)
	runes := []rune(strings.ReplaceAll(sample(t), "\n", ""))
	pieces := []string{"A", "3D", "打印", "4S", "店", "X", "射线", "𠮷", "型"}
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(runes)-10).Draw(t, "from")
		text := string(runes[from : from+rapid.IntRange(1, 10).Draw(t, "length")])
		text += strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 3).Draw(t, "pieces"), "")
		text = strings.Map(func(r rune) rune {
			if classify(r) == other {
				return 'x'
			}
			return r
		}, text)
		var sc Scratch
		sc.fold(text)
		n := len(sc.cells) - 1
		sc.find(d.trie, sc.cells, true)
		if got, want := sc.nodes[n].best, cheapest(d.trie, sc.cells, 0); got != want {
			t.Errorf("%q: path costs %d, the cheapest %d", text, got, want)
		}
		if got := costOf(d.trie, sc.cells, sc.path()); got != sc.nodes[n].best {
			t.Errorf("%q: words on the path cost %d, not %d", text, got, sc.nodes[n].best)
		}
	})
}

// path returns the ends of the words on the best path.
func (l *lattice) path() (ends []int) {
	for p := int32(0); int(p) < len(l.nodes)-1; {
		p = l.nodes[p].next
		ends = append(ends, int(p))
	}
	return ends
}

// cheapest tries every way through cells from p on.
func cheapest(t *trie, cells []cell, p int) int64 {
	if p == len(cells)-1 {
		return 0
	}
	best := int64(math.MaxInt64)
	for q := p + 1; q < len(cells); q++ {
		if cost := stepCost(t, cells, p, q); cost > 0 && !(cells[q-1].isWordy() && cells[q].isWordy()) {
			best = min(best, cost+cheapest(t, cells, q))
		}
	}
	return best
}

// stepCost is what the cells [p, q) cost as one word; 0 if they are none.
func stepCost(t *trie, cells []cell, p, q int) int64 {
	var word strings.Builder
	for _, c := range cells[p:q] {
		word.WriteRune(c.r)
	}
	cost := t.word(word.String()).cost()
	if atomEnd(cells, p) == q && (cost == 0 || cost > unknownCost) {
		cost = unknownCost
	}
	return cost
}

func costOf(t *trie, cells []cell, ends []int) (sum int64) {
	p := 0
	for _, q := range ends {
		sum += stepCost(t, cells, p, q)
		p = q
	}
	return sum
}

// TestAllWordsAreFound compares the words found with a look-up of every piece.
func TestAllWordsAreFound(t *testing.T) {
	d := dictionary(t)
	for _, stretch := range strings.FieldsFunc(sample(t), func(r rune) bool { return classify(r) != han }) {
		var sc Scratch
		sc.fold(stretch)
		sc.find(d.trie, sc.cells, false)
		for p := range len(sc.nodes) - 1 {
			var got, want []int
			for _, m := range sc.at(p) {
				got = append(got, int(m.end))
			}
			for q := p + 1; q < len(sc.cells); q++ {
				if d.trie.word(string(sc.text(p, q))).isWord() {
					want = append(want, q)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s at %d: words end at %v, want %v", stretch, p, got, want)
			}
		}
	}
}
