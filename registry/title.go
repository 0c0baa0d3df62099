package registry

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// Level is the level of a professional title (职称).
type Level uint8

const (
	LevelUnknown Level = iota // not in the table, or no title in the sense of the policy: a person decides
	Junior                    // 初级
	Intermediate              // 中级
	Associate                 // 副高
	Senior                    // 正高
)

// String is the level's Chinese name.
func (l Level) String() string {
	return [...]string{"待认定", "初级", "中级", "副高", "正高"}[min(l, Senior)]
}

// Title is what the table knows about a title as written.
type Title struct {
	Name   string // the name that decided, "" if none was recognised
	Series string // 系列
	Level  Level
}

//go:embed titles.txt
var titlesText string

type titleTable struct {
	byName      map[string]Title
	specialties []string // may stand before 工程师
}

var titles = sync.OnceValue(func() *titleTable {
	levels := map[string]Level{"人工": LevelUnknown, "初级": Junior, "中级": Intermediate, "副高": Associate, "正高": Senior}
	t := &titleTable{byName: map[string]Title{}}
	for line, row := range rows(titlesText) {
		if row[0] == "专业" {
			t.specialties = items(column(row, 2))
			continue
		}
		level, ok := levels[column(row, 1)]
		if !ok {
			panic(fmt.Sprintf("titles.txt:%d: no such level", line))
		}
		for _, name := range items(column(row, 2)) {
			t.byName[name] = Title{Name: name, Series: row[0], Level: level}
		}
	}
	return t
})

// TitleLevel is the level of a title as written; LevelUnknown refuses nobody, it leaves the answer to a person.
func TitleLevel(title string) Level { return LookupTitle(title).Level }

// LookupTitle finds a title as written: "教授、博士生导师", "高级工程师（电气）", "采矿工程师", "副教授/硕导". Of several
// titles the highest level counts. A skill grade (高级技师), a qualification (执业药师) or a post (总工程师) is found
// with LevelUnknown.
func LookupTitle(title string) Title {
	var best Title
	for _, part := range strings.FieldsFunc(fold(title), func(r rune) bool { return strings.ContainsRune(",/()+:&", r) }) {
		if t, ok := titles().find(part); ok && (best.Name == "" || t.Level > best.Level) {
			best = t
		}
	}
	return best
}

func (t *titleTable) find(name string) (Title, bool) {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "职称"), "资格")
	if found, ok := t.byName[name]; ok {
		return found, true
	}
	return t.findEngineer(name)
}

// findEngineer reads 采矿高级工程师, 高级采矿工程师 and 电气自动化工程师 as the title without its specialties.
func (t *titleTable) findEngineer(name string) (Title, bool) {
	if !strings.HasSuffix(name, "工程师") {
		return Title{}, false
	}
	name = strings.Replace(name, "专业", "", 1)
	if found, ok := t.byName[name]; ok {
		return found, found.Series == "工程"
	}
	for _, s := range t.specialties {
		if rest := strings.Replace(name, s, "", 1); rest != name {
			if found, ok := t.findEngineer(rest); ok {
				return found, true
			}
		}
	}
	return Title{}, false
}
