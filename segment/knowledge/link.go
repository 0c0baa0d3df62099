package knowledge

import (
	"slices"
	"sync"
)

// graph is the base with names replaced by numbers: entries in file order, rules in file order.
type graph struct {
	entries []entry
	rules   []rule
	names   [kinds]map[string]int32
	fields  []string // in order of first use
}

type entry struct {
	Place
	kind     Kind
	name     string
	wordings []wording
	broader  []int32
	narrower []int32
	above    []int32 // itself and everything above it, ascending
	fields   []int32
}

// rule is a linked rule; its items point into signs: an entry's number, or len(entries) + a literal's number.
type rule struct {
	Place
	cond          string // in the canonical form of the files
	items         [][]int32
	exclude       []int32
	causes, terms []weighted
	fields        []int32
	example       string
}

type weighted struct{ concept, weight int32 }

// linker turns parsed lines into a graph and reports what does not fit together. Faulty lines are left out, so that
// the rest can still be checked.
type linker struct {
	*parser
	graph
	literals []string // folded texts of quoted conditions
	quotes   map[string]quotation
	fieldIDs map[string]int32
	same     map[string]Place  // conditions so far
	seen     map[string]string // wordings of the entry at hand
	known    func(field string) bool
}

// quotation is the text of a quoted condition: its number among literals, or why it cannot be used.
type quotation struct {
	id  int32
	why string
}

// link puts numbers for names. The tables that read texts ask for wordings only, so they are made meanwhile.
func (p *parser) link(known func(string) bool) (*linker, *compiled) {
	l := &linker{parser: p, quotes: map[string]quotation{}, fieldIDs: map[string]int32{}, same: make(map[string]Place, len(p.rules)),
		seen: map[string]string{}, known: known}
	for k := range l.names {
		l.names[k] = make(map[string]int32, len(p.entries)/2)
	}
	kept := l.declare()
	l.quote()
	c := &compiled{literals: l.literals}
	var wg sync.WaitGroup
	wg.Go(func() { c.compile(l.graph.entries) })
	for i := range kept {
		l.relate(int32(i), &kept[i])
	}
	l.hierarchy()
	l.graph.rules = make([]rule, 0, len(p.rules))
	for i := range p.rules {
		l.rule(&p.rules[i])
	}
	wg.Wait()
	c.post(&l.graph)
	return l, c
}

// declare gives every entry its number; a second line of the same kind and name is a problem.
func (l *linker) declare() (kept []rawEntry) {
	kept = l.parser.entries[:0]
	l.graph.entries = make([]entry, 0, len(l.parser.entries))
	for _, raw := range l.parser.entries {
		if first, taken := l.names[raw.kind][raw.name]; taken {
			l.problems.add(raw.at, "%s“%s”已在 %s 定义", raw.kind, raw.name, l.graph.entries[first].Place)
			continue
		}
		l.names[raw.kind][raw.name] = int32(len(l.graph.entries))
		l.graph.entries = append(l.graph.entries, entry{Place: raw.at, kind: raw.kind, name: raw.name,
			wordings: l.distinct(raw), fields: l.fieldList(raw.at, raw.fields)})
		kept = append(kept, raw)
	}
	return kept
}

// distinct reports wordings that stand twice in one entry (after folding: LOI and loi are one).
func (l *linker) distinct(raw rawEntry) []wording {
	seen := l.seen
	clear(seen)
	return slices.DeleteFunc(raw.wordings, func(w wording) bool {
		key := w.key()
		first, twice := seen[key]
		switch {
		case twice && first == w.text:
			l.problems.add(raw.at, "说法“%s”在同一条里写了两次", w.text)
		case twice:
			l.problems.add(raw.at, "说法“%s”与“%s”只差大小写或全半角，写一个即可", w.text, first)
		}
		seen[key] = w.text
		return twice
	})
}

