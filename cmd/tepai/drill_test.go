package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tepai/index"
	"tepai/matcher"
	"tepai/registry"
)

// drillRounds is how often a process is killed: five times in a normal run, sixty in a drill (TEPAI_DRILL=1).
func drillRounds() int {
	if os.Getenv("TEPAI_DRILL") != "" {
		return 60
	}
	return 5
}

// drillSeed is TEPAI_DRILL_SEED, or the time; the test logs it.
func drillSeed() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("TEPAI_DRILL_SEED"), 10, 64); err == nil {
		return n
	}
	return uint64(time.Now().UnixNano()) % 1_000_000
}

// A process killed by SIGKILL at any moment of an import, or while the index follows, has lost nothing that it acknowledged, and
// the next start finds store and index whole and in step.
func TestKillNine(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	seed := drillSeed()
	rng := rand.New(rand.NewPCG(seed, 9))
	d := &drill{t: t, data: filepath.Join(t.TempDir(), "data"), acknowledged: map[string]int{}}
	defer func() {
		t.Logf("seed %d: %d kills, %d of them before the first acknowledgement, %d acknowledgements, %d records, %d changes",
			seed, d.kills, d.early, d.acks, d.records, d.head.Seq)
	}()
	for round := range drillRounds() {
		mode := drillModes[round%len(drillModes)]
		after := time.Duration(rng.IntN(250_000)) * time.Microsecond
		fromStart := rng.IntN(3) == 0
		if fromStart {
			after /= 4 // the first acknowledgement comes after some 30 ms
		}
		d.killOne(mode, rng.Uint64()%1_000_000, after, fromStart)
		d.look()
		if t.Failed() {
			t.Fatalf("round %d, mode %s, killed after %s", round, mode, after)
		}
	}
}

type drill struct {
	t                  *testing.T
	data               string
	acknowledged       map[string]int // id → the newest revision that was acknowledged
	head               registry.Head
	records            int
	kills, early, acks int
}

// killOne starts a writer and kills it some time after its start or after its first acknowledgement.
func (d *drill) killOne(mode string, seed uint64, after time.Duration, fromStart bool) {
	cmd := child("drill", d.data, mode, fmt.Sprint(seed), fmt.Sprint(d.records), fmt.Sprint(d.head.Seq))
	cmd.Dir = d.t.TempDir()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	kill := func() { cmd.Process.Kill() }
	if fromStart {
		time.AfterFunc(after, kill)
	}
	acks := 0
	for lines := bufio.NewReader(out); ; acks++ {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // a line without its end is no acknowledgement
		}
		if strings.HasPrefix(line, "error") {
			d.t.Fatal(line, stderr.String())
		}
		d.acknowledge(line)
		if acks == 0 && !fromStart {
			time.AfterFunc(after, kill)
		}
	}
	if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
		d.t.Fatalf("the writer was not killed: %v\n%s", err, stderr.String())
	}
	d.kills++
	d.acks += acks
	if acks == 0 {
		d.early++
	}
}

// acknowledge takes a line of id=revision.
func (d *drill) acknowledge(line string) {
	for _, pair := range strings.Fields(line) {
		id, revision, _ := strings.Cut(pair, "=")
		n, err := strconv.Atoi(revision)
		if err != nil {
			d.t.Fatal(line)
		}
		d.acknowledged[id] = max(d.acknowledged[id], n)
	}
}

// look opens what the killed process left and compares everything with everything.
func (d *drill) look() {
	t := d.t
	if _, err := os.Stat(filepath.Join(d.data, registry.FileName)); err != nil {
		if len(d.acknowledged) > 0 {
			t.Error("the store is gone")
		}
		return // killed before there was one
	}
	checkStore(t, d.data)
	var stderr bytes.Buffer
	a := &app{settings: settings{Data: d.data}, ctx: context.Background(), stdout: bufio.NewWriter(io.Discard), stderr: &stderr, log: slog.New(slog.DiscardHandler)}
	h, err := a.openHouse()
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	specialists, err := h.store.Specialists(a.ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	needs, err := h.store.Needs(a.ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	d.head, d.records = h.before.head, len(specialists)
	d.nothingLost(specialists)
	d.rankingInStep(h, specialists, needs)
	d.searchInStep(h, specialists, len(needs))
	if strings.Contains(stderr.String(), "损坏") {
		t.Error(stderr.String())
	}
	if aside, _ := filepath.Glob(d.data + "/index/search.damaged-*"); len(aside) > 0 {
		t.Errorf("set aside: %v", aside)
	}
}

func (d *drill) nothingLost(specialists []registry.Specialist) {
	there := map[string]int{}
	for _, v := range specialists {
		revision, err := strconv.Atoi(v.Achievements)
		if err != nil {
			d.t.Fatalf("%s: %v", v.ID, err)
		}
		there[v.ID] = revision
	}
	for id, revision := range d.acknowledged {
		if now, ok := there[id]; !ok || now < revision {
			d.t.Fatalf("%s of revision %d was acknowledged, the store has %d (%v)", id, revision, now, ok)
		}
	}
}

// rankingInStep compares the postings with ones built anew from the records, and a ranking on both.
func (d *drill) rankingInStep(h *house, specialists []registry.Specialist, needs []registry.Need) {
	fresh := matcher.NewCollection(registry.Records{Specialists: specialists, Needs: needs}).Books(h.words)
	mine, other := h.index.Books().Specialists.View(), fresh.Specialists.View()
	if mine.Docs() != len(specialists) || !slices.Equal(mine.IDs(), other.IDs()) {
		d.t.Errorf("postings hold %d of %d specialists", mine.Docs(), len(specialists))
	}
	if n := h.index.Books().Needs.View().Docs(); n != len(needs) {
		d.t.Errorf("postings hold %d of %d needs", n, len(needs))
	}
	for _, word := range drillWords {
		if a, b := mine.Frequency(word), other.Frequency(word); a != b {
			d.t.Errorf("%s stands in %d documents of the postings, built anew in %d", word, a, b)
		}
	}
	if d.ranking(h, h.index.Books()) != d.ranking(h, fresh) {
		d.t.Error("postings built anew give another ranking")
	}
}

func (d *drill) ranking(h *house, books index.Books) string {
	r, err := matcher.New(h.store, books, h.words, matcher.Options{}).RankText(context.Background(), "球墨铸铁缩松，连翘根腐病", matcher.RankOptions{Limit: 20})
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// searchInStep compares bleve's cursor, its documents and its document frequencies with the records.
func (d *drill) searchInStep(h *house, specialists []registry.Specialist, needs int) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := h.index.Sync(ctx, d.head.Seq); err != nil {
		d.t.Fatal(err)
	}
	if s, err := h.index.Status(ctx); err != nil || s.Cursor != d.head.Seq || s.Head != d.head.Seq || !s.Ready {
		d.t.Errorf("%+v %v", s, err)
	}
	total := func(q index.Query) int {
		r, err := h.index.Search(ctx, q)
		if err != nil {
			d.t.Fatal(err)
		}
		return r.Total
	}
	if n := total(index.Query{}); n != len(specialists)+needs {
		d.t.Errorf("%d documents for %d records", n, len(specialists)+needs)
	}
	for _, word := range drillWords {
		holding := 0
		for _, v := range specialists {
			if strings.Contains(v.Expertise, word) {
				holding++
			}
		}
		if n := total(index.Query{Text: word, Kinds: []registry.RecordKind{registry.KindSpecialist}}); n != holding {
			d.t.Errorf("search finds %s %d times, it stands in %d records", word, n, holding)
		}
	}
}
