package policy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry/policy"
)

func TestTheZeroSettingsAreThePolicy(t *testing.T) {
	var s policy.Settings
	if s.Months(policy.TermMonths) != 12 || s.Int(policy.QuotaYear) != 24 || s.Months(policy.BarMonths) != 36 || s.Int(policy.PanelSize) != 3 ||
		s.Days(policy.InquiryDays) != 60 || s.Workdays(policy.HearingWorkdays) != 5 || !s.Yes(policy.FinanceReview) || s.Yes(policy.HomeUnitSigns) ||
		s.Choice(policy.SummariesDue) != policy.ByCalendar || fmt.Sprint(s.List(policy.Grades)) != "[优秀 称职 不称职]" || len(s.List(policy.FurtherBars)) != 0 ||
		len(s.Dates(policy.Holidays)) != 0 || len(s.Sizes(policy.SizeStandards)) != 16 || s.Check() != nil {
		t.Errorf("%+v", s)
	}
	sum := 0
	for _, w := range s.Weights(policy.PartyWeights) {
		sum += w.Percent
	}
	if sum != 100 {
		t.Errorf("weights sum to %d", sum)
	}
	if _, ok := s.Yuan(policy.SubsidyBudget, 2026); ok {
		t.Error("the policy names no amounts")
	}
}

func TestWhatASettingTakes(t *testing.T) {
	for _, c := range []struct {
		key        policy.Key
		text, want string // want "" = refused
		says       string
	}{
		{policy.TermMonths, " 018 ", "18", ""},
		{policy.TermMonths, "0", "", "1 到 60 之间的整数（个月）"},
		{policy.TermMonths, "12.5", "", "派驻期限"},
		{policy.TermMonths, "", "", "派驻期限"},
		{policy.TermMonths, "99999999999999999999", "", "1 到 60"},
		{policy.SilenceDays, "0", "0", ""},
		{policy.SilenceDays, "-1", "", "0 到 365"},
		{policy.FinanceReview, "否", "否", ""},
		{policy.FinanceReview, "不", "", "“是”或“否”"},
		{policy.QualifyingTitle, "正高", "正高", ""},
		{policy.QualifyingTitle, "初级", "", "没有“初级”这个选项"},
		{policy.PanelExclusions, "入驻企业人员，派出单位人员", "派出单位人员、入驻企业人员", ""},
		{policy.PanelExclusions, "", "", ""},
		{policy.PanelExclusions, "路人", "", "没有“路人”这一项"},
		{policy.PanelExclusions, "入驻企业人员、入驻企业人员", "", "写了两次"},
		{policy.Grades, "优、良、差", "优、良、差", ""},
		{policy.Grades, "优、差", "", "应有 3 到 3 项，现在是 2 项"},
		{policy.Holidays, "2026年10月3日、2026-10-01至2026-10-03", "2026-10-01、2026-10-02、2026-10-03", ""},
		{policy.Holidays, "2026-10-03至2026-10-01", "", "颠倒"},
		{policy.Holidays, "2026-01-01至9999-01-01", "", "相隔太远"},
		{policy.Holidays, "2026-02-30", "", "日历上没有"},
		{policy.Holidays, "国庆节", "", "不是日期"},
		{policy.LivingExcellent, "2027年：6000元、2026:5000", "2026:5000、2027:6000", ""},
		{policy.LivingExcellent, "5000", "", "没有写明年度"},
		{policy.LivingExcellent, "2026:-1", "", "2026 年应为 0 到"},
		{policy.LivingExcellent, "2026:1、2026:2", "", "写了两次"},
		{policy.LivingExcellent, "1926:1", "", "没有写明年度"},
		{policy.PartyWeights, "入驻企业:0、专家评审：100%、促进中心:0、科学技术局:0、派出单位:0", "专家评审:100、促进中心:0、科学技术局:0、派出单位:0、入驻企业:0", ""},
		{policy.PartyWeights, "专家评审:100", "", "现在写了 1 方，合计 100"},
		{policy.PartyWeights, "专家评审:60、促进中心:10、科学技术局:10、派出单位:10、入驻企业:11", "", "合计 101"},
		{policy.PartyWeights, "专家评审:60、促进中心:40、促进中心:0、派出单位:0、入驻企业:0", "", "每一方写一次"},
		{policy.SizeStandards, "工业 | C | 从业人员 1000 300 20", "工业 | C | 从业人员 1000 300 20", ""},
		{policy.SizeStandards, "工业 | C | 从业人员 300 1000 20", "", "由大到小"},
		{policy.SizeStandards, "工业 | C | 人数 3 2 1", "", "“人数 3 2 1”"},
		{policy.SizeStandards, "工业 | 制造业 | 从业人员 3 2 1", "", "第 1 行"},
		{policy.SizeStandards, "工业", "", "行业 | 门类与大类"},
		{policy.SizeStandards, "甲 | C | 从业人员 3 2 1\n甲 | D | 从业人员 3 2 1", "", "第 2 行：“甲”写了两次"},
		{policy.SizeStandards, "# 无", "", "是空的"},
	} {
		s, err := policy.Settings{}.With(c.key, c.text)
		if c.says == "" {
			if err != nil || s.Text(c.key) != c.want {
				t.Errorf("%s %q: %q, %v; want %q", c.key, c.text, s.Text(c.key), err, c.want)
			}
			continue
		}
		refused(t, err, "", c.says)
		if chinese(t, err).Field != c.key.String() || s.Changed(c.key) {
			t.Errorf("%s %q: %+v", c.key, c.text, err)
		}
	}
}

