package knowledge

// mentions reports every concept that the text names, in order of its first place, with its neighbours.
func (b *Base) mentions(s *scratch, d *draft) {
	seen := map[int32]bool{}
	for _, at := range s.sightings {
		if int(at.sign) >= len(b.entries) || b.entries[at.sign].kind != ConceptKind || seen[at.sign] {
			continue
		}
		seen[at.sign] = true
		b.mention(s, d, at.sign)
	}
}

func (b *Base) mention(s *scratch, d *draft, id int32) {
	e := &b.entries[id]
	f := Firing{File: e.File, Line: e.Line, What: e.name, Kind: Synonym, Sure: mentionContext}
	for _, i := range s.bySign[id] {
		at := s.sightings[i]
		if at.sign != id {
			continue // a narrower concept stands there; it speaks for itself
		}
		if !at.context {
			f.Sure = mentionText
		}
		if b.named(at) {
			f.Kind = Mention
		}
		if len(f.Spans) < maxSpans {
			f.Spans = append(f.Spans, b.span(s, at))
		}
	}
	if d.routes.Has(f.Kind) {
		d.term(id, f.Sure, d.fired(f))
		d.vote(e.fields, times(f.Sure, voteConcept))
	}
	b.neighbours(d, f, id)
}

// neighbours adds what stands directly above and below a named concept.
func (b *Base) neighbours(d *draft, named Firing, id int32) {
	e := &b.entries[id]
	for _, step := range []struct {
		kind  FiringKind
		ids   []int32
		worth int32
	}{{Broader, e.broader, mentionBroader}, {Narrower, e.narrower, mentionBelow}} {
		if len(step.ids) == 0 || !d.routes.Has(step.kind) {
			continue
		}
		f := named
		f.Kind, f.Sure = step.kind, times(named.Sure, step.worth)
		firing := d.fired(f)
		for _, other := range step.ids {
			d.term(other, f.Sure, firing)
		}
	}
}

// named tells whether the text used the concept's name rather than a synonym: the name is an entry's first phrase.
func (b *Base) named(at sighting) bool {
	return at.phrase >= 0 && (at.phrase == 0 || b.phrases[at.phrase-1].entry != at.sign)
}

// objects lets the things that the text names vote for their fields, each once.
func (b *Base) objects(s *scratch, d *draft) {
	if !d.routes.Has(Mention) {
		return
	}
	seen := map[int32]bool{}
	for _, at := range s.sightings {
		if int(at.sign) >= len(b.entries) || b.entries[at.sign].kind != ObjectKind || seen[at.sign] {
			continue
		}
		seen[at.sign] = true
		d.vote(b.entries[at.sign].fields, voteObject)
	}
}
