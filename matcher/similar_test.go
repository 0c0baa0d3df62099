package matcher

import (
	"slices"
	"strings"
	"testing"

	"tepai/matcher/judge"
	"tepai/registry"
	"tepai/segment/knowledge"
)

// lendingNeeds are needs with a confirmed diagnosis on N3, which is in like words as N1, and on N2, which is not.
func lendingNeeds() []registry.Need {
	all := needs()
	all[1].Diagnosis = &registry.Diagnosis{Field: "中药提取", Terms: []string{"超声提取"}}
	all[2].Diagnosis = &registry.Diagnosis{Field: "铸造", Causes: "疏松", Terms: []string{"凝固模拟", "浸渗处理"}, Source: "person"}
	return all
}

func TestAPastNeedLendsItsDiagnosis(t *testing.T) {
	r, err := engine(t, pool(), lendingNeeds()).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	d := r.Diagnosis
	if d.Source != "知识库、相似需求 N3" || !slices.Contains(d.Terms, "凝固模拟") || d.Causes != "缩松" {
		t.Errorf("%+v", d)
	}
	if len(d.Lent) != 1 || d.Lent[0].Need != "N3" || d.Lent[0].Likeness < leastSimilar || !slices.Equal(d.Lent[0].Terms, []string{"缩松", "浸渗处理", "凝固模拟"}) {
		t.Errorf("lent %+v", d.Lent)
	}
	first := r.Results[slices.IndexFunc(r.Results, func(r Result) bool { return r.ID == "S1" })]
	grounds := func(concept string) []Source {
		i := slices.IndexFunc(first.Matches, func(m Match) bool { return m.Concept == concept && m.Route == "推断" })
		if i < 0 {
			t.Fatalf("no match of %s in %+v", concept, first.Matches)
		}
		return first.Matches[i].Rules
	}
	loan := Source{Need: "N3", What: "同类需求 N3 的研判"}
	if got := grounds("凝固模拟"); !slices.Equal(got, []Source{loan}) {
		t.Errorf("凝固模拟 by %v", got)
	}
	if got := grounds("缩松"); len(got) != 2 || got[0].File != "casting.txt" || got[1] != loan {
		t.Errorf("缩松 by %v", got)
	}
	if all := strings.Join(first.Reasons, "\n"); !strings.Contains(all, "及同类需求 N3 的研判推断缩松") || strings.Contains(all, "已确认") {
		t.Errorf("reasons:\n%s", all)
	}
	own, err := engine(t, pool(), lendingNeeds()).Diagnose(ctx, "N1")
	if err != nil || own.Source != d.Source || !slices.Equal(own.Terms, d.Terms) {
		t.Errorf("diagnosed by itself: %+v, %v", own, err)
	}
}

