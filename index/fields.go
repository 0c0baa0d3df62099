package index

import (
	"slices"
	"strings"

	"tepai/registry"
)

// The facets: values by which results are filtered and counted.
const (
	FacetKind       = "kind"       // specialist, enterprise, need
	FacetField      = "field"      // technical field
	FacetIndustry   = "industry"   // division of GB/T 4754
	FacetOrgType    = "org_type"   // kind of unit
	FacetCounty     = "county"     // 县（市、区）
	FacetLevel      = "level"      // level of the title: 正高, 副高 …
	FacetDegree     = "degree"     // 最高学位
	FacetState      = "state"      // a need's state or a specialist's standing: open, dispatched …; active, paused …
	FacetEvidence   = "evidence"   // kinds of evidence that there are: paper, patent, project, service
	FacetSize       = "size"       // 企业规模
	FacetEnterprise = "enterprise" // id of the enterprise of a need
)

// Names of fields inside the index.
const (
	allText     = "text"     // every passage that ranking reads
	allMeta     = "meta"     // every other text: names, titles, units, places
	initialsKey = "initials" // pinyin of names, by initials and in full, every reading
	nameKey     = "namekey"  // folded names and titles
	wordKey     = "wordkey"  // folded keyword, separator, keyword as written
	idKey       = "idkey"    // folded id
	valuePrefix = "v."       // before the name of a field whose values are found as a whole
	facetPrefix = "f."       // before the name of a facet
	partPrefix  = "t."       // before the name of a field that a person can ask for
)

// pivots are the lengths, in terms, that BM25 holds for usual. They are constants and not the index's averages, which
// bleve takes from its segments as they happen to lie: with constants a score depends on the records alone.
var pivots = map[string]int{allText: 250, allMeta: 20}

const partPivot = 40

// boosts are what a hit in the field adds beside the hit in all texts.
var boosts = []struct {
	field string
	boost float64
}{{"name", 4}, {"title", 2}, {"fields", 2}, {"keywords", 2}, {"organisation", 1.5}, {"business", 1}}

// askable are the fields that a person can ask for, by every name that works. One name may stand for several fields.
var askable = map[string][]string{
	"name": {"name"}, "姓名": {"name"}, "名称": {"name", "title"}, "标题": {"title"}, "title": {"title", "post"},
	"职称": {"post"}, "学位": {"post"}, "学历": {"post"}, "post": {"post"},
	"单位": {"organisation", "name"}, "organisation": {"organisation"}, "org": {"organisation"}, "unit": {"organisation"},
	"单位类型": {"org_type"}, "org_type": {"org_type"},
	"行业": {"industry"}, "industry": {"industry"}, "县区": {"county"}, "地区": {"county"}, "county": {"county"},
	"领域": {"fields", "field_hint"}, "技术领域": {"fields", "field_hint"}, "field": {"fields", "field_hint"}, "fields": {"fields"},
	"关键词": {"keywords"}, "keyword": {"keywords"}, "keywords": {"keywords"},
	"专长": {"expertise"}, "特长": {"expertise"}, "expertise": {"expertise"}, "成果": {"achievements"}, "achievements": {"achievements"},
	"意愿": {"service_wish"}, "服务意向": {"service_wish"}, "wish": {"service_wish"},
	"论文": {"paper"}, "paper": {"paper"}, "专利": {"patent"}, "patent": {"patent"}, "项目": {"project"}, "project": {"project"},
	"服务": {"service"}, "service": {"service"}, "业绩": evidenceFields, "evidence": evidenceFields,
	"描述": {"description"}, "现状": {"description"}, "description": {"description"}, "目标": {"wanted"}, "wanted": {"wanted"},
	"研判": {"diagnosis"}, "diagnosis": {"diagnosis"}, "企业类型": {"enterprise_type"},
	"主营": {"business"}, "主营业务": {"business"}, "business": {"business"}, "规模": {"size"}, "size": {"size"},
}

var evidenceFields = []string{"paper", "patent", "project", "service", "evidence"}

// valueFields are the askable fields whose values are found as a whole.
var valueFields = []string{"post", "org_type", "county", "size"}

// facets are the names of all facets, in the order in which a page shows them.
var facets = []string{FacetKind, FacetField, FacetIndustry, FacetOrgType, FacetCounty, FacetLevel, FacetDegree,
	FacetState, FacetEvidence, FacetSize, FacetEnterprise}

// AskableFields are the Chinese names that work before a colon in a search box.
func AskableFields() []string {
	return []string{"姓名", "职称", "单位", "单位类型", "行业", "县区", "领域", "关键词", "专长", "成果", "意愿",
		"论文", "专利", "项目", "服务", "标题", "描述", "目标", "研判", "企业类型", "主营", "规模"}
}

// everyField lists every field of the index once; BM25 wants a pivot for each that a query names. The star is what bleve
// calls the field of an expanded prefix.
func everyField() []string {
	list := []string{"*", "_id", allText, allMeta, initialsKey, nameKey, wordKey, idKey}
	for _, f := range facets {
		list = append(list, facetPrefix+f)
	}
	for _, f := range valueFields {
		list = append(list, valuePrefix+f)
	}
	seen := map[string]bool{}
	for _, fields := range askable {
		for _, f := range fields {
			if !seen[f] {
				seen[f] = true
				list = append(list, partPrefix+f)
			}
		}
	}
	return list
}

// The value of a facet is the name in the official table where the text can be read as one, otherwise the text itself.

func industryName(text string) string {
	if in, ok := registry.ParseIndustry(text); ok && in.Name != "" {
		return in.Name
	}
	return strings.TrimSpace(text)
}

func countyName(text string) string {
	if county, ok := registry.ParseCounty(text); ok {
		return county
	}
	return strings.TrimSpace(text)
}

func orgTypeName(text string) string {
	if kind, ok := registry.ParseOrgType(text); ok {
		return kind
	}
	return strings.TrimSpace(text)
}

// fieldNames are the fields of the taxonomy that texts name, each once.
func fieldNames(texts ...string) []string {
	var names []string
	for _, text := range texts {
		for _, id := range registry.FieldsOf(text) {
			if f, ok := registry.FieldByID(id); ok && !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	return names
}
