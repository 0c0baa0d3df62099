package segment

// span is a range of cells.
type span struct{ from, to int }

// Limits of what is still a token that somebody might search for.
const (
	maxRun   = 64  // letters and digits in one unbroken run
	maxParts = 8   // runs joined by hyphens and the like
	maxToken = 128 // cells of all of them
)

// emitLatin adds the terms of the number, standard, code or word that begins at
// cell i with a letter or a digit, and returns where it ends.
func (s *Segmenter) emitLatin(sc *Scratch, i int) int {
	if end := s.emitNumber(sc, i); end > i {
		return end
	}
	if end := s.emitStandard(sc, i); end > i {
		return end
	}
	return s.emitToken(sc, i)
}

// token is a sequence of runs of letters and digits, joined into one name:
// qt450-10, x-ray, r&d, pm2.5. Its runs are in sc.parts.
type token struct {
	span
	letters, digits bool // contains some
	bound           bool // a joint shows that the whole is one name: x-ray, r&d
}

// emitToken adds the token's parts, and the whole if it is a name of its own, so
// that QT450 finds QT450-10. Bare numbers are no terms.
func (s *Segmenter) emitToken(sc *Scratch, i int) int {
	t := sc.readToken(i)
	for _, run := range sc.parts {
		letters, digits := sc.mixture(run)
		switch {
		case !letters || run.to-run.from > maxRun:
		case digits:
			sc.add(run.from, run.to, Code)
		default:
			s.emitWord(sc, run)
		}
	}
	named := t.letters && t.digits || t.bound
	if last := sc.parts[len(sc.parts)-1]; named && sc.parts[0] != t.span && last.to-t.from <= maxToken {
		sc.add(t.from, t.to, Code)
		sc.disordered = true
	}
	return t.to
}

// emitWord adds a run of letters: its stem, and if it is written as an
// abbreviation (two capitals or more) the whole as well; so VOCs stays VOCs and
// still finds VOC. Single letters and stop words say nothing; but two capitals,
// as in IT or AM, are never a stop word.
func (s *Segmenter) emitWord(sc *Scratch, w span) {
	n, capitals := w.to-w.from, 0
	for _, c := range sc.cells[w.from:w.to] {
		if c.isUpper() {
			capitals++
		}
	}
	text := sc.text(w.from, w.to)
	stop := s.rules.isStopLatin(text) && (n != 2 || capitals != 2)
	if n < 2 || stop {
		return
	}
	stem := sc.stems.stem(text)
	if capitals < 2 {
		sc.addText(stem, w.from, w.to, Latin)
		return
	}
	if string(stem) != string(text) {
		sc.addText(stem, w.from, w.to, Latin)
	}
	sc.add(w.from, w.to, Code)
}

// readToken reads the token at cell i, and its runs into sc.parts.
func (sc *Scratch) readToken(i int) token {
	t := token{span: span{i, i}}
	sc.parts = sc.parts[:0]
	for {
		run := span{t.to, atomEnd(sc.cells, t.to)}
		letters, digits := sc.mixture(run)
		t.letters, t.digits = t.letters || letters, t.digits || digits
		t.to = run.to
		sc.parts = append(sc.parts, run)
		if len(sc.parts) == maxParts || !sc.joins(t) {
			break
		}
		next := span{t.to + 1, atomEnd(sc.cells, t.to+1)}
		t.bound = t.bound || sc.cells[t.to].r == '&' || sc.isInitial(run) || sc.isInitial(next)
		t.to = next.from
	}
	return sc.readSuffix(t)
}

// mixture reports whether letters and digits occur in a run.
func (sc *Scratch) mixture(run span) (letters, digits bool) {
	for i := run.from; i < run.to; i++ {
		isLetter := sc.cells[i].kind() == letter
		letters, digits = letters || isLetter, digits || !isLetter
	}
	return letters, digits
}

// isInitial reports whether the run is a single letter.
func (sc *Scratch) isInitial(run span) bool {
	return run.to == run.from+1 && sc.cells[run.from].kind() == letter
}

// joins reports whether the sign at t.to ties the next run to the token.
// Between numbers a hyphen says "to", or parts a date or telephone number.
func (sc *Scratch) joins(t token) bool {
	sign := sc.cells[t.to].r
	if sign != '-' && sign != '.' && sign != '&' {
		return false
	}
	left, right := sc.cells[t.to-1].kind(), sc.cells[t.to+1].kind()
	switch sign {
	case '-':
		return right == letter || right == digit && t.letters
	case '.':
		return left == digit && right == digit
	}
	return left == letter && right == letter
}

// readSuffix takes in what belongs to the end of a token: C++, C#, 45#, Li+; and
// the s of company's, which is passed over.
func (sc *Scratch) readSuffix(t token) token {
	end := t.to
	switch r := sc.cells[end].r; {
	case r == '+' && t.letters:
		for end < t.to+2 && sc.cells[end].r == '+' {
			end++
		}
	case r == '#' && (t.letters || t.to-t.from > 1):
		end++
	case (r == '\'' || r == '’') && !t.digits:
		return sc.passGenitive(t)
	}
	if end == t.to || sc.cells[end].isWordy() {
		return t
	}
	t.to, t.bound = end, true
	return t
}

// passGenitive moves the token's end behind the apostrophe and the one or two
// letters that follow it.
func (sc *Scratch) passGenitive(t token) token {
	end := t.to + 1
	for sc.cells[end].isWordy() {
		end++
	}
	if n := end - t.to - 1; n == 1 || n == 2 {
		t.to = end
	}
	return t
}
