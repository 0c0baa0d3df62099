package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"

	"tepai/registry/kv"
)

// maxProblems is how many a check names before it ends with a "…": enough to judge, short enough to read.
const maxProblems = 50

// use says what a page was seen as.
type use uint8

const (
	unseen use = iota
	free
	used
)

// walk goes through the pages of an image and collects what is wrong. Every page is entered once at most, so a
// damaged file cannot lead it in circles.
type walk struct {
	*image
	deep     bool // read the leaves too, not only the branches
	pages    []use
	problems []string
}

// outline tests metas, freelist and branch pages: what bbolt follows blindly. It reads about a hundredth of the file.
func outline(f *os.File) error {
	im, err := openImage(f)
	if err != nil {
		return fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	if problems := examine(im, false); len(problems) > 0 {
		return fmt.Errorf("%w: %s", kv.ErrDamaged, problems[0])
	}
	return nil
}

// examine walks the whole image.
func examine(im *image, deep bool) []string {
	w := &walk{image: im, deep: deep, pages: make([]use, im.meta.pages)}
	w.freelist()
	w.tree(im.meta.root, nil, nil, 0)
	if deep && len(w.problems) == 0 {
		for id, u := range w.pages[2:] {
			if u == unseen {
				w.report("page %d: neither used nor free", id+2)
			}
		}
	}
	return w.problems
}

func (w *walk) report(format string, args ...any) {
	switch n := len(w.problems); {
	case n < maxProblems:
		w.problems = append(w.problems, fmt.Sprintf(format, args...))
	case n == maxProblems:
		w.problems = append(w.problems, "…")
	}
}

// claim marks pages as seen and reports those that were seen before.
func (w *walk) claim(id, overflow uint64, as use) bool {
	for i := id; i <= id+overflow; i++ {
		if i < 2 || i >= uint64(len(w.pages)) {
			w.report("page %d: out of range, the file has %d", i, len(w.pages))
			return false
		}
		if w.pages[i] != unseen {
			w.report("page %d: in use twice, or free and in use", i)
			return false
		}
		w.pages[i] = as
	}
	return true
}

func (w *walk) freelist() {
	if w.meta.freelist == noFreelist {
		w.report("no freelist on disk")
		return
	}
	ids, list, err := w.freePages()
	if err != nil {
		w.report("%v", err)
		return
	}
	w.claim(list.id, list.overflow, used)
	for _, id := range ids {
		w.claim(id, 0, free)
	}
}

// tree walks the page id and all below. Keys must lie in [low, high); nil means open.
func (w *walk) tree(id uint64, low, high []byte, buckets int) {
	p, err := w.page(id)
	if err != nil {
		w.report("%v", err)
		return
	}
	if !w.claim(p.id, p.overflow, used) {
		return
	}
	switch p.flags {
	case branchPage:
		w.branch(p, low, high, buckets)
	case leafPage:
		w.leaf(p, low, high, buckets)
	default:
		w.report("page %d: neither branch nor leaf (flags %#x)", p.id, p.flags)
	}
}

// elements decodes the entries of a page and tests the order of their keys.
func (w *walk) elements(p page, low, high []byte) []element {
	list := make([]element, 0, p.count)
	for i := range p.count {
		e, err := p.element(i)
		if err != nil {
			w.report("%v", err)
			return nil
		}
		outside := low != nil && bytes.Compare(e.key, low) < 0 || high != nil && bytes.Compare(e.key, high) >= 0
		if outside || i > 0 && bytes.Compare(e.key, list[i-1].key) <= 0 {
			w.report("page %d: key of entry %d is out of order", p.id, i)
		}
		list = append(list, e)
	}
	return list
}

// branch walks the pages below. In outline mode the kind of the first tells the kind of all, as the tree is
// balanced, and leaves are only claimed.
func (w *walk) branch(p page, low, high []byte, buckets int) {
	list := w.elements(p, low, high)
	if len(list) == 0 {
		w.report("page %d: branch without entries", p.id)
		return
	}
	first, err := w.header(list[0].child)
	if err != nil {
		w.report("%v", err)
		return
	}
	for i, e := range list {
		if !w.deep && first.flags == leafPage && buckets > 0 {
			w.claim(e.child, 0, used)
			continue
		}
		next := high
		if i+1 < len(list) {
			next = list[i+1].key
		}
		w.tree(e.child, e.key, next, buckets)
	}
}

// leaf walks the buckets that stand in a leaf; in ours that is one, in the root.
func (w *walk) leaf(p page, low, high []byte, buckets int) {
	for _, e := range w.elements(p, low, high) {
		if !e.bucket {
			continue
		}
		if buckets > 0 || len(e.value) < 16 {
			w.report("page %d: unexpected bucket %q", p.id, e.key)
			continue
		}
		if root := binary.NativeEndian.Uint64(e.value); root != 0 {
			w.tree(root, nil, nil, buckets+1)
			continue
		}
		w.inline(p, e)
	}
}

// inline walks a bucket so small that its only page stands in the value itself.
func (w *walk) inline(p page, e element) {
	b := e.value[16:]
	if len(b) < pageHeader {
		w.report("page %d: bucket %q is cut short", p.id, e.key)
		return
	}
	in := page{id: p.id, flags: binary.NativeEndian.Uint16(b[8:]), count: int(binary.NativeEndian.Uint16(b[10:])), data: b}
	if in.flags != leafPage {
		w.report("page %d: bucket %q holds no leaf", p.id, e.key)
		return
	}
	w.leaf(in, nil, nil, 1)
}

// Check reads the whole file and names what is wrong with it. bbolt's own check runs behind ours only, because it
// reads in a goroutine of its own, where a fault would end the program.
func (db *DB) Check(ctx context.Context) (problems []string, err error) {
	if err := db.enter(ctx); err != nil {
		return nil, err
	}
	defer db.leave()
	err = db.transact(ctx, false, func(t *tx) error {
		im, err := openImage(db.file.os)
		if err != nil {
			problems = []string{err.Error()}
			return nil
		}
		if problems = examine(im, true); len(problems) > 0 {
			return nil
		}
		for err := range t.bolt.Check() {
			problems = append(problems, err.Error())
		}
		return nil
	})
	return problems, err
}
