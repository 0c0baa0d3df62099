package intake

import (
	"strings"

	"tepai/registry"
)

var specialistKind = recordKind[registry.Specialist]{
	name:   registry.KindSpecialist,
	person: registry.KindPersonal,
	needed: []keyGroup{
		{[]string{"id"}, "编号列（id 或“编号”）"},
		{[]string{"expertise", "fields", "keywords", "achievements", "service_wish", "evidence"}, "可供匹配的文字列，如专业特长（expertise）、技术领域（fields）、成果（achievements）"},
	},
	id:    func(v *registry.Specialist) string { return v.ID },
	check: func(v *registry.Specialist) error { return v.Validate() },
	checkLenient: func(v *registry.Specialist) error {
		return checkIDAndText(v.ID, v.Texts(), "expertise", "专业特长、技术领域、成果或业绩")
	},
	setters: withPersonal(registry.KindPersonal, map[string]setter[registry.Specialist]{
		"id":           func(in *cells, s *registry.Specialist, v value) { s.ID = in.recordID(v) },
		"name":         func(in *cells, s *registry.Specialist, v value) { s.Name = in.text(v) },
		"title":        func(in *cells, s *registry.Specialist, v value) { s.Title = in.text(v) },
		"degree":       setDegree,
		"education":    setEducation,
		"org_type":     setOrgType,
		"organisation": func(in *cells, s *registry.Specialist, v value) { s.Organisation = in.text(v) },
		"county":       func(in *cells, s *registry.Specialist, v value) { s.County = in.county(v) },
		"industry":     func(in *cells, s *registry.Specialist, v value) { s.Industry = in.industry(v) },
		"fields":       func(in *cells, s *registry.Specialist, v value) { s.Fields = in.list(v) },
		"expertise":    func(in *cells, s *registry.Specialist, v value) { s.Expertise = in.text(v) },
		"keywords":     func(in *cells, s *registry.Specialist, v value) { s.Keywords = in.list(v) },
		"achievements": func(in *cells, s *registry.Specialist, v value) { s.Achievements = in.text(v) },
		"service_wish": func(in *cells, s *registry.Specialist, v value) { s.ServiceWish = in.text(v) },
		"evidence":     func(in *cells, s *registry.Specialist, v value) { s.Evidence = in.evidence(v) },
		"standing":     setStanding,
		"barred_to":    func(in *cells, s *registry.Specialist, v value) { s.BarredTo = in.date(v) },
		"serving":      func(in *cells, s *registry.Specialist, v value) { s.Serving = in.ids(v) },
		"capacity":     func(in *cells, s *registry.Specialist, v value) { s.Capacity = int(in.number(v, "家", "个")) },
		"prefer":       func(in *cells, s *registry.Specialist, v value) { s.Prefer = in.ids(v) },
		"avoid":        func(in *cells, s *registry.Specialist, v value) { s.Avoid = in.ids(v) },
		"equity":       func(in *cells, s *registry.Specialist, v value) { s.Equity = in.ids(v) },
	}),
}

// setDegree and setEducation take schooling apart wherever it stands: a degree column that says 本科 states an
// education. What the other column said already is not overwritten.
func setDegree(in *cells, s *registry.Specialist, v value) {
	found, ok := registry.ParseDegree(in.text(v))
	if !ok {
		in.fail(v.text, "“"+registry.Shorten(v.text, 20)+"”不是学位", "请填博士、硕士或学士，没有学位的留空")
	}
	setSchooling(s, registry.Schooling{Degree: found.Degree, Education: s.Education}, found.Education)
}

func setEducation(in *cells, s *registry.Specialist, v value) {
	found, ok := registry.ParseEducation(in.text(v))
	if !ok {
		in.fail(v.text, "“"+registry.Shorten(v.text, 20)+"”不是学历", "请填研究生、本科、大专、中专等，不清楚的留空")
	}
	if found.Education == "" {
		found.Education = s.Education
	}
	if s.Degree == "" {
		s.Degree = found.Degree
	}
	s.Education = found.Education
}

func setSchooling(s *registry.Specialist, found registry.Schooling, education string) {
	if found.Degree != "" {
		s.Degree = found.Degree
	}
	if s.Education == "" {
		s.Education = education
	}
}

func setOrgType(in *cells, s *registry.Specialist, v value) {
	found, ok := registry.ParseOrgType(in.text(v))
	if !ok {
		in.fail(v.text, "“"+registry.Shorten(v.text, 20)+"”不是第二条所列的单位类型", "请改为："+strings.Join(registry.OrgTypes(), "、"))
	}
	s.OrgType = found
}

var standingWords = map[string]string{
	"在库": "", "正常": "", "active": "", "暂停": "paused", "paused": "paused", "退出": "withdrawn", "已退出": "withdrawn", "withdrawn": "withdrawn",
	"取消资格": "disqualified", "已取消资格": "disqualified", "disqualified": "disqualified",
}

func setStanding(in *cells, s *registry.Specialist, v value) {
	s.Standing = registry.Standing(in.oneOf(v, standingWords, "在库、暂停、退出、取消资格"))
}

func checkIDAndText(id string, texts []string, field, choices string) error {
	if err := registry.CheckID(id); err != nil {
		return err
	}
	if len(texts) == 0 {
		return &registry.Error{Kind: registry.Invalid, Field: field, Msg: "没有任何文字可供匹配，请至少填写一项：" + choices}
	}
	return nil
}
