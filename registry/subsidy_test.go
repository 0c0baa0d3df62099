package registry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const money = registry.KindSubsidy

// paying is an edition with standards and budgets: room for two excellent ones in 2026 and one in 2027.
func paying(t *testing.T, more map[policy.Key]string) policy.Edition {
	values := map[policy.Key]string{
		policy.LivingExcellent: "2026:6000、2027:6600", policy.LivingCompetent: "2026:3000", policy.RewardExcellent: "2026:10000、2027:10000", policy.RewardCompetent: "2026:5000",
		policy.SubsidyBudget: "2026:32000、2027:16000",
	}
	for k, text := range more {
		values[k] = text
	}
	return withSettings(t, values)
}

// graded brings a new dispatch to a grade that nobody can change any more.
func (o *office) graded(name, grade string) (id string, who registry.Actor) {
	o.t.Helper()
	posting, who, boss := o.posting(name)
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	id = o.proposed(posting, boss, 80)
	o.both(verdict, id, "grade", registry.GradeInput{Grade: grade, Reason: "专家评议"})
	o.must(centre, verdict, id, "deliver", because("当面签收"))
	o.must(who, verdict, id, "ask_review", because("请复核"))
	o.both(verdict, id, "uphold", because("维持"))
	return id, who
}

// rewarded proposes the subsidy of a grade.
func (o *office) rewarded(assessment string) string {
	o.t.Helper()
	o.must(centre, verdict, assessment, "reward", registry.RewardInput{})
	return o.assessment(assessment).Subsidy
}

// payable brings a subsidy to where only money is missing.
func (o *office) payable(name string) (id string, who registry.Actor) {
	o.t.Helper()
	graded, who := o.graded(name, "优秀")
	id = o.rewarded(graded)
	o.both(money, id, "approve", nil)
	o.must(finance, money, id, "pass", nil)
	return id, who
}

func (o *office) subsidy(id string) registry.Subsidy {
	o.t.Helper()
	v, err := o.Subsidy(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

// 称职以上 get a living subsidy and a reward by the standards of the budget year; approved by both offices, reviewed by the finance
// bureau, listed, paid, returned and paid again (Art. 3, 20).
func TestSubsidy(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, nil))
	failed, _ := o.graded("赵某", "不称职")
	o.refused(centre, verdict, failed, "reward", nil, policy.Article(20), "称职以上的才给予奖补")
	best, who := o.graded("王某", "优秀")
	o.refused(finance, verdict, best, "reward", nil, policy.Article(20), "不能提出奖补")
	o.refused(centre, verdict, best, "reward", registry.RewardInput{Year: 2028}, policy.Article(20), "还没有录入 2028 年“优秀”的生活补贴标准")
	id := o.rewarded(best)
	o.refused(centre, verdict, best, "reward", nil, policy.CentreSetting, "已提出奖补 "+id)
	if v := o.subsidy(id); v.Due() != 1_600_000 || v.Net() != v.Due() || v.Year != 2026 || v.State != registry.SubsidyProposed {
		t.Fatalf("%+v", v)
	}

	// Reduced only with its ground; the reduction voids a half that was given before.
	o.must(centre, money, id, "approve", nil)
	less := registry.ItemInput{Kind: registry.Living, Amount: 300_000}
	o.refused(centre, money, id, "reduce", less, policy.CentreSetting, "请写明核减的依据")
	less.Ground = "派驻半年，实施细则第九条"
	o.refused(centre, money, id, "reduce", registry.ItemInput{Kind: registry.Living, Amount: 600_000, Ground: "x"}, "", "须低于标准 6000.00 元")
	o.refused(centre, money, id, "reduce", registry.ItemInput{Kind: "奖金", Amount: 1, Ground: "x"}, "", "请选择 生活补贴 或 资金奖励")
	o.must(centre, money, id, "reduce", less)
	if r := o.must(bureau, money, id, "approve", nil); len(r.Waiting) != 1 {
		t.Fatalf("a half about an earlier amount was counted: %+v", r)
	}
	o.must(centre, money, id, "approve", nil)

	// Art. 3: the finance bureau reviews; what it sends back is approved anew.
	o.refused(centre, money, id, "list", registry.ListInput{List: "第一批"}, policy.CentreSetting.About("财政局审核奖补"), "还没有经市财政局审核")
	o.refused(bureau, money, id, "pass", nil, policy.Article(3), "可以办理的是市财政局")
	o.refused(finance, money, id, "send_back", because(""), "", "请写明原因")
	o.must(finance, money, id, "send_back", because("附件不全"))
	o.both(money, id, "approve", nil)
	o.must(finance, money, id, "pass", nil)

	// 应发、代扣、实发.
	o.refused(finance, money, id, "withhold", registry.ItemInput{Kind: registry.Reward, Amount: 1_000_001}, "", "0 到应发 10000.00 元之间")
	o.must(finance, money, id, "withhold", registry.ItemInput{Kind: registry.Reward, Amount: 200_000})
	o.refused(centre, money, id, "list", nil, "", "请写明发放清单")
	o.must(centre, money, id, "list", registry.ListInput{List: "2026 年第一批"})
	if v := o.subsidy(id); v.Due() != 1_300_000 || v.Net() != 1_100_000 || v.Payments[0].Amount != 1_100_000 {
		t.Fatalf("%+v", v)
	}

	// Paid, returned by the bank, paid again.
	o.refused(finance, money, id, "pay", nil, "", "请填写支付凭证号")
	o.must(finance, money, id, "pay", registry.PaidInput{Voucher: "示例-001"})
	o.must(finance, money, id, "return", because("账号有误"))
	o.must(centre, money, id, "list", registry.ListInput{List: "2026 年第二批"})
	o.must(centre, money, id, "pay", registry.PaidInput{Voucher: "示例-002"})
	if of, err := o.SubsidiesOf(t.Context(), who.Of); err != nil || len(of) != 1 || of[0].ID != id {
		t.Fatalf("%+v %v", of, err)
	}
	if says := o.worklog(who, money); !slices.Equal(says, []string{"2026-03-02 发放奖补 11000.00 元", "2026-03-02 奖补退票：账号有误", "2026-03-02 发放奖补 11000.00 元"}) {
		t.Fatal(says)
	}
	v := o.subsidy(id)
	if len(v.Payments) != 2 || v.Payments[0].Why != "账号有误" || v.Payments[1].Voucher != "示例-002" || v.State != registry.SubsidyPaid || v.Specialist != who.Of {
		t.Fatalf("%+v", v)
	}
}

