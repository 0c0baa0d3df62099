package postings

import (
	"slices"
	"strings"
)

// segment is an immutable piece of a Book: documents, their units, and for every term the units that hold it.
type segment struct {
	ids     []string // document → id, in order of arrival
	byID    []uint32 // documents sorted by id
	facts   []Facts
	firsts  []uint32 // document → first unit; one more entry closes the last
	marks   []uint32 // unit → the caller's mark
	windows []uint32 // window → first document; one more entry closes the last
	terms   lexicon
	starts  []uint32 // term → first posting; one more entry closes the last
	units   []uint32 // posting → unit, ascending within a term
	impacts []uint16 // posting → impact
}

// windowUnits is how many units are summed at a time: 4,096 sums of 8 bytes stay in the first-level cache.
const windowUnits = 4096

func (s *segment) docs() int { return len(s.ids) }

// list gives the postings of a term, empty where it does not occur.
func (s *segment) list(term string) (units []uint32, impacts []uint16) {
	t := s.terms.find(term)
	if t < 0 {
		return nil, nil
	}
	from, to := s.starts[t], s.starts[t+1]
	return s.units[from:to], s.impacts[from:to]
}

// find gives the document with an id, or -1.
func (s *segment) find(id string) int {
	at, ok := slices.BinarySearchFunc(s.byID, id, func(doc uint32, id string) int { return strings.Compare(s.ids[doc], id) })
	if !ok {
		return -1
	}
	return int(s.byID[at])
}

// close fills in what follows from the documents: the order by id and the windows.
func (s *segment) close() {
	s.byID = make([]uint32, len(s.ids))
	for i := range s.byID {
		s.byID[i] = uint32(i)
	}
	slices.SortFunc(s.byID, func(a, b uint32) int { return strings.Compare(s.ids[a], s.ids[b]) })
	s.windows = windowsOf(s.firsts)
}

// windowsOf cuts the documents into runs of at most windowUnits units; a document is never cut, so one with more units
// makes a window of its own.
func windowsOf(firsts []uint32) []uint32 {
	windows := []uint32{0}
	last := len(firsts) - 1
	for doc := 0; doc < last; doc++ {
		open := windows[len(windows)-1]
		if firsts[doc+1]-firsts[open] > windowUnits && uint32(doc) > open {
			windows = append(windows, uint32(doc))
		}
	}
	return append(windows, uint32(last))
}

// build makes a segment of documents whose ids differ.
func build(docs []Document) *segment {
	s := &segment{firsts: []uint32{0}}
	number := map[string]uint32{} // term → number in order of arrival
	var names []string
	var flat triples
	for _, d := range docs {
		s.ids = append(s.ids, d.ID)
		s.facts = append(s.facts, d.Facts)
		for _, u := range d.Units {
			unit := uint32(len(s.marks))
			s.marks = append(s.marks, u.Mark)
			for _, e := range u.Terms {
				n, ok := number[e.Term]
				if !ok {
					n = uint32(len(names))
					names = append(names, e.Term)
					number[e.Term] = n
				}
				flat.add(n, unit, e.Impact)
			}
		}
		s.firsts = append(s.firsts, uint32(len(s.marks)))
	}
	slices.Sort(names)
	place := make([]uint32, len(names)) // number → place in the sorted order
	for i, name := range names {
		place[number[name]] = uint32(i)
	}
	s.terms = newLexicon(names)
	s.starts, s.units, s.impacts = flat.byTerm(place)
	s.close()
	return s
}

// triples are postings in the order of their units.
type triples struct {
	terms, units []uint32
	impacts      []uint16
}

func (t *triples) add(term, unit uint32, impact uint16) {
	t.terms = append(t.terms, term)
	t.units = append(t.units, unit)
	t.impacts = append(t.impacts, impact)
}

// byTerm sorts the postings by place[term], stably, so that units stay ascending within a term (counting sort).
func (t *triples) byTerm(place []uint32) (starts, units []uint32, impacts []uint16) {
	starts = make([]uint32, len(place)+1)
	for _, term := range t.terms {
		starts[place[term]+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	next := slices.Clone(starts)
	units, impacts = make([]uint32, len(t.terms)), make([]uint16, len(t.terms))
	for i, term := range t.terms {
		at := next[place[term]]
		next[place[term]]++
		units[at], impacts[at] = t.units[i], t.impacts[i]
	}
	return starts, units, impacts
}
