package registry_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"tepai/registry"
)

func TestAmendmentIsProposedAdoptedWithdrawn(t *testing.T) {
	s := open(t, t.TempDir())
	proposed, err := s.ProposeAmendment(t.Context(), registry.Actor{ID: "甲"}, " 症状 | 渗漏 | 冒汗 ", "车间里都这么说")
	if err != nil {
		t.Fatal(err)
	}
	want := registry.Amendment{ID: "A0001", Line: "症状 | 渗漏 | 冒汗", Reason: "车间里都这么说", State: registry.AmendmentProposed, ProposedBy: "甲"}
	if proposed != want {
		t.Fatalf("got  %+v\nwant %+v", proposed, want)
	}
	second, err := s.ProposeAmendment(t.Context(), clerk, "症状 | 开裂 | 咧嘴", "")
	if err != nil || second.ID != "A0002" {
		t.Fatal(second, err)
	}
	adopted, err := s.AdoptAmendment(t.Context(), registry.Actor{ID: "乙"}, "A0002")
	if err != nil || adopted.State != registry.AmendmentAdopted || adopted.DecidedBy != "乙" || adopted.Generation != 1 {
		t.Fatal(adopted, err)
	}
	if adopted, err = s.AdoptAmendment(t.Context(), clerk, "A0001"); err != nil || adopted.Generation != 2 {
		t.Fatal(adopted, err)
	}
	if got := inForce(t, s); !slices.Equal(got, []string{"A0002", "A0001"}) {
		t.Fatal("not in the order of adoption:", got)
	}
	if _, err := s.WithdrawAmendment(t.Context(), clerk, "A0002"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AdoptAmendment(t.Context(), clerk, "A0002"); err != nil {
		t.Fatal("what was withdrawn cannot come back:", err)
	}
	if got := inForce(t, s); !slices.Equal(got, []string{"A0001", "A0002"}) {
		t.Fatal(got)
	}
	changes, err := s.Changes(t.Context(), 0, 0)
	var done []string
	for _, c := range changes {
		done = append(done, c.Act+" "+c.ID)
	}
	if want := "propose A0001,propose A0002,adopt A0002,adopt A0001,withdraw A0002,adopt A0002"; err != nil || strings.Join(done, ",") != want {
		t.Fatal(done, err)
	}
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if report, err := s.Verify(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Fatal(report, err)
	}
}

func inForce(t *testing.T, s *registry.Store) (ids []string) {
	t.Helper()
	all, err := s.Amendments(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range registry.InForce(all) {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestAmendmentRefusals(t *testing.T) {
	s := open(t, t.TempDir())
	if _, err := s.ProposeAmendment(t.Context(), clerk, "症状 | 渗漏 | 冒汗", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AdoptAmendment(t.Context(), clerk, "A0001"); err != nil {
		t.Fatal(err)
	}
	before, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		try  func() (registry.Amendment, error)
		kind registry.Kind
		says string
	}{
		"empty line": {func() (registry.Amendment, error) { return s.ProposeAmendment(t.Context(), clerk, " ", "") }, registry.Invalid, "line"},
		"two lines": {func() (registry.Amendment, error) {
			return s.ProposeAmendment(t.Context(), clerk, "症状 | 渗漏 | 冒汗\n症状 | 开裂 | 咧嘴", "")
		}, registry.Invalid, "只写一行"},
		"too long": {func() (registry.Amendment, error) {
			return s.ProposeAmendment(t.Context(), clerk, strings.Repeat("汗", registry.MaxAmendment+1), "")
		}, registry.Invalid, "最多"},
		"nobody": {func() (registry.Amendment, error) {
			return s.ProposeAmendment(t.Context(), registry.Actor{}, "症状 | 渗漏 | 冒汗", "")
		}, registry.Invalid, "操作人"},
		"absent":   {func() (registry.Amendment, error) { return s.AdoptAmendment(t.Context(), clerk, "A0009") }, registry.NotFound, "知识库修订"},
		"twice":    {func() (registry.Amendment, error) { return s.AdoptAmendment(t.Context(), clerk, "A0001") }, registry.Conflict, "已经采纳"},
		"bad name": {func() (registry.Amendment, error) { return s.WithdrawAmendment(t.Context(), clerk, "\x00") }, registry.NotFound, "核对编号"},
	} {
		_, err := c.try()
		var refusal *registry.Error
		if !errors.As(err, &refusal) || refusal.Kind != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after, err := s.Head(t.Context()); err != nil || after != before {
		t.Error("a refusal left something behind", after, err)
	}
}

// Many who adopt at once: exactly one does, and the generations have no gap.
func TestAmendmentRace(t *testing.T) {
	s := open(t, t.TempDir())
	if _, err := s.ProposeAmendment(t.Context(), clerk, "症状 | 渗漏 | 冒汗", ""); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	adopted := 0
	for range 16 {
		wg.Go(func() {
			if _, err := s.AdoptAmendment(t.Context(), clerk, "A0001"); err == nil {
				mu.Lock()
				adopted++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if a, err := s.Amendment(t.Context(), "A0001"); err != nil || adopted != 1 || a.Generation != 1 {
		t.Error(adopted, a, err)
	}
}
