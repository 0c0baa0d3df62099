package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"tepai/registry"
)

// CollectionOptions of ReadCollection. The zero value reads the folder's own files.
type CollectionOptions struct {
	Needs   string // another file of needs; a path as given, not relative to the folder
	Qrels   string // another file of judgements, likewise
	NoNeeds bool   // the needs are not wanted: a pool alone
}

// Collection is a pool with needs and, where it is a judged one, the judgements.
type Collection struct {
	Specialists []registry.Specialist // in the order of the file, as all lists here
	Needs       []registry.Need
	Judgements  []Judgement // empty without a file of judgements
	Topics      []Topic     // empty without topics.tsv
}

// Judgement says how well a specialist fits a need: 0 not at all, 3 exactly.
type Judgement struct {
	Need, Specialist string
	Grade            int
}

// Topic is a row of topics.tsv: an id and the other columns as they stand.
type Topic struct {
	ID      string
	Columns []string
}

// ReadCollection reads specialists.jsonl, needs.jsonl and, where they exist, qrels.tsv and topics.tsv of a folder. Of
// the records only ids and texts are checked: a value that the registry would refuse is "not stated", an industry stays
// as it is written. A judgement may name needs and specialists that are not there. All faults of a file make one
// *registry.Error of kind Invalid; so do a missing file and an empty pool.
func ReadCollection(dir string, options CollectionOptions) (Collection, error) {
	var c Collection
	pool, err := readLenient(filepath.Join(dir, "specialists.jsonl"), registry.KindSpecialist, "特派员")
	if err != nil {
		return c, err
	}
	c.Specialists = values(pool.Specialists)
	if !options.NoNeeds {
		needs, err := readLenient(orDefault(options.Needs, dir, "needs.jsonl"), registry.KindNeed, "需求")
		if err != nil {
			return c, err
		}
		c.Needs = values(needs.Needs)
	}
	if c.Judgements, err = readOptional(orDefault(options.Qrels, dir, "qrels.tsv"), options.Qrels != "", parseJudgements); err != nil {
		return c, err
	}
	c.Topics, err = readOptional(filepath.Join(dir, "topics.tsv"), false, parseTopics)
	return c, err
}

func orDefault(path, dir, name string) string {
	if path != "" {
		return path
	}
	return filepath.Join(dir, name)
}

func readLenient(path string, kind registry.RecordKind, what string) (b Batch, err error) {
	f, err := openFile(path, what+"文件")
	if err != nil {
		return b, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return b, fmt.Errorf("intake: %w", err)
	}
	if info.Size() == 0 {
		return b, refuse("%s 是空的，没有一名%s可用，请核对文件", path, what)
	}
	if b, err = Read(f, path, kind, Options{lenient: true}); err != nil {
		return b, err
	}
	return b, b.Err()
}

func openFile(path, what string) (*os.File, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("找不到%s %s，请核对路径", what, path)}
	case errors.Is(err, fs.ErrPermission):
		return nil, &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("没有权限读取%s %s，请核对文件权限", what, path)}
	case err != nil:
		return nil, fmt.Errorf("intake: %w", err)
	}
	return f, nil
}

// readOptional reads a table without quotes, tab between the columns; a missing file is an empty table unless required.
func readOptional[T any](path string, required bool, parse func(*table) []T) ([]T, error) {
	f, err := openFile(path, "文件")
	var missing *registry.Error
	if errors.As(err, &missing) && missing.Kind == registry.NotFound && !required {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := newTable(f, path)
	if err != nil {
		return nil, err
	}
	defer t.src.close()
	rows := parse(t)
	if t.err != nil {
		return nil, t.err
	}
	b := Batch{Name: path, Faults: t.faults, More: t.more}
	return rows, b.Err()
}

// parseJudgements reads need TAB specialist TAB grade 0–3; a pair stands once.
func parseJudgements(t *table) []Judgement {
	var all []Judgement
	lines := map[[2]string]int{}
	for row := t.next(); row != nil; row = t.next() {
		if len(row) != 3 || row[0] == "" || row[1] == "" {
			t.fault("", fmt.Sprintf("应为三列：需求编号、特派员编号、等级，以制表符分隔，现有 %d 列", len(row)), "请核对")
			continue
		}
		grade, err := strconv.Atoi(row[2])
		if err != nil && t.lines.n == 1 {
			continue // a header
		}
		if err != nil || grade < 0 || grade > 3 {
			t.fault("grade", fmt.Sprintf("等级“%s”不是 0 到 3 的整数", registry.Shorten(row[2], 20)), "请改正")
			continue
		}
		pair := [2]string{row[0], row[1]}
		if first, taken := lines[pair]; taken {
			t.fault("", fmt.Sprintf("%s 与 %s 的评判与第 %d 行重复", registry.Shorten(row[0], 40), registry.Shorten(row[1], 40), first), "请删去一行")
			continue
		}
		lines[pair] = t.lines.n
		all = append(all, Judgement{row[0], row[1], grade})
	}
	return all
}

func parseTopics(t *table) []Topic {
	var all []Topic
	for row := t.next(); row != nil; row = t.next() {
		if row[0] == "" {
			t.fault("id", "第一列的编号没有填写", "请补上")
			continue
		}
		all = append(all, Topic{row[0], row[1:]})
	}
	return all
}
