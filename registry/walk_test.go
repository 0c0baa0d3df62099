package registry_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry"
	"tepai/registry/policy"
)

// walker does random acts by random parties on random records and asks after each whether the house is in order.
type walker struct {
	*office
	rt  *rapid.T
	ids map[registry.RecordKind][]string
}

func (w *walker) pick(kind registry.RecordKind) string {
	if len(w.ids[kind]) == 0 {
		return "none"
	}
	return rapid.SampledFrom(w.ids[kind]).Draw(w.rt, string(kind))
}

// actor is mostly somebody who may, now and then anybody.
func (w *walker) actor(t registry.Transition) registry.Actor {
	role := rapid.SampledFrom(t.By).Draw(w.rt, "party").Role
	if rapid.IntRange(0, 3).Draw(w.rt, "stranger") == 0 {
		role = rapid.SampledFrom([]registry.Role{registry.CentreStaff, registry.BureauOfficer, registry.FinanceOfficer, registry.CountyClerk, registry.HomeUnit,
			registry.EnterpriseStaff, registry.SpecialistRole, registry.ExpertReviewer, registry.Administrator}).Draw(w.rt, "role")
	}
	a := registry.Actor{ID: string(role) + rapid.SampledFrom([]string{"-1", "-2"}).Draw(w.rt, "person"), Role: role}
	switch role {
	case registry.CountyClerk:
		a.Of = "泽州县"
	case registry.HomeUnit:
		a.Of = "示例大学"
	case registry.EnterpriseStaff:
		a.Of = w.pick(firm)
	case registry.SpecialistRole:
		a.Of = w.pick(expert)
	}
	return a
}

// input is something sensible for a row, mostly.
func (w *walker) input(t registry.Transition) any {
	today := registry.DateOf(w.now)
	switch string(t.Kind) + "." + t.Act {
	case "application.apply", "application.revise":
		in := application(w.office)
		in.Consent = today
		if rapid.Bool().Draw(w.rt, "again") {
			in.Specialist = w.pick(expert)
		}
		return in
	case "application.tick":
		return allMerits()
	case "enterprise.register", "enterprise.revise":
		in := foundry()
		in.Enterprise.CreditCode = creditCode
		return in
	case "enterprise.confirm_size":
		return registry.SizeInput{Size: rapid.SampledFrom([]string{"小型", "小型", "小型", "大型"}).Draw(w.rt, "size")}
	case "need.submit", "need.revise":
		return leak(w.pick(firm))
	case "need.classify":
		return registry.ClassifyInput{Field: "铸造"}
	case "need.solve":
		return registry.SolvedInput{By: []string{w.pick(expert)}}
	case "agreement.draft", "agreement.revise":
		in := between(w.pick(need), registry.Actor{Of: w.pick(expert)}, today)
		if rapid.IntRange(0, 4).Draw(w.rt, "link") == 0 {
			in.Replaces = w.pick(posted)
		}
		return in
	case "dispatch.end":
		return registry.EndInput{By: rapid.SampledFrom([]registry.DispatchEnd{registry.AtTerm, registry.ByBoth, registry.ByTheServing}).Draw(w.rt, "end"), Why: "x",
			Solved: rapid.Bool().Draw(w.rt, "solved")}
	case "case.report":
		against := rapid.SampledFrom([]registry.RecordKind{expert, firm}).Draw(w.rt, "against")
		return registry.CaseInput{Against: against, Subject: w.pick(against), Clue: "x", Source: "y"}
	case "case.inquire":
		return registry.InquiryInput{Until: today.AddDays(20)}
	case "case.disqualify":
		return registry.DecisionInput{Ground: "x"}
	case "assessment.open":
		return registry.OpenAssessmentInput{Dispatch: w.pick(posted)}
	case "assessment.appoint":
		return registry.PanelInput{Chair: "reviewer-1", Panel: []registry.Reviewer{{ID: "reviewer-1", Name: "周某"}, {ID: "reviewer-2", Name: "吴某"},
			{ID: "reviewer-3", Name: "郑某", Member: w.pick(expert)}}}
	case "assessment.score", "assessment.opine":
		return points(rapid.IntRange(0, 100).Draw(w.rt, "points"), "x")
	case "assessment.grade", "assessment.regrade":
		return registry.GradeInput{Grade: "称职", Reason: "x"}
	case "subsidy.reduce", "subsidy.withhold":
		return registry.ItemInput{Kind: registry.Living, Amount: registry.Fen(rapid.IntRange(0, 700_000).Draw(w.rt, "fen")), Ground: "x"}
	case "subsidy.list":
		return registry.ListInput{List: "x"}
	case "subsidy.pay":
		return registry.PaidInput{Voucher: "x"}
	case "publication.publish":
		return registry.PublishInput{Of: app, IDs: []string{w.pick(app)}, Place: "x"}
	case "recovery.demand":
		return registry.DemandInput{Case: w.pick(affair), Amount: 1000, Note: "x"}
	case "recovery.receive", "recovery.write_off":
		return registry.AmountInput{Amount: registry.Fen(rapid.IntRange(1, 1200).Draw(w.rt, "fen")), Note: "x"}
	}
	return registry.ReasonInput{Reason: "x"}
}

