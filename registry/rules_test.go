package registry_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"tepai/registry"
)

// exercised are the conditions of the transition table that a test has seen refuse, and the first such test by name.
var exercised ruleTests

type ruleTests struct {
	mu   sync.Mutex
	test map[string]string
}

func (r *ruleTests) note(rule, test string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	test, _, _ = strings.Cut(test, "/")
	if r.test == nil {
		r.test = map[string]string{}
	}
	if have, known := r.test[rule]; !known || test < have {
		r.test[rule] = test
	}
}

const rulesFile = "testdata/rules.tsv"

var writeRules = flag.Bool("rules", false, "write testdata/rules.tsv anew")

// holdRules runs the tests and holds the table against them: no condition without a test that has seen it refuse.
// testdata/rules.tsv says which; docs/policy.md is made from it.
func holdRules(m *testing.M) int {
	code := m.Run()
	if whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.list").Value.String() == "" && !testing.Short(); code == 0 && whole {
		code = exercised.hold()
	}
	return code
}

func (r *ruleTests) hold() (code int) {
	var lines []string
	for _, t := range registry.Transitions() {
		for _, g := range t.Guards {
			if r.test[g.Name] == "" {
				fmt.Printf("no test has seen %q refuse (%s)\n", g.Name, g.Says)
				code = 1
			}
			lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\n", g.Source, g.Name, g.Says, r.test[g.Name]))
		}
	}
	slices.Sort(lines)
	text := strings.Join(slices.Compact(lines), "")
	if *writeRules {
		if err := os.WriteFile(rulesFile, []byte(text), 0o644); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	if want, err := os.ReadFile(rulesFile); err != nil || string(want) != text {
		fmt.Printf("%s does not say what the tests do; go test ./registry -rules writes it (%v)\n", rulesFile, err)
		return 1
	}
	return code
}
