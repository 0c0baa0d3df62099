package segment

import (
	"slices"
	"testing"
)

// Bare numbers are no terms, written in Han characters either; a drug whose name is two numbers is one.
func TestCountsAreNoTerms(t *testing.T) {
	d, err := LoadDictionary(Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, sc := New(d), new(Scratch)
	texts := func(text string) (list []string) {
		for _, term := range s.Terms(sc, text) {
			list = append(list, string(term.Text))
		}
		return list
	}
	got := texts("收率提高了百分之三，三七种植十多亩")
	for _, count := range []string{"百分之三", "百分之", "十多"} {
		if slices.Contains(got, count) {
			t.Errorf("%s is a term of %v", count, got)
		}
	}
	for _, word := range []string{"三七", "收率", "种植"} {
		if !slices.Contains(got, word) {
			t.Errorf("%s is no term of %v", word, got)
		}
	}
}
