package registry_test

import (
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const (
	verdict = registry.KindAssessment
	notice  = registry.KindPublication
)

var homeUnit = registry.Actor{ID: "unit-qian", Role: registry.HomeUnit, Of: "示例大学"}

func reviewer(id string) registry.Actor {
	return registry.Actor{ID: id, Role: registry.ExpertReviewer}
}

// withSettings is the sample edition with some values of its own.
func withSettings(t *testing.T, values map[policy.Key]string) policy.Edition {
	t.Helper()
	edition := sample(t)
	for k, text := range values {
		next, err := edition.Settings.With(k, text)
		if err != nil {
			t.Fatal(err)
		}
		edition.Settings = next
	}
	return edition
}

// posting makes a dispatch from today on.
func (o *office) posting(name string) (id string, who, boss registry.Actor) {
	n, boss := o.pooled(creditCode)
	who = o.member(name)
	return o.signed(boss, who, between(n, who, registry.DateOf(o.now))), who, boss
}

func threeReviewers() registry.PanelInput {
	return registry.PanelInput{Chair: "r1", Panel: []registry.Reviewer{
		{ID: "r1", Name: "周某", Unit: "示例研究院"}, {ID: "r2", Name: "吴某", Unit: "示例学院"}, {ID: "r3", Name: "郑某"}}}
}

func points(n int, text string) registry.PointsInput {
	return registry.PointsInput{Points: &n, Text: text}
}

// proposed brings an ended dispatch to a proposed grade: everybody gives the same points.
func (o *office) proposed(dispatch string, boss registry.Actor, n int) (id string) {
	o.t.Helper()
	id = o.must(centre, verdict, "", "open", registry.OpenAssessmentInput{Dispatch: dispatch}).ID
	o.must(centre, verdict, id, "appoint", threeReviewers())
	for _, r := range []string{"r1", "r2", "r3"} {
		o.must(reviewer(r), verdict, id, "score", points(n, ""))
	}
	o.must(reviewer("r1"), verdict, id, "sign", because("同意"))
	for _, who := range []registry.Actor{centre, bureau, homeUnit, boss} {
		o.must(who, verdict, id, "opine", points(n, "按约定服务。"))
	}
	o.must(centre, verdict, id, "propose", nil)
	return id
}

func (o *office) assessment(id string) registry.Assessment {
	o.t.Helper()
	v, err := o.Assessment(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

// After the service a panel scores, four parties say what they think, both offices decide, and the result goes into the person's
// file (Art. 18, 20).
func TestAssessment(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	posting, who, boss := o.posting("王某")
	open := registry.OpenAssessmentInput{Dispatch: posting}

	// Art. 20: 派驻服务结束后.
	o.refused(centre, verdict, "", "open", registry.OpenAssessmentInput{Dispatch: "PZ2026-0099"}, policy.Article(20), "没有找到派驻")
	o.refused(centre, verdict, "", "open", open, policy.Article(20), "请先办理终止派驻")
	o.turn("2027-03-01")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.AtTerm, Solved: true})
	o.refused(who, verdict, "", "open", open, policy.Article(20), "可以办理的是市中小企业发展促进中心")
	id := o.must(centre, verdict, "", "open", open).ID
	o.refused(centre, verdict, "", "open", open, policy.CentreSetting, "已有考核 KH2027-0001")

	// Art. 20: 专家评审; nobody who has to do with the assessed.
	o.must(centre, verdict, id, "appoint", threeReviewers())
	stranger := reviewer("r9")
	o.refused(stranger, verdict, id, "score", points(80, ""), policy.Article(20), "评审专家不能评分")
	o.refused(reviewer("r1"), verdict, id, "score", registry.PointsInput{}, "", "0 到 100 的得分")
	o.refused(reviewer("r1"), verdict, id, "score", points(101, ""), "", "应在 0 到 100 之间")
	o.must(reviewer("r1"), verdict, id, "score", points(20, "误录"))
	o.must(reviewer("r1"), verdict, id, "score", points(90, "解决了渗漏问题"))
	o.must(reviewer("r2"), verdict, id, "score", points(85, ""))
	o.refused(reviewer("r1"), verdict, id, "sign", because("同意"), policy.CentreSetting, "郑某 还没有评分")
	o.must(reviewer("r3"), verdict, id, "score", points(86, ""))
	o.refused(reviewer("r2"), verdict, id, "sign", because("同意"), policy.CentreSetting, "由组长 周某 签署")
	o.must(reviewer("r1"), verdict, id, "sign", because("完成了协议约定的任务"))

	// Art. 18: four parties together.
	o.must(centre, verdict, id, "opine", points(80, "工作扎实"))
	o.must(bureau, verdict, id, "opine", points(80, "同意"))
	o.refused(registry.Actor{ID: "x", Role: registry.EnterpriseStaff, Of: "QY2026-0099"}, verdict, id, "opine", points(0, "x"), policy.Article(18), "不能出具考核意见")
	o.refused(boss, verdict, id, "opine", points(70, ""), "", "请写明考核意见")
	o.must(boss, verdict, id, "opine", points(70, "帮助很大"))
	o.refused(centre, verdict, id, "propose", nil, policy.Article(18), "派出单位 还没有出具考核意见")
	o.refused(centre, verdict, id, "miss", registry.MissInput{Party: registry.BureauOfficer, Reason: "x"}, "", "两部门的意见不能缺")
	o.must(centre, verdict, id, "miss", registry.MissInput{Party: registry.HomeUnit, Reason: "两次书面催办未复"})
	o.must(centre, verdict, id, "propose", nil)
	o.refused(centre, verdict, id, "reopen", nil, "", "请写明原因")
	o.must(centre, verdict, id, "reopen", because("漏看一份附件"))
	o.refused(centre, verdict, id, "propose", nil, policy.Article(20), "须为“评审已签署”")
	o.must(reviewer("r1"), verdict, id, "sign", because("完成了协议约定的任务"))
	o.must(centre, verdict, id, "propose", nil)

	// 60% of 87 and 10% each of 80, 80 and 70 make 75.2 of 90%.
	v := o.assessment(id)
	if v.Points != 8355 || v.Proposed != "称职" || v.Asked != 24 {
		t.Fatalf("%+v", v)
	}

	// Art. 20: three grades, decided by both offices; who sees it otherwise than the rules says why.
	o.refused(centre, verdict, id, "grade", registry.GradeInput{Grade: "良好"}, policy.Article(20), "请选择 优秀、称职、不称职")
	o.refused(centre, verdict, id, "grade", registry.GradeInput{Grade: "优秀"}, policy.CentreSetting, "建议等次为“称职”（83.55 分）")
	better := registry.GradeInput{Grade: "优秀", Reason: "新增产值 300 万元"}
	o.must(centre, verdict, id, "grade", better)
	if r := o.must(bureau, verdict, id, "grade", registry.GradeInput{Grade: "称职"}); len(r.Waiting) != 1 {
		t.Fatalf("two offices of two minds decided: %+v", r)
	}
	o.must(bureau, verdict, id, "grade", registry.GradeInput{Grade: "优秀", Reason: "示范作用突出"})

	both, err := o.Decision(t.Context(), verdict, id)
	if err != nil || len(both.Halves) != 2 || both.Halves[0].Opinion != "新增产值 300 万元" || both.Halves[1].Opinion != "示范作用突出" {
		t.Fatalf("the words of an office are lost: %+v %v", both, err)
	}

	// 送达, and nothing is filed while a review may be asked for.
	o.refused(centre, verdict, id, "deliver", because(""), "", "请写明送达的方式")
	o.must(centre, verdict, id, "deliver", because("当面签收"))
	o.turn("2027-03-16")
	o.refused(centre, verdict, id, "file", because("示例大学人事处"), policy.CentreSetting.About("复核申请期限"), "2027年3月16日以前可以申请复核")
	o.turn("2027-03-17")
	o.refused(who, verdict, id, "ask_review", because("不服"), policy.CentreSetting.About("复核申请期限"), "期限到2027年3月16日为止")

	// Art. 18: 存入本人档案, with the unit's receipt.
	o.must(centre, verdict, id, "file", because("示例大学人事处"))
	o.turn("2027-03-20")
	o.must(homeUnit, verdict, id, "acknowledge", nil)
	if v = o.assessment(id); v.Grade != "优秀" || v.Filed != day(t, "2027-03-17") || v.Receipt != day(t, "2027-03-20") || v.Delivered != day(t, "2027-03-01") {
		t.Fatalf("%+v", v)
	}
	if says := o.worklog(who, verdict); !slices.Equal(says, []string{"2027-03-01 考核结果送达：优秀", "2027-03-17 考核结果存入本人档案：示例大学人事处"}) {
		t.Fatal(says)
	}
}

// worklog is what stands in somebody's 工作台账 about a record.
func (o *office) worklog(who registry.Actor, kind registry.RecordKind) (says []string) {
	o.t.Helper()
	entries, err := o.WorkLog(o.t.Context(), who.Of, registry.Date{}, registry.Date{})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind == kind {
			says = append(says, e.On.String()+" "+e.Says)
		}
	}
	return says
}