func (w *walker) step() {
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(w.rt, "hours")) * time.Hour)
	t := rapid.SampledFrom(registry.Transitions()).Draw(w.rt, "row")
	c := registry.Command{Kind: t.Kind, Act: t.Act, Input: w.input(t)}
	if len(t.From) > 0 {
		c.ID = w.pick(t.Kind)
	}
	actor := w.actor(t)
	before, err := w.Head(w.t.Context())
	if err != nil {
		w.rt.Fatal(err)
	}
	r, err := w.Do(w.t.Context(), actor, c)
	if err != nil {
		w.refusal(err, before)
		return
	}
	w.outcome(t, actor, r)
	w.order()
}

// refusal: an act that is not allowed is told in words and leaves nothing behind.
func (w *walker) refusal(err error, before registry.Head) {
	var refusal *registry.Error
	if !errors.As(err, &refusal) || strings.TrimSpace(refusal.Msg) == "" {
		w.rt.Fatalf("no refusal: %v", err)
	}
	if after, err := w.Head(w.t.Context()); err != nil || after != before {
		w.rt.Fatal("a refused act left something behind")
	}
}

// outcome: the act was of the party's, and led from where the row begins to where it ends.
func (w *walker) outcome(t registry.Transition, actor registry.Actor, r registry.Receipt) {
	if !slices.ContainsFunc(t.By, func(p registry.Party) bool { return p.Role == actor.Role }) {
		w.rt.Fatalf("%s did %s %s", actor.Role, t.Kind, t.Act)
	}
	if len(r.Waiting) == 0 && t.To != "" && r.State != t.To {
		w.rt.Fatalf("%s %s led to %s", t.Kind, t.Act, r.State)
	}
	if !slices.Contains(w.ids[r.Kind], r.ID) {
		w.ids[r.Kind] = append(w.ids[r.Kind], r.ID)
	}
}

