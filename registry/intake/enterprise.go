package intake

import "tepai/registry"

var enterpriseKind = recordKind[registry.Enterprise]{
	name:   registry.KindEnterprise,
	person: registry.KindContactPerson,
	needed: []keyGroup{{[]string{"id"}, "编号列（id 或“编号”）"}, {[]string{"name"}, "名称列（name 或“企业名称”）"}},
	id:     func(v *registry.Enterprise) string { return v.ID },
	check:  func(v *registry.Enterprise) error { return v.Validate() },
	checkLenient: func(v *registry.Enterprise) error {
		return checkIDAndText(v.ID, []string{v.Name + v.Business}, "name", "企业名称、主营业务")
	},
	setters: withPersonal(registry.KindContactPerson, map[string]setter[registry.Enterprise]{
		"id":          func(in *cells, e *registry.Enterprise, v value) { e.ID = in.recordID(v) },
		"name":        func(in *cells, e *registry.Enterprise, v value) { e.Name = in.text(v) },
		"credit_code": setCreditCode,
		"size": func(in *cells, e *registry.Enterprise, v value) {
			e.Size = in.oneOf(v, sizeWords, "微型、小型、中型、大型")
		},
		"registration_type": func(in *cells, e *registry.Enterprise, v value) { e.RegistrationType = in.text(v) },
		"industry":          func(in *cells, e *registry.Enterprise, v value) { e.Industry = in.industry(v) },
		"county":            func(in *cells, e *registry.Enterprise, v value) { e.County = in.county(v) },
		"founded":           func(in *cells, e *registry.Enterprise, v value) { e.Founded = in.date(v) },
		"employees":         func(in *cells, e *registry.Enterprise, v value) { e.Employees = int(in.number(v, "人", "名")) },
		"revenue_wan":       func(in *cells, e *registry.Enterprise, v value) { e.RevenueWan = in.number(v, "万元", "万") },
		"business":          func(in *cells, e *registry.Enterprise, v value) { e.Business = in.text(v) },
		"prefer":            func(in *cells, e *registry.Enterprise, v value) { e.Prefer = in.ids(v) },
		"avoid":             func(in *cells, e *registry.Enterprise, v value) { e.Avoid = in.ids(v) },
		"avoid_units":       func(in *cells, e *registry.Enterprise, v value) { e.AvoidUnits = in.list(v) },
	}),
}

var sizeWords = map[string]string{
	"微型": "微型", "微型企业": "微型", "微": "微型", "小型": "小型", "小型企业": "小型", "小": "小型",
	"中型": "中型", "中型企业": "中型", "中": "中型", "大型": "大型", "大型企业": "大型", "大": "大型",
}

// setCreditCode leaves 待补 open: the code may follow until dispatch.
func setCreditCode(in *cells, e *registry.Enterprise, v value) {
	if v.kind == number {
		in.wrong("", "统一社会信用代码写成了数字，可能已丢失末几位", "请加上引号")
		return
	}
	s := in.text(v)
	if s == "" || s == "待补" {
		return
	}
	code, err := registry.ParseCreditCode(s)
	if err != nil {
		in.refused(s, err)
	}
	e.CreditCode = code
}
