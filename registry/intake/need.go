package intake

import "tepai/registry"

var needKind = recordKind[registry.Need]{
	name: registry.KindNeed,
	needed: []keyGroup{
		{[]string{"id"}, "编号列（id 或“编号”）"},
		{[]string{"description", "title", "wanted", "field_hint"}, "需求文字列，如需求名称（title）、现状与问题（description）"},
	},
	id:    func(v *registry.Need) string { return v.ID },
	check: func(v *registry.Need) error { return v.Validate() },
	checkLenient: func(v *registry.Need) error {
		return checkIDAndText(v.ID, v.Texts(), "description", "需求名称、现状与问题、目标")
	},
	setters: map[string]setter[registry.Need]{
		"id":              func(in *cells, n *registry.Need, v value) { n.ID = in.recordID(v) },
		"enterprise":      func(in *cells, n *registry.Need, v value) { n.EnterpriseID = in.text(v) },
		"enterprise_type": func(in *cells, n *registry.Need, v value) { n.EnterpriseType = in.text(v) },
		"industry":        func(in *cells, n *registry.Need, v value) { n.Industry = in.industry(v) },
		"title":           func(in *cells, n *registry.Need, v value) { n.Title = in.text(v) },
		"description":     func(in *cells, n *registry.Need, v value) { n.Description = in.text(v) },
		"wanted":          func(in *cells, n *registry.Need, v value) { n.Wanted = in.text(v) },
		"field_hint":      func(in *cells, n *registry.Need, v value) { n.FieldHint = in.text(v) },
		"diagnosis":       func(in *cells, n *registry.Need, v value) { n.Diagnosis = in.diagnosis(v) },
		"state": func(in *cells, n *registry.Need, v value) {
			n.State = registry.NeedState(in.oneOf(v, stateWords, "已入库、已派驻、已解决、撤回"))
		},
		"solved_by":  func(in *cells, n *registry.Need, v value) { n.SolvedBy = in.ids(v) },
		"difficulty": func(in *cells, n *registry.Need, v value) { n.Difficulty = in.text(v) },
	},
}

var stateWords = map[string]string{
	"已入库": "", "对接中": "", "open": "", "已派驻": "dispatched", "dispatched": "dispatched", "已解决": "solved", "solved": "solved",
	"撤回": "closed", "已撤回": "closed", "过期": "closed", "closed": "closed",
}

// diagnosis takes an object {field, causes, terms, source}; causes may be a list too. An empty one is none.
func (in *cells) diagnosis(v value) *registry.Diagnosis {
	if v.kind == null || v.kind == object && len(v.members) == 0 {
		return nil
	}
	if v.kind != object {
		in.fail(v.text, "需求研判应当是一个对象", `请写成 {"field": "…", "causes": "…", "terms": ["…"]}`)
		return nil
	}
	d, key := &registry.Diagnosis{}, in.key
	defer func() { in.key = key }()
	for _, m := range v.members {
		in.key, in.at = key+"."+m.key, m.value.at
		switch m.key {
		case "field":
			d.Field = in.prose(m.value)
		case "causes":
			d.Causes = in.prose(m.value)
		case "terms":
			d.Terms = in.list(m.value)
		case "source":
			d.Source = in.text(m.value)
		}
	}
	return d
}

// prose takes a text as it is and the items of a list joined by "；".
func (in *cells) prose(v value) string {
	if v.kind != list {
		return in.text(v)
	}
	joined := ""
	for i, s := range in.list(v) {
		if i > 0 {
			joined += "；"
		}
		joined += s
	}
	return joined
}