// order: what the records say about each other is true after every act.
func (w *walker) order() {
	ctx := w.t.Context()
	specialists, err := w.Specialists(ctx, "", 0)
	if err != nil {
		w.rt.Fatal(err)
	}
	needs, err := w.Needs(ctx, "", 0)
	if err != nil {
		w.rt.Fatal(err)
	}
	firms, err := w.Enterprises(ctx, "", 0)
	if err != nil {
		w.rt.Fatal(err)
	}
	serving, served := map[string][]string{}, map[string]bool{}
	dispatches, err := w.Dispatches(ctx, "", 0)
	if err != nil {
		w.rt.Fatal(err)
	}
	for _, d := range dispatches {
		w.note(posted, d.ID)
		if d.State == registry.Over {
			continue
		}
		if !slices.Contains(serving[d.Specialist], d.Enterprise) {
			serving[d.Specialist] = append(serving[d.Specialist], d.Enterprise)
		}
		served[d.Need] = true
	}
	for _, v := range specialists {
		w.note(expert, v.ID)
		have, want := slices.Sorted(slices.Values(v.Serving)), slices.Sorted(slices.Values(serving[v.ID]))
		if !slices.Equal(have, want) {
			w.rt.Fatalf("%s serves %v, his dispatches say %v", v.ID, have, want)
		}
		if v.BarredTo != "" && v.Standing == registry.Active && !mustDate(w.rt, v.BarredTo).Before(registry.DateOf(w.now)) {
			w.rt.Fatalf("%s is barred and active", v.ID)
		}
	}
	for _, v := range needs {
		w.note(need, v.ID)
		if v.State == registry.NeedOpen && served[v.ID] {
			w.rt.Fatalf("%s is open and served", v.ID)
		}
	}
	for _, v := range firms {
		w.note(firm, v.ID)
	}
	w.money()
}

// money: only services that are over are assessed, and a year pays no more than its budget.
func (w *walker) money() {
	ctx := w.t.Context()
	assessments, err := w.Assessments(ctx, "", 0)
	if err != nil {
		w.rt.Fatal(err)
	}
	for _, v := range assessments {
		w.note(verdict, v.ID)
		if d, err := w.Dispatch(ctx, v.Dispatch); err != nil || d.State != registry.Over || d.Assessment != v.ID {
			w.rt.Fatalf("%s judges %+v (%v)", v.ID, d, err)
		}
	}
	subsidies, err := w.Subsidies(ctx, "", 0)
	if err != nil {
		w.rt.Fatal(err)
	}
	paid := map[int]registry.Fen{}
	for _, v := range subsidies {
		w.note(money, v.ID)
		if v.State == registry.SubsidyListed || v.State == registry.SubsidyPaid {
			paid[v.Year] += v.Due()
		}
	}
	if paid[2026] > 3_200_000 || paid[2027] > 1_600_000 {
		w.rt.Fatalf("over the budget: %v", paid)
	}
}

func (w *walker) note(kind registry.RecordKind, id string) {
	if !slices.Contains(w.ids[kind], id) {
		w.ids[kind] = append(w.ids[kind], id)
	}
}

func mustDate(t *rapid.T, text string) registry.Date {
	d, err := registry.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Random acts by random roles never reach a state that the policy forbids, and the store is sound after every walk.
func TestRandomWalk(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred walks take some seconds")
	}
	rapid.Check(t, func(rt *rapid.T) {
		o := &office{t: t}
		o.turn("2026-03-02")
		s, err := registry.Open(t.TempDir(), registry.Options{Create: true, Now: func() time.Time { return o.now }, Editions: []policy.Edition{paying(t, nil)}})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		o.Store = s
		w := &walker{office: o, rt: rt, ids: map[registry.RecordKind][]string{}}
		w.begin()
		for range rapid.IntRange(8, 30).Draw(rt, "steps") {
			w.step()
		}
		if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
			rt.Fatal(problems, err)
		}
		if report, err := s.Verify(t.Context()); err != nil || len(report.Faults) > 0 {
			rt.Fatal(report, err)
		}
	})
}

// begin puts two specialists, their needs, a dispatch and a proposed grade there, so that a walk gets somewhere.
func (w *walker) begin() {
	n, boss := w.pooled(creditCode)
	wang := w.member("王某")
	over, _, client := w.posting("赵某")
	w.must(centre, posted, over, "end", registry.EndInput{By: registry.ByBoth, Why: "提前完成"})
	w.ids[verdict] = []string{w.proposed(over, client, 70)}
	other, _ := w.pooled(creditCode)
	w.signed(boss, wang, between(n, wang, registry.DateOf(w.now)))
	w.ids[need] = []string{n, other}
	w.ids[affair] = []string{w.heard(expert, wang.Of)}
	w.order()
}
