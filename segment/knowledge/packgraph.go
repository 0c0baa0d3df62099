package knowledge

// graph writes entries and rules; files are numbered as given.
func (p *packer) graph(g *graph, files []string) {
	number := make(map[string]int, len(files))
	for i, name := range files {
		number[name] = i
	}
	place := func(at Place) { p.num(number[at.File]); p.num(at.Line) }
	wordings, parts := 0, 0
	for i := range g.entries {
		wordings += len(g.entries[i].wordings)
		for _, w := range g.entries[i].wordings {
			parts += len(w.parts) + len(w.cancel)
		}
	}
	p.num(wordings)
	p.num(parts)
	p.num(len(g.entries))
	for i := range g.entries {
		place(g.entries[i].Place)
		p.entry(&g.entries[i])
	}
	p.num(len(g.rules))
	for i := range g.rules {
		place(g.rules[i].Place)
		p.rule(&g.rules[i])
	}
	p.strs(g.fields)
}

func (p *packer) entry(e *entry) {
	p.num(int(e.kind))
	p.str(e.name)
	for _, ids := range [][]int32{e.broader, e.narrower, e.above, e.fields} {
		p.list(ids)
	}
	p.num(len(e.wordings))
	for _, w := range e.wordings {
		p.str(w.text)
		if len(w.cancel) == 0 && w.literal() && w.parts[0] == w.text {
			p.num(0)
			continue
		}
		p.num(len(w.parts))
		p.num(len(w.cancel))
		for _, s := range w.parts {
			p.str(s)
		}
		for _, s := range w.cancel {
			p.str(s)
		}
	}
}

func (p *packer) rule(r *rule) {
	p.str(r.cond)
	p.str(r.example)
	p.num(len(r.items))
	for _, item := range r.items {
		p.list(item)
	}
	p.list(r.exclude)
	p.list(r.fields)
	for _, shares := range [][]weighted{r.causes, r.terms} {
		p.num(len(shares))
		for _, w := range shares {
			p.num(int(w.concept))
			p.num(int(w.weight))
		}
	}
}

// graph reads what packer.graph wrote.
func (u *unpacker) graph(files []string) (g graph) {
	place := func() Place {
		f, line := u.num(), u.num()
		if f < 0 || f >= len(files) {
			u.bad = true
			return Place{}
		}
		return Place{files[f], line}
	}
	r := room{wordings: make([]wording, 0, u.size()), parts: make([]string, 0, u.size())}
	g.entries = make([]entry, u.size())
	for i := range g.entries {
		g.entries[i].Place = place()
		u.entry(&g.entries[i], &r)
	}
	g.rules = make([]rule, u.size())
	for i := range g.rules {
		g.rules[i].Place = place()
		u.rule(&g.rules[i])
	}
	g.fields = u.strs()
	g.name()
	return g
}

// name files the entries under their names.
func (g *graph) name() {
	var count [kinds]int
	for i := range g.entries {
		count[g.entries[i].kind]++
	}
	for k := range g.names {
		g.names[k] = make(map[string]int32, count[k])
	}
	for i := range g.entries {
		g.names[g.entries[i].kind][g.entries[i].name] = int32(i)
	}
}

// room is one stretch of memory for all wordings and one for their parts.
type room struct {
	wordings []wording
	parts    []string
}

func (u *unpacker) entry(e *entry, r *room) {
	k := u.num()
	if k < 0 || k >= int(kinds) {
		u.bad, k = true, 0
	}
	e.kind, e.name = Kind(k), u.str()
	e.broader, e.narrower, e.above, e.fields = u.list(), u.list(), u.list(), u.list()
	from := len(r.wordings)
	for range u.size() {
		w := wording{text: u.str()}
		if n := u.size(); n == 0 {
			w.parts = r.take(w.text)
		} else {
			cancels := u.size()
			w.parts = u.take(r, n)
			w.cancel = u.take(r, cancels)
		}
		r.wordings = append(r.wordings, w)
	}
	e.wordings = r.wordings[from:len(r.wordings):len(r.wordings)]
}

func (r *room) take(s ...string) []string {
	from := len(r.parts)
	r.parts = append(r.parts, s...)
	return r.parts[from:len(r.parts):len(r.parts)]
}

func (u *unpacker) take(r *room, n int) []string {
	if n == 0 {
		return nil
	}
	from := len(r.parts)
	for range n {
		r.parts = append(r.parts, u.str())
	}
	return r.parts[from:len(r.parts):len(r.parts)]
}

func (u *unpacker) rule(r *rule) {
	r.cond, r.example = u.str(), u.str()
	r.items = make([][]int32, u.size())
	for i := range r.items {
		r.items[i] = u.list()
	}
	r.exclude, r.fields = u.list(), u.list()
	for _, shares := range []*[]weighted{&r.causes, &r.terms} {
		if n := u.size(); n > 0 {
			*shares = make([]weighted, n)
		}
		for i := range *shares {
			(*shares)[i] = weighted{int32(u.num()), int32(u.num())}
		}
	}
}
