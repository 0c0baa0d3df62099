package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"tepai/index"
	"tepai/registry"
)

type searchCommand struct {
	Words []string `arg:"" name:"检索词" help:"可用“短语”、领域:铸造、姓名拼音首字母 wxj；-排除词之前先写 --，如 tepai search -- 铸造 -铝。"`
	Kind  string   `help:"只看一类：specialists、enterprises、needs；缺省为全部（all）。" enum:"specialists,enterprises,needs,all" default:"all" placeholder:"类别"`
	Limit int      `help:"最多列出几条。" default:"20"`
}

// found is what --json prints.
type found struct {
	Total   int      `json:"total"`
	Hits    []hit    `json:"hits"`
	Relaxed bool     `json:"relaxed"`
	Notes   []string `json:"notes"`
	Next    string   `json:"next,omitempty"`
}

type hit struct {
	Kind  string  `json:"kind"`
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Score float64 `json:"score"`
	Marks []mark  `json:"marks"`
}

// mark is a text in which words of the search stand, at the byte ranges of spans.
type mark struct {
	Field string   `json:"field"`
	Item  int      `json:"item,omitempty"`
	Text  string   `json:"text"`
	Spans [][2]int `json:"spans"`
}

func marksOf(list []index.Mark) []mark {
	marks := []mark{}
	for _, m := range list {
		out := mark{Field: m.Field, Item: m.Item, Text: m.Text, Spans: [][2]int{}}
		for _, s := range m.Spans {
			out.Spans = append(out.Spans, [2]int{s.Start, s.End})
		}
		marks = append(marks, out)
	}
	return marks
}

func (c *searchCommand) Run(a *app) error {
	if c.Limit < 1 || c.Limit > index.MostResults {
		return usageError(fmt.Sprintf("--limit 应在 1 到 %d 之间", index.MostResults))
	}
	return a.withHouse(func(ctx context.Context, h *house) error {
		q := index.Query{Text: strings.Join(c.Words, " "), Limit: c.Limit, Marks: true}
		if kind, ok := recordKinds[c.Kind]; ok {
			q.Kinds = []registry.RecordKind{kind}
		}
		if err := h.index.Sync(ctx, h.before.head.Seq); err != nil {
			return err
		}
		results, err := h.index.Search(ctx, q)
		if err != nil {
			return err
		}
		list, err := h.named(ctx, results)
		if err != nil {
			return err
		}
		return a.print(list, func(w io.Writer) { printFound(w, list) })
	})
}

// named looks the hits' names up; a record that is gone since keeps its id alone.
func (h *house) named(ctx context.Context, r index.Results) (found, error) {
	list := found{Total: r.Total, Hits: []hit{}, Relaxed: r.Relaxed, Notes: append([]string{}, r.Notes...), Next: r.Next}
	for _, x := range r.Hits {
		name, err := h.name(ctx, x.Kind, x.ID)
		if err != nil {
			return list, err
		}
		list.Hits = append(list.Hits, hit{string(x.Kind), x.ID, name, x.Score, marksOf(x.Marks)})
	}
	return list, nil
}

func (h *house) name(ctx context.Context, kind registry.RecordKind, id string) (string, error) {
	switch kind {
	case registry.KindSpecialist:
		v, err := h.store.Specialist(ctx, id)
		return strings.TrimSpace(v.Name + " " + v.Title), err
	case registry.KindEnterprise:
		v, err := h.store.Enterprise(ctx, id)
		return v.Name, err
	}
	v, err := h.store.Need(ctx, id)
	return v.Title, err
}

// called gives id and name of the records of a kind; of one that is gone since, the id alone.
func (h *house) called(ctx context.Context, kind registry.RecordKind) func(id string) string {
	return func(id string) string {
		name, err := h.name(ctx, kind, id)
		if err != nil {
			return id
		}
		return spaced(id, name)
	}
}

func printFound(w io.Writer, f found) {
	for _, note := range f.Notes {
		fmt.Fprintf(w, "提示：%s\n", note)
	}
	if f.Relaxed {
		fmt.Fprintln(w, "没有同时含有全部检索词的记录，以下含有其中一部分：")
	}
	for _, h := range f.Hits {
		fmt.Fprintf(w, "%s %s\n", registry.RecordKind(h.Kind), spaced(h.ID, h.Name))
	}
	fmt.Fprintf(w, "共 %d 条\n", f.Total)
}
