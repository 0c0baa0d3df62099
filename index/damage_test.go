package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// crowd makes n specialists whose texts differ.
func crowd(n int) registry.Records {
	rng := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("球墨铸铁 缩松 气孔 凝固模拟 树脂砂 连翘 党参 根腐病 煤层气 瓦斯 巷道 支护 机器视觉 热处理 渗碳 阀体 泵壳 试压 渗漏 消失模")
	pick := func(k int) (list []string) {
		for _, i := range rng.Perm(len(words))[:k] {
			list = append(list, words[i])
		}
		return list
	}
	var r registry.Records
	for i := range n {
		r.Specialists = append(r.Specialists, registry.Specialist{
			ID: fmt.Sprintf("S%05d", i), Name: "王小" + pick(1)[0], Keywords: pick(3), Fields: pick(1),
			Expertise: "从事" + strings.Join(pick(6), "、") + "方面的研究。", County: registry.Counties()[rng.IntN(6)],
			Evidence: []registry.Evidence{{Kind: registry.Paper, Title: strings.Join(pick(2), "对") + "的影响", Year: 2000 + rng.IntN(25)}},
		})
	}
	return r
}

var probes = []Query{
	{Text: "球墨铸铁 缩松", Limit: 50}, {Text: "“泵壳对试压”", Limit: 50}, {Text: "论文:瓦斯 -支护", Limit: 50},
	{Limit: 100, Facets: []string{FacetCounty, FacetKind}}, {Text: "wxl", Limit: 50},
}

// answers asks all probes; what differs from run to run is left out.
func (b *bench) answers() (list []Results) {
	b.Helper()
	for _, q := range probes {
		res := b.search(q)
		res.Took, res.Cursor = 0, 0
		list = append(list, res)
	}
	return list
}

// closed is a bench whose index is complete and has been closed, and what it answered.
func closed(t *testing.T, n int) (*bench, []Results) {
	b := newBench(t, registry.Records{})
	all := crowd(n).Specialists
	for i := 0; i < n; i += n / 3 { // several segments
		b.put(registry.Records{Specialists: all[i:min(n, i+n/3)]})
		b.sync()
	}
	all[0].Expertise = "改行研究量子引力。"
	b.put(registry.Records{Specialists: all[:1]})
	b.sync()
	want := b.answers()
	if err := b.index.Close(); err != nil {
		t.Fatal(err)
	}
	return b, want
}

