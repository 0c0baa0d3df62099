package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/policy.md and the figures in testdata/figures anew")

// The recorded figures change only together with the change that causes them: read the difference before committing it.
func TestFigures(t *testing.T) {
	pool := filepath.Join("..", "..", "testdata", "collection")
	generality := filepath.Join("..", "..", "testdata", "generality")
	for name, args := range map[string][]string{
		"eval.txt":         {"eval", "--pool", pool, "--ablation", "--fits", "--worst", "10"},
		"diagnosed.txt":    {"eval", "--pool", pool, "--needs", filepath.Join(pool, "needs_diagnosed.jsonl"), "--fits", "--similar"},
		"generality-g.txt": {"knowledge", "study", filepath.Join(generality, "g")},
		"generality-h.txt": {"knowledge", "study", filepath.Join(generality, "h")},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr); code != done {
				t.Fatalf("exit %d: %s", code, stderr.String())
			}
			path := filepath.Join("..", "..", "testdata", "figures", name)
			if *update {
				if err := os.WriteFile(path, stdout.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if stdout.String() != string(want) {
				t.Errorf("the figures have changed (go test ./cmd/tepai -run Figures -update writes them anew):\n%s", stdout.String())
			}
		})
	}
}
