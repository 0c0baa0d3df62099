package knowledge

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// sighting is a class, or a literal of a condition, standing at a place of a passage.
type sighting struct {
	sign             int32 // entry, or len(entries) + literal
	passage          int32
	start, end       int32 // folded bytes
	sentence, clause int32
	phrase           int32 // the wording; -1 for a literal
	context          bool
}

// hit is an occurrence of a phrase (or of part of one) in folded bytes.
type hit struct {
	phrase     int32
	part       uint8
	start, end int32
}

// reader holds the working memory for reading one passage.
type reader struct {
	fold   folder
	whole  []hit
	cover  []stretch // the longest of whole, in order; none lies in another
	pieces []hit
	cancel []hit // phrase = the phrase that it cancels
	quoted []hit // phrase = the literal
	cues   []hit // phrase = the cue
	taken  []stretch
	open   []partial
	parts  []uint8 // by phrase: which parts of it stand in the text, one bit each; zero between two readings
	newest []int32 // by phrase: its last beginning in open, counted from 1; zero between two readings
}

// partial is the beginning of a wording with gaps.
type partial struct {
	phrase     int32
	parts      uint8 // found so far
	start, end int32
	before     int32 // the beginning of the same phrase before this one in reader.open, counted from 1; 0 = none
}

// read appends what stands in the passage to out, ordered by start, then end, then sign.
func (c *compiled) read(r *reader, l *layout, passage int, context bool, out []sighting) []sighting {
	r.whole, r.pieces, r.cancel, r.quoted, r.cues = r.whole[:0], r.pieces[:0], r.cancel[:0], r.quoted[:0], r.cues[:0]
	c.machine.scan(l.text, func(pattern int32, end int) { c.note(r, l, pattern, end) })
	r.whole = slices.DeleteFunc(r.whole, func(h hit) bool { return c.cancelled(r, h) })
	long := c.longest(r)
	c.keepWhole(r)
	r.pieces = slices.DeleteFunc(r.pieces, func(h hit) bool {
		return c.cancelled(r, h) || oneRune(l.text[h.start:h.end]) && r.swallowed(l.text, h)
	})
	r.takeBack(l)
	from := len(out)
	place := func(sign int32, h hit) {
		out = append(out, sighting{sign: sign, passage: int32(passage), start: h.start, end: h.end,
			sentence: rank(l.sentences, h.start), clause: rank(l.clauses, h.start), phrase: h.phrase, context: context})
	}
	for _, h := range append(long, c.join(r, l)...) {
		if p := c.phrases[h.phrase]; !r.denied(l, h, p.kind) {
			place(p.entry, h)
		}
	}
	for _, h := range r.quoted {
		if r.denied(l, h, ConceptKind) {
			continue
		}
		sign := int32(len(c.concerns)) + h.phrase
		h.phrase = -1
		place(sign, h)
	}
	slices.SortFunc(out[from:], compareSightings)
	rest := slices.CompactFunc(out[from:], func(a, b sighting) bool {
		return a.sign == b.sign && a.start == b.start && a.end == b.end
	})
	return out[:from+len(rest)]
}

func compareSightings(a, b sighting) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end), cmp.Compare(a.sign, b.sign),
		cmp.Compare(a.phrase, b.phrase))
}

// note files one occurrence under its uses.
func (c *compiled) note(r *reader, l *layout, pattern int32, end int) {
	start := end - int(c.lens[pattern])
	if !c.edges[pattern].stands(l.text, start, end) {
		return
	}
	for _, u := range c.uses[c.useAt[pattern]:c.useAt[pattern+1]] {
		h := hit{u.id, u.part, int32(start), int32(end)}
		switch u.role {
		case whole:
			r.whole = append(r.whole, h)
		case piece:
			r.pieces = append(r.pieces, h)
		case cancel:
			r.cancel = append(r.cancel, h)
		case quoted:
			r.quoted = append(r.quoted, h)
		case denies:
			r.cues = append(r.cues, h)
		}
	}
}

func (c *compiled) cancelled(r *reader, h hit) bool {
	return c.phrases[h.phrase].cancel && slices.ContainsFunc(r.cancel, func(x hit) bool {
		return x.phrase == h.phrase && x.start <= h.start && h.end <= x.end
	})
}

