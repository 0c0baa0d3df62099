package policy_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tepai/registry/policy"
)

var update = flag.Bool("update", false, "write testdata/defaults.txt anew")

func TestEverySettingIsComplete(t *testing.T) {
	keys, names, last := map[string]bool{}, map[string]bool{}, 0
	for _, s := range policy.All() {
		key := s.Key.String()
		if keys[key] || names[s.Name] || s.Name == "" || s.Means == "" || s.UsedIn == "" || s.Allowed() == "" {
			t.Errorf("%s stands twice or is incomplete: %+v", key, s)
		}
		keys[key], names[s.Name] = true, true
		if why := s.Check(s.Default); why != "" {
			t.Errorf("default of %s: %s", key, why)
		}
		if s.Article != 0 && s.Article < last || s.Article == 0 && last == 0 || s.Article > policy.Articles {
			t.Errorf("%s of article %d stands after article %d", key, s.Article, last)
		}
		last = max(last, s.Article)
		if n, cited := s.Source.Article(); cited && n != s.Article || !cited && s.Source != policy.CentreSetting {
			t.Errorf("%s serves article %d, its default comes from %s", key, s.Article, s.Source)
		}
		if found, ok := policy.Lookup(s.Key); !ok || found.Name != s.Name {
			t.Errorf("%s is not found", key)
		}
		if _, counts := s.Key.(policy.Countable); counts && s.Unit == "" {
			t.Errorf("%s has no unit", key)
		}
	}
}

// The policy's own words, and nothing else, are cited as an article.
func TestWhatThePolicyItselfFixes(t *testing.T) {
	fixed := map[policy.Key]string{
		policy.QualifyingDegree: "第五条（一） 硕士", policy.QualifyingTitle: "第五条（一） 中级", policy.QuotaYear: "第十一条 24",
		policy.SummaryMonths: "第十九条 6", policy.Grades: "第二十条 优秀、称职、不称职", policy.BarMonths: "第二十一条 36",
	}
	for _, s := range policy.All() {
		_, cited := s.Source.Article()
		if want := fixed[s.Key]; cited != (want != "") || cited && want != fmt.Sprintf("%s %s", s.Source, s.Default) {
			t.Errorf("%s: %s %s, want %q", s.Key, s.Source, s.Default, want)
		}
	}
}

func TestEveryKeyHasARow(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "keys.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, typed := spec.Type.(*ast.Ident); typed && strings.HasSuffix(kind.Name, "Key") {
			name, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if _, ok := policy.Named(name); !ok {
				t.Errorf("%s (%q) has no row in the table", spec.Names[0].Name, name)
			}
			declared++
		}
		return false
	})
	if declared != len(policy.All()) {
		t.Errorf("%d keys, %d rows", declared, len(policy.All()))
	}
}

// An edition writes only what differs from the defaults. If a released default changed, editions in force would say something else
// than what two offices confirmed.
func TestDefaultsNeverChange(t *testing.T) {
	var now strings.Builder
	for _, s := range policy.All() {
		fmt.Fprintf(&now, "%s\t%s\t%s\n", s.Key, s.Source, strings.ReplaceAll(s.Default, "\n", "; "))
	}
	path := filepath.Join("testdata", "defaults.txt")
	if *update {
		if err := os.WriteFile(path, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	released, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if now.String() != string(released) {
		t.Errorf("defaults differ from %s; new settings may be added with -update, released ones stay:\n%s", path, now.String())
	}
}

func TestAKeyWithoutARowIsABug(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a setting that does not exist has a value")
		}
	}()
	policy.Settings{}.Int(policy.MonthsKey("quota_year")) // exists, but is no number of months
}
