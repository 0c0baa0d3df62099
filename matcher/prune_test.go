package matcher

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tepai/registry"
)

// The quick way to the best is the long way cut short, in pools large enough that most documents are passed over: with
// evidence, empty profiles, wishes of both sides, solvers of past needs, confirmed, lent and inferred diagnoses. Both directions
// agree.
func TestPassingOverLosesNobody(t *testing.T) {
	w, kb := segmenter(t), smallBase(t)
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 30
	if testing.Short() {
		rounds = 6
	}
	for round := range rounds {
		c := NewCollection(crowd(random, round))
		e := New(c, c.Books(w), w, Options{Base: kb, Now: today})
		all, err := e.Rank(ctx, "N1", RankOptions{Limit: -1, NoReason: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, limit := range []int{1, 3, 10, 40} {
			best, err := e.Rank(ctx, "N1", RankOptions{Limit: limit, NoReason: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(best.Results) != min(limit, len(all.Results)) {
				t.Fatalf("round %d: %d results for limit %d of %d", round, len(best.Results), limit, len(all.Results))
			}
			for i, r := range best.Results {
				if want := all.Results[i]; r.ID != want.ID || r.Score != want.Score {
					t.Fatalf("round %d, limit %d, place %d: %s %v, want %s %v", round, limit, i+1, r.ID, r.Score, want.ID, want.Score)
				}
			}
		}
		compared := 0
		for _, r := range all.Results[:min(20, len(all.Results))] {
			back, err := e.RankNeeds(ctx, r.ID, RankOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range back.Results {
				if compared++; n.ID == "N1" && n.Score != r.Score {
					t.Fatalf("round %d: %s scores %v there and %v back", round, r.ID, r.Score, n.Score)
				}
			}
		}
		if compared == 0 {
			t.Fatalf("round %d: nobody to compare", round)
		}
	}
}

func crowd(random *rand.Rand, round int) registry.Records {
	text := func(n int) string {
		s := ""
		for range random.IntN(n) {
			s += clauses[random.IntN(len(clauses))] + "，"
		}
		return s
	}
	var all registry.Records
	for i := range 300 {
		v := registry.Specialist{ID: fmt.Sprint("S", i), Expertise: text(4), Achievements: text(3), Fields: []string{[]string{"铸造", "焊接", "瓦斯治理"}[random.IntN(3)]}}
		if random.IntN(3) == 0 {
			v.Expertise, v.Achievements, v.Fields = "", "", nil
		}
		if random.IntN(4) == 0 {
			v.Industry = "金属制品业"
		}
		if random.IntN(20) == 0 {
			v.Prefer = []string{"E1"}
		}
		for range random.IntN(5) {
			v.Evidence = append(v.Evidence, registry.Evidence{Title: text(3), Text: text(3), Kind: registry.PastService, Year: []int{0, 1999, 2025}[random.IntN(3)]})
		}
		all.Specialists = append(all.Specialists, v)
	}
	need := registry.Need{ID: "N1", EnterpriseID: "E1", Title: text(3) + "泵壳冒汗", Description: text(4), Industry: "金属制品业", FieldHint: "铸造"}
	if round%3 == 0 {
		need.Diagnosis = &registry.Diagnosis{Field: "铸造", Terms: []string{"缩松", "浸渗"}}
	}
	past := need
	past.ID, past.State, past.SolvedBy = "N2", registry.NeedSolved, []string{"S7", "S8"}
	if round%3 == 1 {
		past.Diagnosis = &registry.Diagnosis{Field: "铸造", Causes: text(3), Terms: []string{"缩松", "凝固模拟"}}
	}
	all.Needs = []registry.Need{need, past}
	all.Enterprises = []registry.Enterprise{{ID: "E1", Name: "甲厂", Prefer: []string{"S3", "S9"}}}
	return all
}
