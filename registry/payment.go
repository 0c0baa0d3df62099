package registry

import (
	"fmt"
	"strings"

	"tepai/registry/policy"
)

// RewardInput names the budget year; 0 = that of the act.
type RewardInput struct {
	Year int `json:"year"`
}

// ItemInput is an amount of one item: what is due, or what is withheld.
type ItemInput struct {
	Kind   SubsidyKind `json:"kind"`
	Amount Fen         `json:"amount"`
	Ground string      `json:"ground"`
}

// ListInput names the payment list.
type ListInput struct {
	List string `json:"list"`
}

// PaidInput is the voucher of a payment.
type PaidInput struct {
	Voucher string `json:"voucher"`
}

// gradeEarns: 称职以上 (Art. 20).
var gradeEarns = Guard{"grade-earns", "考核结果为称职以上的给予生活补贴和资金奖励", policy.Article(20), func(d *Deed) string {
	v, grades := subjectOf[*Assessment](d), d.settings().List(policy.Grades)
	if v.Grade == grades[0] || v.Grade == grades[1] {
		return ""
	}
	return fmt.Sprintf("考核结果为“%s”，%s以上的才给予奖补", v.Grade, grades[1])
}}

// rewardedOnce: one grade is rewarded once.
var rewardedOnce = Guard{"rewarded-once", "每次考核奖补一次", policy.CentreSetting, func(d *Deed) string {
	if v := subjectOf[*Assessment](d); v.Subsidy != "" {
		return fmt.Sprintf("考核 %s 已提出奖补 %s，请在其中办理", v.ID, v.Subsidy)
	}
	return ""
}}

// standardsEntered: 逐年调整 (Art. 20): the amounts of the budget year stand in the edition.
var standardsEntered = Guard{"standards-entered", "按预算年度的标准奖补，标准逐年录入", policy.Article(20), func(d *Deed) string {
	_, why := standards(d.settings(), subjectOf[*Assessment](d).Grade, inputOf[RewardInput](d).year(d))
	return why
}}

// mayBePaid: whoever is disqualified gives money back and is paid none (Art. 21).
var mayBePaid = Guard{"may-be-paid", "取消资格的不再发放奖补", policy.Article(21), func(d *Deed) string {
	id := ""
	switch v := d.Subject.(type) {
	case *Assessment:
		id = v.Specialist
	case *Subsidy:
		id = v.Specialist
	}
	who, err := find[*Specialist](d, KindSpecialist, id)
	if err != nil {
		return "没有找到科技特派员，请核对编号"
	}
	if who.Standing == Disqualified {
		return who.Name + "已取消资格，不再发放奖补；决定撤销以后可以继续办理，不再发放的请办理不予奖补"
	}
	return ""
}}

// reductionGrounded: less than the standard is due only with its ground.
var reductionGrounded = Guard{"reduction-grounded", "核减奖补须有依据", policy.CentreSetting, func(d *Deed) string {
	if strings.TrimSpace(inputOf[ItemInput](d).Ground) == "" {
		return "请写明核减的依据，如实施细则的条款"
	}
	return ""
}}

// refusalGrounded: whoever earned it is refused it only with its ground.
var refusalGrounded = Guard{"refusal-grounded", "不予奖补须有依据", policy.CentreSetting, func(d *Deed) string {
	if strings.TrimSpace(inputOf[ReasonInput](d).Reason) == "" {
		return "请写明不予奖补的依据"
	}
	return ""
}}

// subsidiesPublished: where the setting says so, the list is shown before money moves.
var subsidiesPublished = Guard{"subsidies-published", "奖补名单公示期满后支付", policy.CentreSetting.About("奖补名单公示"), func(d *Deed) string {
	return d.published(policy.PublicationSubsidies, subjectOf[*Subsidy](d).Publication)
}}

