package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"tepai/matcher"
	"tepai/matcher/judge"
	"tepai/matcher/learn"
	"tepai/registry/intake"
)

type learnCommand struct {
	Pool      string `required:"" help:"集合文件夹：specialists.jsonl、needs.jsonl、qrels.tsv；topics.tsv（需求 TAB 主题，可有几行）可有可无。" placeholder:"文件夹"`
	Folds     int    `help:"分成几份轮流留出；同一主题不会既学又考。" default:"5" placeholder:"几份"`
	Out       string `help:"新的权重写到哪个文件。" default:"weights.yaml" placeholder:"文件"`
	Overwrite bool   `help:"文件已经有了也覆盖。"`
}

// learning is what --json prints.
type learning struct {
	learn.Study
	Weights string   `json:"weights"` // the version at the start
	Written *written `json:"written"` // null where no new version was written
	Why     string   `json:"why"`     // in words for a person
}

// written is a new version: what it reaches on the needs that it was fitted on says little about others.
type written struct {
	File    string       `json:"file"`
	Version string       `json:"version"`
	Moves   []learn.Move `json:"moves"`
	Before  float64      `json:"before"` // mean nDCG@10 over all needs, which the last fit has seen
	After   float64      `json:"after"`
}

func (c *learnCommand) Run(a *app) error {
	if _, err := os.Stat(c.Out); err == nil && !c.Overwrite {
		return conflict("文件 %s 已经有了，请用 --out 换一个名字，或加 --overwrite 覆盖", c.Out)
	}
	engine, files, err := a.collectionEngine(c.Pool, intake.CollectionOptions{})
	if err != nil {
		return err
	}
	judged, err := judgedNeeds(files)
	if err != nil {
		return err
	}
	needs := withTopics(judged, files.Topics)
	bench := learn.NewBench(learn.Rankings(engine, judged))
	result := learning{Weights: engine.Weights().Version}
	if result.Study, err = bench.CrossValidate(a.ctx, engine.Weights(), needs, c.Folds); err != nil {
		return err
	}
	if err := c.conclude(a, bench, engine.Weights(), needs, &result); err != nil {
		return err
	}
	return a.print(result, func(w io.Writer) { printLearning(w, result) })
}

// topicsOf gives the topics of each need: topics.tsv has a row for each, the main one first.
func topicsOf(rows []intake.Topic) map[string][]string {
	of := map[string][]string{}
	for _, t := range rows {
		of[t.ID] = append(of[t.ID], slices.DeleteFunc(slices.Clone(t.Columns), func(s string) bool { return s == "" })...)
	}
	return of
}

// withTopics gives the needs that have grades their topics.
func withTopics(judged []judge.Judged, topics []intake.Topic) []learn.Need {
	of := topicsOf(topics)
	var needs []learn.Need
	for _, n := range judged {
		if len(n.Grades) > 0 {
			needs = append(needs, learn.Need{ID: n.ID, Topics: of[n.ID]})
		}
	}
	return needs
}

// conclude fits on all needs and writes the new version, if the study says that learning helps.
func (c *learnCommand) conclude(a *app, bench *learn.Bench, from matcher.Weights, needs []learn.Need, result *learning) error {
	if !result.Rises() {
		result.Why = fmt.Sprintf("没有见过的需求上没有提高（至少要 %+.4f）", learn.MinGain)
		return nil
	}
	fitted, err := bench.Fit(a.ctx, from, needs)
	if err != nil {
		return err
	}
	if fitted == from {
		result.Why = "用全部需求再学一遍，没有一个权重值得动"
		return nil
	}
	result.Why = "没有见过的需求上有提高"
	if result.CI[0] <= 0 {
		result.Why += "，但区间含 0：换一批需求，这点提高可能就没有了"
	}
	fresh := written{File: c.Out, Version: fitted.Sealed().Version, Moves: learn.Moves(from, fitted)}
	if fresh.Before, err = bench.Mean(a.ctx, from, needs); err != nil {
		return err
	}
	if fresh.After, err = bench.Mean(a.ctx, fitted, needs); err != nil {
		return err
	}
	if err := replaceFile(c.Out, formatWeights(fitted.Sealed(), heldOut(result.Study))); err != nil {
		return unwritable(c.Out, err)
	}
	result.Written = &fresh
	return nil
}

func printLearning(w io.Writer, l learning) {
	fmt.Fprintf(w, "权重 %s；%d 条评判过的需求，%d 个主题，分成 %d 份轮流留出：用与留出的没有共同主题的需求学，再用留出的衡量（nDCG@10）：\n", l.Weights, l.Needs, l.Topics, len(l.Folds))
	for i, f := range l.Folds {
		fmt.Fprintf(w, "第 %d 份  %d 条需求，%d 个主题，用 %d 条学  %.4f → %.4f  %s\n", i+1, len(f.Needs), len(f.Topics), f.Seen, f.Before, f.After, moved(f.Moves))
	}
	fmt.Fprintf(w, "没有见过的需求  %s\n", heldOut(l.Study))
	if l.Written == nil {
		fmt.Fprintf(w, "没有写出新的权重：%s。权重 %s 继续使用\n", l.Why, l.Weights)
		return
	}
	fmt.Fprintf(w, "%s。用全部需求学得 %s（%.4f → %.4f，这些需求都见过）\n", l.Why, moved(l.Written.Moves), l.Written.Before, l.Written.After)
	fmt.Fprintf(w, "已写出 %s，版本 %s；采用与否由人决定：加 --weights %s。先用 tepai eval --pool 集合 --fits --weights %s 看看门槛是否还合适\n",
		l.Written.File, l.Written.Version, l.Written.File, l.Written.File)
}

func heldOut(s learn.Study) string {
	return fmt.Sprintf("%.4f → %.4f，相差 %+.4f [%+.4f, %+.4f]（%d 条，95%%，成对自助法）", s.Before, s.After, s.Diff, s.CI[0], s.CI[1], s.Needs)
}

func moved(moves []learn.Move) string {
	if len(moves) == 0 {
		return "没有动"
	}
	var said []string
	for _, m := range moves {
		said = append(said, fmt.Sprintf("%s %g → %g", m.Name, m.From, m.To))
	}
	return strings.Join(said, "，")
}
