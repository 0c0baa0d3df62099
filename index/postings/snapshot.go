package postings

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"unsafe"
)

// Stamp says what a snapshot was made of: a snapshot with another label is of no use, and one with this cursor has seen
// all changes up to it.
type Stamp struct {
	Label  string // what analysed the records: dictionary generation, analysis version
	Cursor uint64 // sequence number of the last change that is in it
}

// ErrDamaged is returned by Load for bytes that are no whole snapshot.
var ErrDamaged = errors.New("postings: damaged snapshot")

// The file: magic, then sections, each a length in bytes (uint64), the bytes, and padding to eight; arrays are little-endian as
// they lie in memory, so that loading is one read and no copy. The last eight bytes are the CRC-32C of all before them.
const magic = "tepaipo4"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Save writes the documents of a view as one segment.
func Save(w io.Writer, v *View, stamp Stamp) error {
	p := part{segment: build(nil)}
	if len(v.parts) == 1 && v.parts[0].dead.len() == 0 {
		p = v.parts[0]
	} else if len(v.parts) > 0 {
		p.segment, _ = merge(v.parts)
	}
	out := &sections{w: w, sum: crc32.New(castagnoli)}
	out.raw([]byte(magic))
	out.bytes([]byte(stamp.Label))
	out.bytes(asBytes([]uint32{byteOrder}))
	out.bytes(binary.LittleEndian.AppendUint64(nil, stamp.Cursor))
	s := p.segment
	var names []byte
	ends := make([]uint32, len(s.ids))
	for i, id := range s.ids {
		names = append(names, id...)
		ends[i] = uint32(len(names))
	}
	out.bytes(names)
	for _, column := range [][]uint32{ends, s.byID, s.firsts, s.marks, s.windows, s.terms.ends, s.terms.table, s.starts, s.units} {
		out.bytes(asBytes(column))
	}
	out.bytes(asBytes(s.impacts))
	out.bytes(asBytes(s.facts))
	out.bytes(s.terms.text)
	out.raw(binary.LittleEndian.AppendUint64(nil, uint64(out.sum.Sum32())))
	if out.err != nil {
		return fmt.Errorf("save postings: %w", out.err)
	}
	return nil
}

// Load makes a Book of a snapshot. The Book keeps data, which must not change any more. The error is ErrDamaged for
// anything that Save did not write.
func Load(data []byte) (*Book, Stamp, error) {
	in, err := open8(data)
	if err != nil {
		return nil, Stamp{}, err
	}
	stamp := Stamp{Label: string(in.next())}
	if order := asValues[uint32](in.next()); len(order) != 1 || order[0] != byteOrder {
		return nil, Stamp{}, ErrDamaged
	}
	if cursor := in.next(); len(cursor) == 8 {
		stamp.Cursor = binary.LittleEndian.Uint64(cursor)
	}
	s := &segment{}
	names := in.next()
	var ends []uint32
	for _, column := range []*[]uint32{&ends, &s.byID, &s.firsts, &s.marks, &s.windows, &s.terms.ends, &s.terms.table, &s.starts, &s.units} {
		*column = asValues[uint32](in.next())
	}
	s.impacts = asValues[uint16](in.next())
	s.facts = asValues[Facts](in.next())
	s.terms.text = in.next()
	if in.bad || !s.fits(names, ends) {
		return nil, Stamp{}, ErrDamaged
	}
	s.ids = cut(names, ends)
	b := &Book{}
	if len(s.ids) > 0 {
		b.view.Store(newView([]part{{segment: s}}))
	}
	return b, stamp, nil
}

// fits checks that the columns belong together; the checksum has vouched for what stands in them.
func (s *segment) fits(names []byte, ends []uint32) bool {
	docs := len(ends)
	return len(s.byID) == docs && len(s.facts) == docs && len(s.firsts) == docs+1 && len(s.windows) > 0 &&
		len(s.starts) == len(s.terms.ends)+1 && len(s.units) == len(s.impacts) &&
		int(s.firsts[docs]) == len(s.marks) && int(s.starts[len(s.starts)-1]) == len(s.units) &&
		(docs == 0 || int(ends[docs-1]) == len(names))
}

func cut(names []byte, ends []uint32) []string {
	ids := make([]string, len(ends))
	from := uint32(0)
	for i, end := range ends {
		if end > from {
			ids[i] = unsafe.String(&names[from], end-from)
		}
		from = end
	}
	return ids
}

// sections writes and remembers the first error.
type sections struct {
	w   io.Writer
	sum interface {
		io.Writer
		Sum32() uint32
	}
	err error
}

func (s *sections) raw(b []byte) {
	if s.err == nil {
		_, s.err = s.w.Write(b)
		s.sum.Write(b)
	}
}

func (s *sections) bytes(b []byte) {
	s.raw(binary.LittleEndian.AppendUint64(nil, uint64(len(b))))
	s.raw(b)
	s.raw(make([]byte, -len(b)&7))
}

// reader cuts sections off the front.
type reader struct {
	rest []byte
	bad  bool
}

// open8 checks magic and checksum and brings the data to an address that is a multiple of eight.
func open8(data []byte) (*reader, error) {
	if len(data) < len(magic)+8 || len(data)%8 != 0 || string(data[:len(magic)]) != magic {
		return nil, ErrDamaged
	}
	body := data[:len(data)-8]
	if binary.LittleEndian.Uint64(data[len(body):]) != uint64(crc32.Checksum(body, castagnoli)) {
		return nil, ErrDamaged
	}
	if uintptr(unsafe.Pointer(&body[0]))%8 != 0 {
		aligned := make([]uint64, len(body)/8)
		copy(asBytes(aligned), body)
		body = asBytes(aligned)
	}
	return &reader{rest: body[len(magic):]}, nil
}

func (r *reader) next() []byte {
	if len(r.rest) < 8 {
		r.bad = true
		return nil
	}
	n := binary.LittleEndian.Uint64(r.rest)
	r.rest = r.rest[8:]
	if n > uint64(len(r.rest)) {
		r.bad = true
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[min(int(n)+int(-n&7), len(r.rest)):]
	return b
}

// byteOrder reads differently on a machine of the other byte order.
const byteOrder = uint32(0x01020304)

// asBytes and asValues look at a column as it lies in memory. Snapshots are a local cache, made and read on one machine; one
// that was carried to a machine of the other byte order is refused by its byteOrder section.
func asBytes[T any](column []T) []byte {
	if len(column) == 0 {
		return nil
	}
	var one T
	return unsafe.Slice((*byte)(unsafe.Pointer(&column[0])), len(column)*int(unsafe.Sizeof(one)))
}

func asValues[T any](b []byte) []T {
	var one T
	size := int(unsafe.Sizeof(one))
	if len(b) == 0 || len(b)%size != 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&b[0])), len(b)/size)
}
