package registry_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tepai/registry"
	"tepai/registry/policy"
)

// desk does random acts with the records of a running dispatch: services, sheets, summaries, bundles, activities.
type desk struct {
	*office
	rt         *rapid.T
	dispatches []string
	parties    []registry.Actor
	ids        map[registry.RecordKind][]string
}

func (w *desk) some(kind registry.RecordKind) []string {
	if len(w.ids[kind]) == 0 {
		return []string{"none"}
	}
	return rapid.SliceOfN(rapid.SampledFrom(w.ids[kind]), 1, 3).Draw(w.rt, string(kind))
}

func (w *desk) input(t registry.Transition) any {
	dispatch := rapid.SampledFrom(w.dispatches).Draw(w.rt, "dispatch")
	switch t.Kind {
	case served:
		switch t.Act {
		case "log", "revise":
			return visit(dispatch)
		case "settle":
			return registry.SettleInput{Counts: rapid.Bool().Draw(w.rt, "counts"), Reason: "x"}
		}
	case sheet:
		return registry.SheetInput{Dispatch: dispatch, Services: w.some(served), Scan: "00000000000000000000000000000000000000000000000000000000000000ab"}
	case report:
		if t.Act == "draft" || t.Act == "revise" {
			return about(w.t, dispatch, rapid.SampledFrom([]string{"2026-06-30", "2026-12-31"}).Draw(w.rt, "due"))
		}
	case bundle:
		switch t.Act {
		case "compile", "revise":
			return registry.BundleInput{Summaries: w.some(report), Cover: "x"}
		case "receive":
			if rapid.Bool().Draw(w.rt, "back") {
				return registry.ReceiveInput{Back: map[string]string{w.some(report)[0]: "x"}}
			}
			return nil
		}
	}
	return registry.ReasonInput{Reason: "x"}
}

func (w *desk) step() {
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 9*24).Draw(w.rt, "hours")) * time.Hour)
	rows := slices.DeleteFunc(registry.Transitions(), func(t registry.Transition) bool {
		return !slices.Contains([]registry.RecordKind{served, sheet, report, bundle}, t.Kind)
	})
	t := rapid.SampledFrom(rows).Draw(w.rt, "row")
	c := registry.Command{Kind: t.Kind, Act: t.Act, Input: w.input(t)}
	if len(t.From) > 0 {
		c.ID = w.some(t.Kind)[0]
	}
	r, err := w.Do(w.t.Context(), rapid.SampledFrom(w.parties).Draw(w.rt, "party"), c)
	var refusal *registry.Error
	switch {
	case err == nil && !slices.Contains(w.ids[r.Kind], r.ID):
		w.ids[r.Kind] = append(w.ids[r.Kind], r.ID)
	case err != nil && !errors.As(err, &refusal):
		w.rt.Fatalf("no refusal: %v", err)
	}
	w.order()
}

// order: services are as confirmed as they say, and a summary lies in the bundle that lists it.
func (w *desk) order() {
	for _, id := range w.dispatches {
		services, err := w.ServicesOf(w.t.Context(), id)
		if err != nil {
			w.rt.Fatal(err)
		}
		counts := map[registry.Date]bool{}
		for i, v := range services {
			if v.Number != i+1 || (v.State == registry.Confirmed) == v.Confirmed.IsZero() || (v.ConfirmedBy == "") != v.Confirmed.IsZero() {
				w.rt.Fatalf("%d: %+v", i, v)
			}
			today := registry.DateOf(w.now)
			if v.State == registry.Confirmed || v.State == registry.Logged && v.Logged.AddDays(15).Before(today) {
				counts[v.On] = true
			}
		}
		if p := w.pace(id, registry.DateOf(w.now).String()); p.Counted != len(counts) {
			w.rt.Fatalf("%+v, but %d days with confirmed services", p, len(counts))
		}
	}
	holds := map[string]string{}
	for _, id := range w.ids[bundle] {
		b, err := w.Bundle(w.t.Context(), id)
		if err != nil {
			w.rt.Fatal(err)
		}
		for _, s := range b.Summaries {
			if holds[s] != "" {
				w.rt.Fatalf("%s lies in %s and in %s", s, holds[s], id)
			}
			holds[s] = id
		}
	}
	for _, id := range w.ids[report] {
		v := w.summary(id)
		if v.Bundle != holds[id] || (v.State == registry.Compiled) && v.Bundle == "" || (v.State == registry.TakenIn) == v.Received.IsZero() {
			w.rt.Fatalf("%+v lies in %q", v, holds[id])
		}
	}
}

// Random acts at the desks of a dispatch never contradict themselves, and the store is sound after every walk.
func TestRandomDeskwork(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred walks take some seconds")
	}
	rapid.Check(t, func(rt *rapid.T) {
		o := &office{t: t}
		o.turn("2026-03-02")
		s, err := registry.Open(t.TempDir(), registry.Options{Create: true, Now: func() time.Time { return o.now }, Editions: []policy.Edition{sample(t)}})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		o.Store = s
		first, wang, boss := o.dispatched("王某", "2026-03-02")
		second, zhao, other := o.dispatched("赵某", "2026-03-02")
		w := &desk{office: o, rt: rt, dispatches: []string{first, second}, parties: []registry.Actor{wang, boss, zhao, other, university, centre, centre},
			ids: map[registry.RecordKind][]string{}}
		w.ids[served] = []string{o.must(wang, served, "", "log", visit(first)).ID}
		w.ids[report] = []string{o.submitted(wang, first, "2026-06-30"), o.submitted(zhao, second, "2026-06-30")}
		for range rapid.IntRange(10, 40).Draw(rt, "steps") {
			w.step()
		}
		if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
			rt.Fatal(problems, err)
		}
	})
}
