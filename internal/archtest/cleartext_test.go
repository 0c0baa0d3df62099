package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"
)

// clearText are the packages that may ask a Secret for what it hides: the registry, which seals it. A document or page that
// must show a value gets it from Unmask and joins this list with a reason; an index, a ranker or a log never does.
var clearText = []string{"registry"}

func TestClearTextIsAskedForWhereItMayBe(t *testing.T) {
	found := 0
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", f.path), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "ClearText" {
				found++
				if !slices.Contains(clearText, f.pkg) {
					t.Errorf("%s: %s must not take personal data in clear", f.path, f.pkg)
				}
			}
			return true
		})
	}
	if found == 0 {
		t.Error("nobody calls ClearText: the test looks for the wrong name")
	}
}
