package matcher

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

var ctx = context.Background()

// today is the day of all tests: rules and the age of evidence must not depend on the clock.
func today() time.Time { return time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC) }

const base = `概念 | 缩松 | 疏松、shrinkage porosity | 铸造缺陷 | 铸造
概念 | 铸造缺陷 | | | 铸造
概念 | 补缩 | 冒口设计 | | 铸造
概念 | 浸渗处理 | 浸渗 | | 铸造
物类 | 铸件 | 泵壳、阀体 | | 铸造
症状 | 压不住 | 冒汗、憋不住压 |
规则 | 铸件 + 压不住 | 缩松 0.9 | 补缩 0.8、浸渗处理 0.6 | 铸造 | 泵壳试压老是冒汗
`

func pool() []registry.Specialist {
	return []registry.Specialist{
		{ID: "S1", Name: "甲", Title: "教授", Organisation: "某大学", Industry: "金属制品业", Fields: []string{"铸造工艺"},
			Expertise: "研究铸钢件缩松与补缩，冒口设计和凝固模拟。", Keywords: []string{"缩松", "补缩"}},
		{ID: "S2", Name: "乙", Organisation: "甲厂", Industry: "金属制品业", Fields: []string{"铸造"}, Expertise: "熟悉铸件浸渗处理。",
			Evidence: []registry.Evidence{{Kind: registry.PastService, Title: "泵壳试压渗漏治理", Text: "为阀门厂解决泵壳试压冒汗。", Year: 2025}}},
		{ID: "S3", Name: "丙", Organisation: "某研究院", Industry: "医药制造业", Fields: []string{"中药提取"}, Expertise: "连翘苷提取与纯化。"},
		{ID: "S4", Name: "丁", Fields: []string{"铸造"}, Expertise: "铸件缩松补缩。", Serving: []string{"E7", "E8", "E9"}},
		{ID: "S5", Name: "戊", Fields: []string{"铸造"}, Expertise: "铸件缩松补缩。", Standing: registry.Disqualified, BarredTo: "2027-01-31"},
	}
}

func needs() []registry.Need {
	return []registry.Need{
		{ID: "N1", EnterpriseID: "E1", EnterpriseType: "铸造企业", Industry: "金属制品业", Title: "泵壳试压老是冒汗", Description: "补焊也没用，铸件报废多。", FieldHint: "铸造"},
		{ID: "N2", Industry: "医药制造业", Title: "连翘提取收率低", Description: "连翘苷提取率不到百分之六十。"},
		{ID: "N3", Title: "阀体打压冒汗", Description: "泵壳和阀体试压冒汗，铸件报废。", State: registry.NeedSolved, SolvedBy: []string{"S2"}},
	}
}

