package index

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// What happens to the files while they are open must not take the process or the answers down for good.
func TestDamageWhileOpen(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(segment string) error
	}{
		{"folder deleted", func(segment string) (err error) {
			for range 10 { // bleve may be writing into it
				if err = os.RemoveAll(filepath.Dir(filepath.Dir(segment))); err == nil {
					break
				}
			}
			return err
		}},
		{"segment overwritten", func(segment string) error {
			f, err := os.OpenFile(segment, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			info, _ := f.Stat()
			_, err = f.Write(bytes.Repeat([]byte{0xA5}, int(info.Size())))
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, _ := closed(t, 60)
			b.open()
			b.sync()
			want := b.answers()
			segments, _ := filepath.Glob(filepath.Join(b.dir, "index/search/store/*.zap"))
			for _, s := range segments {
				if err := c.damage(s); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
			}
			for range 5 {
				for _, q := range probes {
					_, err := b.index.Search(t.Context(), q)
					if refusal, ok := err.(*registry.Error); err != nil && (!ok || refusal.Kind != registry.Unavailable) {
						t.Fatal(err)
					}
				}
			}
			v := crowd(1).Specialists[0]
			v.Expertise = "改行研究量子引力。" // as it is already, with another wish
			v.ServiceWish = "线上"
			b.put(registry.Records{Specialists: []registry.Specialist{v}})
			b.sync()
			if err := b.heals(want); err != nil {
				t.Error(err)
			}
		})
	}
}

