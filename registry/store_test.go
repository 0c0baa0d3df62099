package registry_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/kv"
)

var clerk = registry.Actor{ID: "clerk"}

// open opens the store in dir, made if missing. When the test ends, it is closed, and whatever the test did to it,
// it must be consistent.
func open(t testing.TB, dir string) *registry.Store {
	t.Helper()
	clock := time.Date(2025, 6, 1, 9, 0, 0, 0, time.UTC)
	s, err := registry.Open(dir, registry.Options{Create: true, Now: func() time.Time { clock = clock.Add(time.Second); return clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { consistent(t, s) })
	return s
}

// consistent checks an open store; a closed one is left alone.
func consistent(t testing.TB, s *registry.Store) {
	t.Helper()
	problems, err := s.Check(context.Background())
	if errors.Is(err, kv.ErrClosed) {
		return
	}
	report, verr := s.Verify(context.Background())
	if err != nil || verr != nil || len(problems) > 0 || len(report.Faults) > 0 || report.Entries != report.Head.Seq {
		t.Errorf("check: %v %v, verify: %v %+v", err, problems, verr, report)
	}
}

func specialist(id, expertise string) registry.Specialist {
	return registry.Specialist{ID: id, Expertise: expertise}
}

func wantKind(t testing.TB, err error, kind registry.Kind, words ...string) {
	t.Helper()
	var e *registry.Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Fatalf("error %v, want kind %d", err, kind)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Fatalf("%q does not say %q", err, w)
		}
	}
}

func TestPutAndGet(t *testing.T) {
	s := open(t, t.TempDir())
	ctx := t.Context()
	steps := []struct {
		expertise string
		want      registry.Outcome
		seq       uint64
	}{
		{"铸造工艺", registry.Created, 1},
		{"铸造工艺", registry.Unchanged, 1},
		{"铸造与热处理", registry.Updated, 2},
		{"铸造与热处理", registry.Unchanged, 2},
		{"铸造工艺", registry.Updated, 3},
	}
	for i, step := range steps {
		got, err := s.PutSpecialist(ctx, clerk, specialist("S1", step.expertise))
		if err != nil || got != step.want {
			t.Fatalf("step %d: %v %v", i, got, err)
		}
		head, err := s.Head(ctx)
		if err != nil || head.Seq != step.seq {
			t.Fatalf("step %d: head %v %v", i, head, err)
		}
		v, err := s.Specialist(ctx, "S1")
		if err != nil || v.Expertise != step.expertise {
			t.Fatalf("step %d: %+v %v", i, v, err)
		}
	}
	_, err := s.Specialist(ctx, "S2")
	wantKind(t, err, registry.NotFound, "S2", "特派员")
	_, err = s.Need(ctx, "S1")
	wantKind(t, err, registry.NotFound, "需求")
	_, err = s.Enterprise(ctx, strings.Repeat("长", 5000))
	wantKind(t, err, registry.NotFound, "企业")
}

// The three kinds have ids of their own.
func TestKindsApart(t *testing.T) {
	s := open(t, t.TempDir())
	ctx := t.Context()
	for _, put := range []func() (registry.Outcome, error){
		func() (registry.Outcome, error) { return s.PutSpecialist(ctx, clerk, specialist("X1", "焊接")) },
		func() (registry.Outcome, error) {
			return s.PutEnterprise(ctx, clerk, registry.Enterprise{ID: "X1", Name: "某铸造厂"})
		},
		func() (registry.Outcome, error) {
			return s.PutNeed(ctx, clerk, registry.Need{ID: "X1", Title: "铸件渗漏"})
		},
	} {
		if got, err := put(); err != nil || got != registry.Created {
			t.Fatal(got, err)
		}
	}
	e, err := s.Enterprise(ctx, "X1")
	n, err2 := s.Need(ctx, "X1")
	if err != nil || err2 != nil || e.Name != "某铸造厂" || n.Title != "铸件渗漏" {
		t.Fatal(e, err, n, err2)
	}
	changes, err := s.Changes(ctx, 0, 0)
	if err != nil || len(changes) != 3 {
		t.Fatal(changes, err)
	}
	sp, err := changes[0].Specialist()
	if err != nil || sp.Expertise != "焊接" || changes[1].Kind != registry.KindEnterprise || changes[2].Act != registry.ActCreate {
		t.Fatal(changes, err)
	}
	if _, err := changes[0].Need(); err == nil {
		t.Fatal("a specialist's change was read as a need")
	}
}

