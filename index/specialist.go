package index

import (
	"slices"

	"tepai/registry"
)

func specialistTexts(v registry.Specialist) []source {
	list := plain(nil, "name", v.Name)
	list = plain(list, "post", v.Title, v.Degree, v.Education)
	list = plain(list, "organisation", v.Organisation)
	list = plain(list, "org_type", v.OrgType)
	list = plain(list, "industry", v.Industry)
	list = plain(list, "county", v.County)
	return ranked(list, SpecialistPassages(v), func(p Passage) string {
		if p.Unit > 0 {
			return evidenceField(v.Evidence[p.Unit-1].Kind)
		}
		return p.Field
	})
}

// evidenceField is the field in which an item of evidence is searched: its kind, where it is a known one.
func evidenceField(kind registry.EvidenceKind) string {
	switch kind {
	case registry.Paper, registry.Patent, registry.Project, registry.PastService:
		return string(kind)
	}
	return "evidence"
}

func specialistFacets(v registry.Specialist) facetValues {
	f := facetValues{}
	f.add(FacetField, fieldNames(slices.Concat(v.Fields, v.Keywords)...)...)
	f.add(FacetIndustry, industryName(v.Industry))
	f.add(FacetOrgType, orgTypeName(v.OrgType))
	f.add(FacetCounty, countyName(v.County))
	f.add(FacetDegree, v.Degree)
	if v.Title != "" {
		f.add(FacetLevel, registry.TitleLevel(v.Title).String())
	}
	f.add(FacetState, specialistState(v.Standing))
	for _, e := range v.Evidence {
		f.add(FacetEvidence, string(e.Kind))
	}
	return f
}

func specialistState(s registry.Standing) string {
	if s == registry.Active {
		return "active"
	}
	return string(s)
}
