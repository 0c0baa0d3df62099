package index

import "tepai/registry"

func enterpriseTexts(v registry.Enterprise) []source {
	list := plain(nil, "name", v.Name)
	list = plain(list, "industry", v.Industry)
	list = plain(list, "county", v.County)
	list = plain(list, "size", v.Size, v.RegistrationType)
	return ranked(list, enterprisePassages(v), func(p Passage) string { return p.Field })
}

// enterprisePassages are never ranked; they stand in "text" so that a word finds enterprises by what they make.
func enterprisePassages(v registry.Enterprise) []Passage {
	var p passages
	p.add("business", 0, 0, 1, v.Business)
	return p
}

func enterpriseFacets(v registry.Enterprise) facetValues {
	f := facetValues{}
	f.add(FacetIndustry, industryName(v.Industry))
	f.add(FacetCounty, countyName(v.County))
	f.add(FacetSize, v.Size)
	return f
}
