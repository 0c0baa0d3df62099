package knowledge

import (
	"cmp"
	"slices"
	"strings"
)

// Concept finds a concept by its name or, failing that, by one of its synonyms (the first in file order); case and
// width do not matter.
func (b *Base) Concept(nameOrSynonym string) (Concept, bool) {
	id, ok := b.conceptID(nameOrSynonym)
	if !ok {
		return Concept{}, false
	}
	e := b.entry(id)
	return Concept{e.Name, e.Wordings, e.Broader, e.Narrower, e.Fields, e.File, e.Line}, true
}

func (b *Base) conceptID(nameOrSynonym string) (int32, bool) {
	if id, ok := b.names[ConceptKind][nameOrSynonym]; ok {
		return id, true
	}
	return b.worded(ConceptKind, (&folder{}).fold(nameOrSynonym))
}

// worded finds the first entry of a kind with a wording that is the whole text.
func (c *compiled) worded(kind Kind, folded string) (entry int32, ok bool) {
	pattern, ok := c.machine.find(folded)
	if !ok {
		return 0, false
	}
	for _, u := range c.uses[c.useAt[pattern]:c.useAt[pattern+1]] { // in file order
		if u.role == whole && c.phrases[u.id].kind == kind {
			return c.phrases[u.id].entry, true
		}
	}
	return 0, false
}

// entry copies an entry for a reader.
func (b *Base) entry(id int32) Entry {
	e := &b.entries[id]
	out := Entry{Kind: e.kind, Name: e.name, Place: e.Place, Broader: b.entryNames(e.broader), Narrower: b.entryNames(e.narrower)}
	for _, w := range e.wordings {
		if w.text != e.name {
			out.Wordings = append(out.Wordings, w.text)
		}
	}
	for _, f := range e.fields {
		out.Fields = append(out.Fields, b.fields[f])
	}
	for _, r := range b.concerns[id] {
		out.Rules = append(out.Rules, b.rules[r].Place)
	}
	return out
}

func (b *Base) entryNames(ids []int32) (names []string) {
	for _, id := range ids {
		names = append(names, b.entries[id].name)
	}
	return names
}

// Find lists the entries with a wording that contains the text (case and width do not matter): those named so first,
// then those worded so, then the others, each group in file order. An empty text finds nothing.
func (b *Base) Find(text string) []Entry {
	folded := (&folder{}).fold(strings.TrimSpace(text))
	if folded == "" {
		return nil
	}
	type found struct {
		id    int32
		grade int
	}
	var hits []found
	for id := range b.entries {
		if g := b.entries[id].grade(folded); g < 3 {
			hits = append(hits, found{int32(id), g})
		}
	}
	slices.SortStableFunc(hits, func(x, y found) int { return cmp.Compare(x.grade, y.grade) })
	out := make([]Entry, len(hits))
	for i, h := range hits {
		out[i] = b.entry(h.id)
	}
	return out
}

// grade tells how well a folded text matches: 0 the name, 1 a wording, 2 part of one, 3 not at all.
func (e *entry) grade(folded string) int {
	best := 3
	for i, w := range e.wordings {
		switch key := w.key(); {
		case key == folded && i == 0:
			return 0
		case key == folded:
			best = min(best, 1)
		case strings.Contains(key, folded):
			best = min(best, 2)
		}
	}
	return best
}

// Sightings lists every class and concept that stands in the passages, after longest-wins and cancel words, by
// passage and place: what the rules had before them. It is for authors who ask why a rule did not fire.
func (b *Base) Sightings(passages ...Passage) []Span {
	s := b.pool.Get().(*scratch)
	defer b.pool.Put(s)
	defer s.reset()
	b.observe(s, passages)
	out := make([]Span, 0, len(s.sightings))
	for _, at := range s.sightings {
		span := b.span(s, at)
		if int(at.sign) < len(b.entries) {
			span.Entry = b.entries[at.sign].kind.String() + " " + span.Entry
		}
		out = append(out, span)
	}
	return out
}

// CheckExamples proves every rule on its own example sentence and reports those that do not fire on it.
func (b *Base) CheckExamples() Problems {
	var ps Problems
	for i := range b.rules {
		if why := b.example(&b.rules[i]); why != "" {
			ps.add(b.rules[i].Place, "%s", why)
		}
	}
	return ps
}

func (b *Base) example(r *rule) string {
	for _, f := range b.Diagnose(Passage{Text: r.example}).Fired {
		if f.Kind == Rule && f.File == r.File && f.Line == r.Line {
			return ""
		}
	}
	var seen []string
	for _, s := range b.Sightings(Passage{Text: r.example}) {
		if strings.HasPrefix(s.Entry, "“") && !strings.Contains(r.cond, s.Entry) {
			continue // a literal of other rules
		}
		seen = append(seen, s.Entry+"“"+r.example[s.Start:s.End]+"”")
	}
	if seen == nil {
		seen = []string{"什么也没有"}
	}
	return "例句不能触发规则“" + r.cond + "”；例句里认出的是：" + strings.Join(seen, "、")
}

// Partners lists what rules ask for together with a class, or with one above it: complaints for a thing, things for a
// complaint or a wish. Those of more rules come first, then in file order. An unknown name has none.
func (b *Base) Partners(kind Kind, name string) []string {
	id, ok := b.names[kind][name]
	if !ok {
		return nil
	}
	count := map[int32]int{}
	var order []int32
	for _, up := range b.entries[id].above {
		for _, p := range b.asked[up] {
			for i, item := range b.rules[p.rule].items {
				if i == int(p.item) {
					continue
				}
				for _, sign := range item {
					if int(sign) >= len(b.entries) || b.entries[sign].kind == kind || b.entries[sign].kind == ConceptKind {
						continue
					}
					if count[sign]++; count[sign] == 1 {
						order = append(order, sign)
					}
				}
			}
		}
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(count[y], count[x]) })
	return b.entryNames(order)
}
