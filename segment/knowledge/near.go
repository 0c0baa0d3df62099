package knowledge

import "cmp"

// distance orders how far two sightings stand apart, the surest first.
type distance uint8

const (
	sameClause distance = iota
	sameSentence
	nextSentence
	otherPassage
	fewSentences
	inContext
	moreSentences
	tooFar // no longer about the same thing
)

var confidences = [...]int32{nearClause, nearSentence, nearNext, nearPassage, nearFew, nearContext, nearMore}

func (a sighting) from(b sighting) distance {
	switch apart := max(a.sentence-b.sentence, b.sentence-a.sentence); {
	case a.context || b.context:
		return inContext
	case a.passage != b.passage:
		return otherPassage
	case a.clause == b.clause:
		return sameClause
	case apart == 0:
		return sameSentence
	case apart == 1:
		return nextSentence
	case apart <= fewApart:
		return fewSentences
	case apart <= maxApart:
		return moreSentences
	}
	return tooFar
}

// fit is one way to satisfy all items: the sightings chosen, the widest step, the sum of steps and the bytes between.
type fit struct {
	chosen [maxItems]int32
	widest distance
	steps  int
	bytes  int32
}

func (a fit) compare(b fit) int {
	return cmp.Or(cmp.Compare(a.widest, b.widest), cmp.Compare(a.steps, b.steps), cmp.Compare(a.bytes, b.bytes))
}

// nearest chooses for each item one of its sightings so that they stand as close to that of the first item as
// possible; the earliest of equals. It fails when every choice lies in context passages only, or when one sighting
// would have to serve for two items.
func nearest(all []sighting, items [][]int32) (best fit, ok bool) {
	for _, anchor := range items[0] {
		f, possible := around(all, items, anchor)
		if possible && (!ok || f.compare(best) < 0) {
			best, ok = f, true
		}
	}
	return best, ok
}

func around(all []sighting, items [][]int32, anchor int32) (f fit, ok bool) {
	f.chosen[0] = anchor
	spoken := !all[anchor].context
	for i := 1; i < len(items); i++ {
		pick, far, gap := int32(-1), inContext, int32(0)
		for _, s := range items[i] {
			if same(all[s], all[anchor]) {
				continue
			}
			d, g := all[s].from(all[anchor]), between(all[s], all[anchor])
			if d == tooFar {
				continue
			}
			if pick < 0 || cmp.Or(cmp.Compare(d, far), cmp.Compare(g, gap)) < 0 {
				pick, far, gap = s, d, g
			}
		}
		if pick < 0 {
			return f, false
		}
		f.chosen[i], f.widest = pick, max(f.widest, far)
		f.steps += int(far)
		f.bytes += gap
		spoken = spoken || !all[pick].context
	}
	return f, spoken
}

// same tells whether one place would serve twice: no stretch is a thing and its trouble at once. A literal may stand in the very
// words of a class: it narrows what is meant.
func same(a, b sighting) bool {
	return a.passage == b.passage && a.start == b.start && a.end == b.end && (a.sign == b.sign || a.phrase >= 0 && b.phrase >= 0)
}

// between counts the bytes from one sighting to the other; sightings of different passages lie far apart.
func between(a, b sighting) int32 {
	switch {
	case a.passage != b.passage:
		return 1 << 20
	case a.start > b.start:
		return a.start - b.start
	}
	return b.start - a.start
}