// Reviewers keep away from what is theirs: by what the records show, and by what they declare.
func TestReviewersKeepAway(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	posting, who, boss := o.posting("王某")
	colleague := o.member("赵某")
	note := o.must(colleague, registry.KindEquity, "", "state", registry.EquityInput{Specialist: colleague.Of, Enterprise: boss.Of, Form: registry.WithMoney, Share: "1%", Since: day(t, "2026-03-02")})
	if note.ID == "" {
		t.Fatal("no note")
	}
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	id := o.must(centre, verdict, "", "open", registry.OpenAssessmentInput{Dispatch: posting}).ID
	apart, size := policy.CentreSetting.About("评审专家回避"), policy.CentreSetting.About("评审专家人数")
	for _, c := range []struct {
		name   string
		change func(*registry.PanelInput)
		source policy.Source
		says   string
	}{
		{"too few", func(in *registry.PanelInput) { in.Panel = in.Panel[:2] }, size, "评审专家 2 人，至少 3 人"},
		{"twice", func(in *registry.PanelInput) { in.Panel[2] = in.Panel[1] }, size, "吴某 列了两次"},
		{"of the home unit", func(in *registry.PanelInput) { in.Panel[2].Unit = " 示例大学" }, apart, "郑某应当回避：派出单位人员"},
		{"of the enterprise", func(in *registry.PanelInput) { in.Panel[2].Unit = "示例铸造有限公司" }, apart, "入驻企业人员"},
		{"with shares", func(in *registry.PanelInput) { in.Panel[2].Member = colleague.Of }, apart, "持有入驻企业股权者"},
		{"himself", func(in *registry.PanelInput) { in.Panel[2].Member = who.Of }, apart, "被考核人本人"},
		{"unknown", func(in *registry.PanelInput) { in.Panel[2].Member = "TPY2026-0099" }, apart, "请核对郑某的编号"},
		{"declared", func(in *registry.PanelInput) { in.Panel[2].Ties = []string{policy.OfEnterprise} }, apart, "入驻企业人员"},
		{"no chair", func(in *registry.PanelInput) { in.Chair = "r9" }, policy.CentreSetting, "指定组长"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := threeReviewers()
			c.change(&in)
			at := *o
			at.t = t
			at.refused(centre, verdict, id, "appoint", in, c.source, c.says)
		})
	}
	// What the setting does not name keeps nobody away.
	in := threeReviewers()
	in.Panel[2].Ties = []string{policy.OfRecommender}
	o.must(centre, verdict, id, "appoint", in)

	// Who leaves the panel takes the score along.
	o.must(reviewer("r3"), verdict, id, "score", points(10, ""))
	in = threeReviewers()
	in.Panel[2] = registry.Reviewer{ID: "r4", Name: "冯某"}
	o.must(centre, verdict, id, "appoint", in)
	if v := o.assessment(id); len(v.Scores) != 0 {
		t.Fatalf("%+v", v.Scores)
	}
	for id, n := range map[string]int{"r1": 1, "r3": 0, "r4": 1} {
		if of, err := o.AssessmentsBy(t.Context(), id); err != nil || len(of) != n {
			t.Fatalf("%s is to score %d of %d: %v", id, len(of), n, err)
		}
	}
	if of, err := o.AssessmentsOf(t.Context(), who.Of); err != nil || len(of) != 1 {
		t.Fatalf("%+v %v", of, err)
	}

	// On paper: for the one whose number stands on it, with the scan and a second person.
	o.turn("2026-03-10")
	paper := registry.Proxy{Role: registry.ExpertReviewer, Of: "r4", Signer: "冯某", Dated: day(t, "2026-03-09"), Medium: registry.OnPaper,
		Scan: strings.Repeat("ab", 32), CheckedBy: "centre-wu"}
	_, err := o.Do(t.Context(), centre, registry.Command{Kind: verdict, ID: id, Act: "score", Input: points(77, ""), Circumstances: registry.Circumstances{Proxy: &paper}})
	if err != nil {
		t.Fatal(err)
	}
	if v := o.assessment(id); !slices.ContainsFunc(v.Scores, func(s registry.Score) bool { return s.By == "r4" && s.Points == 77 }) {
		t.Fatalf("%+v", v.Scores)
	}
}

