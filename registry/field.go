package registry

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// FieldID is the place of a technical field in the taxonomy's file. It lives as long as the process: records and
// indexes hold names.
type FieldID int16

// NoField is the parent of a group and the answer where nothing is known.
const NoField FieldID = -1

// Field (技术领域) is a node of the one taxonomy of technical fields: a group (门类) or a field within a group.
type Field struct {
	ID       FieldID
	Name     string
	Parent   FieldID  // NoField for a group
	HighTech string   // one of HighTechFields(); empty for a group
	Aliases  []string // other words for the field and its core topics
}

// highTechFields are the 国家重点支持的高新技术领域 (国科发火〔2016〕32 号), in the order of the document.
var highTechFields = []string{"电子信息", "生物与新医药", "航空航天", "新材料", "高技术服务", "新能源与节能", "资源与环境", "先进制造与自动化"}

// HighTechFields are the eight 国家重点支持的高新技术领域.
func HighTechFields() []string { return append([]string(nil), highTechFields...) }

//go:embed fields.txt
var fieldsText string

type fieldTable struct {
	all    []Field
	byWord map[string]FieldID
	words  map[string][]fieldWord // by the first characters, see fieldwords.go
}

var fields = sync.OnceValue(func() *fieldTable {
	t, err := parseFields(fieldsText)
	if err != nil {
		panic(err)
	}
	return t
})

// parseFields reads name | parent | 高新技术领域 | aliases. A parent stands before its children; no word stands twice.
func parseFields(text string) (*fieldTable, error) {
	t := &fieldTable{byWord: map[string]FieldID{}, words: map[string][]fieldWord{}}
	for line, row := range rows(text) {
		f := Field{ID: FieldID(len(t.all)), Name: row[0], Parent: NoField, HighTech: column(row, 2), Aliases: items(column(row, 3))}
		if name := column(row, 1); name != "" {
			parent, ok := t.byWord[strings.ToLower(name)]
			if !ok || t.all[parent].Name != name || t.all[parent].Parent != NoField {
				return nil, fmt.Errorf("fields.txt:%d: 上级“%s”不是在前面的门类", line, name)
			}
			f.Parent = parent
		}
		for _, w := range append([]string{f.Name}, f.Aliases...) {
			if other, taken := t.byWord[strings.ToLower(w)]; taken {
				return nil, fmt.Errorf("fields.txt:%d: “%s”已属于%s", line, w, append(t.all, f)[other].Name)
			}
			t.byWord[strings.ToLower(w)] = f.ID
			t.addWord(w, f.ID)
		}
		t.all = append(t.all, f)
	}
	return t, nil
}

// Fields is the whole taxonomy in the file's order; the ID is the place in it.
func Fields() []Field { return append([]Field(nil), fields().all...) }

// FieldByID is the field with that ID; ok is false for NoField and other numbers outside the taxonomy.
func FieldByID(id FieldID) (f Field, ok bool) {
	if id < 0 || int(id) >= len(fields().all) {
		return Field{}, false
	}
	return fields().all[id], true
}

// ParseField finds a field whose name or alias is the whole text, without regard to case and spaces around.
func ParseField(text string) (f Field, ok bool) {
	id, ok := fields().byWord[strings.ToLower(strings.TrimSpace(text))]
	if !ok {
		return Field{}, false
	}
	return fields().all[id], true
}

// FieldDistance says how far two fields lie apart in the tree: 0 the same, 1 within one group (a field and its group
// too), 2 in different groups or where one is NoField.
func FieldDistance(a, b FieldID) int {
	switch {
	case a < 0 || b < 0:
		return 2
	case a == b:
		return 0
	case groupOf(a) == groupOf(b):
		return 1
	}
	return 2
}

func groupOf(id FieldID) FieldID {
	if f, ok := FieldByID(id); ok && f.Parent != NoField {
		return f.Parent
	}
	return id
}