// financeFirst: the finance bureau reviews before the payment (Art. 3), unless the setting waives it.
var financeFirst = Guard{"finance-first", "奖补在支付以前须经财政局审核", policy.CentreSetting.About("财政局审核奖补"), func(d *Deed) string {
	if subjectOf[*Subsidy](d).State == SubsidyApproved && d.settings().Yes(policy.FinanceReview) {
		return "还没有经市财政局审核；请市财政局审核以后再列入发放清单"
	}
	return ""
}}

func (in RewardInput) year(d *Deed) int {
	if in.Year == 0 {
		return d.How.On.Year
	}
	return in.Year
}

func proposeSubsidy(d *Deed, of *Assessment, in RewardInput) error {
	items, why := standards(d.settings(), of.Grade, in.year(d))
	if why != "" {
		return invalid("year", "%s", why)
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("subsidy.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Subsidy{ID: fmt.Sprintf("JB%d-%04d", d.Today.Year, n), Assessment: of.ID, Specialist: of.Specialist, From: of.From, Grade: of.Grade,
		Proposed: d.How.On, Year: in.year(d), Items: items, State: SubsidyProposed}
	of.Subsidy = v.ID
	d.change(KindSubsidy, v)
	return nil
}

func reduceSubsidy(_ *Deed, v *Subsidy, in ItemInput) error {
	item, err := v.item(in.Kind)
	if err != nil {
		return err
	}
	if in.Amount < 0 || in.Amount >= item.Standard {
		return invalid("amount", "核减后的应发金额须低于标准 %s 元，不能为负，这里是 %s 元", item.Standard, in.Amount)
	}
	item.Due, item.Ground = in.Amount, in.Ground
	return checkText("ground", in.Ground)
}

func withholdSubsidy(_ *Deed, v *Subsidy, in ItemInput) error {
	item, err := v.item(in.Kind)
	if err != nil {
		return err
	}
	if in.Amount < 0 || in.Amount > item.Due {
		return invalid("amount", "代扣金额须在 0 到应发 %s 元之间，这里是 %s 元", item.Due, in.Amount)
	}
	item.Withheld = in.Amount
	return nil
}

func refuseSubsidy(_ *Deed, v *Subsidy, in ReasonInput) error {
	v.Ground = in.Reason
	return nil
}

// sendSubsidyBack lets the offices decide anew; what was shown was the earlier amount.
func sendSubsidyBack(d *Deed, v *Subsidy, in ReasonInput) error {
	if err := reasoned(d, v, in); err != nil {
		return err
	}
	return d.takeOff(KindSubsidy, v, in.Reason)
}

func listSubsidy(d *Deed, v *Subsidy, in ListInput) error {
	if err := firstBroken(checkStated("list", in.List, "请写明发放清单的名称或编号"), checkLine("list", in.List)); err != nil {
		return err
	}
	v.Payments = append(v.Payments, Payment{List: in.List, Listed: d.How.On, Amount: v.Net()})
	return nil
}

// carrySubsidy moves the subsidy as it is into the next budget year.
func carrySubsidy(_ *Deed, v *Subsidy, _ struct{}) error {
	v.Carried = append(v.Carried, v.Year)
	v.Year++
	return nil
}

func paySubsidy(d *Deed, v *Subsidy, in PaidInput) error {
	last := &v.Payments[len(v.Payments)-1]
	if err := firstBroken(d.notBefore(last.Listed, "列入发放清单"), checkStated("voucher", in.Voucher, "请填写支付凭证号"), checkLine("voucher", in.Voucher)); err != nil {
		return err
	}
	last.Paid, last.Voucher = d.How.On, in.Voucher
	return nil
}

func returnSubsidy(d *Deed, v *Subsidy, in ReasonInput) error {
	last := &v.Payments[len(v.Payments)-1]
	if err := firstBroken(d.notBefore(last.Paid, "发放"), checkStated("reason", in.Reason, "请写明退票的原因，如账号有误"), checkText("reason", in.Reason)); err != nil {
		return err
	}
	last.Returned, last.Why = d.How.On, in.Reason
	return nil
}
