package segment

import (
	"bytes"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestFoldEveryRune compares the short ways with the plain definition for every
// code point of the planes in use, alone and with a mark behind it.
func TestFoldEveryRune(t *testing.T) {
	var sc, again Scratch
	last := rune(0x33FFF)
	if testing.Short() || raceEnabled {
		last = 0xFFFF
	}
	for r, bad := rune(0), 0; r <= last && bad < 10; r++ {
		for _, text := range []string{string(r), string(r) + "\u0301"} {
			folded, _ := sc.Normalize(text)
			twice, _ := again.Normalize(string(folded))
			if want := foldByDefinition(text); string(folded) != want || !bytes.Equal(twice, folded) {
				t.Errorf("%U: %q folds to %q, want %q; again to %q", r, text, folded, want, twice)
				bad++
			}
		}
	}
}

// foldByDefinition is what Normalize promises, written without regard to speed.
func foldByDefinition(text string) string {
	drop := func(s string) string {
		var out []rune
		for _, r := range s {
			if isHyphen(r) {
				r = '-'
			}
			if !isInvisible(r) {
				out = append(out, r)
			}
		}
		return string(out)
	}
	lower := func(s string) string {
		runes := []rune(s)
		for i, r := range runes {
			runes[i] = unicode.ToLower(r)
		}
		return string(runes)
	}
	return drop(norm.NFKC.String(lower(norm.NFKC.String(drop(text)))))
}

func TestFoldClasses(t *testing.T) {
	tests := []struct {
		text string
		want class
	}{
		{"铸", han}, {"〇", han}, {"㐂", han}, {"𠮷", han}, {"々", han},
		{"a", letter}, {"A", letter | upper}, {"Ａ", letter | upper}, {"é", letter}, {"É", letter | upper}, {"γ", letter}, {"カ", letter}, {"각", letter},
		{"7", digit}, {"７", digit}, {"²", digit}, {"٣", digit},
		{"，", other}, {" ", other}, {"\u3000", other}, {"☃", other}, {"😀", other}, {"\xff", other},
	}
	for _, test := range tests {
		var sc Scratch
		sc.fold(test.text)
		if got := sc.cells[0].class; got != test.want {
			t.Errorf("class of %q = %d, want %d", test.text, got, test.want)
		}
	}
}
