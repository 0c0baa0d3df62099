package matcher

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// casting is somebody who fits N1; the change makes the case.
func casting(id string, change func(*registry.Specialist)) registry.Specialist {
	v := registry.Specialist{ID: id, Name: id, Organisation: "某大学", Fields: []string{"铸造"}, Expertise: "铸件缩松补缩，泵壳试压冒汗。"}
	change(&v)
	return v
}

func TestRulesAndWishes(t *testing.T) {
	c := NewCollection(registry.Records{
		Specialists: []registry.Specialist{
			casting("avoided", func(v *registry.Specialist) {}),
			casting("avoids", func(v *registry.Specialist) { v.Avoid = []string{"E1"} }),
			casting("employee", func(v *registry.Specialist) { v.Organisation = "甲厂" }),
			casting("ofUnit", func(v *registry.Specialist) { v.Organisation = "乙所" }),
			casting("serving", func(v *registry.Specialist) { v.Serving = []string{"E1"} }),
			casting("plain", func(v *registry.Specialist) {}),
			casting("busy", func(v *registry.Specialist) { v.Serving, v.Capacity = []string{"E5"}, 2 }),
			casting("wanted", func(v *registry.Specialist) {}),
			casting("wants", func(v *registry.Specialist) { v.Prefer = []string{"E1"} }),
			casting("partner", func(v *registry.Specialist) { v.Equity = []string{"E1"} }),
		},
		Enterprises: []registry.Enterprise{{ID: "E1", Name: "甲厂", Avoid: []string{"avoided"}, AvoidUnits: []string{"乙所"}, Prefer: []string{"wanted"}}},
		Needs:       needs()[:1],
	})
	w := segmenter(t)
	e := New(c, c.Books(w), w, Options{Now: today})
	r, err := e.Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(r), []string{"wanted", "wants", "partner", "plain", "busy"}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	var barred []string
	for _, x := range r.Excluded {
		barred = append(barred, x.ID)
		if x.Reason == "" || x.Source != registry.CentreSetting {
			t.Errorf("%+v", x)
		}
	}
	slices.Sort(barred)
	if want := []string{"avoided", "avoids", "employee", "ofUnit", "serving"}; !slices.Equal(barred, want) {
		t.Errorf("barred %v, want %v", barred, want)
	}
	part := func(id string, p Part) Points {
		for _, x := range r.Results {
			for _, v := range x.Parts {
				if x.ID == id && v.Name == p.String() {
					return v.Value
				}
			}
		}
		return 0
	}
	weights := DefaultWeights()
	for _, c := range []struct {
		id   string
		part Part
		want Points
	}{
		{"wanted", WishPart, weights.Wish}, {"wants", WishPart, weights.Wish}, {"plain", WishPart, 0},
		{"plain", SparePart, weights.Spare}, {"busy", SparePart, weights.Spare / 2},
	} {
		if got := part(c.id, c.part); got != c.want {
			t.Errorf("%s of %s is %v, want %v", c.part, c.id, got, c.want)
		}
	}
	i := slices.Index(ids(r), "partner")
	if !strings.Contains(strings.Join(r.Results[i].Notes, ""), "第十三条") {
		t.Errorf("shares are not shown: %v", r.Results[i].Notes)
	}
}

func TestRulesHoldWithoutARecordOfTheEnterprise(t *testing.T) {
	specialists := []registry.Specialist{casting("avoids", func(v *registry.Specialist) { v.Avoid = []string{"E1"} }), casting("plain", func(*registry.Specialist) {})}
	r, err := engine(t, specialists, needs()[:1]).Rank(ctx, "N1", RankOptions{})
	if err != nil || !slices.Equal(ids(r), []string{"plain"}) {
		t.Errorf("results %v, %v", ids(r), err)
	}
}

// A wish for somebody unsuitable must not make the others look unsuitable.
func TestFitsLooksAtTheBestText(t *testing.T) {
	records := registry.Records{
		Specialists: []registry.Specialist{{ID: "S1", Expertise: "泵壳试压冒汗与铸件缩松。"}, {ID: "S2", Expertise: "中药材种植。"}, {ID: "S3", Expertise: "瓦斯抽采。"}},
		Enterprises: []registry.Enterprise{{ID: "E1", Name: "甲厂", Prefer: []string{"S2"}}},
		Needs:       []registry.Need{{ID: "N1", EnterpriseID: "E1", Title: "泵壳试压冒汗"}},
	}
	weights := DefaultWeights()
	weights.Wish = 2_000_000
	c, w := NewCollection(records), segmenter(t)
	r, err := New(c, c.Books(w), w, Options{Now: today, Weights: &weights}).Rank(ctx, "N1", RankOptions{})
	if err != nil || r.Results[0].ID != "S2" || !r.Fits {
		t.Errorf("first %s, fits %v, %v", r.Results[0].ID, r.Fits, err)
	}
}

func TestOnlySolvedNeedsArePast(t *testing.T) {
	all := needs()[:1]
	for _, id := range []string{"A1", "A2", "A3", "A4", "A5", "A6"} {
		same := all[0]
		same.ID = id
		all = append(all, same)
	}
	past := all[0]
	past.ID, past.State, past.SolvedBy = "N3", registry.NeedSolved, []string{"S2"}
	all = append(all, past)
	r, err := engine(t, pool(), all).Rank(ctx, "N1", RankOptions{})
	if err != nil || len(r.Similar) != 1 || r.Similar[0].ID != "N3" {
		t.Errorf("similar %+v, %v", r.Similar, err)
	}
}

