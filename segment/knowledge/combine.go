package knowledge

import (
	"cmp"
	"slices"
	"strings"
)

// Diagnosis is what a text points to. A concept stands in Causes when a rule that fired names it as a cause, else in
// Terms; both are sorted by weight (descending), then name. All lists are empty when nothing fired.
type Diagnosis struct {
	Fields        []Weighted // share of the votes; what is missing to One went to none of them
	Causes, Terms []Finding
	Fired         []Firing // rules in the base's order, then mentions in the text's order, then precedents in theirs
}

// Weighted is a name with a weight in millionths, 0…One.
type Weighted struct {
	Name   string
	Weight int32
}

// Finding is an inferred concept.
type Finding struct {
	Concept  string
	Surfaces []string // the name, then synonyms, as written in the base; a precedent's own word stands alone
	Weight   int32    // millionths: how sure all its firings together make it
	Firings  []int    // into Diagnosis.Fired, ascending
}

// draft collects evidence; everything is added in a fixed order.
type draft struct {
	routes  Routes
	firings []Firing
	order   []int32
	byID    map[int32]*evidence
	votes   map[int32]int64
	words   []string // of precedents, where the base knows no concept of that name: len(entries) + i is their number
}

type evidence struct {
	weight  int32
	cause   bool
	firings []int
}

func newDraft(routes Routes) *draft {
	return &draft{routes: routes, byID: map[int32]*evidence{}, votes: map[int32]int64{}}
}

func (d *draft) fired(f Firing) int {
	d.firings = append(d.firings, f)
	return len(d.firings) - 1
}

// term adds one more reason for a concept.
func (d *draft) term(id, weight int32, firing int) *evidence {
	e := d.byID[id]
	if e == nil {
		e = &evidence{}
		d.byID[id], d.order = e, append(d.order, id)
	}
	e.weight = noisyOr(e.weight, weight)
	if len(e.firings) == 0 || e.firings[len(e.firings)-1] != firing {
		e.firings = append(e.firings, firing)
	}
	return e
}

func (d *draft) vote(fields []int32, weight int32) {
	for _, f := range fields {
		d.votes[f] += int64(weight)
	}
}

// rule adds a fired rule's conclusions.
func (d *draft) rule(r *rule, f Firing) {
	firing := d.fired(f)
	for _, w := range r.causes {
		d.term(w.concept, times(w.weight, f.Sure), firing).cause = true
	}
	for _, w := range r.terms {
		d.term(w.concept, times(w.weight, f.Sure), firing)
	}
	d.vote(r.fields, f.Sure)
}

// diagnosis sorts, saturates and names what was collected.
func (b *Base) diagnosis(d *draft) Diagnosis {
	out := Diagnosis{Fired: d.firings, Fields: b.fieldShares(d)}
	all := make([]concluded, 0, len(d.order))
	for _, id := range d.order {
		if e := d.byID[id]; e.weight >= leastWeight {
			surfaces := b.surfacesOf(d, id)
			all = append(all, concluded{Finding{surfaces[0], surfaces, e.weight, e.firings}, e.cause})
		}
	}
	slices.SortFunc(all, func(x, y concluded) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), strings.Compare(x.Concept, y.Concept))
	})
	out.saturate(all)
	return out
}

// concluded is a finding and the list that it belongs to.
type concluded struct {
	Finding
	cause bool
}

// surfacesOf gives a concept's name and synonyms, or a precedent's word alone.
func (b *Base) surfacesOf(d *draft, id int32) []string {
	if n := len(b.entries); int(id) >= n {
		return d.words[int(id)-n:][:1]
	}
	return b.surfaces[id]
}

// saturate takes the surest findings until a list is full, or both together are as heavy as a diagnosis may be.
func (d *Diagnosis) saturate(all []concluded) {
	total := int32(0)
	for _, f := range all {
		list, most := &d.Terms, maxTerms
		if f.cause {
			list, most = &d.Causes, maxCauses
		}
		if len(*list) == most {
			continue
		}
		if total += f.Weight; total > maxTotal {
			return
		}
		*list = append(*list, f.Finding)
	}
}

// fieldShares turns votes into shares of all votes, voteNone held back.
func (b *Base) fieldShares(d *draft) (out []Weighted) {
	all := int64(voteNone)
	for _, v := range d.votes { // a sum: order does not matter
		all += v
	}
	for id, name := range b.fields {
		if w := int32(d.votes[int32(id)] * One / all); w >= leastField {
			out = append(out, Weighted{name, w})
		}
	}
	slices.SortFunc(out, func(x, y Weighted) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), strings.Compare(x.Name, y.Name))
	})
	return out[:min(len(out), maxFields)]
}
