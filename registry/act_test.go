package registry_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/policy"
)

// office is a store with a clock that a story can set, and people who act.
type office struct {
	*registry.Store
	t   *testing.T
	now time.Time
}

var (
	centre  = registry.Actor{ID: "centre-li", Role: registry.CentreStaff}
	centre2 = registry.Actor{ID: "centre-wu", Role: registry.CentreStaff}
	bureau  = registry.Actor{ID: "bureau-he", Role: registry.BureauOfficer}
	wang    = registry.Actor{ID: "wang", Role: registry.SpecialistRole, Of: "wang"}
)

// sample is an edition for the stories; the first one has lapsed.
func sample(t *testing.T) policy.Edition {
	return policy.Edition{ID: "sample", Name: "示例", Sample: true, From: day(t, "2026-01-01"), Until: day(t, "2027-12-31"), DatesSource: "示例", State: policy.Confirmed}
}

func openOffice(t *testing.T, on string) *office {
	t.Helper()
	return openOfficeUnder(t, on, sample(t))
}

func openOfficeUnder(t *testing.T, on string, edition policy.Edition) *office {
	t.Helper()
	o := &office{t: t}
	o.turn(on)
	s, err := registry.Open(t.TempDir(), registry.Options{Create: true, Now: func() time.Time { return o.now }, Editions: []policy.Edition{edition}})
	if err != nil {
		t.Fatal(err)
	}
	o.Store = s
	t.Cleanup(func() {
		consistent(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// turn sets the calendar to a day, ten in the morning in Shanghai.
func (o *office) turn(on string) {
	d := day(o.t, on)
	o.now = time.Date(d.Year, d.Month, d.Day, 10, 0, 0, 0, registry.Shanghai)
}

// must does an act that the policy allows.
func (o *office) must(who registry.Actor, kind registry.RecordKind, id, act string, in any) registry.Receipt {
	o.t.Helper()
	r, err := o.Do(o.t.Context(), who, registry.Command{Kind: kind, ID: id, Act: act, Input: in})
	if err != nil {
		o.t.Fatalf("%s %s %s: %v", who.ID, act, id, err)
	}
	return r
}

// refused tries an act that a rule forbids: nothing changes, and the refusal cites the rule and says so in words.
func (o *office) refused(who registry.Actor, kind registry.RecordKind, id, act string, in any, source policy.Source, says string) {
	o.t.Helper()
	before, err := o.Head(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	_, err = o.Do(o.t.Context(), who, registry.Command{Kind: kind, ID: id, Act: act, Input: in})
	var refusal *registry.Error
	if !errors.As(err, &refusal) || source != "" && refusal.Source != string(source) || !strings.Contains(err.Error(), says) {
		o.t.Errorf("%s %s %s: %v; want %s, %s", who.ID, act, id, err, source, says)
	}
	if refusal != nil && refusal.Rule != "" {
		exercised.note(refusal.Rule, o.t.Name())
	}
	if after, err := o.Head(o.t.Context()); err != nil || after != before {
		o.t.Errorf("a refused act left something behind: %v %v", after, err)
	}
}

func application(o *office) registry.ApplicationInput {
	return registry.ApplicationInput{Channel: registry.Recommended, Unit: "示例大学", Consent: day(o.t, "2026-03-01"),
		Profile: registry.Specialist{Name: "王某", Title: "讲师", Degree: "博士", OrgType: "高等院校", Organisation: "示例大学", Expertise: "球墨铸铁件缩松与补缩。"}}
}

func allMerits() registry.TickInput {
	return registry.TickInput{Proved: true, Ticked: []string{"专业知识", "研发能力", "组织协调能力和工作责任心", "熟悉企业科研情况", "有志于产学研用结合", "能解决企业科技问题"}}
}

const app = registry.KindApplication

// From an application to the pool: Art. 5 and 6.
func TestJoiningThePool(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	unwilling := application(o)
	unwilling.Consent = registry.Date{}
	o.refused(wang, app, "", "apply", unwilling, policy.Article(6), "没有本人同意的日期") // Art. 6: voluntary
	applied := o.must(wang, app, "", "apply", application(o))
	if applied.ID != "SQ2026-0001" || applied.State != registry.Submitted || applied.Edition != "sample" {
		t.Fatalf("%+v", applied)
	}
	id := applied.ID

	// Art. 5: nobody is admitted whose degree or title has not been seen, and whose merits have not been ticked.
	o.refused(centre, app, id, "admit", nil, policy.Article(5, 1), "还没有经办人核实")
	o.refused(bureau, app, id, "tick", allMerits(), policy.Article(5, 2), "可以办理的是市中小企业发展促进中心")
	half := allMerits()
	half.Ticked = half.Ticked[:3]
	o.must(centre, app, id, "tick", half)
	o.refused(centre, app, id, "admit", nil, policy.Article(5, 2, 3), "“熟悉企业科研情况”还没有核对")
	o.must(centre, app, id, "tick", allMerits())

	// Art. 2 and 6: certified jointly, by two offices and two persons.
	first := o.must(centre, app, id, "admit", nil)
	if first.State != registry.Submitted || len(first.Waiting) != 1 || first.Waiting[0] != registry.BureauOfficer {
		t.Fatalf("one office alone decided: %+v", first)
	}
	o.refused(registry.Actor{ID: centre.ID, Role: registry.BureauOfficer}, app, id, "admit", nil, policy.Article(2), "两个人分别作出")
	done := o.must(bureau, app, id, "admit", nil)
	if done.State != registry.Admitted || len(done.Waiting) != 0 {
		t.Fatalf("%+v", done)
	}
	member, err := o.Specialist(t.Context(), "TPY2026-0001")
	if err != nil || member.PoolNumber != "2026-0001" || member.Admitted != "2026-03-02" || !member.Eligible(day(t, "2026-03-02")).OK {
		t.Fatalf("%+v %v", member, err)
	}
	o.refused(centre, app, id, "decline", registry.ReasonInput{Reason: "暂无相应需求"}, policy.Article(6), "现在是“已入库”，不能不予入库")
}

func TestSentBackUntilADay(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id := o.must(wang, app, "", "apply", application(o)).ID
	back := registry.SendBackInput{Missing: "缺学位证书扫描件"}
	o.must(centre, app, id, "send_back", back)
	o.must(bureau, app, id, "send_back", registry.SendBackInput{Missing: "请补学位证书"})
	o.refused(registry.Actor{ID: "zhao", Role: registry.SpecialistRole, Of: "zhao"}, app, id, "revise", application(o), policy.Article(6), "科技特派员不能补正")
	o.must(wang, app, id, "revise", application(o))
	o.must(wang, app, id, "take_back", nil)
	o.refused(wang, app, id, "take_back", nil, policy.Article(6), "现在是“已撤回”")
}

// A half decided on an earlier version is void: the other office must have seen what it decides on.
func TestANewVersionVoidsAHalf(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, id, "tick", allMerits())
	o.must(centre, app, id, "admit", nil)
	o.must(centre2, app, id, "tick", allMerits()) // checked once more: nothing in it changes but who did it
	if r := o.must(bureau, app, id, "admit", nil); r.State != registry.Submitted || len(r.Waiting) != 1 {
		t.Fatalf("a half about an earlier version was counted: %+v", r)
	}
	if r := o.must(centre, app, id, "admit", nil); r.State != registry.Admitted {
		t.Fatalf("%+v", r)
	}
}

// Outside every edition an application is saved, but not accepted (Art. 22).
func TestOutsideEveryEdition(t *testing.T) {
	o := openOffice(t, "2025-03-02")
	in := application(o)
	in.Consent = day(t, "2025-03-01")
	r := o.must(wang, app, "", "apply", in)
	if r.Edition != "" {
		t.Fatalf("%+v", r)
	}
	o.must(centre, app, r.ID, "tick", allMerits())
	o.refused(centre, app, r.ID, "admit", nil, policy.Article(22), "2025年3月2日不在任何一版制度的有效期内，可以保存，但不能受理")
}

// What is entered for others needs paper, and for an office a scan and a second person.
func TestEnteringForOthers(t *testing.T) {
	o := openOffice(t, "2026-03-20")
	proxy := registry.Proxy{Role: registry.SpecialistRole, Of: "wang", Signer: "王某", Dated: day(t, "2026-03-05"), Medium: registry.OnPaper}
	enter := func(who registry.Actor, c registry.Command, p registry.Proxy) (registry.Receipt, error) {
		c.Circumstances = registry.Circumstances{On: day(t, "2026-03-05"), Proxy: &p}
		return o.Do(t.Context(), who, c)
	}
	apply := registry.Command{Kind: app, Act: "apply", Input: application(o)}
	if _, err := enter(bureau, apply, proxy); err == nil || !strings.Contains(err.Error(), "只有市中小企业发展促进中心可以代录") {
		t.Error(err)
	}
	r, err := enter(centre, apply, proxy)
	if err != nil {
		t.Fatal(err)
	}
	o.must(centre, app, r.ID, "tick", allMerits())
	o.must(centre, app, r.ID, "admit", nil)
	admit := registry.Command{Kind: app, ID: r.ID, Act: "admit"}
	official := registry.Proxy{Role: registry.BureauOfficer, Signer: "何某", Dated: day(t, "2026-03-05"), Medium: registry.OnPaper}
	for says, change := range map[string]func(*registry.Proxy){
		"扫描件":   func(p *registry.Proxy) { p.CheckedBy = "centre-wu" },
		"另一人核对": func(p *registry.Proxy) { p.Scan = strings.Repeat("ab", 32) },
		"录入人本人": func(p *registry.Proxy) { p.Scan, p.CheckedBy = strings.Repeat("ab", 32), centre.ID },
	} {
		p := official
		change(&p)
		if _, err := enter(centre, admit, p); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
	official.Scan, official.CheckedBy = strings.Repeat("ab", 32), "centre-wu"
	if r, err := enter(centre, admit, official); err != nil || r.State != registry.Admitted {
		t.Error(r, err)
	}
}

// Dates: the day it happened is apart from the day of entry; long back-dating needs a reason.
func TestBackdating(t *testing.T) {
	o := openOffice(t, "2026-06-30")
	in := application(o)
	try := func(c registry.Circumstances) error {
		_, err := o.Do(t.Context(), wang, registry.Command{Kind: app, Act: "apply", Input: in, Circumstances: c})
		return err
	}
	if err := try(registry.Circumstances{On: day(t, "2026-07-01")}); err == nil || !strings.Contains(err.Error(), "晚于今天") {
		t.Error(err)
	}
	if err := try(registry.Circumstances{On: day(t, "2026-05-30")}); err == nil || !strings.Contains(err.Error(), "请说明补录的原因") {
		t.Error(err)
	}
	if err := try(registry.Circumstances{On: day(t, "2026-05-31")}); err != nil {
		t.Error("30 days need no reason:", err)
	}
	if err := try(registry.Circumstances{On: day(t, "2026-05-30"), Reason: "邮件遗漏"}); err != nil {
		t.Error(err)
	}
}

// The same key gives the same receipt and does nothing twice; an act on what somebody else has changed is refused.
func TestDoneOnce(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	c := registry.Command{Kind: app, Act: "apply", Input: application(o), Key: "form-1"}
	first, err := o.Do(t.Context(), wang, c)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := o.Do(t.Context(), wang, c); err != nil || again.ID != first.ID || again.Seq != first.Seq {
		t.Error(again, err)
	}
	if head, err := o.Head(t.Context()); err != nil || head.Seq != first.Seq {
		t.Error("done twice", head, err)
	}
	o.must(centre, app, first.ID, "tick", allMerits())
	_, err = o.Do(t.Context(), centre, registry.Command{Kind: app, ID: first.ID, Act: "tick", Input: allMerits(), Version: first.Version})
	if err == nil || !strings.Contains(err.Error(), "已被他人修改") {
		t.Error(err)
	}
}

// An act that changes nothing stands in the log all the same, and its receipt is good for the next act.
func TestAnActWithoutAChangeIsLogged(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id := o.must(wang, app, "", "apply", application(o)).ID
	first := o.must(centre, app, id, "tick", allMerits())
	again := o.must(centre, app, id, "tick", allMerits())
	if again.Seq != first.Seq+1 || again.Version != again.Seq {
		t.Fatalf("%+v after %+v", again, first)
	}
	if _, err := o.Do(t.Context(), centre, registry.Command{Kind: app, ID: id, Act: "tick", Input: allMerits(), Version: again.Version}); err != nil {
		t.Error(err)
	}
}

// Two offices at once, in either order, a hundred times: one outcome when they agree, and never two.
func TestTwoOfficesRace(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	for _, acts := range [][]string{{"admit"}, {"admit", "decline"}} {
		for range 50 {
			if n := raced(o, acts); n > 1 || n == 0 && len(acts) == 1 {
				t.Fatalf("%d outcomes of %v", n, acts)
			}
		}
	}
}

// raced lets both offices do the acts at the same time and counts how often one takes effect.
func raced(o *office, acts []string) (outcomes int) {
	id := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, id, "tick", allMerits())
	var wg sync.WaitGroup
	done := make(chan registry.Receipt, 4)
	for _, who := range []registry.Actor{centre, bureau} {
		for _, act := range acts {
			wg.Go(func() {
				r, err := o.Do(o.t.Context(), who, registry.Command{Kind: app, ID: id, Act: act, Input: registry.ReasonInput{Reason: "暂无相应需求"}})
				if err == nil && len(r.Waiting) == 0 {
					done <- r
				}
			})
		}
	}
	wg.Wait()
	return len(done)
}

// Whoever is in the pool does not apply for it again; a former member comes back under the old id, with a number of its own (Art. 6).
func TestReturningToThePool(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	member := o.member("王某")
	in := application(o)
	in.Specialist = member.Of
	id := o.must(member, app, "", "apply", in).ID
	o.must(centre, app, id, "tick", allMerits())
	o.must(centre, app, id, "admit", nil)
	o.refused(bureau, app, id, "admit", nil, policy.Article(6), "王某 在库（入库编号 2026-0001），不须再申请")
	o.must(member, registry.KindSpecialist, member.Of, "leave", registry.ReasonInput{Reason: "出国"})
	o.must(bureau, app, id, "admit", nil)
	if v, err := o.Specialist(t.Context(), member.Of); err != nil || v.PoolNumber != "2026-0002" || v.Standing != registry.Active {
		t.Fatalf("%+v %v", v, err)
	}
}

func TestPauseResumeLeave(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	id := o.must(wang, app, "", "apply", application(o)).ID
	o.must(centre, app, id, "tick", allMerits())
	o.must(centre, app, id, "admit", nil)
	o.must(bureau, app, id, "admit", nil)
	member := registry.Actor{ID: "wang", Role: registry.SpecialistRole, Of: "TPY2026-0001"}
	o.refused(centre, registry.KindSpecialist, member.Of, "pause", nil, "", "请写明原因")
	o.must(centre, registry.KindSpecialist, member.Of, "pause", registry.ReasonInput{Reason: "出国访学半年"})
	if v, err := o.Specialist(t.Context(), member.Of); err != nil || v.Eligible(day(t, "2026-03-03")).OK {
		t.Error("paused and still recommended", err)
	}
	o.refused(wang, registry.KindSpecialist, member.Of, "resume", nil, policy.CentreSetting, "不能恢复推荐")
	o.must(member, registry.KindSpecialist, member.Of, "resume", nil)
	o.must(member, registry.KindSpecialist, member.Of, "leave", registry.ReasonInput{Reason: "退休"})
	o.refused(member, registry.KindSpecialist, member.Of, "pause", registry.ReasonInput{Reason: "x"}, policy.CentreSetting, "现在是“已退出”")
}
