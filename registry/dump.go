package registry

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"tepai/registry/kv"
)

// Counts says how many pairs each region holds: kinds of records by their name, "changes", and the regions beside the
// log. Regions without pairs are left out.
type Counts map[string]int

// Count counts what the store holds, in one snapshot, with the head of that snapshot.
func (s *Store) Count(ctx context.Context) (counts Counts, head Head, err error) {
	counts = Counts{}
	head, err = s.each(ctx, func(r region, _ kv.Pair) error {
		counts[r.name]++
		return nil
	})
	return counts, head, err
}

// DumpOptions of Dump.
type DumpOptions struct {
	Keys bool // also the data keys of persons, wrapped; without them what is sealed cannot be opened after Load
}

// Dump hands every pair of the store as of now to visit, region after region, and gives the head of that moment. Acts
// go on meanwhile. Every line has been read back to the same bytes before visit sees it. An error of visit ends it and
// comes back as it is; damage is Unavailable.
func (s *Store) Dump(ctx context.Context, opt DumpOptions, visit func(Line) error) (Head, error) {
	return s.each(ctx, func(r region, p kv.Pair) error {
		value := p.Value
		if r.withhold != nil && !opt.Keys {
			var err error
			if value, err = r.withhold(p.Key, value); err != nil {
				return err
			}
		}
		text, err := r.text(p.Key, value)
		if err != nil {
			return err
		}
		return visit(Line{r.name, text})
	})
}

// each walks all pairs but the meta record in key order, which is the order of the regions.
func (s *Store) each(ctx context.Context, visit func(region, kv.Pair) error) (head Head, err error) {
	all := regions()
	err = s.view(ctx, func(tx kv.Reader) error {
		if head, err = getMeta(tx); err != nil {
			return err
		}
		for p, err := range tx.Scan(nil, nil) {
			if err != nil {
				return err
			}
			if string(p.Key) == metaKey {
				continue
			}
			r, ok := regionOf(all, p.Key)
			if !ok {
				return damaged("%q belongs to no region", p.Key)
			}
			if err := visit(r, p); err != nil {
				return err
			}
		}
		return nil
	})
	return head, err
}

// loadStep is how many lines one transaction of Load writes: the memory that it takes, against one sync for each.
const loadStep = 5000

// Load fills an empty store with the lines of a Dump and gives the head, which is the one that the dumped store had:
// records, change log and hashes come in byte for byte, past all acts and rules. Refusals: Conflict when the store is not
// empty, Invalid for a line that is none, naming it; Unavailable. After an error the store holds a part: throw it away.
// Load believes what a line says about the others: Check and Verify have the last word.
func (s *Store) Load(ctx context.Context, lines iter.Seq2[Line, error]) (Head, error) {
	counts, _, err := s.Count(ctx)
	if err != nil {
		return Head{}, err
	}
	if len(counts) > 0 {
		return Head{}, &Error{Kind: Conflict, Msg: fmt.Sprintf("数据文件 %s 里已有数据，整库导入只能进空的数据文件夹", s.path)}
	}
	l := loader{store: s, regions: regions()}
	for line, err := range lines {
		if err == nil {
			err = l.add(ctx, line)
		}
		if err != nil {
			return Head{}, err
		}
	}
	return l.head, l.flush(ctx)
}

// loader gathers pairs and writes them by steps.
type loader struct {
	store   *Store
	regions []region
	pairs   []kv.Pair
	head    Head
}

func (l *loader) add(ctx context.Context, line Line) error {
	r, err := named(l.regions, line.Region)
	if err != nil {
		return err
	}
	key, value, err := r.pair(line.Text)
	if err != nil {
		return &trouble{&Error{Kind: Invalid, Field: r.name, Msg: fmt.Sprintf("有一行不是导出时写下的样子（%v），请改用另一份导出。这一行是：%s", err, Shorten(string(line.Text), 80))}, err}
	}
	if r.form == asChange {
		c, err := openChange(value)
		if err != nil {
			return err
		}
		l.head = Head{c.Seq, c.Hash}
	}
	if l.pairs = append(l.pairs, kv.Pair{Key: key, Value: value}); len(l.pairs) == loadStep {
		return l.flush(ctx)
	}
	return nil
}

// flush writes what was gathered, with the head as far as the log has come.
func (l *loader) flush(ctx context.Context) error {
	err := l.store.update(ctx, func(tx kv.Writer) error {
		for _, p := range l.pairs {
			if err := tx.Put(p.Key, p.Value); errors.Is(err, kv.ErrKey) {
				return &Error{Kind: Invalid, Msg: fmt.Sprintf("有一行的编号是空的或太长，请改用另一份导出。这一行的键是：%s", Shorten(string(p.Key), 80))}
			} else if err != nil {
				return err
			}
		}
		return putMeta(tx, l.head)
	})
	if err == nil {
		l.pairs = l.pairs[:0]
		l.store.announce()
	}
	return err
}
