package registry

import (
	"fmt"
	"slices"

	"tepai/registry/policy"
)

// Subsidy (奖补) is what one dispatch earns its specialist by its grade (Art. 20): 生活补贴 and 资金奖励, within the budget of a year. What the
// year's budget does not hold is carried over and never lost.
type Subsidy struct {
	ID          string        `json:"id"`
	Assessment  string        `json:"assessment"`
	Specialist  string        `json:"specialist"`
	From        Date          `json:"from"` // the first day of the dispatch, by whose edition it is finished
	Grade       string        `json:"grade"`
	Proposed    Date          `json:"proposed"`
	Year        int           `json:"year"`              // the budget year
	Carried     []int         `json:"carried,omitempty"` // the budget years before it that had no money left
	Items       []SubsidyItem `json:"items"`
	Publication string        `json:"publication,omitempty"`
	Payments    []Payment     `json:"payments,omitempty"`
	Ground      string        `json:"ground,omitempty"` // of the refusal
	State       State         `json:"state"`
}

// SubsidyItem is one of the two.
type SubsidyItem struct {
	Kind     SubsidyKind `json:"kind"`
	Standard Fen         `json:"standard"`           // of the budget year, for the grade
	Due      Fen         `json:"due"`                // 应发
	Withheld Fen         `json:"withheld,omitempty"` // 代扣
	Ground   string      `json:"ground,omitempty"`   // why less than the standard is due
}

// SubsidyKind is what an item is for.
type SubsidyKind string

const (
	Living SubsidyKind = "生活补贴"
	Reward SubsidyKind = "资金奖励"
)

// Net is 实发.
func (i SubsidyItem) Net() Fen { return i.Due - i.Withheld }

// Payment is one attempt to pay; the last one may be under way.
type Payment struct {
	List     string `json:"list"` // 发放清单
	Listed   Date   `json:"listed"`
	Amount   Fen    `json:"amount"` // 实发
	Paid     Date   `json:"paid,omitzero"`
	Voucher  string `json:"voucher,omitempty"`
	Returned Date   `json:"returned,omitzero"` // 退票
	Why      string `json:"why,omitempty"`
}

// The states of a subsidy.
const (
	SubsidyProposed State = "proposed"
	SubsidyApproved State = "approved"
	SubsidyPassed   State = "passed" // by the finance bureau
	SubsidyListed   State = "listed"
	SubsidyPaid     State = "paid"
	SubsidyReturned State = "returned"
	SubsidyRefused  State = "refused"
)

var (
	unpaid   = []State{SubsidyApproved, SubsidyPassed, SubsidyReturned}
	payers   = []Party{{Role: FinanceOfficer}, {Role: CentreStaff}}
	unlisted = []State{SubsidyProposed, SubsidyApproved, SubsidyPassed, SubsidyReturned}
)

var subsidyRows = []Transition{
	row(Transition{Kind: KindSubsidy, Act: "reduce", Says: "核减奖补", From: []State{SubsidyProposed},
		By:      byCentre,
		Guards:  []Guard{reductionGrounded},
		Sources: byRule20, Records: "哪一项、应发金额、核减的依据"}, reduceSubsidy),
	row(Transition{Kind: KindSubsidy, Act: "withhold", Says: "登记代扣", From: unlisted,
		By:      payers,
		Sources: byRule20, Records: "哪一项、代扣金额"}, withholdSubsidy),
	row(Transition{Kind: KindSubsidy, Act: "approve", Says: "审核奖补", From: []State{SubsidyProposed}, To: SubsidyApproved, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{mayBePaid},
		Sources: article20, Records: "两部门的意见"}, nothing[*Subsidy]),
	row(Transition{Kind: KindSubsidy, Act: "refuse", Says: "不予奖补", From: append([]State{SubsidyListed}, unlisted...), To: SubsidyRefused, Joint: true,
		By:      bothOffices,
		Guards:  []Guard{refusalGrounded},
		Sources: byRule20, Records: "不予奖补的依据；占用的预算退回"}, refuseSubsidy),
	row(Transition{Kind: KindSubsidy, Act: "pass", Says: "从财政上审核奖补", From: []State{SubsidyApproved}, To: SubsidyPassed,
		By:      []Party{{Role: FinanceOfficer}},
		Guards:  []Guard{subsidiesPublished},
		Sources: []policy.Source{policy.Article(3), policy.CentreSetting.About("财政局审核奖补")}, Records: "审核的日期"}, nothing[*Subsidy]),
	row(Transition{Kind: KindSubsidy, Act: "send_back", Says: "从财政上退回奖补", From: []State{SubsidyApproved}, To: SubsidyProposed,
		By:      []Party{{Role: FinanceOfficer}},
		Sources: []policy.Source{policy.Article(3), policy.CentreSetting.About("财政局审核奖补")}, Records: "退回的理由；两部门须重新审核"}, sendSubsidyBack),
	row(Transition{Kind: KindSubsidy, Act: "list", Says: "列入发放清单", From: unpaid, To: SubsidyListed,
		By:      byCentre,
		Guards:  []Guard{financeFirst, subsidiesPublished, withinBudget, mayBePaid},
		Sources: byRule20, Records: "发放清单、金额；占用当年预算"}, listSubsidy),
	row(Transition{Kind: KindSubsidy, Act: "carry", Says: "顺延奖补", From: unpaid,
		By:      byCentre,
		Guards:  []Guard{budgetSpent},
		Sources: byRule20, Records: "顺延到哪个预算年度"}, carrySubsidy),
	row(Transition{Kind: KindSubsidy, Act: "pay", Says: "发放奖补", From: []State{SubsidyListed}, To: SubsidyPaid,
		By:      payers,
		Guards:  []Guard{mayBePaid},
		Sources: article20, Records: "发放日期、凭证"}, paySubsidy),
	row(Transition{Kind: KindSubsidy, Act: "return", Says: "登记退票", From: []State{SubsidyPaid}, To: SubsidyReturned,
		By:      payers,
		Sources: byRule20, Records: "退票的日期和原因；可以再次列入发放清单"}, returnSubsidy),
}

