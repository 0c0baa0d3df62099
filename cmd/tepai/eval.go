package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"tepai/matcher"
	"tepai/matcher/judge"
	"tepai/registry"
	"tepai/registry/intake"
	"tepai/segment/knowledge"
)

type evalCommand struct {
	Pool     string `required:"" help:"集合文件夹：specialists.jsonl、needs.jsonl、qrels.tsv。" placeholder:"文件夹"`
	Needs    string `help:"用这个文件代替集合里的 needs.jsonl。" placeholder:"文件"`
	Qrels    string `help:"用这个文件代替集合里的 qrels.tsv。" placeholder:"文件"`
	RunFile  string `name:"run" help:"把整个排序写成 TREC 六列文件。" placeholder:"文件"`
	Against  string `help:"与已存的 TREC 文件成对比较。" placeholder:"文件"`
	Ablation bool   `help:"逐步加上各个来源：词、字对、领域与行业，再是研判的各条路：提到的概念、上下位、规则。"`
	Fits     bool   `help:"加测“暂无合适人选”的判断。"`
	Similar  bool   `help:"加测“相似需求的研判”：每条需求当作没有研判，由别的需求出借；--needs 要带研判，题目见 topics.tsv。"`
	Worst    int    `help:"列出最差的几条需求（只列编号）。" placeholder:"几条"`
}

// evalReport is what --json prints.
type evalReport struct {
	judge.Report
	Versions matcher.Versions      `json:"versions"`
	Ablation []ablation            `json:"ablation,omitempty"`
	Fits     *matcher.FitStudy     `json:"fits,omitempty"`
	Similar  *matcher.LendingStudy `json:"similar,omitempty"`
	Worst    []worstNeed           `json:"worst,omitempty"`
}

type ablation struct {
	With string `json:"with"`
	judge.Report
}

type worstNeed struct {
	ID         string  `json:"id"`
	Difficulty string  `json:"difficulty"`
	NDCG10     float64 `json:"ndcg10"`
}

func (c *evalCommand) Run(a *app) error {
	engine, files, err := a.collectionEngine(c.Pool, intake.CollectionOptions{Needs: c.Needs, Qrels: c.Qrels})
	if err != nil {
		return err
	}
	judged, err := judgedNeeds(files)
	if err != nil {
		return err
	}
	against, err := readRun(c.Against)
	if err != nil {
		return err
	}
	run, versions, err := runAll(a.ctx, engine, files.Needs, matcher.Without{})
	if err != nil {
		return err
	}
	if err := writeRun(c.RunFile, run); err != nil {
		return err
	}
	report := evalReport{Report: judge.Compare(run, against, judged), Versions: versions, Worst: worst(run, judged, c.Worst)}
	if c.Ablation {
		if report.Ablation, err = ablate(a.ctx, engine, files.Needs, judged); err != nil {
			return err
		}
	}
	if c.Fits {
		study, err := engine.StudyFits(a.ctx, judged)
		if err != nil {
			return err
		}
		report.Fits = &study
	}
	if c.Similar {
		if report.Similar, err = studyLending(a.ctx, engine, files, judged); err != nil {
			return err
		}
	}
	return a.print(report, func(w io.Writer) { printReport(w, report) })
}

func judgedNeeds(files intake.Collection) ([]judge.Judged, error) {
	grades := map[string]judge.Grades{}
	for _, j := range files.Judgements {
		if grades[j.Need] == nil {
			grades[j.Need] = judge.Grades{}
		}
		grades[j.Need][j.Specialist] = j.Grade
	}
	var judged []judge.Judged
	graded := 0
	for _, n := range files.Needs {
		judged = append(judged, judge.Judged{ID: n.ID, Difficulty: n.Difficulty, Grades: grades[n.ID]})
		graded += len(grades[n.ID])
	}
	if graded == 0 {
		return nil, &registry.Error{Kind: registry.Invalid, Msg: "没有一条评判与这些需求对得上，请核对 qrels.tsv（需求 TAB 特派员 TAB 等级 0–3）"}
	}
	return judged, nil
}

// runAll ranks the whole pool for every need, rules off.
func runAll(ctx context.Context, e *matcher.Engine, needs []registry.Need, without matcher.Without) (judge.Run, matcher.Versions, error) {
	run := judge.Run{}
	var versions matcher.Versions
	for _, n := range needs {
		r, err := e.Rank(ctx, n.ID, matcher.RankOptions{Limit: -1, NoRules: true, NoReason: true, Without: without})
		if err != nil {
			return nil, versions, err
		}
		versions = r.Versions
		for _, x := range r.Results {
			run[n.ID] = append(run[n.ID], judge.Ranked{ID: x.ID, Score: int64(x.Score)})
		}
	}
	return run, versions, nil
}

