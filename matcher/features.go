package matcher

import (
	"math/bits"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
)

// rate scores one document: sums are its units' sums by channel, as the postings gave them.
func (q *query) rate(w *Weights, facts *postings.Facts, marks []uint32, sums unitSums) score {
	var s score
	for c := range channels {
		s.add(channelPart[c], q.value(&sums, c, 0))
	}
	s.add(ProofPart, w.proof(q.evidence(marks, sums), s.total))
	s.add(FieldPart, q.fieldFit(facts))
	if q.industry != 0 && q.industry == facts.Industry {
		s.add(IndustryPart, w.Industry)
	}
	s.add(SparePart, q.freePlaces(facts))
	return s
}

// text is what a unit's words are worth over all channels.
func (q *query) text(sums unitSums, unit int) Points {
	total := Points(0)
	for c := range channels {
		total += q.value(&sums, c, unit)
	}
	return total
}

// proofShares are what the best, second and third item of evidence count for (1, ½, ⅓ worked best on a public gold set of
// reviewers); further items add nothing, so that a long list of publications is not an argument by itself.
var proofShares = [...]Points{6, 3, 2} // sixths

// evidence sums the best items: each by its words, its kind and its age.
func (q *query) evidence(marks []uint32, sums unitSums) Points {
	total := Points(0)
	for i, item := range q.bestItems(marks, sums) {
		total += item.value * proofShares[i] / 6
	}
	return total
}

// evidenceItem is one unit of evidence and what it is worth by itself.
type evidenceItem struct {
	unit  int
	value Points
}

// bestItems gives the items that count, the best first, ties in their order; an item without value is none.
func (q *query) bestItems(marks []uint32, sums unitSums) (best [len(proofShares)]evidenceItem) {
	for unit := 1; unit < len(marks); unit++ {
		item := evidenceItem{unit, q.item(marks[unit], sums, unit)}
		for i := range best {
			if item.value > best[i].value {
				item, best[i] = best[i], item
			}
		}
	}
	return best
}

// aloneProof weighs the evidence of somebody whose profile says nothing to the point: three perfect items are worth what a perfect
// profile is.
const aloneProof = Points(1_000_000 * 6 / 11)

// proof is what evidence adds to a profile that is worth so much: its share beside a profile that speaks for itself, or what lifts
// the whole to the worth of the evidence alone. So no word in a profile can lower a score.
func (w *Weights) proof(evidence, profile Points) Points {
	return max(evidence*w.Proof/1_000_000, evidence*aloneProof/1_000_000-profile)
}

// item is the worth of one item of evidence before the weight of all evidence.
func (q *query) item(mark uint32, sums unitSums, unit int) Points {
	text := q.text(sums, unit)
	if text == 0 {
		return 0
	}
	kind, year := index.EvidenceOf(mark)
	return text * kindWeight(kind) / 1000 * ageWeight(q.year, year) / 1000
}

// kindWeight says, in thousandths, how much a kind of evidence tells about solving an enterprise's problem: having done
// it beats having studied it.
func kindWeight(kind registry.EvidenceKind) Points {
	switch kind {
	case registry.PastService:
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
