package registry

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// Duty (职责) is what a service was for: 1 to 6 are the six duties of Art. 15, by their numbers there.
type Duty int

// What a service may be for beside the six duties.
const (
	OtherDuty        Duty = 0 // 其他
	PreliminaryVisit Duty = 7 // 前期走访; alone it may lie before the term, and then does not count
)

// dutyWords are the duties in short; the policy's text has them in full.
var dutyWords = []string{"其他", "参与研发、解决技术问题", "优化研发团队、培养和引进人才", "收集技术信息、协助制定技术发展战略", "聚集创新资源、推动成果转化",
	"完善知识产权和技术管理制度", "协助策划申报科技项目", "前期走访"}

// Duties lists every duty, in the order of the article and then the others.
func Duties() []Duty { return []Duty{1, 2, 3, 4, 5, 6, PreliminaryVisit, OtherDuty} }

// String is the duty as a person reads it.
func (d Duty) String() string {
	if d < 0 || int(d) >= len(dutyWords) {
		return fmt.Sprintf("职责 %d", int(d))
	}
	return dutyWords[d]
}

// Source is 第十五条（一） to （六）, or the centre's setting.
func (d Duty) Source() policy.Source {
	if d < 1 || d > 6 {
		return policy.CentreSetting
	}
	return policy.Article(15, int(d))
}

func checkDuties(field string, duties []Duty) error {
	for i, d := range duties {
		switch {
		case !slices.Contains(Duties(), d):
			return invalid(field, "没有编号为 %d 的职责，可选 1 至 6、%d（前期走访）和 %d（其他）", int(d), int(PreliminaryVisit), int(OtherDuty))
		case slices.Contains(duties[:i], d):
			return invalid(field, "职责“%s”写了两次，请留一个", d)
		}
	}
	return nil
}

func dutyNames(duties []Duty) string {
	var names []string
	for _, d := range duties {
		names = append(names, d.String())
	}
	return strings.Join(names, "；")
}
