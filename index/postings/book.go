package postings

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// Book keeps the postings of a growing and changing set of documents. One writer at a time, any number of readers.
// The zero value is an empty Book.
//
// Every Apply adds a segment; eight neighbours of one size are merged into one on the spot while they hold no more than
// inlineDocs together. What is left to do is done by Tidy, beside the readers and writers.
type Book struct {
	writing sync.Mutex
	tidying sync.Mutex
	view    atomic.Pointer[View]
}

const (
	fanout     = 8   // segments of one size before they are merged
	inlineDocs = 512 // largest merge on a writer's time: about a millisecond
)

var empty = &View{}

// View gives the current snapshot.
func (b *Book) View() *View {
	if v := b.view.Load(); v != nil {
		return v
	}
	return empty
}

// With gives the snapshot that would come of putting one document, without changing the Book that v came from.
func (v *View) With(d Document) *View {
	var trial Book
	trial.view.Store(v)
	trial.Apply([]Document{d}, nil)
	return trial.View()
}

// Apply puts and drops documents in one step: a View shows all of it or nothing. Of two documents with one id the later
// stays; dropping what is not there does nothing.
func (b *Book) Apply(puts []Document, drops []string) {
	b.writing.Lock()
	defer b.writing.Unlock()
	v := b.View()
	parts := slices.Clone(v.parts)
	puts = lastOfEach(puts)
	ids := slices.Clone(drops)
	for _, d := range puts {
		ids = append(ids, d.ID)
	}
	kill(parts, ids)
	if len(puts) > 0 {
		parts = append(parts, part{segment: build(puts)})
	}
	b.view.Store(newView(settle(parts)))
}

// Untidy tells that Tidy would be worth its time.
func (b *Book) Untidy() bool {
	v := b.View()
	dead := 0
	for _, p := range v.parts {
		dead += p.dead.len()
	}
	return len(v.parts) > 3*fanout || dead > 256+v.docs/20
}

// Tidy merges everything into one segment. Readers and writers go on meanwhile; it holds the writers up only to swap.
func (b *Book) Tidy() {
	b.tidying.Lock()
	defer b.tidying.Unlock()
	before := b.View().parts
	if len(before) == 0 || len(before) == 1 && before[0].dead.len() == 0 {
		return
	}
	merged, moved := merge(before)

	b.writing.Lock()
	defer b.writing.Unlock()
	now := b.View().parts
	kept, late := sinceThen(before, now)
	p := part{segment: merged}
	for i, docs := range late {
		for k, doc := range docs {
			docs[k] = moved[i][doc]
		}
		p.dead = p.dead.with(docs, merged)
	}
	b.view.Store(newView(append([]part{p}, kept...)))
}

// sinceThen tells what happened to a Book while its parts were merged: which parts were added, and which documents of
// the merged parts died. settle merges small neighbours, so an old part may be gone from the list; its documents are
// then found dead, and living copies of them in the part that took its place.
func sinceThen(before, now []part) (kept []part, late [][]uint32) {
	late = make([][]uint32, len(before))
	for i, old := range before {
		at := slices.IndexFunc(now, func(p part) bool { return p.segment == old.segment })
		for doc := range old.docs() {
			if !old.dead.has(doc) && (at < 0 || now[at].dead.has(doc)) {
				late[i] = append(late[i], uint32(doc))
			}
		}
	}
	for _, p := range now {
		if !slices.ContainsFunc(before, func(old part) bool { return p.segment == old.segment }) {
			kept = append(kept, p)
		}
	}
	return kept, late
}

// settle drops dead segments and merges the last ones while there are enough of them of one size.
func settle(parts []part) []part {
	parts = slices.DeleteFunc(parts, func(p part) bool { return p.dead.len() == p.docs() })
	for {
		n, docs := 0, 0
		for ; n < len(parts) && n < fanout; n++ {
			p := parts[len(parts)-1-n]
			if class(p) > class(parts[len(parts)-1]) {
				break
			}
			docs += p.docs()
		}
		if n < fanout || docs > inlineDocs {
			return parts
		}
		merged, _ := merge(parts[len(parts)-n:])
		parts = append(parts[:len(parts)-n], part{segment: merged})
	}
}

// class sorts segments by size: 1–3, 4–31, 32–255, 256–2,047 documents and so on.
func class(p part) int { return bits.Len(uint(p.docs())) / 3 }

// kill marks the living documents of the ids as dead.
func kill(parts []part, ids []string) {
	found := make([][]uint32, len(parts))
	for _, id := range ids {
		for i := len(parts) - 1; i >= 0; i-- {
			if doc := parts[i].find(id); doc >= 0 && !parts[i].dead.has(doc) {
				found[i] = append(found[i], uint32(doc))
				break
			}
		}
	}
	for i, docs := range found {
		parts[i].dead = parts[i].dead.with(docs, parts[i].segment)
	}
}

func lastOfEach(docs []Document) []Document {
	last := make(map[string]int, len(docs))
	for i, d := range docs {
		last[d.ID] = i
	}
	if len(last) == len(docs) {
		return docs
	}
	kept := make([]Document, 0, len(last))
	for i, d := range docs {
		if last[d.ID] == i {
			kept = append(kept, d)
		}
	}
	return kept
}

func newView(parts []part) *View {
	v := &View{parts: parts}
	for _, p := range parts {
		v.docs += p.docs() - p.dead.len()
		v.units += len(p.marks)
		if p.dead != nil {
			for _, word := range p.dead.units {
				v.units -= bits.OnesCount64(word)
			}
		}
	}
	return v
}