func TestDamagedFolderIsBuiltAnew(t *testing.T) {
	b, want := closed(t, 120)
	folder := filepath.Join(b.dir, "index")
	pristine := t.TempDir()
	if err := os.CopyFS(pristine, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	segments, _ := filepath.Glob(filepath.Join(folder, "search/store/*.zap"))
	if len(segments) == 0 {
		t.Fatal("no segments")
	}
	segment := segments[0]
	root := filepath.Join(folder, "search/store/root.bolt")
	for _, c := range []struct {
		name   string
		damage func() error
		aside  bool // a damaged folder is kept
	}{
		{"not at all", func() error { return nil }, false},
		{"folder deleted", func() error { return os.RemoveAll(folder) }, false},
		{"search deleted", func() error { return os.RemoveAll(folder + "/search") }, false},
		{"all segments deleted", func() error {
			for _, s := range segments {
				os.Remove(s)
			}
			return nil
		}, true},
		{"segment cut short", func() error { return os.Truncate(segment, 1000) }, true},
		{"segment empty", func() error { return os.Truncate(segment, 0) }, true},
		{"segment with a flipped bit", func() error { return flip(segment, 1234) }, true},
		{"root deleted", func() error { return os.Remove(root) }, true},
		{"root cut short", func() error { return os.Truncate(root, 5000) }, true},
		{"root empty", func() error { return os.Truncate(root, 0) }, true},
		{"root with a flipped bit", func() error { return flip(root, 8*4096+99) }, true},
		{"meta deleted", func() error { return os.Remove(folder + "/search/index_meta.json") }, true},
		{"meta of another kind", func() error {
			return os.WriteFile(folder+"/search/index_meta.json", []byte(`{"index_type":"upside_down"}`), 0o600)
		}, true},
		{"a foreign file in place of the folder", func() error {
			return wipe(folder+"/search", func() error { return os.WriteFile(folder+"/search", []byte("hello"), 0o600) })
		}, true},
		{"an empty folder", func() error {
			return wipe(folder+"/search", func() error { return os.Mkdir(folder+"/search", 0o700) })
		}, true},
		{"a foreign file among the segments", func() error { return os.WriteFile(folder+"/search/store/ffff.zap", []byte("hello"), 0o600) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := wipe(folder, func() error { return os.CopyFS(folder, os.DirFS(pristine)) }); err != nil {
				t.Fatal(err)
			}
			if err := c.damage(); err != nil {
				t.Fatal(err)
			}
			again := &bench{TB: t, dir: b.dir, store: b.store}
			again.open()
			again.sync()
			if got := again.answers(); !reflect.DeepEqual(got, want) {
				t.Errorf("other answers: %s", firstDifference(got, want))
			}
			if err := again.index.Close(); err != nil {
				t.Error(err)
			}
			if aside, _ := filepath.Glob(folder + "/search.damaged-*"); len(aside) > 0 != c.aside {
				t.Errorf("set aside: %v", aside)
			}
		})
	}
}

func TestFlippedBits(t *testing.T) {
	flips := 30
	if testing.Short() {
		flips = 8
	}
	b, want := closed(t, 60)
	folder := filepath.Join(b.dir, "index")
	pristine := t.TempDir()
	if err := os.CopyFS(pristine, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(7, 7))
	for i := range flips {
		if err := wipe(folder, func() error { return os.CopyFS(folder, os.DirFS(pristine)) }); err != nil {
			t.Fatal(err)
		}
		var files []string
		for _, pattern := range []string{"search/store/*", "search/*.json", "search.seal"} {
			found, _ := filepath.Glob(filepath.Join(folder, pattern))
			files = append(files, found...)
		}
		file := files[rng.IntN(len(files))]
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		at := rng.Int64N(info.Size())
		if err := flip(file, at); err != nil {
			t.Fatal(err)
		}
		again := &bench{TB: t, dir: b.dir, store: b.store}
		again.open()
		again.sync()
		if got := again.answers(); !reflect.DeepEqual(got, want) {
			t.Errorf("flip %d, %s at %d: %s", i, filepath.Base(file), at, firstDifference(got, want))
		}
		again.index.Close()
	}
}

// A process that was killed leaves no seal; root.bolt is then all that there is.
func TestFlippedBitsInRootAfterKill(t *testing.T) {
	flips := 30
	if testing.Short() {
		flips = 8
	}
	b, _ := closed(t, 60)
	folder := filepath.Join(b.dir, "index")
	os.Remove(folder + "/search.seal")
	pristine := t.TempDir()
	if err := os.CopyFS(pristine, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 9))
	other := 0
	for range flips {
		if err := wipe(folder, func() error { return os.CopyFS(folder, os.DirFS(pristine)) }); err != nil {
			t.Fatal(err)
		}
		root := folder + "/search/store/root.bolt"
		info, _ := os.Stat(root)
		if err := flip(root, rng.Int64N(info.Size())); err != nil {
			t.Fatal(err)
		}
		again := &bench{TB: t, dir: b.dir, store: b.store}
		again.open()
		b.put(registry.Records{Specialists: crowd(1).Specialists})
		again.sync()
		if again.search(Query{}).Total != 60 {
			other++
		}
		again.index.Close()
	}
	if other > flips/10 {
		t.Errorf("%d of %d flips changed the answers", other, flips)
	}
}

func TestFolderHeldByAnotherProcess(t *testing.T) {
	b, want := closed(t, 60)
	first := &bench{TB: t, dir: b.dir, store: b.store}
	first.open()
	first.sync()
	second := &bench{TB: t, dir: b.dir, store: b.store}
	second.open()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		if s, _ := second.index.Status(ctx); strings.Contains(s.Reason, "另一个进程") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	_, err := second.index.Search(ctx, Query{Text: "缩松"})
	if refusal, ok := err.(*registry.Error); !ok || refusal.Kind != registry.Unavailable || !strings.Contains(refusal.Msg, "另一个进程") {
		t.Fatalf("got %v", err)
	}
	if got := first.answers(); !reflect.DeepEqual(got, want) {
		t.Error("the first was disturbed")
	}
	first.index.Close()
	second.sync()
	if got := second.answers(); !reflect.DeepEqual(got, want) {
		t.Error("the second does not take over")
	}
}

func firstDifference(got, want []Results) string {
	for i := range want {
		for j := range max(len(got[i].Hits), len(want[i].Hits)) {
			if j >= len(got[i].Hits) || j >= len(want[i].Hits) || !reflect.DeepEqual(got[i].Hits[j], want[i].Hits[j]) {
				return fmt.Sprintf("%q hit %d of %d, %d", probes[i].Text, j, got[i].Total, want[i].Total)
			}
		}
	}
	return "not in the hits"
}

func wipe(path string, then func() error) error {
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	return then()
}

// flip turns one bit of a file over.
func flip(path string, at int64) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[at%int64(len(b))] ^= 1 << (at % 8)
	return os.WriteFile(path, b, 0o600)
}
