package segment

// maxUnit is the longest unit in characters: kbps, 立方厘米.
const maxUnit = 6

// emitNumber adds the number with its unit that begins at cell i and returns
// where reading goes on; i if there is no unit. Thousands commas and the space
// before the unit are left out of the term. A unit in Chinese belongs to the
// term, but is cut as Chinese text as well.
func (s *Segmenter) emitNumber(sc *Scratch, i int) int {
	if sc.cells[i].kind() != digit {
		return i
	}
	number := sc.numberEnd(i)
	unit := sc.passSpace(number)
	if end := s.latinUnitEnd(sc, unit); end > 0 {
		sc.addText(sc.compact(i, end), i, end, Number)
		return end
	}
	if end := s.hanUnitEnd(sc, unit); end > 0 {
		sc.addText(sc.compact(i, end), i, end, Number)
		sc.disordered = true // a shorter mixed word may begin here
		return number
	}
	return i
}

// numberEnd reads digits, decimals and thousands commas from cell i.
func (sc *Scratch) numberEnd(i int) int {
	for i = sc.digitsEnd(i); ; {
		sign := sc.cells[i].r
		if sign != '.' && sign != ',' {
			return i
		}
		end := sc.digitsEnd(i + 1)
		if n := end - i - 1; n == 0 || sign == ',' && n != 3 {
			return i
		}
		i = end
	}
}

func (sc *Scratch) digitsEnd(i int) int {
	for sc.cells[i].kind() == digit {
		i++
	}
	return i
}

func (sc *Scratch) passSpace(i int) int {
	if sc.cells[i].r == ' ' {
		return i + 1
	}
	return i
}

// latinUnitEnd reads a unit in letters and signs, such as %, °c, mg/l, kg/m3 or
// kw·h, from cell i; -1 if there is none.
func (s *Segmenter) latinUnitEnd(sc *Scratch, i int) int {
	end := s.unitAtomEnd(sc, i)
	for end > 0 && (sc.cells[end].r == '/' || sc.cells[end].r == '·') {
		next := s.unitAtomEnd(sc, end+1)
		if next < 0 {
			break
		}
		end = next
	}
	if end > 0 && sc.cells[end].isWordy() && sc.cells[end-1].isWordy() {
		return -1
	}
	return end
}

// unitAtomEnd reads one simple unit with its power: m, m2, cm3.
func (s *Segmenter) unitAtomEnd(sc *Scratch, i int) int {
	j := i
	for j < i+maxUnit && isUnitCell(&sc.cells[j]) {
		j++
	}
	if j == i || !s.rules.isUnit(sc.text(i, j)) {
		return -1
	}
	if r := sc.cells[i].r; j == i+1 && sc.cells[i].isUpper() && (r == 'g' || r == 's') {
		return -1 // neither gram nor second: 5G, 4S
	}
	if r := sc.cells[j].r; r == '2' || r == '3' {
		j++
	}
	return j
}

func isUnitCell(c *cell) bool {
	return c.kind() == letter || c.r == '%' || c.r == '‰' || c.r == '°'
}

// hanUnitEnd reads a Chinese unit, after 万 and the like, from cell i; -1 if
// there is none. The longest unit counts.
func (s *Segmenter) hanUnitEnd(sc *Scratch, i int) int {
	for range 2 {
		if s.rules.isMultiplier(sc.cells[i].r) {
			i++
		}
	}
	end := i
	for end < i+maxUnit && sc.cells[end].kind() == han {
		end++
	}
	for ; end > i; end-- {
		if s.rules.isUnit(sc.text(i, end)) {
			return end
		}
	}
	return -1
}

// emitStandard adds the standard that begins at cell i, GB/T 9439-2010, without
// spaces, with and without its year, and returns where it ends; i if there is
// none.
func (s *Segmenter) emitStandard(sc *Scratch, i int) int {
	j := i
	for sc.cells[j].kind() == letter {
		j++
	}
	if j == i || !s.rules.isStandard(sc.text(i, j)) {
		return i
	}
	if string(sc.text(i, j)) == "db" { // of a province: DB14/T
		j = sc.digitsEnd(j)
	}
	if k := j + 1; sc.cells[j].r == '/' && sc.cells[k].kind() == letter {
		j += 2
	}
	number := sc.passSpace(j)
	end := sc.numberEnd(number)
	if end == number || sc.cells[end].isWordy() {
		return i
	}
	year := sc.yearEnd(end)
	sc.addText(sc.compact(i, end), i, end, Code)
	if year > end {
		sc.addText(sc.compact(i, year), i, year, Code)
	}
	return year
}

// yearEnd reads -2010 or -88 from cell i; it returns i if there is no year.
func (sc *Scratch) yearEnd(i int) int {
	if sc.cells[i].r != '-' {
		return i
	}
	end := sc.digitsEnd(i + 1)
	if n := end - i - 1; n != 2 && n != 4 || sc.cells[end].isWordy() {
		return i
	}
	return end
}

// compact returns the text of the cells [i, j) without spaces and commas.
func (sc *Scratch) compact(i, j int) []byte {
	plain := true
	for _, c := range sc.cells[i:j] {
		plain = plain && c.r != ' ' && c.r != ','
	}
	if plain {
		return sc.text(i, j)
	}
	start := len(sc.arena)
	for _, b := range sc.text(i, j) {
		if b != ' ' && b != ',' {
			sc.arena = append(sc.arena, b)
		}
	}
	return sc.arena[start:len(sc.arena):len(sc.arena)]
}