// Due is 应发 of both items, which is what a budget pays.
func (v *Subsidy) Due() (sum Fen) {
	for _, i := range v.Items {
		sum += i.Due
	}
	return sum
}

// Net is 实发 of both items.
func (v *Subsidy) Net() (sum Fen) {
	for _, i := range v.Items {
		sum += i.Net()
	}
	return sum
}

func (v *Subsidy) recordID() string { return v.ID }
func (v *Subsidy) state() State     { return v.State }
func (v *Subsidy) setState(s State) { v.State = s }
func (v *Subsidy) begun() Date      { return v.From }
func (v *Subsidy) links() []link {
	return []link{under(KindSpecialist, v.Specialist), underYear(v.Year)}
}
func (v *Subsidy) belongsTo(a Actor) bool {
	return a.Role == SpecialistRole && a.Of == v.Specialist
}

func (v *Subsidy) chronicle(string) (list []Entry) {
	for _, p := range v.Payments {
		list = append(list, Entry{p.Paid, KindSubsidy, v.ID, "", fmt.Sprintf("发放奖补 %s 元", p.Amount)},
			Entry{p.Returned, KindSubsidy, v.ID, "", "奖补退票：" + p.Why})
	}
	return list
}

// Validate is as for Specialist.
func (v *Subsidy) Validate() error {
	for _, i := range v.Items {
		if i.Due < 0 || i.Due > i.Standard || i.Withheld < 0 || i.Withheld > i.Due {
			return invalid("items", "%s应发 %s 元、代扣 %s 元，须在标准 %s 元以内，且代扣不超过应发", i.Kind, i.Due, i.Withheld, i.Standard)
		}
	}
	return firstBroken(checkID("id", v.ID), checkID("assessment", v.Assessment), checkID("specialist", v.Specialist), checkCount("items", len(v.Items), 2),
		checkCount("payments", len(v.Payments), MaxList), checkText("ground", v.Ground))
}

func (v *Subsidy) body() ([]byte, error) { return jsonBody(*v) }

var decodeSubsidy = fromJSON[Subsidy](KindSubsidy)

// item finds one of the two; an unknown one is an *Error.
func (v *Subsidy) item(kind SubsidyKind) (*SubsidyItem, error) {
	i := slices.IndexFunc(v.Items, func(i SubsidyItem) bool { return i.Kind == kind })
	if i < 0 {
		return nil, invalid("kind", "请选择 %s 或 %s", Living, Reward)
	}
	return &v.Items[i], nil
}

// standards are the amounts of a budget year for a grade; a Chinese sentence where they are not entered.
func standards(s policy.Settings, grade string, year int) (items []SubsidyItem, why string) {
	for _, item := range []struct {
		kind SubsidyKind
		keys []policy.YearlyKey // by the rank of the grade
	}{{Living, []policy.YearlyKey{policy.LivingExcellent, policy.LivingCompetent}}, {Reward, []policy.YearlyKey{policy.RewardExcellent, policy.RewardCompetent}}} {
		rank := slices.Index(s.List(policy.Grades), grade)
		if rank < 0 || rank >= len(item.keys) {
			return nil, fmt.Sprintf("考核结果为“%s”，没有奖补标准", grade)
		}
		yuan, ok := s.Yuan(item.keys[rank], year)
		if !ok {
			return nil, fmt.Sprintf("还没有录入 %d 年“%s”的%s标准；请先在制度版本中录入", year, grade, item.kind)
		}
		items = append(items, SubsidyItem{Kind: item.kind, Standard: Fen(100 * yuan), Due: Fen(100 * yuan)})
	}
	return items, ""
}
