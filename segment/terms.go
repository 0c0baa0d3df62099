package segment

// Segmenter cuts texts into terms. It is read-only: any number of goroutines may
// use one, each with its own Scratch.
type Segmenter struct {
	dict  *Dictionary
	rules *rules
}

// New returns a segmenter over dict.
func New(dict *Dictionary) *Segmenter {
	return &Segmenter{dict: dict, rules: dict.rules}
}

// Generation is that of the dictionary: equal generations give equal terms.
func (s *Segmenter) Generation() string { return s.dict.Generation() }

// Terms returns the terms of text in the order of Start, then End. Stop words
// are left out. The answer and the terms' texts are valid until sc is used
// again. Only the first MaxText bytes are read. Broken UTF-8 separates words.
func (s *Segmenter) Terms(sc *Scratch, text string) []Term {
	sc.fold(text)
	sc.terms, sc.arena = sc.terms[:0], sc.arena[:0]
	sc.scanned, sc.disordered = 0, sc.wide
	for i := 0; i < len(sc.cells); {
		cl := sc.cells[i].kind()
		if cl == other {
			i++
			continue
		}
		end, mixed := i+1, cl != han
		for cl = sc.cells[end].kind(); cl != other; cl = sc.cells[end].kind() {
			mixed = mixed || cl != han
			end++
		}
		sc.find(s.dict.trie, sc.cells[i:end+1], mixed)
		if mixed {
			s.emitMixed(sc, i)
		} else {
			sc.emitHan(i)
		}
		i = end
	}
	if sc.disordered {
		sc.order()
	}
	return sc.terms
}

// emitHan adds the terms of a stretch of Han that begins at cell from.
func (sc *Scratch) emitHan(from int) {
	n := len(sc.nodes) - 1
	for p := range n {
		sc.emitAt(p, from, p+1 < n)
	}
}

// emitMixed does the same where letters and digits occur.
func (s *Segmenter) emitMixed(sc *Scratch, from int) {
	n := len(sc.nodes) - 1
	for p := 0; p < n; {
		if sc.cells[from+p].kind() == han {
			sc.emitAt(p, from, sc.cells[from+p+1].kind() == han)
			p++
			continue
		}
		if from+p >= sc.scanned {
			sc.scanned = s.emitLatin(sc, from+p)
		}
		for _, m := range sc.at(p) {
			sc.addWord(p, m, from)
		}
		p = atomEnd(sc.cells, from+p) - from
	}
}

// emitAt adds the terms that begin at border p, which stands before a Han
// character; pair says whether another one follows it.
func (sc *Scratch) emitAt(p, from int, pair bool) {
	found := sc.at(p)
	switch {
	case len(found) == 0:
		if !pair && (p == 0 || sc.cells[from+p-1].kind() != han) {
			sc.add(from+p, from+p+1, Single) // unknown, and no pair carries it
		}
	case int(found[0].end) == p+1:
		if found[0].mark&stopMark == 0 && int(sc.nodes[p].next) == p+1 {
			sc.add(from+p, from+p+1, Single)
		}
		pair = pair && found[0].mark&particleMark == 0
		found = found[1:]
	}
	known := len(found) > 0 && int(found[0].end) == p+2
	if pair && !known && !sc.isParticle(p+1) {
		sc.add(from+p, from+p+2, Bigram)
	}
	for _, m := range found {
		sc.addWord(p, m, from)
	}
}

// isParticle reports whether the character behind border p is a particle.
func (l *lattice) isParticle(p int) bool {
	found := l.at(p)
	return len(found) > 0 && int(found[0].end) == p+1 && found[0].mark&particleMark != 0
}

// addWord adds a match of two or more characters, unless it is a stop word.
func (sc *Scratch) addWord(p int, m match, from int) {
	kind := Inner
	switch {
	case m.mark&stopMark != 0:
		return
	case m.mark&mixedMark != 0:
		kind = Code
	case sc.nodes[p].next == m.end:
		kind = Word
	}
	sc.add(from+p, from+int(m.end), kind)
}

// add adds the cells [i, j) as they are.
func (sc *Scratch) add(i, j int, kind Kind) {
	sc.addText(sc.text(i, j), i, j, kind)
}

// addText adds a term that covers the cells [i, j).
func (sc *Scratch) addText(text []byte, i, j int, kind Kind) {
	sc.terms = append(sc.terms, Term{text, sc.cells[i].orig, sc.origEnd(j), kind})
}

// text returns the folded text of the cells [i, j).
func (sc *Scratch) text(i, j int) []byte {
	to := sc.cells[j].norm
	return sc.norm[sc.cells[i].norm:to:to]
}

// origEnd returns the byte of the original where the character ends that cell
// j-1 came from.
func (sc *Scratch) origEnd(j int) int32 {
	last := sc.cells[j-1].orig
	for j < len(sc.cells)-1 && sc.cells[j].orig == last {
		j++
	}
	return sc.cells[j].orig
}

// order sorts the terms by Start, then End. They are nearly in order: only a
// code and its parts, or the pieces of one wide character, may stand across.
func (sc *Scratch) order() {
	terms := sc.terms
	for i := 1; i < len(terms); i++ {
		for k := i; k > 0 && terms[k].before(&terms[k-1]); k-- {
			terms[k], terms[k-1] = terms[k-1], terms[k]
		}
	}
}

func (t *Term) before(u *Term) bool {
	return t.Start < u.Start || t.Start == u.Start && t.End < u.End
}
