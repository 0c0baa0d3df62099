package matcher

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tepai/index"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

var clauses = []string{"泵壳试压冒汗", "铸件缩松", "补缩与冒口设计", "连翘苷提取", "瓦斯抽采", "PLC控制", "shrinkage porosity of castings",
	"球铁QT450-10", "旧砂再生率95%", "𠀀𠀁矿", "😀", "，", " ", "除尘风机", "ＡＢＣ", "阀体憋不住压", "浸渗", "微生物 fermentation"}

func someText(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(clauses), 0, 6).Draw(t, name), "，")
}

func someSpecialist(t *rapid.T, id string) registry.Specialist {
	v := registry.Specialist{ID: id, Expertise: someText(t, "expertise") + "。", Achievements: someText(t, "achievements"),
		Keywords: rapid.SliceOfN(rapid.SampledFrom(clauses), 0, 4).Draw(t, "keywords"),
		Fields:   rapid.SliceOfN(rapid.SampledFrom([]string{"铸造", "焊接", "瓦斯治理"}), 0, 2).Draw(t, "fields"),
		Industry: rapid.SampledFrom([]string{"", "金属制品业", "医药制造业"}).Draw(t, "industry"),
		Prefer:   rapid.SampledFrom([][]string{nil, {"E1"}}).Draw(t, "prefer"),
	}
	if rapid.Bool().Draw(t, "bare") {
		v.Expertise, v.Achievements, v.Keywords, v.Fields = "", "", nil, nil
	}
	for range rapid.IntRange(0, 4).Draw(t, "evidence") {
		v.Evidence = append(v.Evidence, registry.Evidence{Title: someText(t, "title"), Text: someText(t, "text"),
			Kind: rapid.SampledFrom([]registry.EvidenceKind{registry.Paper, registry.PastService, "other"}).Draw(t, "kind"),
			Year: rapid.SampledFrom([]int{0, 1999, 2020, 2026}).Draw(t, "year")})
	}
	return v
}

func someNeed(t *rapid.T, id string) registry.Need {
	n := registry.Need{ID: id, EnterpriseID: "E1", Title: someText(t, "title"), Description: someText(t, "description") + "泵壳。",
		Industry: rapid.SampledFrom([]string{"", "金属制品业"}).Draw(t, "industry"), FieldHint: rapid.SampledFrom([]string{"", "铸造"}).Draw(t, "hint")}
	if rapid.Bool().Draw(t, "diagnosed") {
		n.Diagnosis = &registry.Diagnosis{Field: "铸造", Causes: someText(t, "causes"), Terms: []string{"缩松", "凝固模拟"}}
	}
	return n
}

// For every pair: the parts sum to the score, the matches of each part sum to the part, every offset cuts whole runes of
// the text that it names, and the quick way to the best is the long way cut short.
func TestEveryPointIsAccountedFor(t *testing.T) {
	w, kb := segmenter(t), smallBase(t)
	rapid.Check(t, func(t *rapid.T) {
		var specialists []registry.Specialist
		for i := range rapid.IntRange(1, 12).Draw(t, "pool") {
			specialists = append(specialists, someSpecialist(t, fmt.Sprint("S", i)))
		}
		need := someNeed(t, "N1")
		past := someNeed(t, "N2")
		past.State, past.SolvedBy = registry.NeedSolved, []string{"S0"}
		c := NewCollection(registry.Records{Specialists: specialists, Needs: []registry.Need{need, past}})
		e := New(c, c.Books(w), w, Options{Base: kb, Now: today})
		all, err := e.Rank(ctx, "N1", RankOptions{Limit: -1})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all.Results {
			accountedFor(t, r, need, specialists[slices.IndexFunc(specialists, func(v registry.Specialist) bool { return v.ID == r.ID })])
		}
		best, err := e.Rank(ctx, "N1", RankOptions{Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range best.Results {
			if r.ID != all.Results[i].ID || r.Score != all.Results[i].Score {
				t.Fatalf("place %d: %s %v, in the whole ranking %s %v", i+1, r.ID, r.Score, all.Results[i].ID, all.Results[i].Score)
			}
		}
	})
}

func accountedFor(t *rapid.T, r Result, need registry.Need, v registry.Specialist) {
	total, byPart := Points(0), map[string]Points{}
	for _, p := range r.Parts {
		total += p.Value
		byPart[p.Name] += p.Value
	}
	if total != r.Score {
		t.Fatalf("%s: parts sum to %v, score %v", r.ID, total, r.Score)
	}
	for _, m := range r.Matches {
		byPart[m.Part] -= m.Value
		for _, s := range m.Need {
			standsIn(t, s, needField(need, s))
		}
		for _, s := range m.Specialist {
			standsIn(t, s, specialistField(v, s))
		}
	}
	for part, rest := range byPart {
		if rest != 0 {
			t.Fatalf("%s: %v of %s has no reason", r.ID, rest, part)
		}
	}
}

func standsIn(t *rapid.T, s Spot, text string) {
	if s.Start < 0 || s.End > len(text) || text[s.Start:s.End] != s.Text || !utf8.ValidString(s.Text) {
		t.Fatalf("%+v does not stand in %q", s, text)
	}
}

func needField(n registry.Need, s Spot) string {
	for _, p := range knowledgePassages(n) {
		if p.Name == s.Field {
			return p.Text
		}
	}
	return ""
}

func specialistField(v registry.Specialist, s Spot) string {
	if s.Field == "evidence" {
		return v.Evidence[s.Item].Title
	}
	for _, p := range index.SpecialistPassages(v) {
		if p.Field == s.Field && p.Item == s.Item {
			return p.Text
		}
	}
	return ""
}

// FuzzRankText feeds foreign text as a need: no panic, offsets cut whole runes, the account is complete.
func FuzzRankText(f *testing.F) {
	for _, seed := range append(clauses, "", "泵", "\xff\xfe泵壳\xc3", strings.Repeat("泵壳冒汗", 300)) {
		f.Add(seed)
	}
	dict, err := segment.LoadDictionary(segment.Options{})
	if err != nil {
		f.Fatal(err)
	}
	var kb *knowledge.Base = smallBase(f)
	w := segment.New(dict)
	c := NewCollection(registry.Records{Specialists: pool(), Needs: nil})
	e := New(c, c.Books(w), w, Options{Base: kb, Now: today})
	f.Fuzz(func(t *testing.T, text string) {
		r, err := e.RankText(ctx, text, RankOptions{NoRules: true})
		if err != nil {
			if text == "" {
				return
			}
			t.Fatal(err)
		}
		for _, result := range r.Results {
			for _, m := range result.Matches {
				for _, s := range m.Need {
					if text[s.Start:s.End] != s.Text || utf8.ValidString(text) && !utf8.ValidString(s.Text) {
						t.Fatalf("%+v does not stand in %q", s, text)
					}
				}
			}
		}
	})
}
