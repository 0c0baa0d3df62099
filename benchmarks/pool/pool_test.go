package pool

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"tepai/registry"
)

func TestSameSeedSameBytes(t *testing.T) {
	if a, b := bytesOf(t, 7, 300), bytesOf(t, 7, 300); a != b {
		t.Error("two runs differ")
	}
	if a, b := bytesOf(t, 7, 300), bytesOf(t, 8, 300); a == b {
		t.Error("the seed changes nothing")
	}
	small, large := slices.Collect(Specialists(7, 50)), slices.Collect(Specialists(7, 80))
	for i := range small {
		if a, b := encode(t, small[i]), encode(t, large[i]); a != b {
			t.Fatalf("the larger pool begins otherwise:\n%s\n%s", a, b)
		}
	}
}

func bytesOf(t *testing.T, seed uint64, n int) string {
	var b strings.Builder
	for v := range Specialists(seed, n) {
		b.WriteString(encode(t, v))
	}
	for v := range Needs(seed, n) {
		b.WriteString(encode(t, v))
	}
	return b.String()
}

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestIteratorsStop(t *testing.T) {
	for range Specialists(1, 10) {
		break
	}
	if n := len(slices.Collect(Needs(1, 0))); n != 0 {
		t.Errorf("%d needs in an empty pool", n)
	}
}

func TestRecordsAreSound(t *testing.T) {
	for v := range Specialists(2, 3000) {
		if err := v.Validate(); err != nil {
			t.Fatal(v.ID, err)
		}
		if n := profileLength(v); n < shortest || n > longest {
			t.Fatalf("%s: %d characters", v.ID, n)
		}
		if len(v.Evidence) > 4 {
			t.Fatalf("%s: %d items of evidence", v.ID, len(v.Evidence))
		}
		if text := encode(t, v); strings.ContainsAny(strings.Join(v.Texts(), ""), "{}[]") || strings.Contains(text, "。。") {
			t.Fatalf("a slot or sign is left over: %s", text)
		}
	}
	for v := range Needs(2, 3000) {
		if err := v.Validate(); err != nil {
			t.Fatal(v.ID, err)
		}
	}
}

func profileLength(v registry.Specialist) int {
	return length(v.Fields...) + length(v.Keywords...) + length(v.Expertise, v.Achievements, v.ServiceWish)
}

func TestDistribution(t *testing.T) {
	const n = 5000
	total, items := 0, 0
	fields := map[string]int{}
	for v := range Specialists(3, n) {
		total += profileLength(v)
		items += len(v.Evidence)
		fields[v.Fields[0]]++
	}
	if mean := total / n; mean < 120 || mean > 200 {
		t.Errorf("profiles have %d characters on average", mean)
	}
	if items < n || items > 2*n {
		t.Errorf("%d items of evidence for %d specialists", items, n)
	}
	var counts []int
	for _, c := range fields {
		counts = append(counts, c)
	}
	slices.Sort(counts)
	slices.Reverse(counts)
	if len(counts) < 80 || counts[0] > n/6 || counts[0] < 20*counts[len(counts)-20] {
		t.Errorf("fields are not as uneven as people's are: %v", counts)
	}
}

// What is written must be many texts and not one with other names.
func TestTextsDiffer(t *testing.T) {
	const n = 5000
	texts, sentences := map[string]int{}, map[string]int{}
	for v := range Specialists(4, n) {
		texts[v.Expertise]++
		seen := map[string]bool{}
		for _, s := range strings.FieldsFunc(v.Expertise, func(r rune) bool { return strings.ContainsRune("。；，", r) }) {
			if !seen[s] {
				sentences[s]++
			}
			seen[s] = true
		}
	}
	if len(texts) < n*999/1000 {
		t.Errorf("%d different texts of %d", len(texts), n)
	}
	for s, c := range sentences {
		if c > n/12 {
			t.Errorf("%d of %d write %q", c, n, s)
		}
	}
}

// Heaps' law: the vocabulary grows as a power of the text, with an exponent as in natural collections, and about
// half of it occurs once.
func TestVocabularyGrows(t *testing.T) {
	counts := map[string]int{}
	sizes := map[int]int{}
	tokens := map[int]int{}
	n, i := 0, 0
	for v := range Specialists(5, 16000) {
		for _, text := range v.Texts() {
			for _, term := range pairs(text) {
				counts[term]++
				n++
			}
		}
		if i++; i == 1000 || i == 4000 || i == 16000 {
			sizes[i], tokens[i] = len(counts), n
		}
	}
	for _, from := range []int{1000, 4000} {
		beta := math.Log(float64(sizes[4*from])/float64(sizes[from])) / math.Log(float64(tokens[4*from])/float64(tokens[from]))
		t.Logf("%d to %d specialists: %d to %d terms, exponent %.2f", from, 4*from, sizes[from], sizes[4*from], beta)
		if beta < 0.3 || beta > 0.75 {
			t.Errorf("exponent %.2f from %d on", beta, from)
		}
	}
	once := 0
	for _, c := range counts {
		if c == 1 {
			once++
		}
	}
	if share := float64(once) / float64(len(counts)); share < 0.3 || share > 0.75 {
		t.Errorf("%.2f of the terms occur once", share)
	}
}

// pairs are a text's terms, roughly: pairs of Han characters, and runs of letters and digits.
func pairs(text string) []string {
	var list []string
	var run []rune
	before := ' '
	for _, r := range text + " " {
		han := unicode.Is(unicode.Han, r)
		if !han && (unicode.IsLetter(r) || unicode.IsDigit(r) || len(run) > 0 && strings.ContainsRune("-./", r)) {
			run = append(run, r)
		} else if len(run) > 0 {
			list, run = append(list, string(run)), nil
		}
		if han && unicode.Is(unicode.Han, before) {
			list = append(list, string([]rune{before, r}))
		}
		before = r
	}
	return list
}

func BenchmarkSpecialists(b *testing.B) {
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		newWriter(1, specialists, i).specialist(i)
		i++
	}
}
