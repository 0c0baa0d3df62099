package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"tepai/matcher"
	"tepai/registry"
	"tepai/registry/intake"
)

type scoreCommand struct {
	Pool  string `required:"" help:"集合文件夹：specialists.jsonl、needs.jsonl。" placeholder:"文件夹"`
	Pairs string `required:"" help:"每行一对：需求编号 TAB 特派员编号；“-”为标准输入。" placeholder:"文件"`
	Needs string `help:"用这个文件代替集合里的 needs.jsonl。" placeholder:"文件"`
}

// pair is a line of the pairs file.
type pair struct {
	line             int
	need, specialist string
}

func (c *scoreCommand) Run(a *app) error {
	pairs, err := a.readPairs(c.Pairs)
	if err != nil {
		return err
	}
	engine, files, err := a.collectionEngine(c.Pool, intake.CollectionOptions{Needs: c.Needs})
	if err != nil {
		return err
	}
	if err := checkPairs(pairs, files); err != nil {
		return err
	}
	scores, err := scorePairs(a.ctx, engine, pairs)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.printJSON(scored(pairs, scores))
	}
	for i, p := range pairs {
		fmt.Fprintf(a.stdout, "%s\t%s\t%s\n", p.need, p.specialist, scores[i])
	}
	return nil
}

// scorePairs asks the engine once for each need; the scores come in the order of the pairs.
func scorePairs(ctx context.Context, e *matcher.Engine, pairs []pair) ([]matcher.Points, error) {
	byNeed := map[string][]int{}
	var order []string
	for i, p := range pairs {
		if byNeed[p.need] == nil {
			order = append(order, p.need)
		}
		byNeed[p.need] = append(byNeed[p.need], i)
	}
	scores := make([]matcher.Points, len(pairs))
	for _, need := range order {
		of := byNeed[need]
		ids := make([]string, len(of))
		for k, i := range of {
			ids[k] = pairs[i].specialist
		}
		values, err := e.Scores(ctx, need, ids)
		if err != nil {
			return nil, err
		}
		for k, i := range of {
			scores[i] = values[k]
		}
	}
	return scores, nil
}

// scoredPair is what --json prints of a pair.
type scoredPair struct {
	Need       string         `json:"need"`
	Specialist string         `json:"specialist"`
	Score      matcher.Points `json:"score"`
}

func scored(pairs []pair, scores []matcher.Points) []scoredPair {
	list := []scoredPair{}
	for i, p := range pairs {
		list = append(list, scoredPair{p.need, p.specialist, scores[i]})
	}
	return list
}

// checkPairs refuses the first line that names somebody whom the collection does not have.
func checkPairs(pairs []pair, files intake.Collection) error {
	needs, specialists := map[string]bool{}, map[string]bool{}
	for _, n := range files.Needs {
		needs[n.ID] = true
	}
	for _, v := range files.Specialists {
		specialists[v.ID] = true
	}
	for _, p := range pairs {
		switch {
		case !needs[p.need]:
			return pairFault(registry.NotFound, p.line, "没有编号为 %s 的需求，请核对编号", registry.Shorten(p.need, 40))
		case !specialists[p.specialist]:
			return pairFault(registry.NotFound, p.line, "没有编号为 %s 的特派员，请核对编号", registry.Shorten(p.specialist, 40))
		}
	}
	return nil
}

func pairFault(kind registry.Kind, line int, format string, args ...any) error {
	return &registry.Error{Kind: kind, Msg: fmt.Sprintf("第 %d 行：", line) + fmt.Sprintf(format, args...)}
}

func (a *app) readPairs(path string) ([]pair, error) {
	in := a.stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("文件 %s 无法打开，请核对 --pairs（%v）", path, err)}
		}
		defer f.Close()
		in = f
	}
	var pairs []pair
	lines := bufio.NewScanner(in)
	n := 1
	for ; lines.Scan(); n++ {
		text := strings.TrimRight(strings.TrimPrefix(lines.Text(), "\ufeff"), "\r")
		if text == "" {
			continue
		}
		need, specialist, ok := strings.Cut(text, "\t")
		if !ok || need == "" || specialist == "" || strings.Contains(specialist, "\t") {
			return nil, pairFault(registry.Invalid, n, "应为“需求编号 TAB 特派员编号”，请改正")
		}
		pairs = append(pairs, pair{n, need, specialist})
	}
	if err := lines.Err(); err != nil {
		return nil, pairFault(registry.Invalid, n, "读不下去，请检查这一行是否过长（%v）", err)
	}
	if len(pairs) == 0 {
		return nil, &registry.Error{Kind: registry.Invalid, Msg: "没有一对可以打分：文件是空的，每行应为“需求编号 TAB 特派员编号”"}
	}
	return pairs, nil
}

// collectionEngine ranks a folder of files as it is, without a store.
func (a *app) collectionEngine(dir string, opt intake.CollectionOptions) (*matcher.Engine, intake.Collection, error) {
	files, err := intake.ReadCollection(dir, opt)
	if err != nil {
		return nil, files, err
	}
	words, err := a.segmenter()
	if err != nil {
		return nil, files, err
	}
	base, err := a.knowledgeBase()
	if err != nil {
		return nil, files, err
	}
	weights, err := a.rankingWeights()
	if err != nil {
		return nil, files, err
	}
	c := matcher.NewCollection(registry.Records{Specialists: files.Specialists, Needs: files.Needs})
	return matcher.New(c, c.Books(words), words, matcher.Options{Base: base, Weights: &weights}), files, nil
}
