package knowledge

import (
	"fmt"
	"slices"
	"strings"
)

// hint helps with a name that is not defined: it may be a wording of an entry, or two names without spaces between.
func (l *linker) hint(name string) string {
	for _, e := range l.graph.entries {
		for _, w := range e.wordings {
			if w.text == name {
				if e.name == name {
					return fmt.Sprintf("（%s 里它是%s，这里要的是别的类别）", e.Place, e.kind)
				}
				return fmt.Sprintf("（它是%s“%s”的说法，见 %s；请写“%s”）", e.kind, e.name, e.Place, e.name)
			}
		}
	}
	if strings.ContainsAny(name, "+/-") {
		return "（+、/、- 的两边要有空格）"
	}
	return "；请检查写法，或先加一行定义它"
}

// hierarchy computes what lies above every entry and reports cycles, each once, at its first line.
func (l *linker) hierarchy() {
	const white, grey, black = 0, 1, 2
	es := l.graph.entries
	colour := make([]uint8, len(es))
	var path []int32
	var visit func(id int32)
	visit = func(id int32) {
		colour[id] = grey
		path = append(path, id)
		es[id].above = []int32{id}
		for _, up := range slices.Clone(es[id].broader) {
			if colour[up] == white {
				visit(up)
			}
			if colour[up] == grey {
				l.cycle(path[slices.Index(path, up):])
				es[id].broader = slices.DeleteFunc(es[id].broader, func(b int32) bool { return b == up })
				continue
			}
			es[id].above = append(es[id].above, es[up].above...)
		}
		slices.Sort(es[id].above)
		es[id].above = slices.Compact(es[id].above)
		path, colour[id] = path[:len(path)-1], black
	}
	for id := range es {
		if colour[id] == white {
			visit(int32(id))
		}
	}
}

func (l *linker) cycle(ids []int32) {
	first := slices.IndexFunc(ids, func(id int32) bool { return id == slices.Min(ids) })
	var names []string
	for i := range ids {
		names = append(names, l.graph.entries[ids[(first+i)%len(ids)]].name)
	}
	at := l.graph.entries[ids[first]]
	l.problems.add(at.Place, "上下位成了圈：%s", strings.Join(append(names, names[0]), " ⊂ "))
}

// checkRule reports rules that can never fire.
func (l *linker) checkRule(r *rule, cond condition) {
	for i, item := range r.items {
		if len(item) > 0 && !slices.ContainsFunc(item, func(sign int32) bool { return !l.excluded(r, sign) }) {
			l.problems.add(r.Place, "规则永远不会触发：既要求又排除 %s", joinAtoms(cond.items[i]))
		}
		for j := range i {
			if slices.Equal(item, r.items[j]) && len(item) > 0 {
				l.problems.add(r.Place, "条件里 %s 写了两次", joinAtoms(cond.items[i]))
			}
		}
	}
}

// checkTwin reports a second rule with the same condition: its conclusions belong into the first.
func (l *linker) checkTwin(r *rule, cond condition) {
	key := cond.key()
	if first, twice := l.same[key]; twice {
		l.problems.add(r.Place, "条件与 %s 的规则相同，请合并成一条", first)
		return
	}
	l.same[key] = r.Place
}

// excluded tells that a sign never stands in a text without something that the rule excludes.
func (l *linker) excluded(r *rule, sign int32) bool {
	n := int32(len(l.graph.entries))
	if sign >= n {
		return slices.Contains(r.exclude, sign) || slices.ContainsFunc(r.exclude, func(x int32) bool {
			return x >= n && strings.Contains(l.literals[sign-n], l.literals[x-n])
		})
	}
	for _, up := range l.graph.entries[sign].above {
		if slices.Contains(r.exclude, up) {
			return true
		}
	}
	return false
}

func joinAtoms(atoms []atom) string {
	var parts []string
	for _, a := range atoms {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, " / ")
}