// Art. 11: a shortfall of services blocks nothing; how high the grade goes with one is a setting.
func TestTooFewServicesCapTheGrade(t *testing.T) {
	for _, c := range []struct {
		limit    string
		services int
		want     string
	}{{policy.NoCap, 1, "优秀"}, {policy.CapCompetent, 1, "称职"}, {policy.CapCompetent, 2, "优秀"}} {
		o := openOfficeUnder(t, "2026-03-02", withSettings(t, map[policy.Key]string{policy.ShortfallCap: c.limit, policy.QuotaYear: "2"}))
		posting, who, boss := o.posting("王某")
		for range c.services {
			o.now = o.now.AddDate(0, 0, 1)
			o.must(boss, registry.KindService, o.must(who, registry.KindService, "", "log", visit(posting)).ID, "confirm", nil)
		}
		o.turn("2027-03-01")
		o.must(centre, posted, posting, "end", registry.EndInput{By: registry.AtTerm})
		if v := o.assessment(o.proposed(posting, boss, 90)); v.Proposed != c.want || v.Counted != c.services || v.Asked != 2 {
			t.Errorf("%+v: %+v", c, v)
		}
	}
}

// A party without an opinion leaves its weight to the others; where it had all of it, nothing is proposed.
func TestNobodyWeighs(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", withSettings(t, map[policy.Key]string{policy.PartyWeights: "专家评审:0、促进中心:0、科学技术局:0、派出单位:100、入驻企业:0"}))
	posting, _, boss := o.posting("王某")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	id := o.must(centre, verdict, "", "open", registry.OpenAssessmentInput{Dispatch: posting}).ID
	o.must(centre, verdict, id, "appoint", threeReviewers())
	for _, r := range []string{"r1", "r2", "r3"} {
		o.must(reviewer(r), verdict, id, "score", points(90, ""))
	}
	o.must(reviewer("r1"), verdict, id, "sign", because("同意"))
	for _, who := range []registry.Actor{centre, bureau, boss} {
		o.must(who, verdict, id, "opine", points(90, "按约定服务。"))
	}
	o.must(centre, verdict, id, "miss", registry.MissInput{Party: registry.HomeUnit, Reason: "催办未复"})
	o.refused(centre, verdict, id, "propose", nil, policy.CentreSetting.About("考核权重"), "权重都是 0")
	o.must(homeUnit, verdict, id, "opine", points(70, "同意"))
	o.must(centre, verdict, id, "propose", nil)
	if v := o.assessment(id); v.Points != 7000 || v.Proposed != "称职" {
		t.Fatalf("%+v", v)
	}
}

