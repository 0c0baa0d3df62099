package registry_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/policy"
)

// crashActs makes a process of this test the one that acts until it is killed.
const crashActs = "TEPAI_TEST_CRASH_ACTS"

// crashEdition is in force on the day of all acts of the drill.
func crashEdition() policy.Edition {
	day := func(y, m, d int) registry.Date { return registry.Date{Year: y, Month: time.Month(m), Day: d} }
	return policy.Edition{ID: "drill", Name: "演练", Sample: true, From: day(2026, 1, 1), Until: day(2027, 12, 31), DatesSource: "演练", State: policy.Confirmed}
}

func openForActs(dir string) (*registry.Store, error) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, registry.Shanghai)
	return registry.Open(dir, registry.Options{Create: true, LockTimeout: 10 * time.Second, Now: func() time.Time { return now },
		Editions: []policy.Edition{crashEdition()}})
}

// actForEver brings one enterprise, one need and one specialist after the other through their acts, two offices among them, and
// prints every receipt that the store has given: kind, id, state, version, head.
func actForEver(dir string, acks io.Writer) error {
	s, err := openForActs(dir)
	if err != nil {
		return err
	}
	head, err := s.Head(context.Background())
	if err != nil {
		return err
	}
	do := func(who registry.Actor, kind registry.RecordKind, id, act string, in any) (string, error) {
		r, err := s.Do(context.Background(), who, registry.Command{Kind: kind, ID: id, Act: act, Input: in})
		if err == nil {
			fmt.Fprintf(acks, "%s %s %s %d %d\n", r.Kind, r.ID, r.State, r.Version, r.Seq)
		}
		return r.ID, err
	}
	consent := registry.Date{Year: 2026, Month: time.March, Day: 1}
	for n := int(head.Seq); ; n++ {
		steps := []func() error{}
		then := func(step func() error) { steps = append(steps, step) }
		var e, a, need string
		then(func() (err error) {
			in := registry.EnterpriseInput{Enterprise: registry.Enterprise{Name: fmt.Sprintf("示例%d厂", n), County: "泽州县", Employees: 80, RevenueWan: 900}}
			e, err = do(county, firm, "", "register", in)
			return err
		})
		then(func() error {
			_, err := do(centre, firm, e, "confirm_size", registry.SizeInput{Size: "小型"})
			return err
		})
		then(func() (err error) {
			need, err = do(centre, registry.KindNeed, "", "submit", registry.NeedInput{Need: registry.Need{EnterpriseID: e, Title: strings.Repeat("泵壳冒汗", 1+n%50)}})
			return err
		})
		then(func() error {
			_, err := do(centre, registry.KindNeed, need, "classify", registry.ClassifyInput{Field: "铸造"})
			return err
		})
		then(func() (err error) {
			in := registry.ApplicationInput{Channel: registry.SelfNominated, Consent: consent,
				Profile: registry.Specialist{Name: "示例甲", Title: "讲师", Degree: "博士", Expertise: "缩松与补缩。"}}
			a, err = do(wang, app, "", "apply", in)
			return err
		})
		then(func() error { _, err := do(centre, app, a, "tick", allMerits()); return err })
		then(func() error { _, err := do(centre, app, a, "admit", nil); return err })
		then(func() error { _, err := do(bureau, app, a, "admit", nil); return err })
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
	}
}

// Whoever is killed in the middle of acts has lost none that was acknowledged, and left none half done.
func TestKilledDuringActs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	acts := 0
	for range crashRounds() {
		words := runAndKillAs(t, crashActs, dir, time.Duration(rand.IntN(60_000))*time.Microsecond)
		acts += len(words) / 5
		afterActs(t, dir, words)
	}
	t.Logf("%d acts acknowledged in %d rounds", acts, crashRounds())
}

// afterActs opens the store, holds the receipts against the log, and asks whether everything hangs together.
func afterActs(t *testing.T, dir string, words []string) {
	t.Helper()
	s, err := openForActs(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	changes, err := s.Changes(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for ; len(words) >= 5; words = words[5:] {
		var version, seq uint64
		if _, err := fmt.Sscan(words[3]+" "+words[4], &version, &seq); err != nil {
			t.Fatal(err)
		}
		if seq > uint64(len(changes)) || version == 0 || version > seq {
			t.Fatalf("%v was acknowledged and is lost; the log ends at %d", words[:5], len(changes))
		}
	}
	// Admitted together with the member that it makes, or neither.
	members, err := s.Specialists(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	admitted := 0
	for _, c := range changes {
		if c.Kind == app && c.Act == "admit" {
			admitted++
		}
	}
	if admitted != len(members) {
		t.Fatalf("%d admitted, %d members", admitted, len(members))
	}
	consistent(t, s)
}
