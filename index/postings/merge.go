package postings

import "container/heap"

// gone is the document or unit number of what a merge leaves out.
const gone = ^uint32(0)

// merge makes one segment of several, without their dead documents. moved tells, for each segment, where its
// documents went (gone for the dead).
func merge(parts []part) (merged *segment, moved [][]uint32) {
	m := &segment{firsts: []uint32{0}}
	moved = make([][]uint32, len(parts))
	units := make([][]uint32, len(parts)) // segment → unit → unit of the merged one
	for i, p := range parts {
		moved[i], units[i] = m.takeDocuments(p)
	}
	m.takePostings(parts, units)
	m.close()
	return m, moved
}

// takeDocuments appends the living documents of a part.
func (s *segment) takeDocuments(p part) (docs, units []uint32) {
	docs, units = make([]uint32, p.docs()), make([]uint32, len(p.marks))
	for doc := range docs {
		docs[doc] = gone
		from, to := p.firsts[doc], p.firsts[doc+1]
		if p.dead.has(doc) {
			for u := from; u < to; u++ {
				units[u] = gone
			}
			continue
		}
		docs[doc] = uint32(len(s.ids))
		s.ids = append(s.ids, p.ids[doc])
		s.facts = append(s.facts, p.facts[doc])
		for u := from; u < to; u++ {
			units[u] = uint32(len(s.marks))
			s.marks = append(s.marks, p.marks[u])
		}
		s.firsts = append(s.firsts, uint32(len(s.marks)))
	}
	return docs, units
}

// takePostings walks the sorted terms of all parts together.
func (s *segment) takePostings(parts []part, units [][]uint32) {
	var names []string
	s.starts = []uint32{0}
	walk := newTermWalk(parts)
	for walk.Len() > 0 {
		name := walk.term()
		before := len(s.units)
		for walk.Len() > 0 && walk.term() == name {
			at := walk.heads[0]
			p, to := parts[at.part], units[at.part]
			for i := p.starts[at.term]; i < p.starts[at.term+1]; i++ {
				if u := to[p.units[i]]; u != gone {
					s.units = append(s.units, u)
					s.impacts = append(s.impacts, p.impacts[i])
				}
			}
			walk.advance()
		}
		if len(s.units) > before {
			names = append(names, name)
			s.starts = append(s.starts, uint32(len(s.units)))
		}
	}
	s.terms = newLexicon(names)
}

// termWalk is a heap over the next term of each part; equal terms come in the order of the parts, which keeps the units
// of the merged list ascending.
type termWalk struct {
	parts []part
	heads []head
}

type head struct{ part, term int }

func newTermWalk(parts []part) *termWalk {
	w := &termWalk{parts: parts}
	for i, p := range parts {
		if len(p.terms.ends) > 0 {
			w.heads = append(w.heads, head{i, 0})
		}
	}
	heap.Init(w)
	return w
}

func (w *termWalk) term() string { return w.name(w.heads[0]) }

func (w *termWalk) name(h head) string { return w.parts[h.part].terms.term(h.term) }

func (w *termWalk) advance() {
	w.heads[0].term++
	if w.heads[0].term == len(w.parts[w.heads[0].part].terms.ends) {
		heap.Pop(w)
		return
	}
	heap.Fix(w, 0)
}

func (w *termWalk) Len() int { return len(w.heads) }
func (w *termWalk) Less(i, j int) bool {
	a, b := w.name(w.heads[i]), w.name(w.heads[j])
	return a < b || a == b && w.heads[i].part < w.heads[j].part
}
func (w *termWalk) Swap(i, j int) { w.heads[i], w.heads[j] = w.heads[j], w.heads[i] }
func (w *termWalk) Push(x any)    { w.heads = append(w.heads, x.(head)) }
func (w *termWalk) Pop() any {
	last := len(w.heads) - 1
	h := w.heads[last]
	w.heads = w.heads[:last]
	return h
}
