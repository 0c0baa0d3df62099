package postings

import "slices"

// Sweeper holds the scratch of a sweep. The zero value is ready; it serves one goroutine at a time and does not
// allocate once it has grown to the size of the queries.
type Sweeper struct {
	cursors [][]cursor // query → one cursor a term that occurs
	window  Window
}

type cursor struct {
	units   []uint32 // what is left of the list
	impacts []uint16
	weight  uint64
}

// Window is a run of documents whose sums are complete.
type Window struct {
	Sums       [][]uint64 // query → unit, counted from the window's first → sum, at most Full
	First, End int        // documents of the part, End exclusive

	part part
	at   int
	base uint32 // first unit
}

// Dead tells whether a document has been replaced and must be passed over.
func (w *Window) Dead(doc int) bool { return w.part.dead.has(doc) }

// Units gives the range of a document's units in Sums.
func (w *Window) Units(doc int) (from, to int) {
	return int(w.part.firsts[doc] - w.base), int(w.part.firsts[doc+1] - w.base)
}

// Doc gives the document that a unit of Sums belongs to.
func (w *Window) Doc(unit int) int {
	firsts := w.part.firsts[w.First : w.End+1]
	at, found := slices.BinarySearch(firsts, w.base+uint32(unit))
	if !found {
		at--
	}
	for firsts[at+1] == firsts[at] { // documents without units stand before theirs
		at++
	}
	return w.First + at
}

// Marks gives the marks of a document's units.
func (w *Window) Marks(doc int) []uint32 {
	return w.part.marks[w.part.firsts[doc]:w.part.firsts[doc+1]]
}

// Facts gives the columns of a document.
func (w *Window) Facts(doc int) *Facts { return &w.part.facts[doc] }

// ID gives the id of a document.
func (w *Window) ID(doc int) string { return w.part.ids[doc] }

// Ref names a document for the methods of the View that is swept.
func (w *Window) Ref(doc int) Ref { return Ref{w.at, doc} }

// Sweep sums every query over every unit of the view and shows the result window by window. The Window is valid during
// the call of visit only.
func (s *Sweeper) Sweep(v *View, queries [][]Weighted, visit func(*Window)) {
	w := &s.window
	s.cursors = grow(s.cursors, len(queries))
	w.Sums = grow(w.Sums, len(queries))
	for at, p := range v.parts {
		w.part, w.at = p, at
		for q, query := range queries {
			s.cursors[q] = open(s.cursors[q][:0], p, query)
		}
		for i := 0; i+1 < len(p.windows); i++ {
			w.First, w.End = int(p.windows[i]), int(p.windows[i+1])
			w.base = p.firsts[w.First]
			limit := p.firsts[w.End]
			for q := range queries {
				w.Sums[q] = zeroed(w.Sums[q], int(limit-w.base))
				for c := range s.cursors[q] {
					s.cursors[q][c].add(w.Sums[q], w.base, limit)
				}
			}
			visit(w)
		}
	}
	w.part = part{}
}

// open places a cursor on each list of a query.
func open(cursors []cursor, p part, query []Weighted) []cursor {
	for _, t := range query {
		if units, impacts := p.list(t.Term); len(units) > 0 {
			cursors = append(cursors, cursor{units, impacts, uint64(t.Weight)})
		}
	}
	return cursors
}

// add sums the postings of the units base…limit and leaves the cursor behind them.
func (c *cursor) add(sums []uint64, base, limit uint32) {
	units, impacts, weight := c.units, c.impacts, c.weight
	impacts = impacts[:len(units)]
	for i, u := range units {
		if u >= limit {
			c.units, c.impacts = units[i:], impacts[i:]
			return
		}
		sums[u-base] += weight * uint64(impacts[i])
	}
	c.units, c.impacts = nil, nil
}

// grow keeps what the slice has room for: a longer one is made only where n is beyond it.
func grow[T any](s []T, n int) []T {
	if n > cap(s) {
		s = append(s[:cap(s)], make([]T, n-cap(s))...)
	}
	return s[:n]
}

func zeroed(s []uint64, n int) []uint64 {
	if cap(s) < n {
		return make([]uint64, n, max(n, windowUnits))
	}
	s = s[:n]
	clear(s)
	return s
}