// longest keeps the hits that do not lie wholly inside a longer one, in order of start; equal stretches stay together. A complaint
// hides no thing: in 药材发霉 the herb is still there. All else hides: in 煤泥水沉降 nothing else is meant.
func (c *compiled) longest(r *reader) []hit {
	hits := r.whole
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.phrase, b.phrase))
	})
	r.cover = r.cover[:0]
	reach, things, kept := int32(-1), int32(-1), hits[:0] // the ends of what hides everything, and of what hides things
	for i := 0; i < len(hits); {
		j := i + 1
		for j < len(hits) && hits[j].start == hits[i].start && hits[j].end == hits[i].end {
			j++
		}
		end, bare, thing := hits[i].end, hits[i].end > reach, hits[i].end > things
		if bare {
			reach, r.cover = end, append(r.cover, stretch{hits[i].start, end})
		}
		for _, h := range hits[i:j] {
			kind := c.phrases[h.phrase].kind
			if bare || thing && kind == ObjectKind {
				kept = append(kept, h)
			}
			if kind != SymptomKind {
				things = max(things, end)
			}
		}
		i = j
	}
	return kept
}

// swallowed tells that a single character is only a letter of a longer word (高 in 高压柜). At the end of the word it
// counts: the head of a Chinese compound stands last (水 in 循环水, 漏 in 渗漏). A verb with what completes it is no compound
// (坏 in 坏了, 掉 in 掉下来).
func (r *reader) swallowed(text []byte, h hit) bool {
	// cover is sorted by start and no stretch contains another, so ends ascend too: the first that ends behind h decides.
	i, _ := slices.BinarySearchFunc(r.cover, h.end, func(x stretch, end int32) int {
		if x.end <= end {
			return -1
		}
		return 1
	})
	if i == len(r.cover) || r.cover[i].start > h.start {
		return false
	}
	next, _ := utf8.DecodeRune(text[h.end:])
	return !slices.Contains(completing, next)
}

// completing are the characters that open what completes a verb (坏了, 烂掉, 漏着, 磨完, 掉下来, 堵得死), or end a noun (叶子).
var completing = []rune("了掉着完光死透起下出过得子儿")

// keepWhole drops the pieces of wordings of which some other part is nowhere in the text: most of them.
func (c *compiled) keepWhole(r *reader) {
	if len(r.parts) < len(c.phrases) {
		r.parts, r.newest = make([]uint8, len(c.phrases)), make([]int32, len(c.phrases))
	}
	all := r.pieces
	for _, h := range all {
		r.parts[h.phrase] |= 1 << h.part
	}
	kept := all[:0]
	for _, h := range all {
		if r.parts[h.phrase] == 1<<c.phrases[h.phrase].parts-1 {
			kept = append(kept, h)
		} else {
			r.parts[h.phrase] = 0
		}
	}
	for _, h := range kept {
		r.parts[h.phrase] = 0
	}
	r.pieces = kept
}

// join puts the parts of wordings with gaps together, each part with the nearest beginning before it.
func (c *compiled) join(r *reader, l *layout) []hit {
	r.open = r.open[:0]
	var done []hit
	for _, h := range r.pieces {
		p := partial{h.phrase, h.part + 1, h.start, h.end, r.newest[h.phrase]}
		if h.part > 0 {
			before, ok := r.nearest(l, h)
			if !ok {
				continue
			}
			p.start = before.start
		}
		if p.parts == c.phrases[h.phrase].parts {
			done = append(done, hit{phrase: p.phrase, start: p.start, end: p.end})
			continue
		}
		r.open = append(r.open, p)
		r.newest[h.phrase] = int32(len(r.open))
	}
	for _, p := range r.open {
		r.newest[p.phrase] = 0
	}
	return done
}

// nearest finds the closest beginning that h continues: at most maxGap characters before it and in its sentence.
func (r *reader) nearest(l *layout, h hit) (partial, bool) {
	for i := r.newest[h.phrase]; i > 0; i = r.open[i-1].before {
		p := r.open[i-1]
		if p.end+maxGap*utf8.UTFMax < h.start {
			break // pieces come in order of their ends: all others end earlier still
		}
		if p.parts != h.part || p.end > h.start {
			continue
		}
		if utf8.RuneCount(l.text[p.end:h.start]) <= maxGap && rank(l.sentences, p.end) == rank(l.sentences, h.start) {
			return p, true
		}
	}
	return partial{}, false
}
