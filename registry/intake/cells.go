package intake

import (
	"slices"
	"strconv"
	"strings"

	"tepai/registry"
)

// setter puts a value of a file into its place in a noun and files what is wrong with it.
type setter[T any] func(in *cells, dst *T, v value)

// recordKind is what the reading needs to know about a kind of record.
type recordKind[T any] struct {
	name         registry.RecordKind
	person       registry.RecordKind // whose personal data stand beside the record; empty = nobody's
	needed       []keyGroup
	setters      map[string]setter[T]
	id           func(*T) string
	check        func(*T) error
	checkLenient func(*T) error
}

// cells reads the values of one record. With lenient options a value that does not fit is "not stated".
type cells struct {
	collector *collector
	line      int
	id        string // of the record, as it stands in the file
	key       string // of the value being read
	at        int    // its character within the line
	person    registry.PersonalData
	faulty    bool
}

func (in *cells) fail(raw, reason, remedy string) {
	if in.collector.options.lenient {
		return
	}
	in.wrong(raw, reason, remedy)
}

// wrong files a fault that is not forgiven in lenient reading either.
func (in *cells) wrong(raw, reason, remedy string) {
	in.faulty = true
	in.collector.add(Fault{Line: in.line, Column: in.at, ID: registry.Shorten(in.id, 40), Field: in.key, Reason: reason, Remedy: remedy, Raw: registry.Shorten(raw, 40)})
}

// refused files the refusal of a parser of the registry.
func (in *cells) refused(raw string, err error) {
	reason, remedy := cutRemedy(err.Error())
	in.fail(raw, reason, remedy)
}

// recordID wants a text: a number loses leading zeros and long digits on its way through other software.
func (in *cells) recordID(v value) string {
	if v.kind == number {
		in.wrong(v.text, "编号 "+registry.Shorten(v.text, 20)+" 写成了数字", `请加上引号，写成 "`+registry.Shorten(v.text, 20)+`"`)
		return ""
	}
	return strings.TrimSpace(in.text(v))
}

func (in *cells) text(v value) string {
	switch v.kind {
	case null:
		return ""
	case text:
		return strings.TrimSpace(v.text)
	}
	in.fail(v.text, "这里应当是文字", "请加上引号")
	if v.kind == number {
		return v.text
	}
	return ""
}

// list takes a list of texts, or one text with 、 ; | , between the items.
func (in *cells) list(v value) []string {
	switch v.kind {
	case null:
		return nil
	case text:
		return splitList(v.text)
	case list:
		var all []string
		for _, item := range v.items {
			if s := in.text(item); s != "" {
				all = append(all, s)
			}
		}
		return all
	}
	in.fail(v.text, "这里应当是若干项文字", `请写成 ["…", "…"] 的样子`)
	return nil
}

// ids is a list in which an item must not be a number.
func (in *cells) ids(v value) []string {
	if slices.ContainsFunc(v.items, func(item value) bool { return item.kind == number }) {
		in.fail("", "编号写成了数字", "请给每个编号加上引号")
		return nil
	}
	return in.list(v)
}

func splitList(s string) []string {
	items := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、;；|｜,，\n", r) })
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return slices.DeleteFunc(items, func(s string) bool { return s == "" })
}

// number takes 120, "120", "1,200" and "120人": digits, with one of the units after them.
func (in *cells) number(v value, units ...string) int64 {
	if v.kind == null || v.text == "" && v.kind == text {
		return 0
	}
	s := strings.NewReplacer(",", "", "，", "", " ", "").Replace(v.text)
	for _, u := range units {
		s = strings.TrimSuffix(s, u)
	}
	if whole, fraction, found := strings.Cut(s, "."); found && strings.Trim(fraction, "0") == "" {
		s = whole
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || v.kind != number && v.kind != text {
		in.fail(v.text, "“"+registry.Shorten(v.text, 20)+"”不是整数", "请只填数字，不知道的留空")
		return 0
	}
	return n
}

// date takes a day in any usual writing and gives that of records.
func (in *cells) date(v value) string {
	s := in.text(v)
	if s == "" {
		return ""
	}
	d, err := registry.ParseDate(s)
	if err != nil {
		in.refused(s, err)
	}
	return d.String()
}

// oneOf translates a value by a table; a value that is not in it is refused with the table's words.
func (in *cells) oneOf(v value, words map[string]string, allowed string) string {
	s := in.text(v)
	if s == "" {
		return ""
	}
	got, ok := words[strings.ToLower(s)]
	if !ok {
		in.fail(s, "“"+registry.Shorten(s, 20)+"”不在可选范围内", "请改为："+allowed)
	}
	return got
}

// industry gives the standard's name. Lenient reading keeps the text: a collection may use words of its own, and the
// same words on both sides still say something.
func (in *cells) industry(v value) string {
	s := in.text(v)
	if s == "" || in.collector.options.lenient {
		return s
	}
	if found, ok := registry.ParseIndustry(s); ok {
		return found.Name
	}
	return s // refused by the noun's own check, which names the nearest
}

// county gives the usual name where it is one of Jincheng's; other places stay as they are.
func (in *cells) county(v value) string {
	s := in.text(v)
	if found, ok := registry.ParseCounty(s); ok {
		return found
	}
	return s
}
