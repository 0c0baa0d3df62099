package registry_test

import (
	"testing"

	"tepai/registry"
)

func TestParseDegreeKeepsEducationApart(t *testing.T) {
	for _, c := range []struct{ text, degree, education string }{
		{"博士", "博士", ""}, {"工学博士", "博士", ""}, {"博士学位", "博士", ""}, {"硕士", "硕士", ""}, {"学士", "学士", ""},
		{"本科", "", "本科"}, {"大专", "", "大专"}, {"研究生", "", "研究生"}, {"大学本科", "", "本科"}, {"大学", "", "本科"},
		{"硕士研究生", "硕士", "硕士研究生"}, {"博士研究生", "博士", "博士研究生"}, {"博士后", "博士", ""},
		{"本科/学士", "学士", "本科"}, {"研究生（硕士）", "硕士", "研究生"}, {"在职研究生", "", "研究生"},
		{"博士在读", "", ""}, {"硕士研究生（肄业）", "", "硕士研究生"}, {"MBA", "硕士", ""}, {"Ph.D.", "博士", ""},
		{"无", "", ""}, {"", "", ""}, {"大学专科", "", "大专"},
	} {
		s, ok := registry.ParseDegree(c.text)
		if !ok || s.Degree != c.degree || s.Education != c.education {
			t.Errorf("%q: %+v %t, want %q and %q", c.text, s, ok, c.degree, c.education)
		}
	}
	if s, ok := registry.ParseEducation("硕士研究生"); !ok || s.Degree != "" || s.Education != "硕士研究生" {
		t.Errorf("an education of 硕士研究生 states no degree: %+v", s)
	}
	if _, ok := registry.ParseDegree("铸造"); ok {
		t.Error("铸造 is no schooling")
	}
}

func TestTitleLevel(t *testing.T) {
	for title, want := range map[string]string{
		"教授": "正高", "副教授": "副高", "讲师": "中级", "助教": "初级", "教授、博士生导师": "正高", "副教授/硕导": "副高",
		"研究员": "正高", "副研究员": "副高", "助理研究员": "中级", "研究实习员": "初级",
		"正高级工程师": "正高", "教授级高工": "正高", "高级工程师": "副高", "高工": "副高", "工程师": "中级", "助理工程师": "初级", "技术员": "初级",
		"采矿工程师": "中级", "采矿高级工程师": "副高", "高级采矿工程师": "副高", "电气自动化工程师": "中级", "高级工程师（电气）": "副高", "工程师 ": "中级",
		"农业技术推广研究员": "正高", "推广研究员": "正高", "高级农艺师": "副高", "农艺师": "中级", "高级畜牧师": "副高", "兽医师": "中级", "助理兽医师": "初级",
		"主任医师": "正高", "副主任中药师": "副高", "主管药师": "中级", "药师": "初级",
		"高级经济师": "副高", "经济师": "中级", "正高级会计师": "正高", "会计师": "中级", "助理会计师": "初级", "统计师": "中级",
		"高级工艺美术师": "副高", "工艺美术师": "中级", "高级实验师": "副高", "实验师": "中级", "助理实验师": "初级",
		"研究馆员": "正高", "副研究馆员": "副高", "馆员": "中级", "助理馆员": "初级", "编审": "正高", "译审": "正高", "正高级讲师": "正高", "高级讲师": "副高", "一级教师": "中级",
		"副高级": "副高", "中级职称": "中级",
		"高级技师": "待认定", "技师": "待认定", "执业药师": "待认定", "总工程师": "待认定", "软件工程师": "待认定", "高级软件工程师": "待认定", "注册安全工程师": "待认定",
		"土专家": "待认定", "": "待认定", "博导": "待认定", "高级技师、工程师": "中级",
	} {
		if got := registry.TitleLevel(title).String(); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}

func TestQualification(t *testing.T) {
	for _, c := range []struct {
		title, degree, education string
		want                     registry.Answer
		by                       string
	}{
		{"助教", "硕士", "", registry.Satisfied, "学位"},
		{"", "博士", "", registry.Satisfied, "学位"},
		{"工程师", "", "大专", registry.Satisfied, "职称"},
		{"土专家", "学士", "本科", registry.NeedsPerson, ""},
		{"高级技师", "", "大专", registry.NeedsPerson, ""},
		{"", "学士", "", registry.NeedsPerson, ""},
		{"", "", "", registry.NeedsPerson, ""},
		{"助理工程师", "", "研究生", registry.NeedsPerson, ""},
		{"助理工程师", "", "本科", registry.NeedsPerson, ""},
		{"助理工程师", "学士", "本科", registry.NotSatisfied, ""},
		{"助理工程师", "", "大专", registry.NotSatisfied, ""},
	} {
		v := registry.Specialist{ID: "s", Title: c.title, Degree: c.degree, Education: c.education}
		q := v.Qualification()
		if q.Answer != c.want || q.By != c.by || q.Reason == "" || q.Source != "第五条" {
			t.Errorf("%s %s %s: %+v, want %d by %q", c.title, c.degree, c.education, q, c.want, c.by)
		}
	}
}

func TestParseOrgTypeAndCounty(t *testing.T) {
	for text, want := range map[string]string{
		"高等院校": "高等院校", "高校": "高等院校", "省属大学": "高等院校", "研究所": "科研院所", "科研院所": "科研院所", "国有企业": "企事业单位",
		"事业单位": "企事业单位", "企事业单位": "企事业单位", "行业协会": "社会机构", "社会机构": "社会机构", "University": "高等院校", "": "", "个体": "?",
	} {
		if got, ok := registry.ParseOrgType(text); ok != (want != "?") || ok && got != want {
			t.Errorf("%q: %q %t, want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{
		"高平市": "高平市", "高平": "高平市", "晋城市城区": "城区", "山西省晋城市泽州县": "泽州县", "开发区": "晋城经济技术开发区",
		"晋城经济技术开发区": "晋城经济技术开发区", "沁水": "沁水县", "": "", "太原市": "?",
	} {
		if got, ok := registry.ParseCounty(text); ok != (want != "?") || ok && got != want {
			t.Errorf("%q: %q %t, want %q", text, got, ok, want)
		}
	}
}
