package postings

import (
	"cmp"
	"slices"
)

// View is an immutable snapshot of a Book. It stays valid and unchanged for as long as somebody holds it.
type View struct {
	parts []part
	docs  int // living documents
	units int // their units
}

// part is a segment and those of its documents that have since been replaced or dropped.
type part struct {
	*segment
	dead *deadSet
}

// deadSet is a copy-on-write set of document numbers; nil is the empty one.
type deadSet struct {
	bits  []uint64 // by document
	units []uint64 // the same by unit
	n     int      // documents
}

func (d *deadSet) has(doc int) bool { return d != nil && d.bits[doc>>6]&(1<<(doc&63)) != 0 }

func (d *deadSet) len() int {
	if d == nil {
		return 0
	}
	return d.n
}

// with gives the set and docs of its segment beside it. A document may be named twice.
func (d *deadSet) with(docs []uint32, s *segment) *deadSet {
	if len(docs) == 0 {
		return d
	}
	next := &deadSet{bits: make([]uint64, (s.docs()+63)/64), units: make([]uint64, (len(s.marks)+63)/64)}
	if d != nil {
		copy(next.bits, d.bits)
		copy(next.units, d.units)
		next.n = d.n
	}
	for _, doc := range docs {
		if next.has(int(doc)) {
			continue
		}
		next.n++
		next.bits[doc>>6] |= 1 << (doc & 63)
		for u := s.firsts[doc]; u < s.firsts[doc+1]; u++ {
			next.units[u>>6] |= 1 << (u & 63)
		}
	}
	return next
}

// in counts the members among units.
func (d *deadSet) in(units []uint32) int {
	n := uint64(0)
	for _, u := range units {
		n += d.units[u>>6] >> (u & 63) & 1
	}
	return int(n)
}

// Docs counts the documents.
func (v *View) Docs() int { return v.docs }

// Units counts the units of all documents.
func (v *View) Units() int { return v.units }

// Postings counts the postings, those of replaced documents that are not yet merged away among them.
func (v *View) Postings() int {
	n := 0
	for _, p := range v.parts {
		n += len(p.segment.units)
	}
	return n
}

// Frequency counts the units that hold a term; replaced documents do not count, so the figure depends on the
// documents alone and not on when they came.
func (v *View) Frequency(term string) int {
	n := 0
	for _, p := range v.parts {
		units, _ := p.list(term)
		n += len(units)
		if p.dead != nil {
			n -= p.dead.in(units)
		}
	}
	return n
}

// Ref names a document within a View.
type Ref struct{ part, doc int }

// Find looks a document up by its id.
func (v *View) Find(id string) (Ref, bool) {
	for i := len(v.parts) - 1; i >= 0; i-- {
		if doc := v.parts[i].find(id); doc >= 0 && !v.parts[i].dead.has(doc) {
			return Ref{i, doc}, true
		}
	}
	return Ref{}, false
}

// Holders lists the documents that hold a term in any unit, each once.
func (v *View) Holders(term string) []Ref {
	var refs []Ref
	for i, p := range v.parts {
		units, _ := p.list(term)
		doc := 0
		for _, u := range units {
			for p.firsts[doc+1] <= u {
				doc++
			}
			if ref := (Ref{i, doc}); !p.dead.has(doc) && (len(refs) == 0 || refs[len(refs)-1] != ref) {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

// ID gives the id of a document.
func (v *View) ID(r Ref) string { return v.parts[r.part].ids[r.doc] }

// Facts gives the columns of a document.
func (v *View) Facts(r Ref) *Facts { return &v.parts[r.part].facts[r.doc] }

// Marks gives the marks of a document's units.
func (v *View) Marks(r Ref) []uint32 {
	s := v.parts[r.part].segment
	return s.marks[s.firsts[r.doc]:s.firsts[r.doc+1]]
}

// IDs gives the ids of all documents in ascending order.
func (v *View) IDs() []string {
	ids := make([]string, 0, v.docs)
	for _, p := range v.parts {
		for doc, id := range p.ids {
			if !p.dead.has(doc) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// Sum adds a query up over the units of one document: the very sums that a Sweep would find there. The result has one
// entry a unit and is appended to into.
func (v *View) Sum(r Ref, query []Weighted, into []uint64) []uint64 {
	p := v.parts[r.part]
	first, end := p.firsts[r.doc], p.firsts[r.doc+1]
	base := len(into)
	into = append(into, make([]uint64, end-first)...)
	for _, q := range query {
		units, impacts := p.list(q.Term)
		at, _ := slices.BinarySearch(units, first)
		for ; at < len(units) && units[at] < end; at++ {
			into[base+int(units[at]-first)] += uint64(q.Weight) * uint64(impacts[at])
		}
	}
	return into
}

// Impact gives the impact of a term in one unit of a document, 0 where it does not occur.
func (v *View) Impact(r Ref, unit int, term string) uint16 {
	p := v.parts[r.part]
	units, impacts := p.list(term)
	at, ok := slices.BinarySearchFunc(units, p.firsts[r.doc]+uint32(unit), cmp.Compare[uint32])
	if !ok {
		return 0
	}
	return impacts[at]
}
