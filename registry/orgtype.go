package registry

import "strings"

// orgTypes are the four kinds of units of Art. 2.
var orgTypes = []string{"高等院校", "科研院所", "企事业单位", "社会机构"}

// orgWords say a kind of unit in other words; the first that occurs in a cell decides.
var orgWords = []struct{ word, kind string }{
	{"科研", "科研院所"}, {"研究所", "科研院所"}, {"研究院", "科研院所"}, {"设计院", "科研院所"}, {"研究中心", "科研院所"}, {"institute", "科研院所"},
	{"高校", "高等院校"}, {"院校", "高等院校"}, {"高等", "高等院校"}, {"大学", "高等院校"}, {"学院", "高等院校"}, {"职业技术", "高等院校"}, {"university", "高等院校"}, {"college", "高等院校"},
	{"社会", "社会机构"}, {"协会", "社会机构"}, {"学会", "社会机构"}, {"商会", "社会机构"}, {"联合会", "社会机构"}, {"合作社", "企事业单位"}, {"中介", "社会机构"}, {"民办非企业", "社会机构"}, {"society", "社会机构"}, {"ngo", "社会机构"},
	{"企事业", "企事业单位"}, {"事业", "企事业单位"}, {"企业", "企事业单位"}, {"公司", "企事业单位"}, {"集团", "企事业单位"}, {"工厂", "企事业单位"}, {"医院", "企事业单位"}, {"推广站", "企事业单位"}, {"推广中心", "企事业单位"}, {"enterprise", "企事业单位"}, {"company", "企事业单位"},
}

// OrgTypes are the four kinds of units of Art. 2, in the order of the article.
func OrgTypes() []string { return append([]string(nil), orgTypes...) }

// ParseOrgType reads a kind of unit as people write it (高校, 研究所, 国有企业, 行业协会). ok is false for words that it
// does not know; an empty cell is "not stated".
func ParseOrgType(text string) (kind string, ok bool) {
	t := strings.ToLower(fold(text))
	if t == "" {
		return "", true
	}
	for _, w := range orgWords {
		if strings.Contains(t, w.word) {
			return w.kind, true
		}
	}
	return "", false
}
