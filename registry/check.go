package registry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tepai/registry/kv"
	"tepai/registry/seal"
)

// Problem is something in the store that contradicts something else in it.
type Problem struct {
	Where string // "file", "meta", the id of a record with its kind, or "change 12"
	Msg   string // Chinese sentence
}

// maxProblems is how many problems Check names.
const maxProblems = 100

// Check holds every attachment against the size of its file and compares all that the store holds with itself: the structure of the file; every record with the last change
// of its id, byte by byte, and the other way round; the numbers of the changes, which have no gaps and end at the
// head; that every body can be read; and that personal data, data keys and blind index belong together – with
// Options.Keys it opens all of them. None means consistent. It recomputes no hashes; Verify does. Writers wait while the
// file's structure is read. An error is trouble that kept it from looking.
func (s *Store) Check(ctx context.Context) ([]Problem, error) {
	c := checker{last: map[string]uint64{}, links: map[string]bool{}, ids: bodyIDs(), keys: s.keys}
	faults, err := s.kv.Check(ctx)
	if err != nil && !errors.Is(err, kv.ErrDamaged) {
		return nil, explain(s.path, err)
	}
	for _, f := range faults {
		c.report("file", "数据文件结构有误：%s", f)
	}
	if err == nil {
		err = s.kv.View(ctx, func(tx kv.Reader) error {
			if err := c.run(tx); err != nil {
				return err
			}
			return s.checkAttachments(&c, tx)
		})
	}
	if errors.Is(err, kv.ErrDamaged) {
		c.report("file", "数据文件已损坏：%v", err)
		err = nil
	}
	return c.problems, explain(s.path, err)
}

// checker collects problems in one snapshot.
type checker struct {
	problems []Problem
	head     Head
	last     map[string]uint64 // key of a record → number of its last change
	links    map[string]bool   // that follow from the records
	ids      map[RecordKind]func(body []byte) (string, error)
	keys     *seal.Keys // nil = what is sealed is not opened
}

func (c *checker) report(where, format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, Problem{where, fmt.Sprintf(format, args...)})
	}
}

func (c *checker) run(tx kv.Reader) error {
	head, err := getMeta(tx)
	if err != nil {
		c.report("meta", "链头记录无法读取：%v", err)
	}
	c.head = head
	if err := c.changes(tx); err != nil {
		return err
	}
	for _, t := range recordTypes {
		if err := c.records(tx, t.kind); err != nil {
			return err
		}
	}
	if err := c.sameLinks(tx); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(c.last)) {
		c.report(fmt.Sprintf("change %d", c.last[key]), "%s 有变更（第 %d 条）而没有记录", key, c.last[key])
	}
	if err := c.persons(tx); err != nil {
		return err
	}
	return c.strangers(tx)
}

// changes tests the numbers and remembers the last change of each record.
func (c *checker) changes(tx kv.Reader) error {
	want := uint64(1)
	var hash [32]byte
	for p, err := range tx.Scan([]byte(changePrefix), nil) {
		if err != nil {
			return err
		}
		seq, ok := changeSeq(p.Key)
		where := fmt.Sprintf("change %d", seq)
		if !ok || seq != want {
			c.report(where, "变更序号应为 %d，实为 %d（键 %x）", want, seq, p.Key)
		}
		want = seq + 1
		entry, err := openChange(p.Value)
		if err != nil {
			c.report(where, "变更无法读取：%v", err)
			continue
		}
		hash = entry.Hash
		c.change(where, seq, entry)
	}
	if want-1 != c.head.Seq || hash != c.head.Hash {
		c.report("meta", "链头记录为第 %d 条，日志末尾是第 %d 条，或两者散列值不同", c.head.Seq, want-1)
	}
	return nil
}

// change tests one entry by itself and against what came before it for the same record.
func (c *checker) change(where string, seq uint64, entry Change) {
	key := string(recordKey(entry.Kind, entry.ID))
	if entry.Seq != seq || entry.Kind.prefix() == "" || checkID("id", entry.ID) != nil {
		c.report(where, "变更的序号、类别或编号不对：%d %q %q", entry.Seq, string(entry.Kind), Shorten(entry.ID, 40))
		return
	}
	known := c.last[key] != 0
	if !knownAct(entry.Act) || known && entry.Act == ActCreate || !known && entry.Act == ActUpdate {
		c.report(where, "%s %s 的动作 %q 与此前的变更不符", entry.Kind, entry.ID, entry.Act)
	}
	if id, err := c.ids[entry.Kind](entry.Body); err != nil || id != entry.ID {
		c.report(where, "%s %s 的变更内容无法读取或编号不同：%v", entry.Kind, entry.ID, err)
	}
	c.last[key] = seq
}

// records compares the records of a kind with their last changes.
func (c *checker) records(tx kv.Reader, kind RecordKind) error {
	for p, err := range tx.Scan([]byte(kind.prefix()), nil) {
		if err != nil {
			return err
		}
		key := string(p.Key)
		where := fmt.Sprintf("%s %s", kind, strings.TrimPrefix(key, kind.prefix()))
		want := c.last[key]
		delete(c.last, key)
		seq, body, err := openRecord(p.Key, p.Value)
		if err != nil {
			c.report(where, "%s 的记录无法读取：%v", where, err)
			continue
		}
		c.linksOf(kind, strings.TrimPrefix(key, kind.prefix()), body)
		if want == 0 || seq != want {
			c.report(where, "%s 的记录来自第 %d 条变更，日志里最后一条是第 %d 条", where, seq, want)
			continue
		}
		if err := c.sameBody(tx, where, seq, body); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) sameBody(tx kv.Reader, where string, seq uint64, body []byte) error {
	value, err := tx.Get(changeKey(seq))
	if err != nil {
		return err
	}
	if entry, err := openChange(value); err != nil || !bytes.Equal(entry.Body, body) {
		c.report(where, "%s 的记录与第 %d 条变更的内容不同", where, seq)
	}
	return nil
}

// linksOf remembers what a record is listed under. A body that cannot be read is reported with its change.
func (c *checker) linksOf(kind RecordKind, id string, body []byte) {
	keys, err := linkKeys(kind, id, body)
	if err != nil {
		return
	}
	for _, key := range keys {
		c.links[key] = true
	}
}

// sameLinks compares the links with those that follow from the records, both ways.
func (c *checker) sameLinks(tx kv.Reader) error {
	for p, err := range tx.Scan([]byte(linkPrefix), nil) {
		if err != nil {
			return err
		}
		if key := string(p.Key); !c.links[key] {
			c.report("file", "列表里有 %q，而没有属于它的记录", key)
		}
		delete(c.links, string(p.Key))
	}
	for _, key := range slices.Sorted(maps.Keys(c.links)) {
		c.report("file", "列表里缺 %q，它的记录在", key)
	}
	return nil
}

// strangers finds keys that belong to nothing.
func (c *checker) strangers(tx kv.Reader) error {
	all := regions()
	for p, err := range tx.Scan(nil, nil) {
		if err != nil {
			return err
		}
		if !ours(all, p.Key) {
			c.report("file", "数据文件里有不认识的键 %q", p.Key)
		}
	}
	return nil
}
