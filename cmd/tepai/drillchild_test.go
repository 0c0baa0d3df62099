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
	"strconv"
	"strings"

	"tepai/registry"
)

// What a process of the drill does until it is killed: import small files, one run of the program after the other; the same with a
// match after each, so that index files are written and closed; write batches while the index follows; import large files; build
// the index anew.
var drillModes = []string{"import", "match", "follow", "bulk", "reindex"}

// drillPool is how many specialists there are at most; then all batches are updates.
const drillPool = 5000

var drillWords = strings.Fields("球墨铸铁 缩松 气孔 树脂砂 连翘 党参 根腐病 瓦斯 巷道 支护 热处理 渗碳 机器视觉 除尘")

// drillWriter makes records whose revisions grow, new ones and newer forms of old ones.
type drillWriter struct {
	rng      *rand.Rand
	data     string
	n        int // specialists so far
	revision int
}

// drillChild works until it is killed. Arguments: folder, mode, seed, specialists so far, changes so far.
func drillChild(args []string) {
	var numbers [3]int
	for i, text := range args[2:] {
		numbers[i], _ = strconv.Atoi(text)
	}
	w := &drillWriter{rand.New(rand.NewPCG(uint64(numbers[0]), 1)), args[0], numbers[1], numbers[2]}
	work := map[string]func() error{"import": w.importFile, "match": w.importAndMatch, "follow": w.follow, "bulk": w.importBulk, "reindex": w.importAndReindex}[args[1]]
	for {
		if err := work(); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
}

func (w *drillWriter) batch(most int) (list []registry.Specialist, ack string) {
	var line []string
	taken := map[string]bool{}
	for range 1 + w.rng.IntN(most) {
		number := w.n
		if w.n >= drillPool || w.n > 0 && w.rng.IntN(3) == 0 {
			number = w.rng.IntN(w.n)
		} else {
			w.n++
		}
		id := fmt.Sprintf("S%06d", number)
		if taken[id] {
			continue
		}
		taken[id] = true
		w.revision++
		list = append(list, registry.Specialist{ID: id, Expertise: "从事" + w.words() + "方面的研究", Achievements: strconv.Itoa(w.revision)})
		line = append(line, fmt.Sprintf("%s=%d", id, w.revision))
	}
	return list, strings.Join(line, " ")
}

func (w *drillWriter) words() string {
	var some []string
	for _, i := range w.rng.Perm(len(drillWords))[:4] {
		some = append(some, drillWords[i])
	}
	return strings.Join(some, "、")
}

// importFile runs tepai import and acknowledges what it has ended well with.
func (w *drillWriter) importFile() error { return w.importSome(20) }

func (w *drillWriter) importBulk() error { return w.importSome(1500) }

func (w *drillWriter) importSome(most int) error {
	list, ack := w.batch(most)
	var content bytes.Buffer
	for _, v := range list {
		if err := json.NewEncoder(&content).Encode(v); err != nil {
			return err
		}
	}
	if err := os.WriteFile("batch.jsonl", content.Bytes(), 0o600); err != nil {
		return err
	}
	if err := w.tepai("import", "specialists", "batch.jsonl", "--update"); err != nil {
		return err
	}
	fmt.Println(ack)
	return nil
}

func (w *drillWriter) importAndMatch() error {
	if err := w.importFile(); err != nil {
		return err
	}
	return w.tepai("match", "--text", "球墨铸铁缩松")
}

func (w *drillWriter) importAndReindex() error {
	if err := w.importFile(); err != nil {
		return err
	}
	return w.tepai("reindex")
}

func (w *drillWriter) tepai(args ...string) error {
	var stderr bytes.Buffer
	if code := Run(context.Background(), append(args, "--data", w.data), nil, io.Discard, &stderr); code != done {
		return fmt.Errorf("tepai %s: exit %d: %s", strings.Join(args, " "), code, stderr.String())
	}
	return nil
}

// follow opens the house and writes twenty batches while the shadows follow, each acknowledged when its commit has returned.
func (w *drillWriter) follow() error {
	if err := w.importFile(); err != nil {
		return err
	}
	a := &app{settings: settings{Data: w.data}, ctx: context.Background(), stdout: bufio.NewWriter(io.Discard), stderr: io.Discard, log: slog.New(slog.DiscardHandler)}
	return a.withHouse(func(ctx context.Context, h *house) error {
		for range 20 {
			list, ack := w.batch(20)
			need := registry.Need{ID: fmt.Sprintf("N%06d", w.revision), Title: w.words()}
			report, err := h.store.PutAll(ctx, registry.Actor{ID: "drill"}, registry.Records{Specialists: list, Needs: []registry.Need{need}}, registry.PutOptions{Update: true})
			if err != nil {
				return err
			}
			fmt.Println(ack)
			if w.rng.IntN(3) == 0 {
				if err := h.index.Sync(ctx, report.Head.Seq); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