func TestWhatIsLentAloneIsSaidSo(t *testing.T) {
	e := engine(t, pool(), lendingNeeds())
	r, err := e.Rank(ctx, "N1", RankOptions{Without: Without{Routes: knowledge.AllRoutes &^ knowledge.RoutesOf(knowledge.Likeness)}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Diagnosis.Source != "相似需求 N3" || len(r.Diagnosis.Fired) != 0 || r.Diagnosis.Field != "铸造" {
		t.Errorf("%+v", r.Diagnosis)
	}
	if all := strings.Join(r.Results[0].Reasons, "\n"); !strings.Contains(all, "由同类需求 N3 的研判推断") {
		t.Errorf("reasons:\n%s", all)
	}
}

func TestWhoBorrowsNothing(t *testing.T) {
	confirmedAlready := lendingNeeds()
	confirmedAlready[0].Diagnosis = &registry.Diagnosis{Terms: []string{"凝固模拟"}}
	empty := lendingNeeds()
	empty[2].Diagnosis = &registry.Diagnosis{Source: "person"} // says nothing
	for name, c := range map[string]struct {
		needs   []registry.Need
		need    registry.Need
		opt     RankOptions
		weights func(*Weights)
	}{
		"a confirmed diagnosis stays alone": {confirmedAlready, confirmedAlready[0], RankOptions{}, nil},
		"other words":                       {lendingNeeds(), needs()[1], RankOptions{}, nil},
		"an empty diagnosis":                {empty, needs()[0], RankOptions{}, nil},
		"a higher floor":                    {lendingNeeds(), needs()[0], RankOptions{}, func(w *Weights) { w.Alike = 990_000 }},
		"left out for an ablation":          {lendingNeeds(), needs()[0], RankOptions{Without: Without{Routes: knowledge.RoutesOf(knowledge.Likeness)}}, nil},
		"itself is no past need":            {lendingNeeds(), needs()[2], RankOptions{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			e := engine(t, pool(), c.needs)
			if c.weights != nil {
				c.weights(&e.weights)
			}
			r, err := e.RankNeed(ctx, c.need, c.opt)
			if err != nil || len(r.Diagnosis.Lent) != 0 || strings.Contains(r.Diagnosis.Source, "相似需求") {
				t.Errorf("%+v, %v", r.Diagnosis, err)
			}
		})
	}
}

// The postings may be behind: what the record says now counts.
func TestAWithdrawnDiagnosisIsNotLent(t *testing.T) {
	w := segmenter(t)
	c := NewCollection(registry.Records{Specialists: pool(), Needs: lendingNeeds()})
	e := New(c, c.Books(w), w, Options{Base: smallBase(t), Now: today})
	c.needs["N3"] = needs()[2]
	r, err := e.Rank(ctx, "N1", RankOptions{})
	if err != nil || len(r.Diagnosis.Lent) != 0 {
		t.Errorf("%+v, %v", r.Diagnosis.Lent, err)
	}
	delete(c.needs, "N3")
	if r, err := e.Rank(ctx, "N1", RankOptions{}); err != nil || len(r.Diagnosis.Lent)+len(r.Similar) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// The nearest lend, no more than three, the most alike first; of equals the first by id.
func TestTheNearestLend(t *testing.T) {
	all := needs()[:1]
	for _, id := range []string{"P4", "P1", "P3", "P2"} {
		p := all[0]
		p.ID, p.Diagnosis = id, &registry.Diagnosis{Terms: []string{"凝固模拟"}}
		if id == "P4" {
			p.Description = "一个字也不同：连翘苷提取率低，乙醇消耗大。"
		}
		all = append(all, p)
	}
	r, err := engine(t, pool(), all).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Diagnosis.Source != "知识库、相似需求 P1、P2、P3" || r.Diagnosis.Lent[0].Likeness != 1_000_000 {
		t.Errorf("%+v", r.Diagnosis)
	}
}

func TestScoresAgreeWithWhatIsLent(t *testing.T) {
	e := engine(t, pool(), lendingNeeds())
	there, err := e.Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range there.Results {
		back, err := e.RankNeeds(ctx, r.ID, RankOptions{})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(back.Results, func(n NeedResult) bool { return n.ID == "N1" })
		if i < 0 || back.Results[i].Score != r.Score {
			t.Errorf("%s: %v there, back %+v", r.ID, r.Score, back.Results)
		}
	}
	bare, err := e.Rank(ctx, "N1", RankOptions{NoRules: true})
	if err != nil {
		t.Fatal(err)
	}
	scores, err := e.Scores(ctx, "N1", []string{"S1"})
	i := slices.IndexFunc(bare.Results, func(r Result) bool { return r.ID == "S1" })
	if err != nil || scores[0] != bare.Results[i].Score || len(bare.Diagnosis.Lent) != 1 {
		t.Errorf("%v scored, %v ranked, %v", scores, bare.Results[i].Score, err)
	}
	a, err := e.Explain(ctx, "N1", "S3", RankOptions{Limit: 1})
	if err != nil || len(a.Diagnosis.Lent) != 1 || a.WayIn == "" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestStudyLending(t *testing.T) {
	all := lendingNeeds()
	all[0].Diagnosis = &registry.Diagnosis{Field: "铸造", Terms: []string{"凝固模拟"}}
	judged := []judge.Judged{{ID: "N1", Grades: judge.Grades{"S1": 3}}, {ID: "N2", Grades: judge.Grades{"S3": 3}}, {ID: "N3", Grades: judge.Grades{"S2": 3}}}
	for name, c := range map[string]struct {
		topics map[string][]string
		want   [2]int // that borrow from other topics, from other needs
	}{
		"N1 and N3 are of one topic": {map[string][]string{"N1": {"铸件", "渗漏"}, "N3": {"阀体", "渗漏"}}, [2]int{0, 2}},
		"every need is a topic":      {nil, [2]int{2, 2}},
	} {
		s, err := engine(t, pool(), all).StudyLending(ctx, judged, c.topics)
		if err != nil {
			t.Fatal(err)
		}
		f := s.Floors[slices.IndexFunc(s.Floors, func(f LendingFloor) bool { return f.Alike == s.Alike })]
		if got := [2]int{f.OtherTopics.Borrowed, f.OtherNeeds.Borrowed}; got != c.want || s.Twin.Borrowed != 3 {
			t.Errorf("%s: %v borrow, want %v; %d of a twin", name, got, c.want, s.Twin.Borrowed)
		}
		if s.Nobody.All.N != 3 || s.Nobody.All.Against != nil || f.OtherNeeds.All.Against.NDCG10 != s.Nobody.All.NDCG10 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}
