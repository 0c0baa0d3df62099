package knowledge

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Amendment (修订) is one line of a centre's own that changes the base of the files. It is written as a line of the files is:
// an entry of a name that stands there already adds its wordings, classes and fields to that entry; a rule whose condition
// stands there already takes its place; everything else is new. To take something away:
//
//	删去 | 规则 | 条件
//	删去 | 概念、物类 or 症状 | 名称 | 说法、说法
type Amendment struct {
	ID   string // where a firing of it is found: its place is File "修订 A0001", line 1
	Line string
}

const amended = "修订 "

func (a Amendment) place() Place { return Place{amended + a.ID, 1} }

// CheckAmendment tells what is wrong with an amendment on top of the files and of those that are in force: the faults of
// its line, and whether its rule fires on its own example. None means that it may be adopted. The error is that of
// reading fsys, or the Problems of the files themselves.
func CheckAmendment(fsys fs.FS, o Options, a Amendment) (Problems, error) {
	before, err := Load(fsys, o)
	if err != nil {
		return nil, err
	}
	if strings.ContainsAny(a.Line, "\r\n") {
		return Problems{{a.place().File, 1, "一条修订只写一行"}}, nil
	}
	s, err := read(fsys)
	if err != nil {
		return nil, err
	}
	s.amend(append(slices.Clone(before.inForce), a))
	b, problems := s.build(o)
	if len(problems) > 0 {
		return problems, nil
	}
	for _, p := range b.CheckExamples() {
		if p.File == a.place().File {
			problems = append(problems, p)
		}
	}
	return problems, nil
}

// withAmendments builds the base with as many of the amendments as can be used: after a change of the files, one may refer to what
// no longer exists. It must not take the others, or the base, with it.
func (s *sources) withAmendments(o Options) (*Base, Problems) {
	b, problems := s.build(o)
	if len(problems) == 0 || len(o.Amendments) == 0 {
		return b, problems
	}
	s.amend(nil)
	if b, problems = s.build(o); len(problems) > 0 {
		return b, problems
	}
	var refused Problems
	for _, a := range o.Amendments {
		s.amend(append(slices.Clone(b.inForce), a))
		with, faults := s.build(o)
		if len(faults) > 0 {
			refused = append(refused, faults...)
			continue
		}
		b = with
	}
	s.amend(b.inForce)
	b.refused = refused
	return b, nil
}

// Refused are the faults of the amendments that were left out, because they do not fit the files any more.
func (b *Base) Refused() Problems { return b.refused }

// amend works an amendment into the lines of the files.
func (p *parser) amend(a Amendment) {
	one := parser{}
	if cols := strings.Split(a.Line, "|"); strings.TrimSpace(cols[0]) == "删去" {
		p.remove(a.place(), cols[1:])
		return
	}
	one.file(a.place().File, a.Line)
	p.problems = append(p.problems, one.problems...)
	if len(one.entries)+len(one.rules)+len(one.problems) == 0 {
		p.problems.add(a.place(), "修订是空的")
	}
	for _, e := range one.entries {
		p.extend(e)
	}
	for _, r := range one.rules {
		if i := p.ruleAt(r.cond); i >= 0 {
			p.rules[i] = r
		} else {
			p.rules = append(p.rules, r)
		}
	}
}

// extend adds to the entry of that kind and name, or adds the entry.
func (p *parser) extend(e rawEntry) {
	i := p.entryAt(e.kind, e.name)
	if i < 0 {
		p.entries = append(p.entries, e)
		return
	}
	have := &p.entries[i]
	for _, w := range e.wordings {
		if !slices.ContainsFunc(have.wordings, func(h wording) bool { return h.key() == w.key() }) {
			have.wordings = append(slices.Clip(have.wordings), w)
		}
	}
	have.broader = union(have.broader, e.broader)
	have.fields = union(have.fields, e.fields)
}

// union adds what is missing; have is not written to.
func union(have, more []string) []string {
	have = slices.Clip(have)
	for _, s := range more {
		if !slices.Contains(have, s) {
			have = append(have, s)
		}
	}
	return have
}

func (p *parser) entryAt(kind Kind, name string) int {
	return slices.IndexFunc(p.entries, func(e rawEntry) bool { return e.kind == kind && e.name == name })
}

func (p *parser) ruleAt(c condition) int {
	key := c.key()
	return slices.IndexFunc(p.rules, func(r rawRule) bool { return r.cond.key() == key })
}

// remove reads what stands behind 删去.
func (p *parser) remove(at Place, cols []string) {
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	cols = append(cols, "", "", "")
	kind := slices.Index(kindNames[:], cols[0])
	switch {
	case cols[0] == "规则":
		p.removeRule(at, cols[1])
	case kind >= 0:
		p.removeWordings(at, Kind(kind), cols[1], p.list(at, cols[2]))
	default:
		p.problems.add(at, "“删去”后面应是 规则、概念、物类 或 症状，这里是“%s”", cols[0])
	}
}

func (p *parser) removeRule(at Place, cond string) {
	c, why := parseCondition(cond)
	if cond == "" {
		why = "至少要写一项"
	}
	if why != "" {
		p.problems.add(at, "条件“%s”：%s", cond, why)
		return
	}
	i := p.ruleAt(c)
	if i < 0 {
		p.problems.add(at, "没有条件为“%s”的规则，请用 tepai knowledge find 核对写法", cond)
		return
	}
	p.rules = slices.Delete(p.rules, i, i+1)
}

func (p *parser) removeWordings(at Place, kind Kind, name string, said []string) {
	i := p.entryAt(kind, name)
	switch {
	case i < 0:
		p.problems.add(at, "没有%s“%s”，请核对名称", kind, name)
		return
	case len(said) == 0:
		p.problems.add(at, "请写明删去哪些说法（第四列）；整条不能删，别处可能还要用它")
		return
	}
	for _, s := range said {
		p.removeWording(at, &p.entries[i], s)
	}
}

func (p *parser) removeWording(at Place, e *rawEntry, said string) {
	w, why := p.fold.parseWording(said)
	i := slices.IndexFunc(e.wordings, func(h wording) bool { return h.key() == w.key() })
	switch {
	case why != "":
		p.problems.add(at, "说法“%s”：%s", said, why)
	case said == e.name:
		p.problems.add(at, "“%s”是名称，不能删去", said)
	case i < 0:
		p.problems.add(at, "%s“%s”没有说法“%s”", e.kind, e.name, said)
	default:
		e.wordings = slices.Delete(slices.Clone(e.wordings), i, i+1)
	}
}

// amend sets the amendments of the sources; the sum covers them.
func (s *sources) amend(list []Amendment) {
	s.amendments = list
	s.sum = s.files
	if len(list) == 0 {
		return
	}
	sum := sha256.New()
	sum.Write(s.files[:])
	for _, a := range list {
		fmt.Fprintf(sum, "%q %q\n", a.ID, a.Line)
	}
	s.sum = [sha256.Size]byte(sum.Sum(nil))
}