// ablate adds one source after another, the last step being the whole engine. Past needs are a step where any could lend.
func ablate(ctx context.Context, e *matcher.Engine, needs []registry.Need, judged []judge.Judged) ([]ablation, error) {
	type source struct {
		with    string
		without matcher.Without
	}
	sources := []source{
		{"词", matcher.Without{Bigrams: true, Fields: true, Routes: knowledge.AllRoutes}},
		{"+ 字对", matcher.Without{Fields: true, Routes: knowledge.AllRoutes}},
		{"+ 领域与行业", matcher.Without{Routes: knowledge.AllRoutes}},
		{"+ 提到的概念", matcher.Without{Routes: knowledge.RoutesOf(knowledge.Broader, knowledge.Narrower, knowledge.Rule, knowledge.Likeness)}},
		{"+ 上下位", matcher.Without{Routes: knowledge.RoutesOf(knowledge.Rule, knowledge.Likeness)}},
		{"+ 规则", matcher.Without{Routes: knowledge.RoutesOf(knowledge.Likeness)}},
	}
	if slices.ContainsFunc(needs, registry.Need.Diagnosed) {
		sources = append(sources, source{"+ 相似需求", matcher.Without{}})
	}
	var steps []ablation
	for _, step := range sources {
		run, _, err := runAll(ctx, e, needs, step.without)
		if err != nil {
			return nil, err
		}
		steps = append(steps, ablation{step.with, judge.Compare(run, nil, judged)})
	}
	return steps, nil
}

func worst(run judge.Run, judged []judge.Judged, n int) []worstNeed {
	var list []worstNeed
	for _, id := range judge.Worst(run, judged, n) {
		for _, j := range judged {
			if j.ID == id {
				list = append(list, worstNeed{id, j.Difficulty, judge.NDCG(judge.IDs(run[id]), j.Grades, 10)})
			}
		}
	}
	return list
}

func readRun(path string) (judge.Run, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("文件 %s 无法打开，请核对 --against（%v）", path, err)}
	}
	defer f.Close()
	run, err := judge.ReadRun(f)
	if err != nil {
		return nil, &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("%s %v", path, err)}
	}
	return run, nil
}

func writeRun(path string, run judge.Run) error {
	if path == "" {
		return nil
	}
	var file bytes.Buffer
	if err := judge.WriteRun(&file, run, "tepai"); err != nil {
		return err
	}
	if err := replaceFile(path, file.Bytes()); err != nil {
		return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("文件 %s 无法写入，请核对 --run 的路径和权限（%v）", path, err)}
	}
	return nil
}

// replaceFile writes a file under another name and renames it, so that nobody ever finds half of it.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func printReport(w io.Writer, r evalReport) {
	printGroups(w, "", r.Report)
	for _, step := range r.Ablation {
		printGroups(w, step.With, step.Report)
	}
	if f := r.Fits; f != nil {
		fmt.Fprintf(w, "\n暂无合适人选：有专家的 %.1f%% 判为有，拿走专家后 %.1f%% 判为无；单一门槛最好为 %s（%.1f%%、%.1f%%）\n",
			100*f.Kept, 100*f.Refused, f.Best, 100*f.AtBest, 100*f.OutBest)
	}
	if r.Similar != nil {
		printLending(w, r.Similar)
	}
	for _, n := range r.Worst {
		fmt.Fprintf(w, "最差 %s %s %.4f\n", n.ID, n.Difficulty, n.NDCG10)
	}
}

func printGroups(w io.Writer, with string, r judge.Report) {
	if with != "" {
		fmt.Fprintf(w, "\n%s\n", with)
	}
	fmt.Fprintln(w, "          n  nDCG@10  95% 区间          MAP     MRR     P@5     R@20    R@50")
	for _, g := range groups(r) {
		fmt.Fprintf(w, "%-9s%3d  %.4f   [%.4f, %.4f]  %.4f  %.4f  %.4f  %.4f  %.4f\n",
			g.name, g.N, g.NDCG10, g.CI[0], g.CI[1], g.MAP, g.MRR, g.P5, g.Recall20, g.Recall50)
		if v := g.Against; v != nil {
			fmt.Fprintf(w, "             对照 %.4f，相差 %+.4f [%+.4f, %+.4f]\n", v.NDCG10, v.Diff, v.CI[0], v.CI[1])
		}
	}
}

// namedGroup is a line of a report.
type namedGroup struct {
	name string
	*judge.Group
}

// groups are the lines that a report has, all needs first.
func groups(r judge.Report) []namedGroup {
	all := []namedGroup{{"all", r.All}, {"easy", r.Easy}, {"mismatch", r.Mismatch}, {"hard", r.Hard}}
	return slices.DeleteFunc(all, func(g namedGroup) bool { return g.Group == nil })
}
