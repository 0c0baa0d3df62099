package index

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

const (
	mostReadings  = 32 // of one name; the likelier readings come first
	longestPinyin = 24 // characters of a name that are read
)

// pinyinKeys gives what a person may type for a Chinese name: the initials and the full spelling of every combination
// of readings, at most mostReadings of each. Letters and digits in the name stand for themselves. A name without a Han
// character has none.
func pinyinKeys(name string) []string {
	syllables := readings(name)
	if syllables == nil {
		return nil
	}
	var keys []string
	seen := map[string]bool{}
	for _, short := range []bool{true, false} {
		for _, key := range combine(syllables, short) {
			if !seen[key] {
				seen[key] = true
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// readings lists the readings of each character.
func readings(name string) [][]string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	var list [][]string
	han := false
	for _, r := range name {
		if len(list) == longestPinyin {
			break
		}
		switch {
		case unicode.Is(unicode.Han, r):
			if all := pinyin.SinglePinyin(r, args); len(all) > 0 {
				list = append(list, all)
				han = true
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			list = append(list, []string{string(unicode.ToLower(r))})
		}
	}
	if !han {
		return nil
	}
	return list
}

// combine joins one reading of each character in every way; short takes the first letters only.
func combine(syllables [][]string, short bool) []string {
	keys := []string{""}
	for _, all := range syllables {
		var next []string
		for _, reading := range distinct(all, short) {
			for _, key := range keys {
				if len(next) < mostReadings {
					next = append(next, key+reading)
				}
			}
		}
		keys = next
	}
	return keys
}

func distinct(all []string, short bool) []string {
	var list []string
	for _, s := range all {
		s = strings.ReplaceAll(s, "ü", "v")
		if short && s != "" {
			s = s[:1]
		}
		if s != "" && !contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
