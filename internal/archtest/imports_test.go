package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says, floor by floor, which of our packages a package may import. A package that is missing here fails the
// test: it must be given a floor first. Tests may import testkit and testdata beside this.
var mayImport = map[string][]string{
	"registry":           {"registry/calendar", "registry/policy", "registry/kv", "registry/kv/bolt", "registry/seal", "registry/blob"},
	"registry/blob":      {},
	"registry/calendar":  {},
	"registry/policy":    {"registry/calendar"},
	"registry/kv":        {},
	"registry/kv/bolt":   {"registry/kv"},
	"registry/kv/kvtest": {"registry/kv"},
	"registry/archive":   {"registry"},
	"registry/intake":    {"registry"},
	"registry/seal":      {},
	"segment":            {},
	"segment/knowledge":  {"segment"},
	"index":              {"registry", "segment", "index/postings"},
	"index/postings":     {},
	"matcher":            {"registry", "index", "index/postings", "segment", "segment/knowledge", "matcher/judge"},
	"matcher/judge":      {},
	"matcher/learn":      {"registry", "matcher", "matcher/judge"},
	"server":             {"registry", "matcher"},
	"cmd/tepai":          {"*"},
	"testdata":           {},
	"internal/archtest":  {},
	"internal/testkit":   {"*"},
	"benchmarks":         {"*"},
	"benchmarks/pool":    {"registry"},
}

// owners are the only packages that may import a library. Benchmarks may hold anything beside ours to compare.
var owners = map[string]string{
	"github.com/blevesearch/bleve/v2":        "index",
	"github.com/blevesearch/bleve_index_api": "index",
	"github.com/blevesearch/snowballstem":    "segment",
	"github.com/go-ego/gse":                  "segment",
	"go.etcd.io/bbolt":                       "registry/kv/bolt",
	"filippo.io/age":                         "registry/archive",
	"github.com/gin-gonic/gin":               "server",
	"github.com/mozillazg/go-pinyin":         "index",
	"github.com/alecthomas/kong":             "cmd/tepai",
	"github.com/goccy/go-yaml":               "cmd/tepai",
}

type sourceFile struct {
	pkg, path string
	imports   []string
	test      bool
}

func sources(t *testing.T) []sourceFile {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []sourceFile
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." && path != root {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		f := sourceFile{pkg: filepath.ToSlash(filepath.Dir(rel)), path: rel, test: strings.HasSuffix(path, "_test.go")}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, name)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d source files found: the test looks in the wrong place", len(files))
	}
	return files
}

func TestImportsPointDown(t *testing.T) {
	for _, f := range sources(t) {
		allowed, known := mayImport[f.pkg]
		if !known {
			t.Errorf("%s: package %s has no floor yet, give it one in mayImport", f.path, f.pkg)
			continue
		}
		for _, name := range f.imports {
			ours, is := strings.CutPrefix(name, "tepai/")
			if is && !permitted(f, ours, allowed) {
				t.Errorf("%s: %s must not import %s", f.path, f.pkg, ours)
			}
		}
	}
}

func permitted(f sourceFile, ours string, allowed []string) bool {
	if ours == f.pkg || slices.Contains(allowed, "*") || slices.Contains(allowed, ours) {
		return ours != "internal/testkit" || f.test || f.pkg == "internal/testkit"
	}
	if !f.test {
		return false
	}
	return ours == "internal/testkit" || ours == "testdata" || strings.HasPrefix(ours, f.pkg+"/") || ours == "registry/kv/kvtest"
}

func TestEachLibraryHasOneOwner(t *testing.T) {
	for _, f := range sources(t) {
		for _, name := range f.imports {
			for library, owner := range owners {
				if (name == library || strings.HasPrefix(name, library+"/")) && f.pkg != owner && f.pkg != "benchmarks" {
					t.Errorf("%s: %s belongs to %s", f.path, name, owner)
				}
			}
		}
	}
}