// What began under an edition is finished under it (Art. 22): its lines grade the service, and the money follows its standards.
func TestAnAssessmentOutlivesItsEdition(t *testing.T) {
	edition := paying(t, map[policy.Key]string{policy.ExcellentFrom: "75"})
	edition.Until = day(t, "2026-12-31")
	o := openOfficeUnder(t, "2026-03-02", edition)
	posting, _, boss := o.posting("王某")
	o.turn("2027-03-01")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.AtTerm})
	id := o.proposed(posting, boss, 75)
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "优秀"})
	if r := o.must(centre, verdict, id, "deliver", because("当面")); r.Edition != edition.ID {
		t.Fatalf("%+v", r)
	}
	o.turn("2027-03-17")
	if v := o.subsidy(o.rewarded(id)); v.Year != 2027 || v.Due() != 1_660_000 {
		t.Fatalf("%+v", v)
	}
}

// A grade that its owner doubts is reviewed by both offices, with reasons.
func TestAGradeIsReviewed(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	posting, who, boss := o.posting("王某")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	id := o.proposed(posting, boss, 59)
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "不称职"})
	o.must(centre, verdict, id, "deliver", because("挂号信"))
	o.turn("2026-03-17")
	o.must(who, verdict, id, "ask_review", because("企业意见漏记"))
	o.refused(centre, verdict, id, "uphold", because(" "), policy.CentreSetting, "请写明复核或重新评定的理由")
	o.refused(centre, verdict, id, "regrade", registry.GradeInput{Grade: "称职"}, policy.CentreSetting, "须说明理由")
	o.both(verdict, id, "regrade", registry.GradeInput{Grade: "称职", Reason: "补入企业意见"})
	if v := o.assessment(id); v.Grade != "称职" || v.Proposed != "不称职" || v.Outcome != "补入企业意见" || v.State != registry.GradeSettled {
		t.Fatalf("%+v", v)
	}
	o.must(centre, verdict, id, "file", because("示例大学人事处")) // the review is over, the time for it as well
}

