package matcher

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tepai/registry"
	"tepai/segment/knowledge"
)

// followed opens a store and a library over the small base in a folder, and follows both until the test ends.
func followed(t *testing.T) (store *registry.Store, dir string, l *Library) {
	t.Helper()
	store, err := registry.Open(t.TempDir(), registry.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	writeBase(t, dir, base)
	ctx, stop := context.WithCancel(t.Context())
	l, err = OpenLibrary(ctx, LibraryOptions{Files: os.DirFS(dir), Amendments: store, Load: knowledge.Options{CacheDir: knowledge.NoCache}})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := l.Follow(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		stop()
		wg.Wait()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store, dir, l
}

func writeBase(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "casting.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// within waits for something that must be so before a second has gone by.
func within(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not within a second:", what)
		}
	}
}

// A change of the base – a line of a file, an adopted amendment, its withdrawal – re-ranks within a second, without a restart.
func TestAChangeOfTheBaseIsLive(t *testing.T) {
	store, dir, l := followed(t)
	w := segmenter(t)
	c := NewCollection(registry.Records{Specialists: pool()})
	e := New(c, c.Books(w), w, Options{Library: l, Now: today})
	const need = "阀门打压滴珠子。"
	// Only the inference leads to S1, whose profile shares no word with the need.
	inferred := func() bool {
		r, err := e.RankText(ctx, need, RankOptions{NoRules: true})
		return err == nil && slices.Contains(ids(r), "S1") && r.Diagnosis.Causes == "缩松"
	}
	silent := func() bool {
		r, err := e.RankText(ctx, need, RankOptions{NoRules: true})
		return err == nil && !slices.Contains(ids(r), "S1") && r.Diagnosis.Source == ""
	}
	within(t, "nothing is known yet", silent)

	writeBase(t, dir, base+"物类 | 阀件 | 阀门 | 铸件 |\n症状 | 滴漏 | 滴珠子 | 压不住\n")
	within(t, "a line in a file", inferred)
	writeBase(t, dir, base)
	within(t, "the line is gone", silent)

	clerk := registry.Actor{ID: "clerk"}
	for _, line := range []string{"症状 | 压不住 | 滴珠子", "物类 | 铸件 | 阀门"} {
		if err := l.CheckAmendment(ctx, line); err != nil {
			t.Fatal(err)
		}
		a, err := store.ProposeAmendment(ctx, clerk, line, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.AdoptAmendment(ctx, clerk, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	within(t, "two adopted amendments", inferred)
	if _, err := store.WithdrawAmendment(ctx, clerk, "A0001"); err != nil {
		t.Fatal(err)
	}
	within(t, "a withdrawn amendment", silent)
}

// Whoever saves a file with a fault in it takes nothing away from those who rank.
func TestAFaultyFileLeavesTheBaseAsItWas(t *testing.T) {
	_, dir, l := followed(t)
	before := l.Base()
	writeBase(t, dir, base+"症状 渗漏\n")
	if err := l.Refresh(ctx); err == nil {
		t.Error("a faulty file was taken")
	}
	if l.Base() != before {
		t.Error("the base has changed")
	}
	writeBase(t, dir, base+"症状 | 渗漏 |\n")
	within(t, "the file is mended", func() bool { return l.Base() != before })
}

func TestAnAmendmentIsCheckedBeforeItIsProposed(t *testing.T) {
	_, _, l := followed(t)
	err := l.CheckAmendment(ctx, "规则 | 塑料件 + 压不住 | 缩松 0.5 | | | 塑料壳冒汗")
	var refusal *registry.Error
	if !errors.As(err, &refusal) || refusal.Kind != registry.Invalid || refusal.Field != "line" || !strings.Contains(refusal.Msg, "“塑料件”没有定义") {
		t.Error(err)
	}
}
