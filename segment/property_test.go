package segment

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// checkTerms holds what is true of the terms of any text.
func checkTerms(t interface {
	Helper()
	Errorf(string, ...any)
}, s *Segmenter, text string) {
	t.Helper()
	var sc, fresh, slice Scratch
	s.Terms(&sc, "以前的 text 3D打印 ㍿") // whatever was in the scratch
	terms := s.Terms(&sc, text)
	if show(terms) != show(s.Terms(&fresh, text)) {
		t.Errorf("%q: the scratch's past shows", text)
	}
	borders := runeBorders(text)
	wide := sc.wide
	for i, term := range terms {
		if len(term.Text) == 0 || !utf8.Valid(term.Text) || term.Start >= term.End || !borders[int(term.Start)] || !borders[int(term.End)] {
			t.Errorf("%q: bad term %q [%d:%d]", text, term.Text, term.Start, term.End)
			continue
		}
		if i > 0 && term.before(&terms[i-1]) {
			t.Errorf("%q: %q stands before %q", text, terms[i-1].Text, term.Text)
		}
		if term.Kind <= Bigram {
			got, _ := slice.Normalize(text[term.Start:term.End])
			if string(got) != string(term.Text) && !(wide && strings.Contains(string(got), string(term.Text))) {
				t.Errorf("%q: term %q, but its bytes fold to %q", text, term.Text, got)
			}
		}
	}
}

// checkNormalize holds what is true of the folded form of any text.
func checkNormalize(t interface {
	Helper()
	Errorf(string, ...any)
}, text string) {
	t.Helper()
	var sc, again Scratch
	folded, origin := sc.Normalize(text)
	if !utf8.Valid(folded) || len(origin) != len(folded)+1 || int(origin[len(folded)]) != len(text) {
		t.Errorf("%q: folded %q, %d origins ending at %d", text, folded, len(origin), origin[len(origin)-1])
	}
	borders := runeBorders(text)
	for i, o := range origin {
		if !borders[int(o)] || i > 0 && o < origin[i-1] {
			t.Errorf("%q: origin %v", text, origin)
			break
		}
	}
	if twice, _ := again.Normalize(string(folded)); string(twice) != string(folded) {
		t.Errorf("%q: folded %q, folded again %q", text, folded, twice)
	}
	if !norm.NFKC.IsNormal(folded) {
		t.Errorf("%q: folded %q is not NFKC", text, folded)
	}
}

// runeBorders marks the offsets where a rune begins or the text ends.
func runeBorders(text string) map[int]bool {
	borders := map[int]bool{len(text): true}
	for i := range text {
		borders[i] = true
	}
	return borders
}

// anyText draws text from all that the program meets, and from what it does not.
func anyText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"铸件", "渗漏", "的", "凝固模拟", "研究生命", "瓦斯抽采", "公司", "3D打印", "4S店", "𠮷", "㐂", "〇"}),
		rapid.SampledFrom([]string{"QT450-10", "GB/T 9439-2010", "95%", "80℃", "1,500kg/h", "C++", "R&D", "VOCs", "the", "castings'", "5万吨", "45#", "Al₂O₃"}),
		rapid.SampledFrom([]string{"，", " ", "\n", "-", "–", "/", ".", "'", "’", "·", "…", "（", "＋", "#", "&", ",", "。"}),
		rapid.SampledFrom([]string{"\u0301", "\u200d", "\ufe0f", "\ufeff", "\u3099", "㍿", "ﷺ", "½", "İ", "ß", "ﾞ", "각", "\u1160", "㉨", "ㅓ", "👨‍👩‍👧", "1️⃣", "\xff", "\xe9\x93", "\xed\xa0\x80"}),
		rapid.StringN(0, 4, -1),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 4), func(b []byte) string { return string(b) }),
	)
	return rapid.Map(rapid.SliceOfN(piece, 0, 12), func(p []string) string { return strings.Join(p, "") })
}

func TestTermsOfAnyText(t *testing.T) {
	s := New(dictionary(t))
	rapid.Check(t, func(t *rapid.T) { checkTerms(t, s, anyText().Draw(t, "text")) })
}

func TestNormalizeAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkNormalize(t, anyText().Draw(t, "text")) })
}

// TestQueryIsFoundInLongerText: set off by signs, a query gives the very same
// terms within a longer text; run together with other characters, all but the
// singles, which depend on the best path.
func TestQueryIsFoundInLongerText(t *testing.T) {
	s := New(dictionary(t))
	runes := []rune(strings.ReplaceAll(sample(t), "\n", ""))
	excerpt := func(t *rapid.T, name string) string {
		from := rapid.IntRange(0, len(runes)-20).Draw(t, name)
		return string(runes[from : from+rapid.IntRange(1, 20).Draw(t, name+" length")])
	}
	rapid.Check(t, func(t *rapid.T) {
		query, before, after := excerpt(t, "query"), excerpt(t, "before"), excerpt(t, "after")
		if rapid.Bool().Draw(t, "mixed") {
			query += rapid.SampledFrom([]string{"QT450-10", " GB/T 9439", "VOCs治理", "95%", "castings", "3D打印"}).Draw(t, "tail")
		}
		apart := before + "。" + query + "。" + after
		var own, whole Scratch
		offset := int32(len(before) + len("。"))
		var inside []Term
		for _, term := range s.Terms(&whole, apart) {
			if term.Start >= offset && term.End <= offset+int32(len(query)) {
				term.Start, term.End = term.Start-offset, term.End-offset
				inside = append(inside, term)
			}
		}
		if got, want := show(inside), show(s.Terms(&own, query)); got != want {
			t.Errorf("%q in %q:\n%s\nalone:\n%s", query, apart, got, want)
		}
		together := strings.Fields(texts(s, before+query+after))
		for _, term := range s.Terms(&own, query) {
			if term.Kind <= Bigram && term.Kind != Single && !slices.Contains(together, string(term.Text)) {
				t.Errorf("%q of %q not in %q", term.Text, query, before+query+after)
			}
		}
	})
}

// TestOrigin checks the helper for ranges of the folded text.
func TestOrigin(t *testing.T) {
	var sc Scratch
	folded, origin := sc.Normalize("Ａ㎏e\u0301铸")
	if string(folded) != "akgé铸" {
		t.Fatalf("folded %q", folded)
	}
	tests := []struct{ from, to, start, end int }{
		{0, 1, 0, 3}, {1, 2, 3, 6}, {2, 3, 3, 6}, {0, 3, 0, 6}, {3, 5, 6, 9}, {5, 8, 9, 12}, {0, 8, 0, 12},
	}
	for _, test := range tests {
		if start, end := Origin(origin, test.from, test.to); start != test.start || end != test.end {
			t.Errorf("Origin(%d, %d) = %d, %d, want %d, %d", test.from, test.to, start, end, test.start, test.end)
		}
	}
}

func FuzzTerms(f *testing.F) {
	for _, text := range []string{"", "泵壳试压老是冒汗", "GB/T 9439-2010, 1,500 kg/h，３Ｄ打印", "e\u0301㍿\xff\xe9\x93", "𠮷👨‍👩‍👧1️⃣", "㉨ㅓ"} {
		f.Add(text)
	}
	s := New(dictionary(f))
	f.Fuzz(func(t *testing.T, text string) {
		checkTerms(t, s, text)
		checkNormalize(t, text)
	})
}