func TestWithLeavesTheOldSettingsAsTheyWere(t *testing.T) {
	first := with(t, policy.Settings{}, policy.PanelSize, "5")
	second := with(t, first, policy.PanelSize, "7")
	back := with(t, second, policy.PanelSize, "3")
	if first.Int(policy.PanelSize) != 5 || second.Int(policy.PanelSize) != 7 || back.Changed(policy.PanelSize) {
		t.Error(first, second, back)
	}
	list := first.List(policy.Grades)
	list[0] = "x"
	if first.List(policy.Grades)[0] != "优秀" {
		t.Error("a list that was given out changes the settings")
	}
}

func TestWhereAValueComesFrom(t *testing.T) {
	var s policy.Settings
	if s.Cite(policy.QuotaYear) != policy.Article(11) || s.Cite(policy.Capacity) != "本中心设定：同时服务上限" {
		t.Error(s.Cite(policy.QuotaYear), s.Cite(policy.Capacity))
	}
	s, err := s.WithFrom(policy.PanelSize, "5", policy.Implementation)
	if err != nil || s.Cite(policy.PanelSize) != "实施细则：评审专家人数" {
		t.Error(s.Cite(policy.PanelSize), err)
	}
	confirmed, err := s.WithFrom(policy.Capacity, "3", policy.JointNotice)
	if err != nil || !confirmed.Changed(policy.Capacity) || confirmed.Cite(policy.Capacity) != "联合通知：同时服务上限" {
		t.Errorf("the default, but from another source, is stated: %s, %v", confirmed.Cite(policy.Capacity), err)
	}
	if _, err := s.WithFrom(policy.QuotaYear, "20", policy.CentreSetting); err == nil {
		t.Error("the centre changed what the policy fixes")
	} else {
		refused(t, err, policy.Article(11), "服务次数要求由第十一条规定", "不能由本中心自行设定", "实施细则")
	}
	for _, source := range []policy.Source{policy.Implementation, policy.JointNotice, policy.Article(11)} {
		if next, err := s.WithFrom(policy.QuotaYear, "20", source); err != nil || next.Int(policy.QuotaYear) != 20 {
			t.Errorf("%s: %v", source, err)
		}
	}
	if _, err := s.WithFrom(policy.Capacity, "4", "上级要求"); err == nil {
		t.Error("a source of its own making was taken")
	}
}

func TestValuesThatDoNotGoTogether(t *testing.T) {
	s := with(t, policy.Settings{}, policy.CompetentFrom, "85")
	refused(t, s.Check(), "本中心设定：称职的分数线", "称职的分数线（85）应低于优秀的分数线（85）")
	s = with(t, with(t, policy.Settings{}, policy.Holidays, "2026-10-10"), policy.SwappedWorkdays, "2026-10-10")
	refused(t, s.Check(), "本中心设定：调休上班的周末", "2026年10月10日同时列为放假和调休上班")
}

func TestYuan(t *testing.T) {
	s := with(t, policy.Settings{}, policy.RewardExcellent, "2026:10000、2028:0")
	for year, want := range map[int]string{2025: "0 false", 2026: "10000 true", 2027: "0 false", 2028: "0 true"} {
		if n, ok := s.Yuan(policy.RewardExcellent, year); fmt.Sprint(n, ok) != want {
			t.Errorf("%d: %d %v, want %s", year, n, ok, want)
		}
	}
}

