package registry

import (
	"slices"
	"strings"
)

// 最高学位 and 最高学历 are two things: a degree is conferred, an education is completed, and either can be had
// without the other. Only the degree counts for Art. 5.
var (
	degrees    = []string{"博士", "硕士", "学士"}
	educations = []string{"博士研究生", "硕士研究生", "研究生", "本科", "大专", "中专", "技校", "高中", "初中", "小学"}
)

// Schooling is what a foreign cell says about someone's schooling, taken apart.
type Schooling struct {
	Degree    string // 博士 硕士 学士; empty = not stated
	Education string // one of the values of Specialist.Education; empty = not stated
}

// ParseDegree reads a cell of a column 最高学位. What names an education (本科, 研究生, 大专) becomes an Education and
// leaves the degree open; 硕士研究生 in this column answers the question for the degree, so it gives both. 博士后 is
// neither, but is open to doctors only. 在读, 肄业 and 结业 confer no degree. ok is false for words that it does not know.
func ParseDegree(text string) (s Schooling, ok bool) {
	s, ok = parseSchooling(text)
	if ok && s.Degree == "" && !unfinished(text) {
		s.Degree = strings.TrimSuffix(s.Education, "研究生")
		if !slices.Contains(degrees, s.Degree) {
			s.Degree = ""
		}
	}
	return s, ok
}

// ParseEducation reads a cell of a column 最高学历. 硕士研究生 here is an education and leaves the degree open.
func ParseEducation(text string) (s Schooling, ok bool) { return parseSchooling(text) }

func parseSchooling(text string) (Schooling, bool) {
	t := strings.ToLower(fold(text))
	switch t {
	case "", "无", "无学位", "无学历", "-", "/", "none":
		return Schooling{}, true
	}
	var s Schooling
	for _, w := range schoolWords {
		if !strings.Contains(t, w.word) {
			continue
		}
		t = strings.ReplaceAll(t, w.word, "")
		if s.Education == "" {
			s.Education = w.education
		}
		if s.Degree == "" && w.degree != "" && !unfinished(text) {
			s.Degree = w.degree
		}
	}
	return s, s != Schooling{} || unfinished(text)
}

func unfinished(text string) bool {
	for _, w := range []string{"在读", "肄业", "结业", "在站", "候选"} {
		if strings.Contains(text, w) && !strings.Contains(text, "博士后") {
			return true
		}
	}
	return false
}

// schoolWords are tried in this order, the longer and higher before the shorter and lower.
var schoolWords = []struct{ word, degree, education string }{
	{"博士后", "博士", ""},
	{"博士研究生", "", "博士研究生"}, {"硕士研究生", "", "硕士研究生"},
	{"博士生", "", "博士研究生"}, {"硕士生", "", "硕士研究生"},
	{"双学士", "学士", ""}, {"博士", "博士", ""}, {"硕士", "硕士", ""}, {"学士", "学士", ""},
	{"doctorate", "博士", ""}, {"doctor", "博士", ""}, {"ph.d", "博士", ""}, {"phd", "博士", ""},
	{"master", "硕士", ""}, {"emba", "硕士", ""}, {"mba", "硕士", ""}, {"mpa", "硕士", ""},
	{"bachelor", "学士", ""},
	{"研究生", "", "研究生"},
	{"本科", "", "本科"}, {"大学专科", "", "大专"}, {"大专", "", "大专"}, {"专科", "", "大专"}, {"高职", "", "大专"},
	{"中等专科", "", "中专"}, {"中专", "", "中专"}, {"技校", "", "技校"}, {"技工学校", "", "技校"}, {"职高", "", "高中"},
	{"高中", "", "高中"}, {"初中", "", "初中"}, {"小学", "", "小学"},
	{"大学", "", "本科"},
}

// maySurelyNotHoldMaster tells whether an education lies so low that a master's degree cannot go with it. With 本科
// it can (同等学力申请硕士学位).
func maySurelyNotHoldMaster(education string) bool {
	return education != "" && slices.Index(educations, education) > slices.Index(educations, "本科")
}
