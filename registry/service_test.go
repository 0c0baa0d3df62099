package registry_test

import (
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

const (
	served = registry.KindService
	sheet  = registry.KindSheet
)

// sampleWith is the sample edition with one setting of another value.
func sampleWith(t *testing.T, key policy.Key, value string) policy.Edition {
	t.Helper()
	e := sample(t)
	next, err := e.Settings.With(key, value)
	if err != nil {
		t.Fatal(err)
	}
	e.Settings = next
	return e
}

// dispatched is a dispatch of a year, with its two sides.
func (o *office) dispatched(name, from string) (id string, who, boss registry.Actor) {
	n, boss := o.pooled(creditCode)
	who = o.member(name)
	return o.signed(boss, who, between(n, who, day(o.t, from))), who, boss
}

// visit is a service on site for the first duty.
func visit(dispatch string) registry.ServiceInput {
	return registry.ServiceInput{Dispatch: dispatch, Place: "铸造车间", Clock: "14:30", Minutes: 120, Duties: []registry.Duty{1},
		Problem: "泵壳试压冒汗", Measures: "调整冒口，加冷铁", Result: "试制 20 件无渗漏"}
}

func (o *office) service(id string) registry.Service {
	o.t.Helper()
	v, err := o.Service(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

func (o *office) pace(dispatch, on string) registry.Pace {
	o.t.Helper()
	p, err := o.PaceOf(o.t.Context(), dispatch, day(o.t, on))
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// Specialists serve on site and online, for the duties of Art. 15; the enterprise confirms (Art. 11).
func TestServicesOfATerm(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-10")
	zhao := o.member("赵某")

	// Art. 11: one's own dispatch, within its term; only a preliminary visit lies before it.
	o.refused(zhao, served, "", "log", visit(id), policy.Article(11), "只能登记本人派驻的服务")
	o.refused(boss, served, "", "log", visit(id), policy.Article(11), "可以办理的是科技特派员")
	o.refused(wang, served, "", "log", visit("PZ2026-0099"), "", "没有编号为 PZ2026-0099 的派驻")
	o.refused(wang, served, "", "log", visit(id), policy.Article(11), "派驻自2026年3月10日开始")
	early := visit(id)
	early.Duties = []registry.Duty{registry.PreliminaryVisit}
	if v := o.service(o.must(wang, served, "", "log", early).ID); v.ID != "FW2026-00001" || v.Number != 1 {
		t.Fatalf("%+v", v)
	}

	// Art. 15: for one or more of the six duties.
	o.turn("2026-03-10")
	none := visit(id)
	none.Duties = nil
	o.refused(wang, served, "", "log", none, policy.Article(15), "没有选择职责")
	none.Duties = []registry.Duty{1, 8}
	o.refused(wang, served, "", "log", none, "", "没有编号为 8 的职责")
	none.Duties = []registry.Duty{1, 1}
	o.refused(wang, served, "", "log", none, "", "写了两次")
	nowhere := visit(id)
	nowhere.Place = ""
	o.refused(wang, served, "", "log", nowhere, "", "请写明地点")
	nowhere.Online, nowhere.Duties = true, []registry.Duty{3, 6}
	online := o.must(wang, served, "", "log", nowhere)
	if online.State != registry.Logged || online.Edition != "sample" {
		t.Fatalf("%+v", online)
	}

	// The enterprise confirms by its own word, and stands by it.
	o.refused(wang, served, online.ID, "confirm", nil, policy.Article(11), "不能确认服务")
	o.refused(registry.Actor{ID: "x", Role: registry.EnterpriseStaff, Of: "QY2026-0099"}, served, online.ID, "confirm", nil, policy.Article(11), "不能确认服务")
	o.must(boss, served, online.ID, "confirm", nil)
	if v := o.service(online.ID); v.ConfirmedBy != boss.ID || v.Confirmed != day(t, "2026-03-10") || v.Number != 2 {
		t.Fatalf("%+v", v)
	}
	o.refused(boss, served, online.ID, "dispute", because("没有来过"), policy.CentreSetting, "企业已于2026年3月10日确认")
	o.refused(wang, served, online.ID, "revise", nowhere, policy.Article(11), "现在是“已确认”，不能修改服务记录")

	// A service that is disputed is revised and confirmed after all.
	second := o.must(wang, served, "", "log", visit(id)).ID
	o.refused(boss, served, second, "dispute", nil, "", "有什么异议")
	o.must(boss, served, second, "dispute", because("是上午来的"))
	corrected := visit(id)
	corrected.Clock = "9:30"
	o.refused(wang, served, second, "revise", corrected, "", "请写成 14:30 的样子")
	corrected.Clock = "09:30"
	o.must(wang, served, second, "revise", corrected)
	if v := o.service(second); v.Objection != "" || v.Clock != "09:30" || v.State != registry.Logged {
		t.Fatalf("%+v", v)
	}
	o.must(boss, served, second, "confirm", nil)

	// The term is over: nothing is served after it.
	o.turn("2027-03-10")
	o.refused(wang, served, "", "log", visit(id), policy.Article(11), "派驻到2027年3月9日为止")
	for _, list := range []func() ([]registry.Dispatch, error){
		func() ([]registry.Dispatch, error) { return o.DispatchesOf(t.Context(), wang.Of) },
		func() ([]registry.Dispatch, error) { return o.DispatchesTo(t.Context(), boss.Of) },
		func() ([]registry.Dispatch, error) { return o.DispatchesFrom(t.Context(), "示例大学") },
	} {
		if got, err := list(); err != nil || len(got) != 1 || got[0].ID != id {
			t.Error(got, err)
		}
	}
	services, err := o.ServicesOf(t.Context(), id)
	if err != nil || len(services) != 3 {
		t.Fatal(services, err)
	}
	// Two of a day count once, the preliminary visit does not.
	if p := o.pace(id, "2027-03-10"); p.Counted != 1 || p.Asked != 24 || p.Due != 24 || p.Shortfall() != 23 || !strings.Contains(p.String(), "派驻已结束，差 23 次") {
		t.Errorf("%+v %s", p, p)
	}
}

// Silence stands for the enterprise's word from the day after the days of the setting; it may still be broken, and the centre settles.
func TestSilenceConfirms(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	s := o.must(wang, served, "", "log", visit(id)).ID
	o.turn("2026-03-17") // 15 days: 3 to 17 March
	if p := o.pace(id, "2026-03-17"); p.Counted != 0 || p.Waiting != 1 {
		t.Errorf("%+v", p)
	}
	o.refused(centre, served, s, "presume", nil, policy.CentreSetting, "2026年3月18日起才视为确认")
	o.turn("2026-03-20")
	if p := o.pace(id, "2026-03-18"); p.Counted != 1 || p.Waiting != 0 { // nobody has to press a button for it
		t.Errorf("%+v", p)
	}
	o.must(centre, served, s, "presume", nil)
	if v := o.service(s); v.Confirmed != day(t, "2026-03-18") || v.ConfirmedBy != registry.BySilence {
		t.Fatalf("%+v", v)
	}
	o.must(boss, served, s, "dispute", because("当天停产，没有人来"))
	if p := o.pace(id, "2026-03-20"); p.Counted != 0 || p.Waiting != 1 {
		t.Errorf("%+v", p)
	}
	o.refused(boss, served, s, "settle", registry.SettleInput{Counts: true, Reason: "x"}, policy.CentreSetting, "不能处理服务异议")
	o.refused(centre, served, s, "settle", registry.SettleInput{Counts: true}, "", "核实的情况和理由")
	o.must(centre, served, s, "settle", registry.SettleInput{Counts: true, Reason: "门卫登记属实"})
	if v := o.service(s); v.ConfirmedBy != registry.ByTheCentre || v.Objection == "" {
		t.Fatalf("the objection is lost: %+v", v)
	}
	again := o.must(wang, served, "", "log", visit(id)).ID
	o.must(boss, served, again, "dispute", because("重复登记"))
	if r := o.must(centre, served, again, "settle", registry.SettleInput{Reason: "确系重复"}); r.State != registry.Struck {
		t.Fatalf("%+v", r)
	}
	third := o.must(wang, served, "", "log", visit(id)).ID
	o.refused(wang, served, third, "withdraw", nil, "", "请写明原因")
	o.must(wang, served, third, "withdraw", because("登记错了企业"))
	if p := o.pace(id, "2026-03-20"); p.Counted != 1 || p.Waiting != 0 {
		t.Errorf("%+v", p)
	}
}

// What happened and when it was entered are two days: silence counts from the entry, and nothing is confirmed before it took place.
func TestServicesEnteredLater(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	o.turn("2026-03-25")
	before := registry.Circumstances{On: day(t, "2026-03-05")}
	r, err := o.Do(t.Context(), wang, registry.Command{Kind: served, Act: "log", Input: visit(id), Circumstances: before})
	if err != nil {
		t.Fatal(err)
	}
	o.turn("2026-04-09")
	o.refused(centre, served, r.ID, "presume", nil, policy.CentreSetting, "2026年4月10日起才视为确认")
	before.On = day(t, "2026-03-04")
	before.Reason = "补录"
	_, err = o.Do(t.Context(), boss, registry.Command{Kind: served, ID: r.ID, Act: "confirm", Circumstances: before})
	if err == nil || !strings.Contains(err.Error(), "确认日期2026年3月4日早于服务") {
		t.Error(err)
	}
	o.must(boss, served, r.ID, "confirm", nil)
	// As of a day before the enterprise's word it waits; as of a day before the service it is not there.
	for on, want := range map[string][2]int{"2026-03-04": {0, 0}, "2026-03-05": {0, 1}, "2026-04-08": {0, 1}, "2026-04-09": {1, 0}} {
		if p := o.pace(id, on); p.Counted != want[0] || p.Waiting != want[1] {
			t.Errorf("as of %s: %+v, want %v", on, p, want)
		}
	}
}

func TestSilenceMayMeanNothing(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", sampleWith(t, policy.SilenceDays, "0"))
	id, wang, _ := o.dispatched("王某", "2026-03-02")
	s := o.must(wang, served, "", "log", visit(id)).ID
	o.turn("2026-12-01")
	o.refused(centre, served, s, "presume", nil, policy.CentreSetting, "设定为不视为确认")
	if p := o.pace(id, "2026-12-01"); p.Counted != 0 || p.Waiting != 1 {
		t.Errorf("%+v", p)
	}
}

// One stamped sheet confirms many services; on paper, entered by the centre.
func TestAStampedSheet(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	other, zhao, _ := o.dispatched("赵某", "2026-03-02")
	stamp := strings.Repeat("ab", 32)
	var all []string
	for _, on := range []string{"2026-03-04", "2026-03-11", "2026-03-18"} {
		o.turn(on)
		all = append(all, o.must(wang, served, "", "log", visit(id)).ID)
	}
	strange := o.must(zhao, served, "", "log", visit(other)).ID

	in := registry.SheetInput{Dispatch: id, Services: all, Scan: stamp}
	o.refused(registry.Actor{ID: "x", Role: registry.EnterpriseStaff, Of: "QY2026-0099"}, sheet, "", "file", in, policy.Article(11), "只能确认本企业接受的服务")
	o.refused(boss, sheet, "", "file", registry.SheetInput{Dispatch: id, Services: all}, "", "盖章的确认单扫描件")
	o.refused(boss, sheet, "", "file", registry.SheetInput{Dispatch: id, Scan: stamp}, "", "请选择确认单所列的服务")
	o.refused(boss, sheet, "", "file", registry.SheetInput{Dispatch: id, Services: append(slices.Clone(all), strange), Scan: stamp}, "", "属于派驻 "+other)

	paper := registry.Circumstances{On: day(t, "2026-03-18"), Proxy: &registry.Proxy{Role: registry.EnterpriseStaff, Of: boss.Of, Signer: "李某",
		Dated: day(t, "2026-03-18"), Medium: registry.OnPaper, Scan: stamp}}
	r, err := o.Do(t.Context(), centre, registry.Command{Kind: sheet, Act: "file", Input: registry.SheetInput{Dispatch: id, Services: all}, Circumstances: paper})
	if err != nil || r.ID != "QR2026-0001" {
		t.Fatal(r, err)
	}
	for _, s := range all {
		if v := o.service(s); v.State != registry.Confirmed || v.ConfirmedBy != r.ID {
			t.Errorf("%+v", v)
		}
	}
	if v, err := o.Sheet(t.Context(), r.ID); err != nil || v.Scan != stamp || v.By != "李某" {
		t.Errorf("%+v %v", v, err)
	}
	in.Services = all[:1]
	o.refused(boss, sheet, "", "file", in, "", "不须再确认")
	if p := o.pace(id, "2026-03-18"); p.Counted != 3 {
		t.Errorf("%+v", p)
	}
}

func TestSheetsMayBeRuledOut(t *testing.T) {
	o := openOfficeUnder(t, "2026-03-02", sampleWith(t, policy.StampedSheets, "否"))
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	s := o.must(wang, served, "", "log", visit(id)).ID
	o.refused(boss, sheet, "", "file", registry.SheetInput{Dispatch: id, Services: []string{s}, Scan: strings.Repeat("ab", 32)}, policy.CentreSetting, "逐次确认")
}

// While a dispatch rests or is frozen nothing is served; what was served before is entered when a person has decided (Art. 21).
func TestNothingIsServedInARest(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id, wang, boss := o.dispatched("王某", "2026-03-02")
	o.turn("2026-05-01")
	o.must(boss, posted, id, "pause", because("设备大修"))
	o.turn("2026-05-10")
	o.refused(wang, served, "", "log", visit(id), policy.CentreSetting, "2026年5月10日派驻在暂停中")
	before := registry.Command{Kind: served, Act: "log", Input: visit(id), Circumstances: registry.Circumstances{On: day(t, "2026-04-28")}}
	first, err := o.Do(t.Context(), wang, before)
	if err != nil {
		t.Fatal("a service before the rest:", err)
	}
	moved := visit(id)
	moved.On = day(t, "2026-05-02")
	o.refused(wang, served, first.ID, "revise", moved, policy.CentreSetting, "2026年5月2日派驻在暂停中")
	moved.On = day(t, "2026-05-11")
	o.refused(wang, served, first.ID, "revise", moved, policy.Article(11), "晚于今天")
	moved.On = day(t, "2026-04-29")
	o.must(wang, served, first.ID, "revise", moved)
	if v := o.service(first.ID); v.On != day(t, "2026-04-29") {
		t.Errorf("%+v", v)
	}
	o.must(centre, posted, id, "resume", nil)

	c := o.heard(firm, boss.Of)
	o.both(affair, c, "disqualify", registry.DecisionInput{Ground: "提供虚假信息"})
	o.refused(wang, served, "", "log", visit(id), policy.Article(21), "派驻已冻结")
	o.must(centre, posted, id, "end", registry.EndInput{By: registry.ByDisqualified, Why: "企业取消资格"})
	o.must(wang, served, "", "log", visit(id)) // the innocent side keeps its services
	o.turn("2026-05-11")
	o.refused(wang, served, "", "log", visit(id), policy.Article(11), "派驻到2026年5月10日为止")
}

// What began under an edition is finished under it (Art. 22): the settings of a dispatch's services are those of its agreement.
func TestServicesOutliveTheEdition(t *testing.T) {
	o := openOfficeUnder(t, "2027-12-30", sampleWith(t, policy.SilenceDays, "5"))
	id, wang, _ := o.dispatched("王某", "2028-01-05") // signed within the edition, begins after it
	o.turn("2028-02-01")
	r := o.must(wang, served, "", "log", visit(id))
	if r.Edition != "sample" {
		t.Fatalf("%+v", r)
	}
	o.turn("2028-02-07")
	if r := o.must(centre, served, r.ID, "presume", nil); r.Edition != "sample" {
		t.Fatalf("%+v", r)
	}
	if p := o.pace(id, "2028-02-07"); p.Counted != 1 {
		t.Errorf("%+v", p)
	}
}
