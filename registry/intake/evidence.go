package intake

import (
	"tepai/registry"
)

var evidenceWords = map[string]string{
	"paper": "paper", "论文": "paper", "专著": "paper", "著作": "paper",
	"patent": "patent", "专利": "patent", "发明专利": "patent", "实用新型": "patent", "软件著作权": "patent",
	"project": "project", "项目": "project", "课题": "project", "科研项目": "project",
	"service": "service", "服务": "service", "企业服务": "service", "技术服务": "service", "服务案例": "service",
}

// evidence takes a list of objects {kind, title, text, year}, a list of texts, or (in CSV) such a list written as JSON.
func (in *cells) evidence(v value) []registry.Evidence {
	if v.kind == text {
		if v.text == "" {
			return nil
		}
		wrapped, fault := parseObject([]byte(`{"evidence":` + v.text + `}`))
		if fault != nil {
			in.fail(v.text, "业绩这一格不是 JSON："+fault.Reason, `请写成 [{"kind":"paper","title":"…","year":2024}]，或留空`)
			return nil
		}
		v = nowhere(wrapped.members[0].value)
	}
	switch v.kind {
	case null:
		return nil
	case object:
		return []registry.Evidence{in.oneEvidence(v)}
	case list:
		var all []registry.Evidence
		for _, item := range v.items {
			all = append(all, in.oneEvidence(item))
		}
		return all
	}
	in.fail(v.text, "业绩应当是一个列表", `请写成 [{"kind":"paper","title":"…","year":2024}]`)
	return nil
}

func (in *cells) oneEvidence(v value) (e registry.Evidence) {
	key := in.key
	defer func() { in.key = key }()
	if v.kind != object {
		e.Text = in.text(v)
		return e
	}
	for _, m := range v.members {
		in.key, in.at = key+"."+m.key, m.value.at
		switch m.key {
		case "kind":
			e.Kind = registry.EvidenceKind(in.oneOf(m.value, evidenceWords, "paper、patent、project、service"))
		case "title":
			e.Title = in.text(m.value)
		case "text":
			e.Text = in.text(m.value)
		case "year":
			e.Year = int(in.number(m.value, "年"))
		}
	}
	return e
}
