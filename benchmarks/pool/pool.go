package pool

import (
	"iter"
	"math/rand/v2"

	"tepai/registry"
)

// Specialists gives the first n specialists of the pool of a seed. Their ids rise with their number.
func Specialists(seed uint64, n int) iter.Seq[registry.Specialist] {
	return records(n, func(i int) registry.Specialist { return newWriter(seed, specialists, i).specialist(i) })
}

// Needs gives the first n needs of the pool of a seed. They name no enterprise.
func Needs(seed uint64, n int) iter.Seq[registry.Need] {
	return records(n, func(i int) registry.Need { return newWriter(seed, needs, i).need(i) })
}

func records[T any](n int, at func(i int) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range n {
			if !yield(at(i)) {
				return
			}
		}
	}
}

// stream keeps the random numbers of the two kinds of records apart.
type stream uint64

const (
	specialists stream = 1 << 60
	needs       stream = 2 << 60
)

func newWriter(seed uint64, s stream, i int) *writer {
	w := &writer{random: rand.New(rand.NewPCG(seed, uint64(s)+uint64(i))), material: load()}
	w.domains = append(w.domains, w.material.domains[w.zipf(len(w.material.domains), 0.5)])
	if w.chance(1.0 / 6) {
		w.domains = append(w.domains, w.material.domains[w.zipf(len(w.material.domains), 0.5)])
	}
	w.topic = w.domains[0]
	return w
}
