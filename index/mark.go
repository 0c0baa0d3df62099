package index

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"tepai/registry"
)

const (
	mostMarks     = 8   // texts shown for one result
	excerptBefore = 30  // characters before the first hit
	excerptLength = 120 // characters
)

// Mark is one text of a record in which words of the search stand.
type Mark struct {
	Field    string // as in Passage; "name", "post", "organisation" … for what ranking does not read
	Item     int    // which one of a list
	Text     string // the whole text
	Spans    []Span // where the words stand, ascending, apart from each other
	From, To int    // bytes of Text that show the first hit among its neighbours; whole characters
}

// Span is a range of bytes, whole characters.
type Span struct{ Start, End int }

// mark fills in the highlights of a page from the records as the store has them now: the spans are right for the text
// that they come with, also when it has changed since it was indexed.
func (x *Index) mark(ctx context.Context, hits []Hit, list []needle) error {
	wanted := slices.DeleteFunc(slices.Clone(list), func(n needle) bool { return n.exclude })
	if len(wanted) == 0 {
		return nil
	}
	var r reader
	for i := range hits {
		rec, err := x.load(ctx, hits[i].Kind, hits[i].ID)
		if err != nil {
			return err
		}
		if rec != nil {
			hits[i].Marks = rec.marks(&r, wanted)
		}
	}
	return nil
}

// load reads a record from the store; nil when it is no longer there.
func (x *Index) load(ctx context.Context, kind registry.RecordKind, id string) (*record, error) {
	r := &record{change: registry.Change{Kind: kind, ID: id}, words: x.words}
	var err error
	switch kind {
	case registry.KindSpecialist:
		r.specialist, err = x.store.Specialist(ctx, id)
	case registry.KindEnterprise:
		r.enterprise, err = x.store.Enterprise(ctx, id)
	default:
		r.need, err = x.store.Need(ctx, id)
	}
	var refusal *registry.Error
	if errors.As(err, &refusal) && refusal.Kind == registry.NotFound {
		return nil, nil
	}
	return r, err
}

// marks gives the texts that hold words of the needles, in the order of the record.
func (r *record) marks(read *reader, list []needle) (marks []Mark) {
	for _, s := range r.untouched() {
		terms := read.read(r.words, s.Text)
		var spans []Span
		for _, n := range list {
			if n.fields == nil || slices.Contains(n.fields, s.field) {
				spans = append(spans, n.spans(terms)...)
			}
			if n.key != "" && s.field == "name" && namedBy(s.Text, n.key) {
				spans = append(spans, Span{0, len(s.Text)})
			}
		}
		if spans = joined(spans); len(spans) > 0 && len(marks) < mostMarks {
			from, to := excerpt(s.Text, spans[0])
			marks = append(marks, Mark{s.Field, s.Item, s.Text, spans, from, to})
		}
	}
	return marks
}

// spans finds the patterns of a needle among the terms of a text.
func (n needle) spans(terms []term) (spans []Span) {
	for _, p := range n.patterns {
		for i, t := range terms {
			if string(t.text) != p[0].term {
				continue
			}
			if end, ok := p.matches(terms[i:], t.at); ok {
				spans = append(spans, Span{int(t.start), int(end)})
			}
		}
	}
	return spans
}

// matches tells whether the pattern stands at a place, where its last term ends, given the terms from there on.
func (p pattern) matches(terms []term, at int32) (end int32, ok bool) {
	for _, s := range p {
		found := false
		for _, t := range terms {
			if t.at > at+int32(s.at) {
				break
			}
			if t.at == at+int32(s.at) && string(t.text) == s.term {
				end, found = max(end, t.end), true
			}
		}
		if !found {
			return 0, false
		}
	}
	return end, true
}

// namedBy tells whether a typed word is the beginning of a name's pinyin.
func namedBy(name, typed string) bool {
	return slices.ContainsFunc(pinyinKeys(name), func(key string) bool { return len(key) >= len(typed) && key[:len(typed)] == typed })
}

// joined sorts spans and joins those that touch.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	var list []Span
	for _, s := range spans {
		if last := len(list) - 1; last >= 0 && s.Start <= list[last].End {
			list[last].End = max(list[last].End, s.End)
			continue
		}
		list = append(list, s)
	}
	return list
}

// excerpt is the part of a text around a span, about excerptLength characters.
func excerpt(text string, s Span) (from, to int) {
	from = s.Start
	for n := 0; n < excerptBefore && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	to = from
	for n := 0; (n < excerptLength || to < s.End) && to < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return from, to
}
