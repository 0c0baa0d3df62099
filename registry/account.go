package registry

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"tepai/registry/policy"
)

// ruleTests says for each condition which test has seen it refuse; the tests hold it true.
//
//go:embed testdata/rules.tsv
var ruleTests string

// testsOf names the tests of a condition.
func testsOf(guard string) (names []string) {
	for line := range strings.Lines(ruleTests) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) == 4 && cells[1] == guard {
			names = append(names, cells[3])
		}
	}
	return names
}

// kindArticle is the article under which the rules of a kind stand that the policy's own words do not contain.
var kindArticle = map[RecordKind]int{
	KindApplication: 6, KindSpecialist: 6, KindEnterprise: 7, KindNeed: 7, KindAgreement: 9, KindDispatch: 11, KindEquity: 13,
	KindCooperation: 16, KindCase: 21, KindRecovery: 21, KindDelegation: 3, KindEdition: 22, KindHandover: 3, KindContact: 8, KindAttachment: 9, KindComplaint: 21,
	KindService: 11, KindSheet: 11, KindActivity: 17, KindSummary: 19, KindBundle: 19,
	KindAssessment: 20, KindSubsidy: 20, KindPublication: 20,
}

// plainRules are the rules on plain data.
var plainRules = []policy.Rule{
	{Name: "企业规模", Kind: "企业", Says: "按行业的划型标准提出，指标不全或行业不明的只在结果相同时提出，由人确认",
		Sources: []policy.Source{policy.Article(2), policy.CentreSetting.About("划型标准")},
		Tests:   []string{"TestSizesAtEveryFloor", "TestAProposalHoldsWhateverIsMissing"}},
	{Name: "选拔条件（一）", Kind: "特派员", Says: "学位或职称符合其一；认不出的职称交由人认定",
		Sources: []policy.Source{policy.Article(5, 1)}, Tests: []string{"TestQualification"}},
	{Name: "派驻期限", Kind: "派驻", Says: "最后一天是起始日加月数（遇月末取月末）的前一天",
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting.About("派驻期限")},
		Tests:   []string{"TestTermsAndBarsAreClippedToTheMonthsEnd", "TestTermEndAgainstAWalkThroughTheDays"}},
	{Name: "服务次数要求", Kind: "派驻", Says: "全年 24 次，按期限折算；哪些服务计次、怎样计由设定决定",
		Sources: []policy.Source{policy.Article(11)}, Tests: []string{"TestRequired", "TestRequiredAgainstAWalkThroughTheDays", "TestCount"}},
	{Name: "服务进度", Kind: "派驻", Says: "已计次数对照派驻期的要求：按已过的日子应达几次、按目前进度到期几次；暂停的日子不计，提前终止的按实际天数折算；只作提示，不影响办理",
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting.About("服务次数按期限折算")}, Tests: []string{"TestPace", "TestHowServicesCount", "TestPaceHoldsOverTheTerm"}},
	{Name: "同时服务上限", Kind: "特派员", Says: "在派的派驻达到上限的不再推荐",
		Sources: []policy.Source{policy.CentreSetting.About("同时服务上限")}, Tests: []string{"TestWorkload"}},
	{Name: "供需双方的关系", Kind: "特派员", Says: "本单位、正在服务、暂不考虑的不推荐；持股如实列出、不因此排除",
		Sources: []policy.Source{policy.CentreSetting}, Article: 13, Tests: []string{"TestConflictWith"}},
	{Name: "小结与总结到期", Kind: "派驻", Says: "按日历 6 月 30 日和 12 月 31 日，或按派驻期每半年和期满",
		Sources: []policy.Source{policy.Article(19), policy.CentreSetting.About("小结到期")},
		Tests:   []string{"TestSummaries", "TestSummariesCoverTheTerm"}},
	{Name: "能否推荐", Kind: "特派员", Says: "取消资格期内、暂停、退出的不推荐，答案附起止日期", Sources: []policy.Source{policy.Article(21), policy.CentreSetting},
		Tests: []string{"TestEligible", "TestAnEligibilityHoldsThroughoutItsInterval"}},
	{Name: "不再受理申报", Kind: "特派员", Says: "到起算日加 36 个月（遇月末取月末）当天为止，次日起受理", Sources: []policy.Source{policy.Article(21)},
		Tests: []string{"TestBarEnd", "TestBarEndAgainstAWalkThroughTheDays"}},
	{Name: "制度版本", Kind: "版本", Says: "起止日期连同出处录入，互不重叠，两部门确认后生效；有效期以外只保存、不受理，已受理的按原版本办完",
		Sources: []policy.Source{policy.Article(22)}, Tests: []string{"TestEditionsInForce", "TestWhatBeganIsFinished", "TestConfirm"}},
	{Name: "工作日", Kind: "日历", Says: "周一至周五，扣除放假、加上调休上班的日子",
		Sources: []policy.Source{policy.CentreSetting.About("放假的工作日")}, Tests: []string{"TestWorkdays", "TestWorkdaysAgainstAWalkThroughTheDays"}},
}

// Rules lists every rule for the account of the policy: those on plain data, then the acts of the transition table, each followed
// by its conditions. A condition of several acts stands once.
func Rules() []policy.Rule {
	rules := slices.Clone(plainRules)
	rows := Transitions()
	var listed []string
	for _, t := range rows {
		rules = append(rules, t.rule())
		for _, g := range t.Guards {
			if !slices.Contains(listed, g.Name) {
				listed = append(listed, g.Name)
				rules = append(rules, g.rule(t.Kind, rows))
			}
		}
	}
	return rules
}

// rule is the act as the account shows it: 待审核 → 已入库, and what it records.
func (t *Transition) rule() policy.Rule {
	says := "记录" + t.Records
	var from []string
	for _, s := range t.From {
		from = append(from, stateName(t.Kind, s))
	}
	switch {
	case len(from) > 0 && t.To != "":
		says = fmt.Sprintf("%s → %s；%s", strings.Join(from, "、"), stateName(t.Kind, t.To), says)
	case len(from) > 0:
		says = fmt.Sprintf("%s；%s", strings.Join(from, "、"), says)
	case t.To != "":
		says = fmt.Sprintf("→ %s；%s", stateName(t.Kind, t.To), says)
	}
	return policy.Rule{Name: t.Says, Kind: t.Kind.String(), Says: says, Who: t.who(), Sources: t.Sources, Article: articleFor(t.Kind, t.Sources...)}
}

// rule is the condition as the account shows it, with the acts that ask for it.
func (g Guard) rule(kind RecordKind, rows []Transition) policy.Rule {
	var acts []string
	for _, t := range rows {
		if slices.ContainsFunc(t.Guards, func(other Guard) bool { return other.Name == g.Name }) {
			acts = append(acts, t.Says)
		}
	}
	return policy.Rule{Name: "办理条件", Kind: kind.String(), Says: fmt.Sprintf("%s（%s）", g.Says, strings.Join(acts, "；")),
		Sources: []policy.Source{g.Source}, Article: articleFor(kind, g.Source), Tests: testsOf(g.Name)}
}

// articleFor is where a rule stands: 0 = under the articles that its sources cite.
func articleFor(kind RecordKind, sources ...policy.Source) int {
	for _, s := range sources {
		if _, cited := s.Article(); cited {
			return 0
		}
	}
	return kindArticle[kind]
}
