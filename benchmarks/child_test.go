package benchmarks

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"tepai/benchmarks/pool"
	"tepai/index"
	"tepai/index/postings"
	"tepai/matcher"
	"tepai/registry"
)

// Memory and restarts are measured in a process of their own, so that the benchmark's own records do not count: the
// test program starts itself with this variable set to a child in JSON.
const childKey = "TEPAI_BENCH_CHILD"

// child says what the process is to do: restart on a data folder, build a pool's postings and save them to Snapshot,
// or load Snapshot.
type child struct {
	Restart  string
	Build    int
	Snapshot string
}

// findings are what it prints.
type findings struct {
	RankingMS, SearchMS float64 // from the process's first step to the first ranking, and to the first search
	BuildMS, LoadMS     float64
	Postings            float64
	SnapshotMB          float64
	RSS, Peak           float64 // MB, after a garbage collection; 0 where the system does not tell
	Snapshot            string
}

func runChild(b *testing.B, c child) findings {
	b.Helper()
	task, err := json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(os.Environ(), childKey+"="+string(task))
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var f findings
	_, line, _ := bytes.Cut(out, []byte("findings: "))
	line, _, _ = bytes.Cut(line, []byte("\n"))
	if err := json.Unmarshal(line, &f); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return f
}

// TestChild is that process.
func TestChild(t *testing.T) {
	var c child
	if err := json.Unmarshal([]byte(os.Getenv(childKey)), &c); err != nil {
		t.Skip("runs inside benchmarks")
	}
	f := findings{Snapshot: c.Snapshot}
	switch {
	case c.Restart != "":
		defer restart(t, c.Restart, &f)()
	case c.Build > 0:
		build(t, c, &f)
	default:
		defer runtime.KeepAlive(load(t, c.Snapshot, &f))
	}
	runtime.GC()
	debug.FreeOSMemory()
	f.RSS, f.Peak = memory("VmRSS"), memory("VmHWM")
	line, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("findings: " + string(line) + "\n")
}

// restart opens everything that a serving process opens; the result closes it.
func restart(t *testing.T, dir string, f *findings) func() {
	ctx, start := context.Background(), time.Now()
	words := segmenter(t)
	store, err := registry.Open(dir, registry.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(ctx, filepath.Join(dir, "index"), store, words, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	head, err := store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.SyncRanking(ctx, head.Seq); err != nil {
		t.Fatal(err)
	}
	engine := matcher.New(store, x.Books(), words, matcher.Options{Now: today})
	if _, err := engine.RankText(ctx, "球铁阀体试压渗漏，补焊也没用", matcher.RankOptions{Limit: 20}); err != nil {
		t.Fatal(err)
	}
	f.RankingMS = time.Since(start).Seconds() * 1000
	if _, err := x.Search(ctx, index.Query{Text: "铸造"}); err != nil {
		t.Fatal(err)
	}
	f.SearchMS = time.Since(start).Seconds() * 1000
	return func() { x.Close(); store.Close() }
}

func build(t *testing.T, c child, f *findings) {
	a := index.NewAnalyser(segmenter(t))
	start := time.Now()
	view := fill(pool.Specialists(seed, c.Build), a.Specialist).View()
	f.BuildMS, f.Postings = time.Since(start).Seconds()*1000, float64(view.Postings())
	file, err := os.Create(c.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	if err := postings.Save(out, view, postings.Stamp{}); err != nil {
		t.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if info, err := file.Stat(); err == nil {
		f.SnapshotMB = float64(info.Size()) / 1e6
	}
	file.Close()
}

func load(t *testing.T, snapshot string, f *findings) *postings.Book {
	start := time.Now()
	data, err := os.ReadFile(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	book, _, err := postings.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	f.LoadMS = time.Since(start).Seconds() * 1000
	return book
}

// memory reads a line of the process's status on Linux, in MB.
func memory(key string) float64 {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 1 && words[0] == key+":" {
			kb, _ := strconv.ParseFloat(words[1], 64)
			return kb / 1000
		}
	}
	return 0
}
