package index

import "tepai/registry"

func needTexts(v registry.Need) []source {
	list := plain(nil, "industry", v.Industry)
	if d := v.Diagnosis; d != nil {
		list = plain(list, "diagnosis", append([]string{d.Field, d.Causes}, d.Terms...)...)
	}
	return ranked(list, NeedPassages(v), func(p Passage) string { return p.Field })
}

func needFacets(v registry.Need) facetValues {
	f := facetValues{}
	field := v.FieldHint
	if v.Diagnosis != nil && v.Diagnosis.Field != "" {
		field = v.Diagnosis.Field
	}
	f.add(FacetField, fieldNames(field)...)
	f.add(FacetIndustry, industryName(v.Industry))
	f.add(FacetState, needState(v.State))
	f.add(FacetEnterprise, v.EnterpriseID)
	return f
}

func needState(s registry.NeedState) string {
	if s == registry.NeedOpen {
		return "open"
	}
	return string(s)
}
