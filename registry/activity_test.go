package registry_test

import (
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const meeting = registry.KindActivity

// The centre, with the bureau, brings the specialists together to learn how the work goes and to exchange experience (Art. 17).
func TestAnActivity(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	wang, zhao, sun := o.member("王某"), o.member("赵某"), o.member("孙某")
	in := registry.ActivityInput{Form: "座谈会", Title: "上半年工作座谈会", From: day(t, "2026-06-10"), Place: "市科技大厦", Specialists: []string{wang.Of, zhao.Of}}

	// Art. 17: specialists of the pool; the centre acts, the bureau comments.
	o.refused(bureau, meeting, "", "plan", in, policy.Article(17), "可以办理的是市中小企业发展促进中心")
	wrong := in
	wrong.Specialists = []string{"TPY2026-0099"}
	o.refused(centre, meeting, "", "plan", wrong, policy.Article(17), "没有编号为“TPY2026-0099”的科技特派员")
	o.both(affair, o.heard(expert, sun.Of), "disqualify", registry.DecisionInput{Ground: "提供虚假信息"})
	wrong.Specialists = []string{sun.Of}
	o.refused(centre, meeting, "", "plan", wrong, policy.Article(17), "孙某 已取消资格，不能列入名单")
	for says, spoil := range map[string]func(*registry.ActivityInput){
		"请写明形式":  func(in *registry.ActivityInput) { in.Form = "" },
		"请填写地点":  func(in *registry.ActivityInput) { in.Place = " " },
		"早于开始日期": func(in *registry.ActivityInput) { in.Until = day(t, "2026-06-09") },
		"已在名单里":  func(in *registry.ActivityInput) { in.Specialists = []string{wang.Of, wang.Of} },
	} {
		bad := in
		spoil(&bad)
		o.refused(centre, meeting, "", "plan", bad, "", says)
	}
	id := o.must(centre, meeting, "", "plan", in).ID
	o.must(bureau, meeting, id, "comment", registry.WordsInput{Text: "请安排参观铸造企业。"})
	o.refused(sun, meeting, id, "reply", registry.ReplyInput{Reply: registry.Coming}, policy.Article(17), "不能答复培训交流活动")
	o.refused(zhao, meeting, id, "reply", registry.ReplyInput{}, "", "请选择 参加 或 不参加")
	o.must(zhao, meeting, id, "reply", registry.ReplyInput{Reply: registry.NotComing, Why: "出差"})

	// A pause of suggestions keeps nobody away; whoever stays on the roster keeps the reply.
	qian := o.member("钱某")
	o.must(centre, expert, qian.Of, "pause", because("出国"))
	in.Specialists = append(in.Specialists, qian.Of)
	o.must(centre, meeting, id, "revise", in)

	// Attendance, when it has begun.
	who := registry.AttendanceInput{Present: []string{wang.Of}, Guests: 4}
	o.refused(centre, meeting, id, "hold", who, policy.CentreSetting, "2026年6月10日才开始")
	o.turn("2026-06-11")
	o.refused(centre, meeting, id, "hold", registry.AttendanceInput{Present: []string{sun.Of}}, "", "不在名单里")
	o.must(centre, meeting, id, "hold", who)
	v, err := o.Activity(t.Context(), id)
	if err != nil || v.ID != "HD2026-0001" || v.Until != v.From || v.Roster[0].Attendance != registry.Present ||
		v.Roster[1].Attendance != registry.Excused || v.Roster[2].Attendance != registry.Absent || v.Roster[1].Why != "出差" {
		t.Fatalf("%+v %v", v, err)
	}
	o.refused(centre, meeting, id, "cancel", because("x"), policy.CentreSetting, "现在是“已举办”")

	// 掌握工作情况, 意见建议, 总结交流经验.
	o.refused(wang, meeting, id, "speak", nil, "", "请写明意见建议")
	o.must(wang, meeting, id, "speak", registry.WordsInput{Text: "希望延长到两天。"})
	o.refused(centre, meeting, id, "report", registry.FindingsInput{}, "", "请写明掌握的工作情况")
	o.must(centre, meeting, id, "report", registry.FindingsInput{Learned: "3 人中 1 人进度落后。", Opinions: "延长到两天。", Exchanged: "球铁补缩经验。"})
	if list, err := o.ActivitiesOf(t.Context(), wang.Of); err != nil || len(list) != 1 || list[0].Roster[0].Opinion != "希望延长到两天。" || list[0].State != registry.ActivityReported {
		t.Fatalf("%+v %v", list, err)
	}
	other := o.must(centre, meeting, "", "plan", in).ID
	o.must(centre, meeting, other, "cancel", because("与会议冲突"))
	in.Specialists = nil
	third := o.must(centre, meeting, "", "plan", in).ID
	o.refused(centre, meeting, third, "hold", registry.AttendanceInput{Guests: -1}, "", "guests")
}

// The 工作台账 is a specialist's time line over the records.
func TestWorkLog(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	other, zhao, boss2 := o.dispatched("赵某", "2026-03-02")
	o.must(zhao, served, "", "log", visit(other)) // somebody else's
	o.turn("2026-04-01")
	o.must(boss, served, o.must(wang, served, "", "log", visit(id)).ID, "confirm", nil)
	o.must(boss, posted, id, "pause", because("设备大修"))
	o.turn("2026-05-01")
	o.must(centre, posted, id, "resume", nil)
	m := o.must(centre, meeting, "", "plan", registry.ActivityInput{Form: "集中培训", Title: "知识产权", From: day(t, "2026-05-01"), Place: "线上", Specialists: []string{wang.Of}}).ID
	o.must(centre, meeting, m, "hold", registry.AttendanceInput{Present: []string{wang.Of}})
	o.turn("2026-07-01")
	o.must(centre, report, o.submitted(wang, id, "2026-06-30"), "receive", because("单位未汇总"))
	o.must(centre, posted, id, "end", registry.EndInput{By: registry.ByBoth, Why: "问题已解决"})

	lines := func(from, until registry.Date) string {
		entries, err := o.WorkLog(t.Context(), wang.Of, from, until)
		if err != nil {
			t.Fatal(err)
		}
		var text []string
		for _, e := range entries {
			text = append(text, e.On.String()[5:]+" "+e.Says)
		}
		return strings.Join(text, "\n")
	}
	want := `03-02 开始派驻企业 ` + boss.Of + `，到2027年3月1日期满，服务次数要求 24 次
03-02 进入科技特派员信息库，入库编号 2026-0001
04-01 暂停派驻：设备大修
04-01 第 1 次服务（现场，已确认）：参与研发、解决技术问题
05-01 集中培训《知识产权》：出席
05-01 恢复派驻
07-01 派驻结束：协商提前终止
07-01 提交半年工作小结（2026年3月2日至2026年6月30日）
07-01 促进中心接收半年工作小结（2026年3月2日至2026年6月30日）`
	if got := lines(registry.Date{}, registry.Date{}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := lines(day(t, "2026-04-01"), day(t, "2026-04-30")); strings.Count(got, "\n") != 1 {
		t.Error(got)
	}
	// A dispatch that ends in a rest does not go on after it.
	o.must(boss2, posted, other, "pause", because("停产"))
	o.turn("2026-08-01")
	o.must(centre, posted, other, "end", registry.EndInput{By: registry.ByTheFirm, Why: "停产"})
	entries, err := o.WorkLog(t.Context(), zhao.Of, day(t, "2026-07-01"), registry.Date{})
	if err != nil || len(entries) != 2 || entries[0].Says != "暂停派驻：停产" || entries[1].Says != "派驻结束：企业退出" {
		t.Errorf("%+v %v", entries, err)
	}
	if _, err := o.WorkLog(t.Context(), "TPY2026-0099", registry.Date{}, registry.Date{}); err == nil || !strings.Contains(err.Error(), "没有编号为") {
		t.Error(err)
	}
}
