package segment

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// shared is the real dictionary, loaded once for all tests.
var shared = sync.OnceValues(func() (*Dictionary, error) { return LoadDictionary(Options{}) })

func dictionary(t testing.TB) *Dictionary {
	t.Helper()
	d, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample is text of our own from many trades.
func sample(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// show writes terms as "text/kind[start:end]", one a line.
func show(terms []Term) string {
	var b strings.Builder
	for _, t := range terms {
		fmt.Fprintf(&b, "%s/%v[%d:%d]\n", t.Text, t.Kind, t.Start, t.End)
	}
	return b.String()
}
