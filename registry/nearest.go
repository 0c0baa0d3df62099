package registry

import (
	"slices"
	"strings"
)

// topBy gives the n items with the highest scores above 0, ties in their given order.
func topBy[T any](all []T, n int, score func(T) int) []T {
	var kept []T
	for _, x := range all {
		if score(x) > 0 {
			kept = append(kept, x)
		}
	}
	slices.SortStableFunc(kept, func(a, b T) int { return score(b) - score(a) })
	return kept[:min(n, len(kept))]
}

// sharedRunes counts the different characters of name that occur in text, the frequent 业 and 和 apart.
func sharedRunes(name, text string) int {
	n := 0
	for i, r := range name {
		if !strings.ContainsRune("业和、其他及", r) && strings.IndexRune(name, r) == i && strings.ContainsRune(text, r) {
			n++
		}
	}
	return n
}