// 以上经费列入财政预算 (Art. 20): what the year's budget does not hold is carried over and paid from the next one's.
func TestOverTheBudget(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, nil))
	list := registry.ListInput{List: "第一批"}
	var ids []string
	for _, name := range []string{"王某", "赵某", "李某"} {
		id, _ := o.payable(name)
		ids = append(ids, id)
	}
	enough := policy.CentreSetting.About("奖补预算")
	o.refused(centre, money, ids[2], "carry", nil, enough, "还剩 32000.00 元，够付本笔 16000.00 元")
	o.must(centre, money, ids[0], "list", list)
	o.must(centre, money, ids[1], "list", list)
	o.refused(centre, money, ids[2], "list", list, policy.Article(20), "2026 年奖补预算还剩 0.00 元，本笔应发 16000.00 元；请办理顺延")

	// What is refused with its ground gives its money back; what the bank returned keeps it.
	o.must(centre, money, ids[1], "pay", registry.PaidInput{Voucher: "1"})
	o.must(centre, money, ids[1], "return", because("账号有误"))
	o.refused(centre, money, ids[2], "list", list, policy.Article(20), "请办理顺延")
	o.must(centre, money, ids[2], "carry", nil)
	if of, err := o.SubsidiesIn(t.Context(), 2027); err != nil || len(of) != 1 || of[0].ID != ids[2] {
		t.Fatalf("%+v %v", of, err)
	}
	if v := o.subsidy(ids[2]); v.Year != 2027 || len(v.Carried) != 1 || v.Due() != 1_600_000 {
		t.Fatalf("%+v", v)
	}
	o.must(centre, money, ids[2], "list", list)
	o.refused(centre, money, ids[0], "refuse", because(""), policy.CentreSetting, "请写明不予奖补的依据")
	o.both(money, ids[0], "refuse", because("重复申领，实施细则第十条"))
	fourth, _ := o.payable("周某")
	o.must(centre, money, fourth, "list", list)

	// A year without a budget is told so, and loses nothing.
	fifth, _ := o.payable("吴某")
	o.must(centre, money, fifth, "carry", nil)
	o.must(centre, money, fifth, "carry", nil)
	o.refused(centre, money, fifth, "list", list, policy.Article(20), "还没有录入 2028 年的奖补预算")
	o.refused(centre, money, fifth, "carry", nil, enough, "还没有录入 2028 年的奖补预算")
}

// Whoever is disqualified is paid nothing (Art. 21), until the decision is revoked.
func TestNoMoneyForTheDisqualified(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, nil))
	id, who := o.payable("王某")
	o.must(centre, money, id, "list", registry.ListInput{List: "第一批"})
	c := o.heard(expert, who.Of)
	o.both(affair, c, "disqualify", registry.DecisionInput{Ground: "提供虚假信息"})
	o.refused(finance, money, id, "pay", registry.PaidInput{Voucher: "1"}, policy.Article(21), "王某已取消资格，不再发放奖补")
	o.must(centre, affair, c, "deliver", because("当面"))
	o.must(who, affair, c, "ask_review", because("有新证据"))
	o.both(affair, c, "revoke", because("属实"))
	o.must(finance, money, id, "pay", registry.PaidInput{Voucher: "1"})
}

