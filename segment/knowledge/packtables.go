package knowledge

// tables writes what reads texts; the rules' tables are made again (see post).
func (p *packer) tables(c *compiled) {
	p.strs(c.literals)
	m := c.machine
	p.str(string(m.label))
	for _, list := range [][]int32{m.first, m.fail, m.found, m.link, c.lens, c.useAt, m.start[:]} {
		p.list(list)
	}
	p.num(len(c.edges))
	for _, e := range c.edges {
		p.num(int(e.before)<<8 | int(e.after))
	}
	p.num(len(c.uses))
	for _, u := range c.uses {
		p.num(int(u.id))
		p.num(int(u.part)<<8 | int(u.role))
	}
	p.num(len(c.phrases))
	for _, f := range c.phrases {
		p.num(int(f.entry))
		p.num(int(f.kind)<<16 | int(f.parts)<<8 | bit(f.cancel))
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tables reads what packer.tables wrote.
func (u *unpacker) tables() *compiled {
	c := &compiled{literals: u.strs(), machine: &automaton{label: []byte(u.str())}}
	m := c.machine
	for _, list := range []*[]int32{&m.first, &m.fail, &m.found, &m.link, &c.lens, &c.useAt} {
		*list = u.list()
	}
	copy(m.start[:], u.list())
	c.edges = make([]edge, u.size())
	for i := range c.edges {
		n := u.num()
		c.edges[i] = edge{glyph(n >> 8), glyph(n)}
	}
	c.uses = make([]use, u.size())
	for i := range c.uses {
		id, n := u.num(), u.num()
		c.uses[i] = use{int32(id), uint8(n >> 8), role(n)}
	}
	c.phrases = make([]phrase, u.size())
	for i := range c.phrases {
		entry, n := u.num(), u.num()
		c.phrases[i] = phrase{int32(entry), Kind(n >> 16), uint8(n >> 8), n&1 == 1}
	}
	return c
}
