package pool

import (
	"math"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// writer writes one record.
type writer struct {
	random   *rand.Rand
	material *material
	domains  []*domain       // one, or two that are mixed
	topic    *domain         // of the clause that is being written
	used     map[*piece]bool // clauses, by their first piece
}

func (w *writer) chance(p float64) bool { return w.random.Float64() < p }

// between gives a whole number, both ends included.
func (w *writer) between(low, high int) int { return low + w.random.IntN(high-low+1) }

// zipf picks among n by a power law, approximately 1/rank^s for s below 1, by inverting its integral.
func (w *writer) zipf(n int, s float64) int {
	x := math.Pow(w.random.Float64(), 1/(1-s)) * float64(n)
	return min(int(x), n-1)
}

// rank picks a natural number by a power law without an end (Zipf and Mandelbrot): P(rank > r) = (1 + r/head)^(1−s).
// Words so picked grow as Heaps' law with the exponent 1/s.
func (w *writer) rank() uint64 {
	const s, head = 1.3, 20.0
	return uint64(math.Min(head*(math.Pow(1-w.random.Float64(), -1/(s-1))-1), 1<<52))
}

// domain is the main one, or now and then the second.
func (w *writer) domain() *domain {
	if len(w.domains) > 1 && w.chance(0.35) {
		return w.domains[1]
	}
	return w.domains[0]
}

// clause picks one of a role from the own domains, or with the given chance from what is common to all. It is nil when
// there is none that the record has not used yet.
func (w *writer) clause(role string, common float64) clause {
	for range 8 {
		w.topic = w.domain()
		list := w.topic.clauses[role]
		if w.chance(common) || len(list) == 0 {
			list = w.material.common.clauses[role]
		}
		if len(list) == 0 {
			return nil
		}
		c := list[w.zipf(len(list), 0.3)]
		if !w.used[&c[0]] {
			if w.used == nil {
				w.used = map[*piece]bool{}
			}
			w.used[&c[0]] = true
			return c
		}
	}
	return nil
}

// text writes a clause of a role; it is empty when there is none left.
func (w *writer) text(role string, common float64) string { return w.fill(w.clause(role, common)) }

// fill fills slots and makes choices.
func (w *writer) fill(c clause) string {
	var b strings.Builder
	w.write(&b, c)
	return b.String()
}

func (w *writer) write(b *strings.Builder, c clause) {
	for _, p := range c {
		switch {
		case p.choice != nil:
			w.write(b, p.choice[w.random.IntN(len(p.choice))])
		case p.slot != "":
			w.slot(b, p.slot)
		default:
			b.WriteString(p.text)
		}
	}
}

// words picks several different items of a list.
func (w *writer) words(list []clause, n int) []string {
	var picked []string
	for _, i := range w.random.Perm(len(list))[:min(n, len(list))] {
		picked = append(picked, w.fill(list[i]))
	}
	return picked
}

func length(texts ...string) int {
	n := 0
	for _, t := range texts {
		n += utf8.RuneCountInString(t)
	}
	return n
}