// The result is shown before it is delivered, where the centre wants that; a weekend and a holiday are no working days.
func TestResultsArePublished(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", withSettings(t, map[policy.Key]string{policy.PublicationGrades: "3", policy.Holidays: "2026-03-09"}))
	posting, _, boss := o.posting("王某")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	id := o.proposed(posting, boss, 90)
	list := registry.PublishInput{Of: verdict, IDs: []string{id}, Place: "市政府网站"}
	o.refused(centre, notice, "", "publish", list, policy.CentreSetting, "须为“已评定”才能公示")
	o.refused(centre, notice, "", "publish", registry.PublishInput{Of: need, IDs: []string{"x"}, Place: "x"}, policy.CentreSetting, "请选择要公示的")
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "优秀"})
	grades := policy.CentreSetting.About("考核结果公示")
	o.refused(centre, verdict, id, "deliver", because("当面"), grades, "请公示 3 个工作日以后再办理")

	o.turn("2026-03-06") // a Friday
	o.refused(centre, notice, "", "publish", registry.PublishInput{Of: verdict, IDs: []string{id, id}, Place: "x"}, "", "写了两次")
	o.refused(centre, notice, "", "publish", registry.PublishInput{Of: verdict, IDs: []string{id}}, "", "请填写公示的地点或网址")
	shown := o.must(centre, notice, "", "publish", list).ID
	o.refused(centre, notice, "", "publish", list, policy.CentreSetting, "已在公示 "+shown)
	v, err := o.Publication(t.Context(), shown)
	if err != nil || v.Until != day(t, "2026-03-11") || v.Lines[0].Text != "王某，示例大学，2026-0001，优秀" {
		t.Fatalf("%+v %v", v, err)
	}
	o.must(boss, notice, shown, "object", registry.ObjectionInput{Text: "服务次数有误"})
	o.turn("2026-03-11")
	o.refused(centre, notice, shown, "close", nil, policy.CentreSetting, "到2026年3月11日为止，次日起才能结束")
	o.turn("2026-03-12")
	o.refused(boss, notice, shown, "object", registry.ObjectionInput{Text: "x"}, policy.CentreSetting, "公示期为2026年3月6日至2026年3月11日")
	o.refused(centre, notice, shown, "close", nil, policy.CentreSetting, "第 1 条异议（"+boss.ID+"）还没有处理")
	o.refused(centre, notice, shown, "handle", registry.HandleInput{Number: 2, Answer: "x"}, "", "没有第 2 条异议，共 1 条")
	o.must(centre, notice, shown, "handle", registry.HandleInput{Number: 1, Answer: "核对服务记录，属实无误"})
	o.refused(centre, verdict, id, "deliver", because("当面"), grades, "结束并处理异议以后再办理")
	o.must(centre, notice, shown, "close", nil)
	o.must(centre, verdict, id, "deliver", because("当面"))
}

