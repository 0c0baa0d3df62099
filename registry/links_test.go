package registry

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

// linkedStore holds a service and an activity, as the acts would leave them, and what a forger does to it.
func linkedStore(t *testing.T, forge func(tx kv.Writer) error) *Store {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	relinked(t, s, &Service{ID: "FW1", Dispatch: "PZ1"})
	relinked(t, s, &Activity{ID: "HD1", Roster: []Attendee{{Specialist: "S1"}, {Specialist: "S2"}}})
	relinked(t, s, &Activity{ID: "HD1", Roster: []Attendee{{Specialist: "S2"}, {Specialist: "S3"}}})
	s.Close()
	db, err := bolt.Open(context.Background(), filepath.Join(dir, FileName), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), forge); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// relinked writes a record with its links.
func relinked(t *testing.T, s *Store, r record) {
	t.Helper()
	kind := KindService
	if _, ok := r.(*Activity); ok {
		kind = KindActivity
	}
	drafts, err := appendDraft(nil, kind, r.recordID(), nil, r.body)
	if err != nil {
		t.Fatal(err)
	}
	err = s.update(t.Context(), func(tx kv.Writer) error {
		return actOn{tx: tx, actor: Actor{ID: "clerk"}, store: s, at: s.now()}.put(drafts, PutOptions{Update: true}, new(PutReport))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A record is listed under what it names now, and no longer under what it named before.
func TestLinksFollowTheRecord(t *testing.T) {
	s := linkedStore(t, func(kv.Writer) error { return nil })
	for id, want := range map[string][]string{"S1": nil, "S2": {"HD1"}, "S3": {"HD1"}, "S": nil} {
		list, err := s.ActivitiesOf(t.Context(), id)
		if err != nil || len(list) != len(want) {
			t.Errorf("%s: %v %v", id, list, err)
		}
	}
}

func TestCheckDerivesTheLinks(t *testing.T) {
	key := append(under(KindDispatch, "PZ1").prefix(KindService), "FW1"...)
	for name, c := range map[string]struct {
		forge func(kv.Writer) error
		where []string
	}{
		"as they are":     {func(kv.Writer) error { return nil }, nil},
		"one is missing":  {func(tx kv.Writer) error { return tx.Delete(key) }, []string{`列表里缺 "l/dispatch/PZ1/service/FW1"，它的记录在`}},
		"one is too many": {func(tx kv.Writer) error { return tx.Put(append(key, '2'), nil) }, []string{`列表里有 "l/dispatch/PZ1/service/FW12"，而没有属于它的记录`}},
	} {
		problems, err := linkedStore(t, c.forge).Check(t.Context())
		var said []string
		for _, p := range problems {
			said = append(said, p.Msg)
		}
		if err != nil || !slices.Equal(said, c.where) {
			t.Errorf("%s: %v %v", name, said, err)
		}
	}
}

func TestUnitsAreOneInEveryWriting(t *testing.T) {
	if unitID("示例大学（晋城）") != unitID("示例 大学(晋城)") || unitID("ABC所") != unitID("abc所") || unitID("示例大学") == unitID("示例学院") {
		t.Error("a unit's name in another writing is another unit, or two units are one")
	}
	if underUnit(" ") != (link{}) {
		t.Error("no unit is a unit")
	}
}
