package matcher

import (
	"math/bits"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
)

// rate scores one document: sums are its units' sums by channel, as the postings gave them.
func (q *query) rate(w *Weights, facts *postings.Facts, marks []uint32, sums [channels][]uint64) score {
	var s score
	for c := range channels {
		s.add(channelPart[c], q.bags[c].value(sums[c][0]))
	}
	s.add(ProofPart, q.proof(w.proof(facts), marks, sums))
	s.add(FieldPart, q.fieldFit(facts))
	if q.industry != 0 && q.industry == facts.Industry {
		s.add(IndustryPart, w.Industry)
	}
	s.add(SparePart, q.freePlaces(facts))
	return s
}

// text is what a unit's words are worth over all channels.
func (q *query) text(sums [channels][]uint64, unit int) Points {
	total := Points(0)
	for c := range channels {
		total += q.bags[c].value(sums[c][unit])
	}
	return total
}

// proofShares are what the best, second and third item of evidence count for (1, ½, ⅓ worked best on a public gold set of
// reviewers); further items add nothing, so that a long list of publications is not an argument by itself.
var proofShares = [...]Points{6, 3, 2} // sixths

// proof scores the evidence: each item by its words, its kind and its age; the best three count.
func (q *query) proof(weight Points, marks []uint32, sums [channels][]uint64) Points {
	if len(marks) < 2 {
		return 0
	}
	var best [len(proofShares)]Points
	for unit := 1; unit < len(marks); unit++ {
		value := q.item(marks[unit], sums, unit)
		for i := range best {
			if value > best[i] {
				value, best[i] = best[i], value
			}
		}
	}
	total := Points(0)
	for i, share := range proofShares {
		total += best[i] * share / 6
	}
	return total * weight / 1_000_000
}

// bareProof weighs the evidence of somebody without a profile: three perfect items are worth what a perfect profile is.
const bareProof = Points(1_000_000 * 6 / 11)

// proof is the weight of a specialist's evidence.
func (w *Weights) proof(facts *postings.Facts) Points {
	if facts.Bare {
		return bareProof
	}
	return w.Proof
}

// item is the worth of one item of evidence before the weight of all evidence.
func (q *query) item(mark uint32, sums [channels][]uint64, unit int) Points {
	kind, year := index.EvidenceOf(mark)
	return q.text(sums, unit) * kindWeight(kind) / 1000 * ageWeight(q.year, year) / 1000
}

// kindWeight says, in thousandths, how much a kind of evidence tells about solving an enterprise's problem: having done
// it beats having studied it.
func kindWeight(kind registry.EvidenceKind) Points {
	switch kind {
	case registry.Service:
		return 1000
	case registry.Project:
		return 900
	case registry.Patent:
		return 800
	}
	return 700
}

// ageWeight is whole for three years, falls evenly to a half at fifteen and stays there; an unknown year counts as nine.
func ageWeight(now, year int) Points {
	age := now - year
	if year == 0 {
		age = 9
	}
	return 1000 - 500*Points(min(max(age-3, 0), 12))/12
}

// fieldFit is what the best of a specialist's fields is worth.
func (q *query) fieldFit(facts *postings.Facts) Points {
	best := Points(0)
	for word, set := range facts.Fields {
		for ; set != 0; set &= set - 1 {
			best = max(best, q.fields[word*64+bits.TrailingZeros64(set)])
		}
	}
	return best
}

// freePlaces favours those who have some, evenly from none to all; an unknown capacity gets nothing.
func (q *query) freePlaces(facts *postings.Facts) Points {
	if facts.Capacity == 0 || facts.Serving >= facts.Capacity {
		return 0
	}
	return q.spare * Points(facts.Capacity-facts.Serving) / Points(facts.Capacity)
}

// wishes and past cases are known for few specialists only; they are kept beside the postings.
func (q *query) setSpecial(w *Weights, enterprise registry.Enterprise, past []Similar) {
	q.special = map[postings.Ref]special{}
	note := func(ref postings.Ref, change func(*special)) {
		s := q.special[ref]
		change(&s)
		q.special[ref] = s
	}
	if enterprise.ID != "" {
		for _, ref := range q.view.Holders(index.PrefersTerm(enterprise.ID)) {
			note(ref, func(s *special) { s.wish += w.Wish })
		}
	}
	for _, id := range enterprise.Prefer {
		if ref, ok := q.view.Find(id); ok {
			note(ref, func(s *special) { s.wish += w.Wish })
		}
	}
	for _, like := range past {
		for _, id := range like.SolvedBy {
			if ref, ok := q.view.Find(id); ok {
				value := w.Past * like.Likeness / 1_000_000
				note(ref, func(s *special) {
					if value > s.past {
						s.past, s.like = value, like.ID
					}
				})
			}
		}
	}
}

// with adds what only this specialist gets.
func (s *score) with(extra special) {
	s.add(WishPart, extra.wish)
	s.add(PastPart, extra.past)
}
