package segment

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTrieHoldsItsWords(t *testing.T) {
	alphabet := rapid.SampledFrom([]rune("铸造件渗漏煤层气瓦斯抽采0aγ鿿"))
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.MapOfN(rapid.StringOfN(alphabet, 1, 6, -1), rapid.Float64Range(1, 1e6), 1, 60).Draw(t, "words")
		var entries []entry
		total := 0.0
		for _, w := range slices.Sorted(maps.Keys(words)) {
			entries = append(entries, entry{text: w, freq: words[w], mark: stopBit})
			total += words[w]
		}
		tr, err := buildTrie(entries)
		if err != nil {
			t.Fatal(err)
		}
		for w, freq := range words {
			if got, want := tr.word(w).cost(), int64(wordCost(freq, total)); got != want {
				t.Errorf("cost of %q = %d, want %d", w, got, want)
			}
			if tr.word(w)&stopBit == 0 {
				t.Errorf("%q lost its mark", w)
			}
		}
		probe := rapid.StringOfN(alphabet, 0, 7, -1).Draw(t, "probe")
		if _, known := words[probe]; !known && tr.word(probe) != 0 {
			t.Errorf("%q is no word", probe)
		}
		slices.Reverse(entries)
		if again, _ := buildTrie(entries); !slices.Equal(again.units, tr.units) {
			t.Error("the order of the entries shows in the trie")
		}
	})
}

func TestTrieRefuses(t *testing.T) {
	for name, entries := range map[string][]entry{
		"nothing":             nil,
		"beyond the alphabet": {{text: "𠮷", freq: 1}},
	} {
		if _, err := buildTrie(entries); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTrieValidate(t *testing.T) {
	tr, err := buildTrie([]entry{{text: "铸造", freq: 1}})
	if err != nil {
		t.Fatal(err)
	}
	tr.units[1] |= maxSlot << 40
	if tr.validate() == nil {
		t.Error("a base outside the array passed")
	}
}

func TestWordCost(t *testing.T) {
	tests := []struct {
		freq, total float64
		want        unit
	}{
		{1, 1, 1}, {1, 2, costScale}, {3, 3 * 1 << 20, 20 * costScale}, {1e-30, 1, costMask},
	}
	for _, test := range tests {
		if got := wordCost(test.freq, test.total); got != test.want {
			t.Errorf("wordCost(%v, %v) = %d, want %d", test.freq, test.total, got, test.want)
		}
	}
}
