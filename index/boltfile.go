package index

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// boltFile reads a bbolt file the careful way: every offset is checked against the page that it belongs to. bbolt itself
// turns offsets into pointers unchecked, and a wild pointer kills the process at the next garbage collection, beyond
// any recover; so root.bolt, which has no checksum, is walked here before bbolt is trusted with it. The layout is that
// of bbolt's file format version 2, in the byte order of the machine that wrote it.
type boltFile struct {
	data  []byte
	page  int             // bytes
	pages uint64          // pages in use: those beyond do not belong to the file
	seen  map[uint64]bool // pages that have been reached
	visit func(key, value []byte)
}

const (
	boltMagic    = 0xED0CDAED
	boltVersion  = 2
	boltHeader   = 16 // id, flags, count, overflow
	boltElement  = 16
	boltBranch   = 0x01
	boltLeaf     = 0x02
	boltFreelist = 0x10
	inBucket     = 0x01 // flag of a leaf element whose value is a bucket
)

var order = binary.NativeEndian

// walkBolt visits every key and value of a bbolt file and checks its structure; the error says errBroken.
func walkBolt(data []byte, visit func(key, value []byte)) (err error) {
	f := &boltFile{data: data, seen: map[uint64]bool{}, visit: visit}
	root, freelist, err := f.meta()
	if err == nil {
		err = f.tree(root)
	}
	if err == nil {
		err = f.freelist(freelist)
	}
	if err != nil {
		return fmt.Errorf("%w: root.bolt: %w", errBroken, err)
	}
	return nil
}

// meta reads the newer of the two metas; bbolt verifies their checksums itself.
func (f *boltFile) meta() (root, freelist uint64, err error) {
	var newest uint64
	for i := range 2 {
		at := i*f.page + boltHeader
		if i == 1 && f.page == 0 || len(f.data) < at+64 {
			break
		}
		m := f.data[at : at+64]
		size := int(order.Uint32(m[8:]))
		if order.Uint32(m) != boltMagic || order.Uint32(m[4:]) != boltVersion || fnv64a(m[:56]) != order.Uint64(m[56:]) || size < 1024 || size > 1<<16 {
			if i == 0 {
				f.page = 4096 // the second stands at a page's distance from the first; bleve's have the usual size
			}
			continue
		}
		f.page = size
		if tx := order.Uint64(m[48:]); f.pages == 0 || tx > newest {
			newest, root, freelist, f.pages = tx, order.Uint64(m[16:]), order.Uint64(m[32:]), order.Uint64(m[40:])
		}
	}
	switch {
	case f.pages == 0:
		return 0, 0, fmt.Errorf("no valid meta")
	case f.pages > uint64(len(f.data)/f.page):
		return 0, 0, fmt.Errorf("%d pages in %d bytes", f.pages, len(f.data))
	}
	return root, freelist, nil
}

// open gives a page with what overflows it, once.
func (f *boltFile) open(id uint64) ([]byte, error) {
	if id < 2 || id >= f.pages {
		return nil, fmt.Errorf("page %d of %d", id, f.pages)
	}
	at := id * uint64(f.page)
	overflow := uint64(order.Uint32(f.data[at+12:]))
	if order.Uint64(f.data[at:]) != id || id+overflow >= f.pages {
		return nil, fmt.Errorf("page %d has a wrong header", id)
	}
	for p := id; p <= id+overflow; p++ {
		if f.seen[p] {
			return nil, fmt.Errorf("page %d is reached twice", p)
		}
		f.seen[p] = true
	}
	return f.data[at : at+(overflow+1)*uint64(f.page)], nil
}

// tree walks the pages below and with id.
func (f *boltFile) tree(id uint64) error {
	p, err := f.open(id)
	if err != nil {
		return err
	}
	return f.elements(p)
}

// elements walks through one page, which may be an inline one.
func (f *boltFile) elements(p []byte) error {
	if len(p) < boltHeader {
		return fmt.Errorf("a page cut short")
	}
	flags, count := order.Uint16(p[8:]), int(order.Uint16(p[10:]))
	if flags != boltBranch && flags != boltLeaf || boltHeader+count*boltElement > len(p) || flags == boltBranch && count == 0 {
		return fmt.Errorf("a page with flags %#x and %d elements", flags, count)
	}
	for i := range count {
		at := boltHeader + i*boltElement
		e := p[at : at+boltElement]
		var err error
		if flags == boltBranch {
			if _, _, err = cut(p, at, order.Uint32(e), order.Uint32(e[4:]), 0); err == nil {
				err = f.tree(order.Uint64(e[8:]))
			}
		} else {
			err = f.leaf(p, at, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *boltFile) leaf(p []byte, at int, e []byte) error {
	key, value, err := cut(p, at, order.Uint32(e[4:]), order.Uint32(e[8:]), order.Uint32(e[12:]))
	if err != nil {
		return err
	}
	switch flags := order.Uint32(e); {
	case flags == 0:
		f.visit(key, value)
		return nil
	case flags != inBucket || len(value) < 16:
		return fmt.Errorf("an element with flags %#x", flags)
	}
	if root := order.Uint64(value); root != 0 {
		return f.tree(root)
	}
	if len(value) < 16+boltHeader || order.Uint16(value[16+8:]) != boltLeaf {
		return fmt.Errorf("a bucket that is not a leaf")
	}
	return f.elements(value[16:])
}

// cut gives key and value, which lie pos bytes behind their element.
func cut(p []byte, at int, pos, key, value uint32) ([]byte, []byte, error) {
	from := uint64(at) + uint64(pos)
	if from+uint64(key)+uint64(value) > uint64(len(p)) {
		return nil, nil, fmt.Errorf("an element that leaves its page")
	}
	return p[from : from+uint64(key)], p[from+uint64(key) : from+uint64(key)+uint64(value)], nil
}

// freelist checks that free pages are pages and that nothing else uses them.
func (f *boltFile) freelist(id uint64) error {
	p, err := f.open(id)
	if err != nil {
		return err
	}
	count, ids := uint64(order.Uint16(p[10:])), p[boltHeader:]
	if count == 0xFFFF {
		count, ids = order.Uint64(ids), ids[8:]
	}
	if order.Uint16(p[8:]) != boltFreelist || count > uint64(len(ids)/8) {
		return fmt.Errorf("a wrong list of free pages")
	}
	free := make([]uint64, count)
	for i := range free {
		free[i] = order.Uint64(ids[8*i:])
		if free[i] < 2 || free[i] >= f.pages || f.seen[free[i]] {
			return fmt.Errorf("page %d is free and in use", free[i])
		}
	}
	if !slices.IsSorted(free) || len(slices.Compact(free)) != int(count) {
		return fmt.Errorf("a list of free pages out of order")
	}
	if uint64(len(f.seen))+count+2 != f.pages {
		return fmt.Errorf("%d pages are neither free nor in use", f.pages-uint64(len(f.seen))-count-2)
	}
	return nil
}

// fnv64a is the hash (FNV-1a) by which bbolt secures a meta.
func fnv64a(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