// Where the centre publishes the list, money waits for its end; where the finance bureau's review is waived, it waits for that alone.
func TestSubsidiesArePublished(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, map[policy.Key]string{policy.PublicationSubsidies: "5", policy.FinanceReview: "否"}))
	best, _ := o.graded("王某", "优秀")
	id := o.rewarded(best)
	o.both(money, id, "approve", nil)
	list := registry.ListInput{List: "第一批"}
	o.refused(centre, money, id, "list", list, policy.CentreSetting.About("奖补名单公示"), "请公示 5 个工作日以后再办理")
	shown := o.must(centre, notice, "", "publish", registry.PublishInput{Of: money, IDs: []string{id}, Place: "市政府网站"}).ID
	v, err := o.Publication(t.Context(), shown)
	if err != nil || v.Until != day(t, "2026-03-06") || v.Lines[0].Text != "王某，示例大学，2026-0001，优秀，生活补贴 6000.00 元，资金奖励 10000.00 元" {
		t.Fatalf("%+v %v", v, err)
	}
	o.turn("2026-03-07")
	o.must(centre, notice, shown, "close", nil)
	o.must(centre, money, id, "list", list)
}

// What follows does not happen before what it follows.
func TestDaysInTheirOrder(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, nil))
	posting, who, boss := o.posting("王某")
	early := func(by registry.Actor, kind registry.RecordKind, id, act string, in any, says string) {
		t.Helper()
		before := registry.Circumstances{On: registry.DateOf(o.now).AddDays(-1)}
		_, err := o.Do(t.Context(), by, registry.Command{Kind: kind, ID: id, Act: act, Input: in, Circumstances: before})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", act, err)
		}
	}
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	early(centre, verdict, "", "open", registry.OpenAssessmentInput{Dispatch: posting}, "早于派驻终止的日期2026年3月2日")
	id := o.proposed(posting, boss, 90)
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "优秀"})
	early(centre, verdict, id, "deliver", because("当面"), "早于评定等次的日期")
	o.must(centre, verdict, id, "deliver", because("当面"))
	early(who, verdict, id, "ask_review", because("不服"), "早于送达考核结果的日期")
	o.must(who, verdict, id, "ask_review", because("不服"))
	o.both(verdict, id, "uphold", because("维持"))
	early(centre, verdict, id, "file", because("人事处"), "早于送达考核结果的日期")
	o.must(centre, verdict, id, "file", because("人事处"))
	early(homeUnit, verdict, id, "acknowledge", nil, "早于送交人事部门的日期")
	paid := o.rewarded(id)
	o.both(money, paid, "approve", nil)
	o.must(finance, money, paid, "pass", nil)
	o.must(centre, money, paid, "list", registry.ListInput{List: "第一批"})
	early(finance, money, paid, "pay", registry.PaidInput{Voucher: "1"}, "早于列入发放清单的日期")
	o.must(finance, money, paid, "pay", registry.PaidInput{Voucher: "1"})
	early(finance, money, paid, "return", because("账号有误"), "早于发放的日期")
}

// Whatever is listed, carried, paid, returned and refused in whatever order: no year pays more than its budget, and every subsidy
// that was approved is paid, under way or refused with its ground.
func TestBudgetsAreNeverExceeded(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", paying(t, nil))
	var ids []string
	for i := range 5 {
		id, _ := o.payable(fmt.Sprintf("特派员%d", i))
		ids = append(ids, id)
	}
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	acts := []registry.Command{
		{Act: "list", Input: registry.ListInput{List: "x"}}, {Act: "list", Input: registry.ListInput{List: "y"}}, {Act: "carry"},
		{Act: "pay", Input: registry.PaidInput{Voucher: "x"}}, {Act: "return", Input: because("x")}}
	for range 150 {
		c := acts[random.IntN(len(acts))]
		c.Kind, c.ID = money, ids[random.IntN(len(ids))]
		if _, err := o.Do(t.Context(), centre, c); err != nil && strings.Contains(err.Error(), "稍后再试") {
			t.Fatal(err)
		}
		o.withinBudgets(seed, map[int]registry.Fen{2026: 3_200_000, 2027: 1_600_000}, len(ids))
	}
}

func (o *office) withinBudgets(seed uint64, budgets map[int]registry.Fen, n int) {
	o.t.Helper()
	all, err := o.Subsidies(o.t.Context(), "", 0)
	if err != nil || len(all) != n {
		o.t.Fatal(len(all), err)
	}
	taken := map[int]registry.Fen{}
	for _, v := range all {
		if v.Due() != 1_600_000 || v.Year != 2026+len(v.Carried) {
			o.t.Fatalf("seed %d: something was lost: %+v", seed, v)
		}
		if v.State == registry.SubsidyListed || v.State == registry.SubsidyPaid {
			taken[v.Year] += v.Due()
		}
	}
	for year, sum := range taken {
		if sum > budgets[year] {
			o.t.Fatalf("seed %d: %d takes %s of %s", seed, year, sum, budgets[year])
		}
	}
}
