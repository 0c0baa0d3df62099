package policy_test

import (
	"slices"
	"testing"

	"tepai/registry/policy"
)

func TestAccountHasEveryArticleAndEverySettingOnce(t *testing.T) {
	parts := policy.Account(policy.First(), nil)
	var articles []int
	settings := map[string]int{}
	for _, p := range parts {
		articles = append(articles, p.Article)
		for _, s := range p.Settings {
			settings[s.Key]++
			if s.Value != s.Default || s.Changed || s.Shown == "" {
				t.Errorf("the first edition states nothing of its own: %+v", s)
			}
		}
		if p.Becomes == "" || p.Title == "" || p.Rules == nil || p.Settings == nil {
			t.Errorf("%+v", p)
		}
	}
	for i, n := range articles {
		if want := (i + 1) % (policy.Articles + 1); n != want {
			t.Errorf("part %d is article %d, want %d", i, n, want)
		}
	}
	for _, s := range policy.All() {
		if settings[s.Key.String()] != 1 {
			t.Errorf("%s stands %d times", s.Key, settings[s.Key.String()])
		}
	}
}

func TestWhereARuleStands(t *testing.T) {
	centre := policy.CentreSetting
	for _, c := range []struct {
		name string
		rule policy.Rule
		want []int
	}{
		{"by its article", policy.Rule{Sources: []policy.Source{policy.Article(5, 1)}}, []int{5}},
		{"under each article that it cites, once", policy.Rule{Sources: []policy.Source{policy.Article(2), policy.Article(20, 1), policy.Article(20)}}, []int{2, 20}},
		{"by the setting that it names", policy.Rule{Sources: []policy.Source{centre.About("核查期限")}}, []int{21}},
		{"by the setting of implementing rules", policy.Rule{Sources: []policy.Source{policy.Implementation.About("评审专家人数")}}, []int{20}},
		{"by a setting for all", policy.Rule{Sources: []policy.Source{centre.About("补录期限")}}, []int{0}},
		{"by its own word", policy.Rule{Sources: []policy.Source{policy.Article(2)}, Article: 6}, []int{6}},
		{"by nothing", policy.Rule{Sources: []policy.Source{centre}}, []int{0}},
		{"by a setting that is none", policy.Rule{Sources: []policy.Source{centre.About("月相")}}, []int{0}},
	} {
		var at []int
		for _, p := range policy.Account(policy.First(), []policy.Rule{c.rule}) {
			if len(p.Rules) > 0 {
				at = append(at, p.Article)
			}
		}
		if !slices.Equal(at, c.want) {
			t.Errorf("%s: under %v, want %v", c.name, at, c.want)
		}
	}
}

func TestTheAccountShowsWhatAnEditionStates(t *testing.T) {
	e := next(t)
	e.Settings = with(t, with(t, e.Settings, policy.LivingExcellent, "2026:5000、2027:6000"), policy.FurtherBars, "参公人员")
	want := map[string]string{"living_excellent": "2026 年 5000 元、2027 年 6000 元", "further_bars": "参公人员"}
	for _, p := range policy.Account(e, nil) {
		for _, s := range p.Settings {
			if s.Changed != (want[s.Key] != "") || s.Changed && s.Shown != want[s.Key] {
				t.Errorf("%+v", s)
			}
			if s.Key == "party_weights" && s.Shown != "专家评审 60%、促进中心 10%、科学技术局 10%、派出单位 10%、入驻企业 10%" || s.Key == "reward_excellent" && s.Shown != "尚未录入" {
				t.Errorf("%+v", s)
			}
		}
	}
}
