package pool

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tepai/registry"
)

// Characters of a profile: all texts without the evidence.
const (
	shortest = 80
	longest  = 300
	usual    = 150
)

func (w *writer) specialist(i int) registry.Specialist {
	v := registry.Specialist{ID: fmt.Sprintf("S%07d", i+1)}
	w.person(&v)
	w.profile(&v)
	for range w.evidenceItems() {
		v.Evidence = append(v.Evidence, w.evidence())
	}
	w.duties(&v)
	return v
}

// person fills in who it is.
func (w *writer) person(v *registry.Specialist) {
	names := w.material.names.clauses
	any := func(key string) string { return w.fill(names[key][w.random.IntN(len(names[key]))]) }
	v.Name = any("姓") + any("名")
	if w.chance(0.75) {
		v.Name += any("名")
	}
	v.Title = any("职称")
	at := w.material.units[w.random.IntN(len(w.material.units))]
	v.Organisation, v.OrgType = w.fill(at.name), at.kind
	v.Degree = []string{"博士", "硕士", "硕士", "学士", ""}[w.random.IntN(5)]
	if w.chance(0.3) {
		v.County = registry.Counties()[w.random.IntN(7)]
	}
	v.Industry = w.industry()
}

func (w *writer) industry() string {
	list := w.domain().industries
	return list[w.zipf(len(list), 0.5)]
}

// profile writes about the person's work: about usual characters, shortest to longest.
func (w *writer) profile(v *registry.Specialist) {
	for _, d := range w.domains {
		for range w.between(1, 2) {
			if f := d.fields[w.zipf(len(d.fields), 0.4)]; !slices.Contains(v.Fields, f) {
				v.Fields = append(v.Fields, f)
			}
		}
	}
	v.Keywords = w.keywords()
	room := int(math.Exp(w.random.NormFloat64()*0.4) * usual)
	room = min(max(room, shortest+20), longest) - length(v.Fields...) - length(v.Keywords...)
	if w.chance(0.4) {
		v.ServiceWish = w.text("意向", 1) + "。"
		room -= length(v.ServiceWish)
	}
	if w.chance(0.6) {
		v.Achievements = w.walk("业绩", min(room/3, 60), room/2)
		room -= length(v.Achievements)
	}
	v.Expertise = w.walk("开头", max(room-12, 45), max(room-1, 70))
}

func (w *writer) keywords() []string {
	d := w.domain()
	list := w.words(d.clauses["术语"], w.between(1, 4))
	list = append(list, w.words(d.clauses[[]string{"方法", "对象", "设备", "材料"}[w.random.IntN(4)]], w.between(0, 2))...)
	if w.chance(0.5) {
		list = append(list, w.words(w.material.common.clauses["关键"], 1)...)
	}
	return list
}

// steps is the Markov chain over the roles of clauses: each follower stands as often as its tenths. 业绩 are clauses of the role
// 成效 that stay among themselves.
var steps = map[string]string{
	"开头": "方向方向方向方向方向做法做法做法做法成效",
	"方向": "做法做法做法做法做法做法方向方向成效成效",
	"做法": "做法做法做法做法方向方向方向成效成效成效",
	"成效": "做法做法做法做法做法方向方向方向成效成效",
	"业绩": "业绩",
}

// walk writes clauses from a role on until the text has the wanted length; it never passes the limit, but for a single
// clause.
func (w *writer) walk(role string, wanted, limit int) string {
	var b strings.Builder
	n := 0
	for misses := 0; n < wanted && misses < 6; {
		text := w.text(strings.ReplaceAll(role, "业绩", "成效"), map[string]float64{"开头": 1, "成效": 0.5, "业绩": 0.5}[role])
		if n > 0 && w.chance(0.2) && text != "" {
			text = w.words(w.material.common.clauses["连接"], 1)[0] + text
		}
		if text == "" || n > 0 && n+length(text)+1 > limit {
			misses++
		} else {
			if n > 0 {
				b.WriteString([]string{"。", "。", "；", "，"}[w.random.IntN(4)])
				n++
			}
			b.WriteString(text)
			n += length(text)
		}
		next := []rune(steps[role])
		at := 2 * w.random.IntN(len(next)/2)
		role = string(next[at : at+2])
	}
	b.WriteString("。")
	return b.String()
}

// duties are dispatches and wishes, few of them.
func (w *writer) duties(v *registry.Specialist) {
	for range []int{0, 0, 0, 0, 0, 1, 1, 1, 2, 3}[w.random.IntN(10)] {
		if id := w.enterprise(); !slices.Contains(v.Serving, id) {
			v.Serving = append(v.Serving, id)
		}
	}
	if w.chance(0.3) {
		v.Capacity = w.between(2, 6)
	}
	if w.chance(0.05) {
		v.Prefer = []string{w.enterprise()}
	}
	if w.chance(0.01) {
		v.Standing = registry.Paused
	}
}

func (w *writer) enterprise() string { return fmt.Sprintf("E%05d", w.between(1, 5000)) }