func TestSettingsInFiles(t *testing.T) {
	if data, err := json.Marshal(policy.Settings{}); string(data) != "{}" || err != nil {
		t.Errorf("%s, %v", data, err)
	}
	s, err := with(t, policy.Settings{}, policy.TermMonths, "6").WithFrom(policy.PanelSize, "5", policy.Implementation)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(s)
	if want := `{"panel_size":{"value":"5","source":"实施细则"},"term_months":{"value":"6"}}`; string(data) != want || err != nil {
		t.Errorf("%s, %v", data, err)
	}
	for _, bad := range []string{`{"panel_sise":{"value":"5"}}`, `{"panel_size":{"value":"99"}}`, `{"panel_size":{"value":"5","source":"某人"}}`,
		`{"quota_year":{"value":"12","source":"本中心设定"}}`} {
		kept := s
		err := json.Unmarshal([]byte(bad), &kept)
		chinese(t, err)
		if kept.Text(policy.TermMonths) != "6" {
			t.Errorf("%s was half read", bad)
		}
	}
	for _, bad := range []string{`{"panel_size":"5"}`, `{"panel_size":{"value":5}}`, `{"panel_size":{"value":"5","note":""}}`, `[]`, `{`} {
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

// drawn is a value that a setting takes.
func drawn(t *rapid.T, s policy.Setting) string {
	switch s.Kind() {
	case policy.YesNo:
		return rapid.SampledFrom([]string{"是", "否"}).Draw(t, s.Name)
	case policy.Choice:
		return rapid.SampledFrom(s.Choices).Draw(t, s.Name)
	case policy.List:
		if len(s.Choices) == 0 {
			return strings.Join(rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z一二三]{1,6}`), s.Least, min(s.Most, 5), rapid.ID).Draw(t, s.Name), "、")
		}
		return strings.Join(rapid.SliceOfDistinct(rapid.SampledFrom(s.Choices), rapid.ID).Draw(t, s.Name), ",")
	case policy.Dates:
		return strings.Join(rapid.SliceOfN(rapid.StringMatching(`202[0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])`), 0, 9).Draw(t, s.Name), "、")
	case policy.Yearly:
		years := rapid.SliceOfNDistinct(rapid.IntRange(2020, 2099), 0, 5, rapid.ID).Draw(t, s.Name)
		var list []string
		for _, y := range years {
			list = append(list, fmt.Sprintf("%d:%d", y, rapid.IntRange(s.Least, s.Most).Draw(t, "yuan")))
		}
		return strings.Join(list, "、")
	case policy.Weights:
		var list []string
		for i, left := 0, 100; i < len(s.Choices); i++ {
			n := left
			if i < len(s.Choices)-1 {
				n = rapid.IntRange(0, left).Draw(t, s.Choices[i])
			}
			left -= n
			list = append(list, fmt.Sprintf("%s:%d", s.Choices[i], n))
		}
		return strings.Join(list, "、")
	case policy.Sizes:
		large := rapid.Int64Range(3, 1<<40).Draw(t, "large")
		return fmt.Sprintf("行业 | C 01-05 | 从业人员 %d %d %d", large, large/2+1, large/2)
	}
	return fmt.Sprint(rapid.IntRange(s.Least, s.Most).Draw(t, s.Name))
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	all := policy.All()
	sources := []policy.Source{policy.Implementation, policy.JointNotice, policy.Article(20), policy.CentreSetting}
	rapid.Check(t, func(t *rapid.T) {
		var s policy.Settings
		for _, x := range rapid.SliceOfN(rapid.SampledFrom(all), 0, 8).Draw(t, "settings") {
			from := rapid.SampledFrom(append(sources, x.Source)).Draw(t, "source")
			if _, fixed := x.Source.Article(); fixed && from == policy.CentreSetting {
				from = x.Source
			}
			next, err := s.WithFrom(x.Key, drawn(t, x), from)
			if err != nil {
				t.Fatal(err)
			}
			again, err := next.WithFrom(x.Key, next.Text(x.Key), from)
			if err != nil || again.Text(x.Key) != next.Text(x.Key) {
				t.Fatalf("%q is not canonical: %v", next.Text(x.Key), err)
			}
			s = next
		}
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back policy.Settings
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		for _, x := range all {
			if back.Text(x.Key) != s.Text(x.Key) || back.Cite(x.Key) != s.Cite(x.Key) || back.Changed(x.Key) != s.Changed(x.Key) {
				t.Fatalf("%s: %q of %s became %q of %s in %s", x.Key, s.Text(x.Key), s.Cite(x.Key), back.Text(x.Key), back.Cite(x.Key), data)
			}
			if s.Changed(x.Key) != strings.Contains(string(data), `"`+x.Key.String()+`":`) {
				t.Fatalf("%s: stated %v, in %s", x.Key, s.Changed(x.Key), data)
			}
		}
	})
}
