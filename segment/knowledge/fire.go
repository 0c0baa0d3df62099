package knowledge

import "slices"

// Firing is one reason for terms: the line of the base and the places of the text that met it, or a Precedent.
type Firing struct {
	File  string // empty for a precedent, as Line and Spans
	Line  int    // of the rule, or of the concept whose entry gives the surface or the relation
	Need  string // of a precedent: the id of the past need
	What  string // "铸件 + 渗漏" as it was satisfied, or the named concept, or "同类需求 N017 的研判"
	Kind  FiringKind
	Sure  int32  // confidence in millionths: how near the parts stand, or what a mention or a precedent is worth
	Spans []Span // one per item of the rule, in its order; for a mention its first places in the text
}

// Span is a stretch of a passage's original text, on rune borders.
type Span struct {
	Passage    int    // index into the passages given
	Start, End int    // bytes
	Entry      string // the class or concept that stood there; a literal in quotes
}

// scratch is the memory of one diagnosis; bases keep a pool of them.
type scratch struct {
	reader
	layouts   []layout
	sightings []sighting
	voices    []sighting
	bySign    [][]int32 // sightings that satisfy a sign, in order
	touched   []int32   // signs with sightings
	met       []uint8   // by rule: the items met, one bit each
	rules     []int32   // candidates
	items     [][]int32
}

// observe reads all passages and files the sightings under every sign that they satisfy.
func (b *Base) observe(s *scratch, passages []Passage) {
	s.sightings = s.sightings[:0]
	for len(s.layouts) < len(passages) {
		s.layouts = append(s.layouts, layout{})
	}
	for i, p := range passages {
		s.fold.lay(p.Text, &s.layouts[i])
		s.sightings = b.read(&s.reader, &s.layouts[i], i, p.Context, s.sightings)
	}
	for i, at := range s.sightings {
		if int(at.sign) >= len(b.entries) {
			s.touch(at.sign, i)
			continue
		}
		for _, up := range b.entries[at.sign].above {
			s.touch(up, i)
		}
	}
	slices.Sort(s.touched)
}

func (s *scratch) touch(sign int32, i int) {
	if len(s.bySign[sign]) == 0 {
		s.touched = append(s.touched, sign)
	}
	s.bySign[sign] = append(s.bySign[sign], int32(i))
}

// reset forgets the text, so that the scratch can go back to the pool.
func (s *scratch) reset() {
	for _, sign := range s.touched {
		s.bySign[sign] = s.bySign[sign][:0]
	}
	for _, r := range s.rules {
		s.met[r] = 0
	}
	s.touched, s.rules = s.touched[:0], s.rules[:0]
}

// candidates lists, in the base's order, the rules of which every item is met and nothing excluded stands in the text.
func (b *Base) candidates(s *scratch) []int32 {
	for _, sign := range s.touched {
		for _, p := range b.asked[sign] {
			if s.met[p.rule] == 0 {
				s.rules = append(s.rules, p.rule)
			}
			s.met[p.rule] |= 1 << p.item
		}
	}
	var out []int32
	for _, id := range s.rules {
		r := &b.rules[id]
		if int(s.met[id]) == 1<<len(r.items)-1 && !slices.ContainsFunc(r.exclude, func(sign int32) bool { return len(s.bySign[sign]) > 0 }) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// fire evaluates a candidate; ok is false when its items cannot be told apart in the text.
func (b *Base) fire(s *scratch, id int32) (f Firing, ok bool) {
	r := &b.rules[id]
	s.items = s.items[:0]
	for _, item := range r.items {
		var places []int32
		for _, sign := range item {
			places = append(places, s.bySign[sign]...)
		}
		slices.Sort(places)
		places = slices.Compact(places)
		s.items = append(s.items, places[:min(len(places), maxAnchors)])
	}
	best, ok := nearest(s.sightings, s.items)
	if !ok {
		return f, false
	}
	f = Firing{File: r.File, Line: r.Line, Kind: Rule, Sure: confidences[best.widest]}
	for i := range r.items {
		at := s.sightings[best.chosen[i]]
		f.Spans = append(f.Spans, b.span(s, at))
		if i > 0 {
			f.What += " + "
		}
		f.What += b.satisfied(r, i, at.sign)
	}
	return f, true
}

// satisfied names the alternative of an item that a sighting met.
func (b *Base) satisfied(r *rule, item int, sign int32) string {
	for _, alt := range r.items[item] {
		if alt == sign || int(sign) < len(b.entries) && slices.Contains(b.entries[sign].above, alt) {
			return b.signName(alt)
		}
	}
	return b.signName(sign)
}

func (b *Base) signName(sign int32) string {
	if n := int32(len(b.entries)); sign >= n {
		return atom{b.literals[sign-n], true}.String()
	}
	return b.entries[sign].name
}

func (b *Base) span(s *scratch, at sighting) Span {
	start, end := s.layouts[at.passage].original(at.start, at.end)
	return Span{int(at.passage), start, end, b.signName(at.sign)}
}
