package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"os"
)

// The layout of a bbolt file, version 2: pages of equal size; pages 0 and 1 are metas, the valid one with the higher
// transaction id counts; the rest are branch, leaf and freelist pages or free. Numbers are in the machine's order.
const (
	metaMagic   = 0xED0CDAED
	metaVersion = 2
	noFreelist  = ^uint64(0)

	pageHeader  = 16 // id u64, flags u16, count u16, overflow u32
	elementSize = 16 // branch: pos u32, ksize u32, page u64; leaf: flags u32, pos u32, ksize u32, vsize u32
	metaSize    = 64

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10

	bucketElement = 0x01 // flag of a leaf element whose value is a bucket: root page u64, sequence u64
)

// meta is what a meta page says.
type meta struct {
	pageSize int64
	root     uint64 // page of the bucket of buckets
	freelist uint64
	pages    uint64 // pages in use or free; those behind have never been used
	txid     uint64
}

// page is one page with its overflow, read whole.
type page struct {
	id       uint64
	flags    uint16
	count    int
	overflow uint64
	data     []byte // with the header
}

// element is an entry of a branch or leaf page.
type element struct {
	key, value []byte
	child      uint64 // branch: page below
	bucket     bool   // leaf: value is a bucket
}

// image reads pages of a file and trusts nothing in them.
type image struct {
	r    io.ReaderAt
	meta meta
}

// openImage finds the meta page that counts and tests that the file holds all pages that it speaks of.
func openImage(f *os.File) (*image, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	m, err := readMeta(f, info.Size())
	if err != nil {
		return nil, err
	}
	if have := uint64(info.Size() / m.pageSize); have < m.pages {
		return nil, fmt.Errorf("file cut short: %d pages of %d", have, m.pages)
	}
	return &image{r: f, meta: m}, nil
}

// readMeta returns the valid meta with the highest transaction id. The second meta stands one page into the file,
// and the size of a page is written only in the metas; so every possible size is tried.
func readMeta(r io.ReaderAt, size int64) (best meta, err error) {
	found := false
	for _, at := range []int64{0, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16} {
		buf := make([]byte, pageHeader+metaSize)
		if at+int64(len(buf)) > size {
			break
		}
		if _, err := r.ReadAt(buf, at); err != nil {
			return meta{}, err
		}
		m, ok := parseMeta(buf[pageHeader:])
		if ok && (at == 0 || at == m.pageSize) && (!found || m.txid > best.txid) {
			best, found = m, true
		}
	}
	if !found {
		return meta{}, fmt.Errorf("no valid meta page")
	}
	return best, nil
}

func parseMeta(b []byte) (meta, bool) {
	u32, u64 := binary.NativeEndian.Uint32, binary.NativeEndian.Uint64
	sum := fnv.New64a()
	sum.Write(b[:56])
	m := meta{pageSize: int64(u32(b[8:])), root: u64(b[16:]), freelist: u64(b[32:]), pages: u64(b[40:]), txid: u64(b[48:])}
	size := uint32(m.pageSize)
	ok := u32(b) == metaMagic && u32(b[4:]) == metaVersion && u64(b[56:]) == sum.Sum64() &&
		bits.OnesCount32(size) == 1 && size >= 1<<10 && size <= 1<<16
	return m, ok
}

// header reads the head of a page only.
func (im *image) header(id uint64) (page, error) {
	if id < 2 || id >= im.meta.pages {
		return page{}, fmt.Errorf("page %d: out of range, the file has %d", id, im.meta.pages)
	}
	b := make([]byte, pageHeader)
	if _, err := im.r.ReadAt(b, int64(id)*im.meta.pageSize); err != nil {
		return page{}, fmt.Errorf("page %d: %w", id, err)
	}
	u16 := binary.NativeEndian.Uint16
	p := page{id: id, flags: u16(b[8:]), count: int(u16(b[10:])), overflow: uint64(binary.NativeEndian.Uint32(b[12:]))}
	if self := binary.NativeEndian.Uint64(b); self != id {
		return page{}, fmt.Errorf("page %d: calls itself %d", id, self)
	}
	if p.overflow >= im.meta.pages-id {
		return page{}, fmt.Errorf("page %d: reaches behind the end of the file", id)
	}
	return p, nil
}

// page reads a page with its overflow.
func (im *image) page(id uint64) (page, error) {
	p, err := im.header(id)
	if err != nil {
		return page{}, err
	}
	p.data = make([]byte, int64(p.overflow+1)*im.meta.pageSize)
	if _, err := im.r.ReadAt(p.data, int64(id)*im.meta.pageSize); err != nil {
		return page{}, fmt.Errorf("page %d: %w", id, err)
	}
	return p, nil
}

// element decodes entry i of a branch or leaf page.
func (p page) element(i int) (e element, err error) {
	at := pageHeader + i*elementSize
	if at+elementSize > len(p.data) {
		return e, fmt.Errorf("page %d: entry %d of %d lies outside", p.id, i, p.count)
	}
	b := p.data[at:]
	word := func(k int) uint64 { return uint64(binary.NativeEndian.Uint32(b[4*k:])) }
	pos, key, value := word(1), word(2), word(3)
	if p.flags == branchPage {
		pos, key, value = word(0), word(1), 0
		e.child = binary.NativeEndian.Uint64(b[8:])
	} else if flags := word(0); flags > bucketElement {
		return e, fmt.Errorf("page %d: entry %d has unknown flags %#x", p.id, i, flags)
	} else {
		e.bucket = flags == bucketElement
	}
	if pos+key+value > uint64(len(b)) || pos < elementSize {
		return e, fmt.Errorf("page %d: key or value of entry %d lies outside", p.id, i)
	}
	e.key, e.value = b[pos:pos+key:pos+key], b[pos+key:pos+key+value:pos+key+value]
	return e, nil
}

// freePages reads the freelist, a count and page numbers; the count stands in front when it exceeds 16 bits.
func (im *image) freePages() (ids []uint64, list page, err error) {
	if list, err = im.page(im.meta.freelist); err != nil {
		return nil, list, err
	}
	if list.flags != freelistPage {
		return nil, list, fmt.Errorf("page %d: no freelist (flags %#x)", list.id, list.flags)
	}
	body, count := list.data[pageHeader:], uint64(list.count)
	if count == 0xFFFF {
		count, body = binary.NativeEndian.Uint64(body), body[8:]
	}
	if count > uint64(len(body)/8) {
		return nil, list, fmt.Errorf("page %d: freelist of %d pages does not fit", list.id, count)
	}
	for i := range count {
		ids = append(ids, binary.NativeEndian.Uint64(body[8*i:]))
	}
	return ids, list, nil
}