func TestRefusals(t *testing.T) {
	s := open(t, t.TempDir())
	_, err := s.PutSpecialist(t.Context(), clerk, registry.Specialist{ID: "S 1", Expertise: "焊接"})
	wantKind(t, err, registry.Invalid, "id", "特派员 S 1")
	_, err = s.PutSpecialist(t.Context(), registry.Actor{}, specialist("S1", "焊接"))
	wantKind(t, err, registry.Invalid, "actor", "操作人")
	if head, _ := s.Head(t.Context()); head.Seq != 0 {
		t.Fatal("a refused record left a change")
	}
}

func TestPutAll(t *testing.T) {
	s := open(t, t.TempDir())
	ctx := t.Context()
	batch := registry.Records{
		Specialists: []registry.Specialist{specialist("S2", "煤层气抽采"), specialist("S1", "球墨铸铁")},
		Enterprises: []registry.Enterprise{{ID: "E1", Name: "某铸造厂"}},
		Needs:       []registry.Need{{ID: "N1", Title: "铸件渗漏"}},
	}
	report, err := s.PutAll(ctx, clerk, batch, registry.PutOptions{})
	if err != nil || report.Created != 4 || report.Head.Seq != 4 {
		t.Fatal(report, err)
	}
	changes, err := s.Changes(ctx, 0, 0)
	if err != nil || changes[0].ID != "S2" || changes[1].ID != "S1" || changes[2].ID != "E1" || changes[3].ID != "N1" {
		t.Fatal(changes, err)
	}
	if report, err = s.PutAll(ctx, clerk, batch, registry.PutOptions{}); err != nil || report.Unchanged != 4 || report.Head.Seq != 4 {
		t.Fatal(report, err)
	}
	batch.Specialists[1].Expertise = "灰铸铁"
	batch.Needs[0].Wanted = "不漏"
	batch.Specialists = append(batch.Specialists, specialist("S3", "中药材"))
	_, err = s.PutAll(ctx, clerk, batch, registry.PutOptions{})
	wantKind(t, err, registry.Conflict, "2 条", "特派员 S1", "需求 N1")
	if _, err := s.Specialist(ctx, "S3"); err == nil {
		t.Fatal("half of a refused batch was written")
	}
	if report, err = s.PutAll(ctx, clerk, batch, registry.PutOptions{Update: true}); err != nil ||
		report.Created != 1 || report.Updated != 2 || report.Unchanged != 2 || report.Head.Seq != 7 {
		t.Fatal(report, err)
	}
}

func TestPutAllRefusesWhole(t *testing.T) {
	s := open(t, t.TempDir())
	many := registry.Records{}
	for i := range 30 {
		many.Specialists = append(many.Specialists, specialist(fmt.Sprintf("S%02d", i/2), "焊接"))
	}
	_, err := s.PutAll(t.Context(), clerk, many, registry.PutOptions{Update: true})
	wantKind(t, err, registry.Conflict, "15 个", "S00", "等")
	bad := registry.Records{Specialists: []registry.Specialist{specialist("S1", "焊接"), {ID: "S2"}}}
	_, err = s.PutAll(t.Context(), clerk, bad, registry.PutOptions{})
	wantKind(t, err, registry.Invalid, "S2", "expertise")
	if list, err := s.Specialists(t.Context(), "", 0); err != nil || len(list) != 0 {
		t.Fatal(list, err)
	}
}