// heals asks until the answers are right again.
func (b *bench) heals(want []Results) (err error) {
	for range 600 {
		got := make([]Results, len(probes))
		for i, q := range probes {
			if got[i], err = b.index.Search(b.Context(), q); err != nil {
				break
			}
			got[i].Took, got[i].Cursor = 0, 0
		}
		if err == nil && reflect.DeepEqual(got, want) {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("still not the right answers: %v", err)
}

func TestOtherGenerationIsBuiltAnew(t *testing.T) {
	b, want := closed(t, 60)
	folder := filepath.Join(b.dir, "index/search")
	if err := remove(folder); err != nil {
		t.Fatal(err)
	}
	s, err := createSearcher(folder, label("another dictionary"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.apply(t.Context(), nil, registry.Head{Seq: 1 << 40}); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	b.open()
	b.sync()
	if got := b.answers(); !reflect.DeepEqual(got, want) {
		t.Error(firstDifference(got, want))
	}
	if aside, _ := filepath.Glob(folder + ".damaged-*"); len(aside) > 0 {
		t.Errorf("a sound index was set aside: %v", aside)
	}
}

func TestInMemory(t *testing.T) {
	b := newBench(t, pool())
	x, err := Open(t.Context(), "", b.store, words(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if res, err := x.Search(t.Context(), Query{Text: "缩松"}); err != nil || ids(res.Hits) != "S1" {
		t.Errorf("%+v %v", res, err)
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	b := newBench(t, pool())
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), filepath.Join(file, "index"), b.store, words(t), Options{})
	if err == nil || !strings.Contains(err.Error(), "写权限") {
		t.Errorf("got %v", err)
	}
}

func TestClosedIndexRefuses(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	b.index.Close()
	b.index.Close()
	_, err := b.index.Search(t.Context(), Query{Text: "缩松"})
	if refusal, ok := err.(*registry.Error); !ok || refusal.Kind != registry.Unavailable {
		t.Errorf("got %v", err)
	}
}

func TestDeadline(t *testing.T) {
	b := newBench(t, pool())
	b.sync()
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	_, err := b.index.Search(ctx, Query{Text: "缩松"})
	if refusal, ok := err.(*registry.Error); !ok || refusal.Kind != registry.Unavailable || !strings.Contains(refusal.Msg, "未完成") {
		t.Errorf("got %v", err)
	}
}

const victimKey = "TEPAI_TEST_VICTIM"

// TestVictim is the process that TestKill kills: it writes and indexes until then.
func TestVictim(t *testing.T) {
	dir := os.Getenv(victimKey)
	if dir == "" {
		t.Skip("runs inside TestKill")
	}
	store, err := registry.Open(dir, registry.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open(t.Context(), filepath.Join(dir, "index"), store, words(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	records := crowd(300).Specialists
	for round := 0; ; round++ {
		for i := 0; i < len(records); i += 10 {
			for j := range 10 {
				records[i+j].Achievements = "第" + strconv.Itoa(round) + "轮"
			}
			if _, err := store.PutAll(t.Context(), clerk, registry.Records{Specialists: records[i : i+10]}, registry.PutOptions{Update: true}); err != nil {
				t.Fatal(err)
			}
			if head, err := store.Head(t.Context()); err != nil || x.Sync(t.Context(), head.Seq) != nil {
				t.Fatal(err)
			}
		}
	}
}

// A killed process loses nothing: after a restart search knows every record as it stands in the store, and nothing is
// built anew.
func TestKill(t *testing.T) {
	kills := 6
	if testing.Short() {
		kills = 2
	}
	dir := t.TempDir()
	for k := range kills {
		victim := exec.Command(os.Args[0], "-test.run=^TestVictim$")
		victim.Env = append(os.Environ(), victimKey+"="+dir)
		var out bytes.Buffer
		victim.Stdout, victim.Stderr = &out, &out
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(150+97*k%400) * time.Millisecond)
		if err := victim.Process.Kill(); err != nil {
			t.Fatal(err, out.String())
		}
		if err := victim.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatal(err, out.String())
		}
		afterKill(t, dir)
	}
}

func afterKill(t *testing.T, dir string) {
	store, err := registry.Open(dir, registry.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	b := &bench{TB: t, dir: dir, store: store}
	b.open()
	defer b.index.Close()
	b.sync()
	all, err := store.Specialists(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	rounds := map[string]bool{}
	for _, v := range all {
		rounds[v.Achievements] = true
	}
	for q := (Query{Limit: 100}); ; {
		res := b.search(q)
		if res.Total != len(all) {
			t.Fatalf("%d documents for %d records", res.Total, len(all))
		}
		for _, h := range res.Hits {
			found[h.ID] = true
		}
		if q.After = res.Next; q.After == "" {
			break
		}
	}
	if len(found) != len(all) {
		t.Errorf("%d of %d records found", len(found), len(all))
	}
	if err := sameContent(b, all); err != nil {
		t.Error(err)
	}
	if aside, _ := filepath.Glob(dir + "/index/search.damaged-*"); len(aside) > 0 {
		t.Errorf("set aside: %v", aside)
	}
}

// sameContent compares with an index of the same records that never saw a crash.
func sameContent(b *bench, all []registry.Specialist) error {
	fresh, err := Open(b.Context(), "", b.store, words(b), Options{})
	if err != nil {
		return err
	}
	defer fresh.Close()
	if err := fresh.Ready(b.Context()); err != nil {
		return err
	}
	other := &bench{TB: b.TB, store: b.store, index: fresh}
	if got, want := b.answers(), other.answers(); !reflect.DeepEqual(got, want) {
		return fmt.Errorf("%s", firstDifference(got, want))
	}
	return nil
}

// A process that was killed while it made the index leaves half of one behind: it is begun again, and nothing is called
// damaged.
func TestHalfMadeIndexIsBegunAgain(t *testing.T) {
	b, want := closed(t, 60)
	folder := filepath.Join(b.dir, "index/search")
	if err := os.RemoveAll(filepath.Join(folder, "store")); err != nil {
		t.Fatal(err)
	}
	if err := beginIndex(folder); err != nil {
		t.Fatal(err)
	}
	b.open()
	b.sync()
	if got := b.answers(); !reflect.DeepEqual(got, want) {
		t.Error(firstDifference(got, want))
	}
	if left, _ := filepath.Glob(folder + ".*"); len(left) > 1 { // the seal may stand
		t.Errorf("left beside the index: %v", left)
	}
	if aside, _ := filepath.Glob(folder + ".damaged-*"); len(aside) > 0 {
		t.Errorf("set aside: %v", aside)
	}
}