// An objection that holds: the offices take the grade back together, it leaves the list, and is decided and shown anew.
func TestAnObjectionHolds(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", withSettings(t, map[policy.Key]string{policy.PublicationGrades: "1"}))
	posting, _, boss := o.posting("王某")
	o.must(centre, posted, posting, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	id := o.proposed(posting, boss, 90)
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "优秀"})
	list := registry.PublishInput{Of: verdict, IDs: []string{id}, Place: "市政府网站"}
	first := o.must(centre, notice, "", "publish", list).ID
	o.must(centre, notice, first, "object", registry.ObjectionInput{By: "职工来信", Text: "服务记录不实"})
	o.refused(centre, verdict, id, "reconsider", nil, policy.CentreSetting, "请写明复核或重新评定的理由")
	o.both(verdict, id, "reconsider", because("异议成立"))
	if v := o.assessment(id); v.Grade != "" || v.Publication != "" || v.State != registry.GradeProposed {
		t.Fatalf("%+v", v)
	}
	if v, err := o.Publication(t.Context(), first); err != nil || v.Lines[0].Struck != "异议成立" {
		t.Fatalf("%+v %v", v, err)
	}
	o.both(verdict, id, "grade", registry.GradeInput{Grade: "称职", Reason: "异议成立"})
	o.refused(centre, verdict, id, "deliver", because("当面"), policy.CentreSetting.About("考核结果公示"), "还没有公示")
	second := o.must(centre, notice, "", "publish", list).ID
	o.turn("2026-03-03")
	o.must(centre, notice, second, "close", nil)
	o.must(centre, verdict, id, "deliver", because("当面"))
}

// Who is struck off a list is shown anew before anything follows.
func TestStruckOffAList(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", withSettings(t, map[policy.Key]string{policy.PublicationPool: "1"}))
	id := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, id, "tick", allMerits())
	list := registry.PublishInput{Of: app, IDs: []string{id}, Place: "市政府网站"}
	first := o.must(centre, notice, "", "publish", list).ID
	o.refused(centre, notice, first, "strike", registry.StrikeInput{ID: "SQ2026-0099", Reason: "x"}, "", "名单中没有")
	o.must(centre, notice, first, "strike", registry.StrikeInput{ID: id, Reason: "单位名称写错"})
	o.refused(centre, app, id, "admit", nil, policy.CentreSetting.About("入库名单公示"), "还没有公示")
	second := o.must(centre, notice, "", "publish", list).ID
	o.turn("2026-03-03")
	o.must(centre, notice, second, "close", nil)
	o.must(centre, app, id, "admit", nil)
	o.must(bureau, app, id, "admit", nil)
}
