package knowledge

import "slices"

// Precedent is the confirmed diagnosis of a past need that is like the one at hand. It leads to inferences, as the
// base's own lines do, never to facts.
type Precedent struct {
	Need   string   // the id of that need
	Sure   int32    // millionths, 0…One: what each of its terms is worth
	Fields []string // names of the taxonomy; those that the base does not use are passed over
	Causes []string // names and synonyms of concepts bring the concept with all its surfaces, other words themselves alone
	Terms  []string // likewise
}

// precedent adds what a past need was found to be; each concept counts once, however often the precedent names it.
func (b *Base) precedent(d *draft, p Precedent) {
	if !d.routes.Has(Likeness) {
		return
	}
	firing := d.fired(Firing{Need: p.Need, What: "同类需求 " + p.Need + " 的研判", Kind: Likeness, Sure: p.Sure})
	for i, text := range slices.Concat(p.Causes, p.Terms) {
		id := b.wordID(d, text)
		if e := d.byID[id]; e != nil && slices.Contains(e.firings, firing) {
			continue
		}
		e := d.term(id, p.Sure, firing)
		e.cause = e.cause || i < len(p.Causes)
	}
	for id, name := range b.fields {
		if slices.Contains(p.Fields, name) {
			d.votes[int32(id)] += int64(p.Sure)
		}
	}
}

// wordID gives the number of the concept that a text names, or one beyond the base's entries for a text that names none.
func (b *Base) wordID(d *draft, text string) int32 {
	if id, ok := b.conceptID(text); ok {
		return id
	}
	at := slices.Index(d.words, text)
	if at < 0 {
		at = len(d.words)
		d.words = append(d.words, text)
	}
	return int32(len(b.entries) + at)
}
