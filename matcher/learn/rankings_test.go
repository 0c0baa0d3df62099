package learn

import (
	"fmt"
	"testing"

	"tepai/internal/testkit"
	"tepai/matcher"
	"tepai/matcher/judge"
	"tepai/registry"
)

// trades are what the enterprises of the made collection struggle with.
var trades = []string{"砂型铸造", "连翘种植", "瓦斯抽采", "陶瓷烧成", "蚕桑养殖", "锅炉节能"}

// made is a collection in which everybody of the enterprise's industry would beat the one who knows its trade, were the
// industry worth so much.
func made() (records registry.Records, needs []judge.Judged) {
	for i, trade := range trades {
		id := fmt.Sprint(i)
		records.Needs = append(records.Needs, registry.Need{ID: "N" + id, Industry: "金属制品业", Title: trade})
		records.Specialists = append(records.Specialists,
			registry.Specialist{ID: "S" + id, Industry: "农业", Expertise: trade + "。"},
			registry.Specialist{ID: "A" + id, Industry: "金属制品业", Expertise: "企业管理。"})
		needs = append(needs, judge.Judged{ID: "N" + id, Grades: judge.Grades{"S" + id: 3}})
	}
	return records, needs
}

func TestLearningFromRankings(t *testing.T) {
	records, judgedNeeds := made()
	words := testkit.Words(t)
	c := matcher.NewCollection(records)
	from := matcher.DefaultWeights()
	from.Industry = 900_000
	e := matcher.New(c, c.Books(words), words, matcher.Options{Weights: &from})
	var needs []Need
	for _, n := range judgedNeeds {
		needs = append(needs, Need{ID: n.ID})
	}
	bench := NewBench(Rankings(e, judgedNeeds))
	study, err := bench.CrossValidate(ctx, from, needs, 3)
	if err != nil || !study.Rises() || study.After != 1 || study.Before > 0.7 {
		t.Fatalf("%+v, %v", study, err)
	}
	fitted, err := bench.Fit(ctx, from, needs)
	if moves := Moves(from, fitted); err != nil || len(moves) != 1 || moves[0].Name != "industry" {
		t.Errorf("moved %v, %v", moves, err)
	}
}
