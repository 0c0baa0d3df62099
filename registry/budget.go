package registry

import (
	"fmt"
	"strconv"

	"tepai/registry/policy"
)

// withinBudget: 以上经费列入财政预算 (Art. 20).
var withinBudget = Guard{"within-budget", "奖补经费列入财政预算，不超过预算年度的预算", policy.Article(20), func(d *Deed) string {
	v := subjectOf[*Subsidy](d)
	left, why := v.budgetLeft(d)
	if why == "" && left < v.Due() {
		return fmt.Sprintf("%d 年奖补预算还剩 %s 元，本笔应发 %s 元；请办理顺延", v.Year, left, v.Due())
	}
	return why
}}

// budgetSpent: a subsidy is carried over because there is no money, and for no other reason.
var budgetSpent = Guard{"budget-spent", "预算年度的预算不足或年度已过的，奖补顺延", policy.CentreSetting.About("奖补预算"), func(d *Deed) string {
	v := subjectOf[*Subsidy](d)
	if v.Year < d.How.On.Year {
		return ""
	}
	left, why := v.budgetLeft(d)
	if why == "" && left >= v.Due() {
		return fmt.Sprintf("%d 年奖补预算还剩 %s 元，够付本笔 %s 元；请列入发放清单", v.Year, left, v.Due())
	}
	return why
}}

// budgetLeft is what the budget of the subsidy's year holds beside what other subsidies have taken: those on a list, paid, or
// returned by the bank and to be paid again.
func (v *Subsidy) budgetLeft(d *Deed) (left Fen, why string) {
	yuan, ok := d.settings().Yuan(policy.SubsidyBudget, v.Year)
	if !ok {
		return 0, fmt.Sprintf("还没有录入 %d 年的奖补预算；请先在制度版本中录入", v.Year)
	}
	ofYear, err := findUnder[*Subsidy](d, underYear(v.Year), KindSubsidy)
	if err != nil {
		return 0, "读不出已占用的预算，请稍后再试"
	}
	left = Fen(100 * yuan)
	for _, o := range ofYear {
		if o.ID != v.ID && o.takes() {
			left -= o.Due()
		}
	}
	return left, ""
}

// takes tells whether the subsidy takes money of its year's budget.
func (v *Subsidy) takes() bool {
	return v.State == SubsidyListed || v.State == SubsidyPaid || v.State == SubsidyReturned
}

func underYear(year int) link { return link{linkYear, strconv.Itoa(year)} }