func TestUnlikeNeedsAreNotPast(t *testing.T) {
	all := append(needs()[:2], registry.Need{ID: "N4", Title: "连翘苷提取铸造", State: registry.NeedSolved, SolvedBy: []string{"S1"}})
	r, err := engine(t, pool(), all).Rank(ctx, "N1", RankOptions{})
	if err != nil || len(r.Similar) != 0 {
		t.Errorf("similar %+v, %v", r.Similar, err)
	}
}

// Whatever is added to a profile in words of the need does not lower the score, also where evidence stood alone.
func TestAFullerProfileIsNoDisadvantage(t *testing.T) {
	last := Points(-1)
	for _, keywords := range [][]string{nil, {"党员"}, {"党员", "铸件"}, {"党员", "铸件", "泵壳试压"}, {"党员", "铸件", "泵壳试压", "冒汗", "补焊"}} {
		specialists := append(pool()[2:3], registry.Specialist{ID: "S9", Keywords: keywords, Evidence: []registry.Evidence{
			{Kind: registry.PastService, Title: "泵壳试压冒汗治理", Text: "铸件缩松补缩", Year: 2025}, {Kind: registry.PastService, Title: "阀体试压缩松", Year: 2025}}})
		scores, err := engine(t, specialists, needs()).Scores(ctx, "N1", []string{"S9"})
		if err != nil || scores[0]+2000 < last { // its own words become less rare with each keyword: 0.002
			t.Errorf("with %v %v, before %v, %v", keywords, scores, last, err)
		}
		last = scores[0]
	}
}

func TestTheYearIsThatOfShanghai(t *testing.T) {
	instant := time.Date(2028, 12, 31, 20, 0, 0, 0, time.UTC)
	e := engine(t, pool(), needs())
	a, err := e.Rank(ctx, "N1", RankOptions{At: instant})
	if err != nil {
		t.Fatal(err)
	}
	b, err := e.Rank(ctx, "N1", RankOptions{At: instant.In(registry.Shanghai)})
	if err != nil || a.On != "2029-01-01" || b.On != a.On || a.Results[0].Score != b.Results[0].Score {
		t.Errorf("%s %v and %s %v, %v", a.On, a.Results[0].Score, b.On, b.Results[0].Score, err)
	}
}

func TestReverseLeavesOutClosedNeedsAndRefusesTheBarred(t *testing.T) {
	all := needs()
	all = append(all, registry.Need{ID: "N5", Title: "泵壳冒汗", State: registry.NeedClosed}, registry.Need{ID: "N6", Title: "泵壳冒汗铸件", EnterpriseID: "E7"})
	specialists := append(pool(), casting("S6", func(v *registry.Specialist) { v.Avoid = []string{"E7"} }))
	e := engine(t, specialists, all)
	r, err := e.RankNeeds(ctx, "S6", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := each(r.Results, func(n NeedResult) string { return n.ID })
	if !slices.Equal(got, []string{"N1"}) || len(r.Excluded) != 1 || r.Excluded[0].ID != "N6" {
		t.Errorf("results %v, excluded %v", got, r.Excluded)
	}
	_, err = e.RankNeeds(ctx, "S5", RankOptions{})
	var refusal *registry.Error
	if !errors.As(err, &refusal) || refusal.Kind != registry.Denied || refusal.Source != "第二十一条" {
		t.Errorf("a barred specialist: %v", err)
	}
}

func TestExplainOverTheWholePool(t *testing.T) {
	a, err := engine(t, pool(), needs()).Explain(ctx, "N1", "S1", RankOptions{Limit: -1})
	if err != nil || !a.Listed || a.Behind != nil || a.WayIn != "" {
		t.Errorf("%+v, %v", a, err)
	}
}

// The record is newer than the postings: the account is of the record, and it adds up.
func TestARecordNewerThanThePostings(t *testing.T) {
	old := NewCollection(registry.Records{Specialists: pool(), Needs: needs()})
	now := pool()
	now[0].Keywords, now[0].Expertise = nil, "焊接，铸件补焊。"
	now[1].Evidence = nil
	w := segmenter(t)
	records := NewCollection(registry.Records{Specialists: now[:4], Needs: needs()}) // S5 is gone
	r, err := New(records, old.Books(w), w, Options{Base: smallBase(t), Now: today}).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := New(records, old.Books(w), w, Options{Base: smallBase(t), Now: today}).Explain(ctx, "N1", "S1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range append(r.Results, fresh.Result) {
		sum := Points(0)
		for _, m := range x.Matches {
			sum += m.Value
		}
		if sum != x.Score || strings.Contains(strings.Join(x.Reasons, ""), "缩松补缩") {
			t.Errorf("%s: score %v, matches %v, reasons %v", x.ID, x.Score, sum, x.Reasons)
		}
	}
	if !slices.IsSortedFunc(r.Results, func(a, b Result) int { return int(b.Score - a.Score) }) || len(r.Results) != 2 {
		t.Errorf("results %v", ids(r))
	}
}