func TestPages(t *testing.T) {
	s := open(t, t.TempDir())
	var batch registry.Records
	var ids []string
	for i := range 25 {
		ids = append(ids, fmt.Sprintf("S%d", i))
		batch.Specialists = append(batch.Specialists, specialist(ids[i], "焊接"))
	}
	if _, err := s.PutAll(t.Context(), clerk, batch, registry.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	for _, limit := range []int{0, 1, 7, 25, 100} {
		var got []string
		for {
			after := ""
			if len(got) > 0 {
				after = got[len(got)-1]
			}
			page, err := s.Specialists(t.Context(), after, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range page {
				got = append(got, v.ID)
			}
			if limit == 0 || len(page) < limit {
				break
			}
		}
		if !slices.Equal(got, ids) {
			t.Fatalf("limit %d: %q", limit, got)
		}
	}
}

// A follower that takes the channel, reads, and waits misses no change.
func TestFollow(t *testing.T) {
	s := open(t, t.TempDir())
	const total = 50
	var work sync.WaitGroup
	work.Go(func() {
		for i := range total {
			if _, err := s.PutSpecialist(context.Background(), clerk, specialist(fmt.Sprintf("S%d", i), "焊接")); err != nil {
				t.Error(err)
			}
		}
	})
	seq := uint64(0)
	for seq < total {
		next := s.Changed()
		changes, err := s.Changes(t.Context(), seq, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			if c.Seq != seq+1 {
				t.Fatalf("after %d came %d", seq, c.Seq)
			}
			seq = c.Seq
		}
		if len(changes) > 0 {
			continue
		}
		select {
		case <-next:
		case <-time.After(10 * time.Second):
			t.Fatal("no news after", seq)
		}
	}
	work.Wait()
	if changes, err := s.Changes(t.Context(), ^uint64(0), 0); err != nil || len(changes) != 0 {
		t.Fatal(changes, err)
	}
}

func TestChangedIsSilentWhenNothingChanges(t *testing.T) {
	s := open(t, t.TempDir())
	if _, err := s.PutSpecialist(t.Context(), clerk, specialist("S1", "焊接")); err != nil {
		t.Fatal(err)
	}
	news := s.Changed()
	if _, err := s.PutSpecialist(t.Context(), clerk, specialist("S1", "焊接")); err != nil {
		t.Fatal(err)
	}
	select {
	case <-news:
		t.Fatal("news without a change")
	default:
	}
}

func TestReadersBesideAWriter(t *testing.T) {
	s := open(t, t.TempDir())
	ctx := t.Context()
	if _, err := s.PutSpecialist(ctx, clerk, specialist("S0", "0")); err == nil {
		t.Fatal("a text of one character passed")
	}
	put := func(n int) error {
		text := fmt.Sprintf("第 %d 版", n)
		_, err := s.PutAll(ctx, clerk, registry.Records{
			Specialists: []registry.Specialist{specialist("S0", text), specialist("S1", text)},
		}, registry.PutOptions{Update: true})
		return err
	}
	if err := put(0); err != nil {
		t.Fatal(err)
	}
	var work sync.WaitGroup
	work.Go(func() {
		for n := range 60 {
			if err := put(n + 1); err != nil {
				t.Error(err)
			}
		}
	})
	for range 4 {
		work.Go(func() {
			for range 100 {
				both, err := s.Specialists(ctx, "", 0)
				if err != nil || both[0].Expertise != both[1].Expertise {
					t.Error(both, err)
				}
				if _, err := s.Verify(ctx); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Go(func() {
		for range 3 {
			if _, _, err := s.Compact(ctx); err != nil {
				t.Error(err)
			}
			if problems, err := s.Check(ctx); err != nil || problems != nil {
				t.Error(problems, err)
			}
		}
	})
	work.Wait()
}

func TestBackup(t *testing.T) {
	s := open(t, t.TempDir())
	if _, err := s.PutSpecialist(t.Context(), clerk, specialist("S1", "焊接")); err != nil {
		t.Fatal(err)
	}
	var copied bytes.Buffer
	if _, err := s.Backup(t.Context(), &copied); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, registry.FileName), copied.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	there, err := open(t, dir).Head(t.Context())
	here, err2 := s.Head(t.Context())
	if err != nil || err2 != nil || there != here || here.Seq != 1 {
		t.Fatal(there, here, err, err2)
	}
}