func segmenter(t testing.TB) *segment.Segmenter {
	t.Helper()
	dict, err := segment.LoadDictionary(segment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return segment.New(dict)
}

func smallBase(t testing.TB) *knowledge.Base {
	t.Helper()
	kb, err := knowledge.Load(fstest.MapFS{"casting.txt": {Data: []byte(base)}}, knowledge.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return kb
}

func engine(t testing.TB, specialists []registry.Specialist, needs []registry.Need) *Engine {
	t.Helper()
	w := segmenter(t)
	c := NewCollection(registry.Records{Specialists: specialists, Needs: needs})
	return New(c, c.Books(w), w, Options{Base: smallBase(t), Now: today})
}

func ids(r Ranking) []string {
	return each(r.Results, func(r Result) string { return r.ID })
}

func TestRankExcludesByRuleWithReason(t *testing.T) {
	r, err := engine(t, pool(), needs()).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(r); !slices.Equal(got, []string{"S2", "S1"}) { // S3 has nothing to do with it
		t.Errorf("results %v", got)
	}
	want := map[string][2]string{
		"S4": {"已达到同时服务上限", "本中心设定"},
		"S5": {"三年内不再受理", "第二十一条"},
	}
	for _, x := range r.Excluded {
		if w := want[x.ID]; w[0] == "" || !strings.Contains(x.Reason, w[0]) || x.Source != w[1] {
			t.Errorf("excluded %+v", x)
		}
		delete(want, x.ID)
	}
	if len(want) > 0 || !r.Fits {
		t.Errorf("not excluded: %v; fits %v", want, r.Fits)
	}
}

func TestNoRulesRanksEverybody(t *testing.T) {
	r, err := engine(t, pool(), needs()).Rank(ctx, "N1", RankOptions{Limit: -1, NoRules: true})
	if err != nil || len(r.Results) != 5 || len(r.Excluded) != 0 {
		t.Errorf("%d results, %d excluded, %v", len(r.Results), len(r.Excluded), err)
	}
}

func TestInferenceNamesItsGround(t *testing.T) {
	r, err := engine(t, pool(), needs()).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(r.Results, func(r Result) bool { return r.ID == "S1" })
	m := slices.IndexFunc(r.Results[i].Matches, func(m Match) bool { return m.Concept == "缩松" && m.Term == "缩松" })
	if m < 0 {
		t.Fatalf("no inferred match in %+v", r.Results[i].Matches)
	}
	match := r.Results[i].Matches[m]
	if len(match.Rules) == 0 || match.Rules[0].File != "casting.txt" || match.Rules[0].Line != 7 {
		t.Errorf("rules %+v", match.Rules)
	}
	var said []string
	for _, s := range match.Need {
		said = append(said, s.Field+":"+s.Text)
	}
	if !slices.Contains(said, "title:泵壳") || !slices.Contains(said, "title:冒汗") {
		t.Errorf("ground %v", said)
	}
	if all := strings.Join(r.Results[i].Reasons, "\n"); !strings.Contains(all, "“冒汗”") || !strings.Contains(all, "推断缩松") {
		t.Errorf("reasons:\n%s", all)
	}
}

func TestConfirmedTermsAreCalledFact(t *testing.T) {
	all := needs()
	all[0].Diagnosis = &registry.Diagnosis{Field: "铸造", Terms: []string{"凝固模拟"}, Source: "person"}
	r, err := engine(t, pool(), all).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Results[0].ID != "S1" || r.Diagnosis.Source != "person" {
		t.Errorf("first %s, source %s", r.Results[0].ID, r.Diagnosis.Source)
	}
	if all := strings.Join(r.Results[0].Reasons, "\n"); !strings.Contains(all, "已确认的研判术语") {
		t.Errorf("reasons:\n%s", all)
	}
}

func TestSolverOfASimilarNeedGainsAndIsNamed(t *testing.T) {
	r, err := engine(t, pool(), needs()).Rank(ctx, "N1", RankOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Similar) == 0 || r.Similar[0].ID != "N3" || !slices.Equal(r.Similar[0].SolvedBy, []string{"S2"}) {
		t.Fatalf("similar %+v", r.Similar)
	}
	i := slices.IndexFunc(r.Results, func(r Result) bool { return r.ID == "S2" })
	if !slices.ContainsFunc(r.Results[i].Parts, func(p PartValue) bool { return p.Name == PastPart.String() && p.Value > 0 }) {
		t.Errorf("parts %+v", r.Results[i].Parts)
	}
	if !strings.Contains(strings.Join(r.Results[i].Reasons, ""), "N3") {
		t.Errorf("reasons %v", r.Results[i].Reasons)
	}
}

func TestNobodyFits(t *testing.T) {
	e := engine(t, pool(), nil)
	r, err := e.RankText(ctx, "景区夜间灯光秀策划与票务分账", RankOptions{})
	if err != nil || r.Fits {
		t.Errorf("fits %v, %v", r.Fits, err)
	}
}

func TestExplainSaysWhyNotAndTheWayIn(t *testing.T) {
	specialists := pool()[:3]
	e := engine(t, specialists, needs())
	a, err := e.Explain(ctx, "N1", "S3", RankOptions{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if a.Listed || a.Result.Rank != 3 || a.Behind == nil || len(a.Behind.Lost) == 0 || a.WayIn == "" {
		t.Fatalf("account %+v", a)
	}
	full, err := engine(t, pool(), needs()).Explain(ctx, "N1", "S4", RankOptions{})
	if err != nil || full.Excluded == nil || full.Excluded.Source != registry.CentreSetting || full.Listed {
		t.Errorf("excluded account %+v, %v", full.Excluded, err)
	}
}

// The way in is true: with the keywords that it names, the specialist is listed with the score that it foretells.
func TestTheWayInLeadsIn(t *testing.T) {
	for name, all := range map[string][]registry.Need{"inferred": needs(), "lent": lendingNeeds()} {
		t.Run(name, func(t *testing.T) { wayLeadsIn(t, all) })
	}
}

func wayLeadsIn(t *testing.T, all []registry.Need) {
	specialists := pool()[:3]
	a, err := engine(t, specialists, all).Explain(ctx, "N1", "S3", RankOptions{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(a.WayIn, "在关键词中补上")
	if !found {
		t.Fatalf("way in: %s", a.WayIn)
	}
	names, _, _ := strings.Cut(rest, "即可")
	added := strings.FieldsFunc(names, func(r rune) bool { return r == '“' || r == '”' })
	listed := func(keywords []string) bool {
		specialists[2].Keywords = keywords
		r, err := engine(t, specialists, all).Rank(ctx, "N1", RankOptions{Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.Index(ids(r), "S3")
		if i >= 0 && !strings.Contains(a.WayIn, "→ "+r.Results[i].Score.String()) {
			t.Errorf("%s, but it scores %s", a.WayIn, r.Results[i].Score)
		}
		return i >= 0
	}
	if !listed(added) || listed(added[:len(added)-1]) {
		t.Errorf("%v is not the smallest change", added)
	}
}

func TestBothDirectionsGiveOnePairOneScore(t *testing.T) {
	e := engine(t, pool(), needs())
	for _, s := range pool() {
		back, err := e.RankNeeds(ctx, s.ID, RankOptions{NoRules: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range back.Results {
			there, err := e.Scores(ctx, n.ID, []string{s.ID})
			if err != nil || there[0] != n.Score {
				t.Errorf("%s–%s: %v there, %v back, %v", n.ID, s.ID, there, n.Score, err)
			}
		}
	}
}

func TestRankIsTheSameToTheByte(t *testing.T) {
	var first []byte
	for range 5 {
		specialists := pool()
		slices.Reverse(specialists)
		r, err := engine(t, specialists, needs()).Rank(ctx, "N1", RankOptions{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if string(data) != string(first) {
			t.Fatalf("differs:\n%s\n%s", first, data)
		}
	}
}

func TestRefusals(t *testing.T) {
	e := engine(t, pool(), needs())
	_, unknown := e.Rank(ctx, "N99", RankOptions{})
	_, nobody := e.Explain(ctx, "N1", "S99", RankOptions{})
	_, empty := e.RankText(ctx, "", RankOptions{})
	_, scores := e.Scores(ctx, "N1", []string{"S1", "S99"})
	for name, c := range map[string]struct {
		err  error
		kind registry.Kind
	}{"need": {unknown, registry.NotFound}, "specialist": {nobody, registry.NotFound}, "text": {empty, registry.Invalid}, "score": {scores, registry.NotFound}} {
		var refusal *registry.Error
		if !errors.As(c.err, &refusal) || refusal.Kind != c.kind {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}
