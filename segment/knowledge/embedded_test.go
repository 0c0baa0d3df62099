package knowledge

import (
	"os"
	"strings"
	"testing"
)

// taxonomy reads the names of the technical fields from the registry's table.
func taxonomy(t testing.TB) func(string) bool {
	t.Helper()
	content, err := os.ReadFile("../../registry/fields.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(content)) {
		name, _, _ := strings.Cut(line, "|")
		if name = strings.TrimSpace(name); name != "" && !strings.HasPrefix(name, "#") {
			known[name] = true
		}
	}
	return func(name string) bool { return known[name] }
}

// TestEmbeddedLoads reports every fault of every file; go test ./segment/knowledge -run TestEmbedded is what an author runs.
func TestEmbeddedLoads(t *testing.T) {
	_, problems, err := load(Embedded(), Options{Fields: taxonomy(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// TestEmbeddedExamples proves every rule on its own sentence, also those beside faulty lines.
func TestEmbeddedExamples(t *testing.T) {
	b, _, err := load(Embedded(), Options{Fields: taxonomy(t)})
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.rules {
		r := &b.rules[i]
		t.Run(r.Place.String(), func(t *testing.T) {
			if why := b.example(r); why != "" {
				t.Errorf("%s：%s", r.Place, why)
			}
		})
	}
}

// TestEverydayTextsFireNothing: news, contracts and notices are no needs; a wording that fires on them is too general.
func TestEverydayTextsFireNothing(t *testing.T) {
	b, _, err := load(Embedded(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("testdata/everyday.txt")
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(string(content)) {
		for _, f := range b.Diagnose(Passage{Text: text}).Fired {
			if f.Kind == Rule {
				t.Errorf("%s:%d（%s）在日常文字上触发了：%s", f.File, f.Line, f.What, text)
			}
		}
	}
}