func (l *linker) fieldList(at Place, names []string) (ids []int32) {
	for _, name := range names {
		if l.known != nil && !l.known(name) {
			l.problems.add(at, "技术领域“%s”不在分类表里", name)
			continue
		}
		id, ok := l.fieldIDs[name]
		if !ok {
			id = int32(len(l.fields))
			l.fields, l.fieldIDs[name] = append(l.fields, name), id
		}
		if slices.Contains(ids, id) {
			l.problems.add(at, "技术领域“%s”写了两次", name)
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

// relate links an entry to the classes directly above it.
func (l *linker) relate(id int32, raw *rawEntry) {
	e := &l.graph.entries[id]
	for _, name := range raw.broader {
		up, ok := l.names[raw.kind][name]
		switch {
		case !ok:
			l.problems.add(raw.at, "上位%s“%s”没有定义%s", raw.kind, name, l.hint(name))
		case up == id:
			l.problems.add(raw.at, "%s“%s”把自己写成了上位", raw.kind, name)
		case slices.Contains(e.broader, up):
			l.problems.add(raw.at, "上位%s“%s”写了两次", raw.kind, name)
		default:
			e.broader = append(e.broader, up)
			l.graph.entries[up].narrower = append(l.graph.entries[up].narrower, id)
		}
	}
}

// rule links one rule; it is kept only when every name in it is known.
func (l *linker) rule(raw *rawRule) {
	before := len(l.problems)
	r := rule{Place: raw.at, cond: raw.cond.String(), example: raw.example, fields: l.fieldList(raw.at, raw.fields)}
	for _, alts := range raw.cond.items {
		var item []int32
		for _, a := range alts {
			item = append(item, l.signs(raw.at, a)...)
		}
		r.items = append(r.items, item)
	}
	for _, a := range raw.cond.exclude {
		r.exclude = append(r.exclude, l.signs(raw.at, a)...)
	}
	r.causes = l.conclusions(raw.at, "原因", raw.causes)
	r.terms = l.conclusions(raw.at, "术语", raw.terms)
	if len(raw.causes)+len(raw.terms) == 0 {
		l.problems.add(raw.at, "规则没有结论：原因和术语至少写一项")
	}
	l.checkRule(&r, raw.cond)
	l.checkTwin(&r, raw.cond)
	if len(l.problems) == before {
		l.graph.rules = append(l.graph.rules, r)
	}
}

// signs looks an atom up; a name that several kinds share stands for each of them.
func (l *linker) signs(at Place, a atom) (ids []int32) {
	if a.literal {
		return l.literalSign(at, a)
	}
	for k := range l.names {
		if id, ok := l.names[k][a.text]; ok {
			ids = append(ids, id)
		}
	}
	if ids == nil {
		l.problems.add(at, "条件里的“%s”没有定义%s", a.text, l.hint(a.text))
	}
	return ids
}

// quote numbers the literals of all conditions, in the order of the rules.
func (l *linker) quote() {
	ids := map[string]int32{}
	for i := range l.parser.rules {
		for a := range l.parser.rules[i].cond.literals() {
			if _, known := l.quotes[a.text]; known {
				continue
			}
			text, why := l.quotable(a)
			id, known := ids[text]
			if !known && why == "" {
				id = int32(len(l.literals))
				l.literals, ids[text] = append(l.literals, text), id
			}
			l.quotes[a.text] = quotation{id, why}
		}
	}
}

// quotable folds a literal, or says why it cannot be used.
func (l *linker) quotable(a atom) (text, why string) {
	w, why := l.fold.parseWording(a.text)
	switch {
	case !w.literal() || w.cancel != nil:
		return "", "引号里不能用“…”和“!”"
	case w.short() && w.parts[0] != "": // one character will do beside the rule's other items
		return w.parts[0], ""
	}
	return w.parts[0], why
}

func (l *linker) literalSign(at Place, a atom) []int32 {
	q := l.quotes[a.text]
	if q.why != "" {
		l.problems.add(at, "条件里的“%s”：%s", a.text, q.why)
		return nil
	}
	return []int32{int32(len(l.graph.entries)) + q.id}
}

func (l *linker) conclusions(at Place, column string, shares []share) (out []weighted) {
	for _, s := range shares {
		id, ok := l.names[ConceptKind][s.concept]
		switch {
		case !ok:
			l.problems.add(at, "%s里的概念“%s”没有定义%s", column, s.concept, l.hint(s.concept))
		case slices.ContainsFunc(out, func(w weighted) bool { return w.concept == id }):
			l.problems.add(at, "%s里的概念“%s”写了两次", column, s.concept)
		default:
			out = append(out, weighted{id, s.weight})
		}
	}
	return out
}
