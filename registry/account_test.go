package registry_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

func TestEveryRuleSaysWhereItComesFrom(t *testing.T) {
	for _, r := range registry.Rules() {
		if r.Name == "" || r.Kind == "" || r.Says == "" || len(r.Sources) == 0 {
			t.Errorf("%+v is incomplete", r)
		}
		for _, s := range r.Sources {
			if _, err := policy.ParseSource(string(s)); err != nil {
				t.Errorf("%s: %v", r.Name, err)
			}
		}
	}
}

func TestEveryActAndConditionStandsInTheAccount(t *testing.T) {
	rules := registry.Rules()
	stands := func(kind registry.RecordKind, name, says string) bool {
		return slices.ContainsFunc(rules, func(r policy.Rule) bool {
			return r.Kind == kind.String() && r.Name == name && strings.Contains(r.Says, says)
		})
	}
	general := policy.Account(policy.First(), rules)[policy.Articles]
	for _, row := range registry.Transitions() {
		if slices.ContainsFunc(general.Rules, func(r policy.Rule) bool { return r.Kind == row.Kind.String() && r.Name == row.Says }) {
			t.Errorf("%s %s serves an article: give its kind one in kindArticle", row.Kind, row.Act)
		}
		if !stands(row.Kind, row.Says, row.Records) {
			t.Errorf("%s %s stands nowhere", row.Kind, row.Act)
		}
		for _, g := range row.Guards {
			if !slices.ContainsFunc(rules, func(r policy.Rule) bool {
				return strings.HasPrefix(r.Says, g.Says+"（") && strings.Contains(r.Says, row.Says) && slices.Contains(r.Sources, g.Source)
			}) {
				t.Errorf("condition %s of %s stands nowhere", g.Name, row.Act)
			}
		}
	}
}

// A rule names the tests that hold it; these exist.
func TestTheTestsThatRulesName(t *testing.T) {
	declared := map[string]bool{}
	declares := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range declares.FindAllSubmatch(text, -1) {
			declared[string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range registry.Rules() {
		for _, name := range r.Tests {
			if !declared[name] {
				t.Errorf("%s: there is no %s", r.Name, name)
			}
		}
	}
}

// Ranking without a store's settings uses the default of the policy.
func TestTheCapacityIsThatOfThePolicy(t *testing.T) {
	if n := (policy.Settings{}).Int(policy.Capacity); n != registry.DefaultCapacity {
		t.Errorf("%d, the policy says %d", registry.DefaultCapacity, n)
	}
}
