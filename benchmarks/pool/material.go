package pool

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed text/*.txt
var files embed.FS

// material is what stands in the text files. It is read once and never changed.
type material struct {
	domains []*domain // the commonest first
	common  *domain   // clauses of every domain
	names   *domain   // what names are made of
	units   []unit
}

// domain is one text file.
type domain struct {
	name       string
	fields     []string
	industries []string
	clauses    map[string][]clause // by role; the words of a slot are clauses too
}

// unit is where people work.
type unit struct {
	name clause
	kind string
}

var load = sync.OnceValue(func() *material {
	m := &material{}
	m.common, m.names = read(m, "common"), read(m, "names")
	for _, file := range m.common.clauses["次序"] {
		m.domains = append(m.domains, read(m, file.literal()))
	}
	return m
})

// lists are the kinds of lines that hold many items; the items of 姓 and the like are single characters.
const (
	lists      = " 企业 对象 材料 设备 方法 指标 术语 次序 连接 关键 业 尾 职称 项目来源 english "
	characters = " 姓 名 地 地头 号 品头 品中 试剂头 试剂中 试剂尾 "
)

// read reads one file. What is wrong with it is a bug of this package.
func read(m *material, name string) *domain {
	data, err := files.ReadFile(path.Join("text", name+".txt"))
	if err != nil {
		panic(err)
	}
	d := &domain{clauses: map[string][]clause{}}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, " | ")
		if len(columns) < 2 {
			panic(fmt.Sprintf("text/%s.txt:%d: no column", name, i+1))
		}
		d.take(m, columns)
	}
	return d
}

func (d *domain) take(m *material, columns []string) {
	key := columns[0]
	in := func(kinds string) bool { return strings.Contains(kinds, " "+key+" ") }
	switch {
	case key == "领域":
		d.name, d.fields, d.industries = columns[1], strings.Split(columns[2], "、"), strings.Split(columns[3], "，")
	case key == "单位":
		m.units = append(m.units, unit{parse(columns[1]), columns[2]})
	case in(characters):
		d.add(key, strings.Split(columns[1], "")...)
	case in(lists):
		d.add(key, strings.Split(columns[1], "、")...)
	default:
		d.add(key, columns[1])
	}
}

func (d *domain) add(key string, items ...string) {
	for _, item := range items {
		d.clauses[key] = append(d.clauses[key], parse(item))
	}
}
