package registry

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// firstBroken is the first of the answers that is no nil.
func firstBroken(answers ...error) error {
	for _, err := range answers {
		if err != nil {
			return err
		}
	}
	return nil
}

func invalid(field, format string, args ...any) error {
	return &Error{Kind: Invalid, Field: field, Msg: fmt.Sprintf(format, args...)}
}

func checkID(field, id string) error {
	if id == "" {
		return invalid(field, "编号没有填写，请给每条记录一个不重复的编号")
	}
	return checkOptionalID(field, id)
}

// checkOptionalID wants [A-Za-z0-9_.-]{1,64} or nothing.
func checkOptionalID(field, id string) error {
	if len(id) > MaxID {
		return invalid(field, "编号 %s 有 %d 个字符，最多 %d 个，请缩短", Shorten(id, 20), len(id), MaxID)
	}
	for _, r := range id {
		if !idRune(r) {
			return invalid(field, "编号 %s 含有 %q，只能用英文字母、数字和 _ . -，请改用这些字符", Shorten(id, 20), r)
		}
	}
	return nil
}

func idRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '.' || r == '-'
}

func checkIDs(field string, ids []string) error {
	if err := checkCount(field, len(ids), MaxList); err != nil {
		return err
	}
	for i, id := range ids {
		if err := checkID(field, id); err != nil {
			return err
		}
		if slices.Contains(ids[:i], id) {
			return invalid(field, "编号 %s 写了两次，请留一个", id)
		}
	}
	return nil
}

func checkApart(prefer, avoid []string) error {
	for _, id := range prefer {
		if slices.Contains(avoid, id) {
			return invalid("avoid", "%s 同时在优先（prefer）和暂不考虑（avoid）里，请删去一处", id)
		}
	}
	return nil
}

func checkLine(field, text string) error { return checkLength(field, text, MaxName) }

func checkText(field, text string) error { return checkLength(field, text, MaxText) }

func checkLines(field string, items []string) error {
	if err := checkCount(field, len(items), MaxList); err != nil {
		return err
	}
	for _, s := range items {
		if err := firstBroken(checkStated(field, s, "请删去空的一项"), checkLine(field, s)); err != nil {
			return err
		}
	}
	return nil
}

func checkLength(field, text string, most int) error {
	if !utf8.ValidString(text) {
		return invalid(field, "含有损坏的字节，请用 UTF-8 编码重新保存")
	}
	if strings.ContainsFunc(text, controlRune) {
		return invalid(field, "含有看不见的控制字符，请删去后重新填写")
	}
	if n := utf8.RuneCountInString(text); n > most {
		return invalid(field, "有 %d 个字，最多 %d 个，请精简，其余内容可作为附件", n, most)
	}
	return nil
}

func controlRune(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f
}

func checkCount(field string, n, most int) error {
	if n > most {
		return invalid(field, "有 %d 项，最多 %d 项，请删减", n, most)
	}
	return nil
}

func checkStated(field, text, remedy string) error {
	if strings.TrimSpace(text) == "" {
		return invalid(field, "没有填写，%s", remedy)
	}
	return nil
}

func checkOneOf(field, value string, allowed []string) error {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	return invalid(field, "“%s”不在可选范围内，请改为：%s", Shorten(value, 20), strings.Join(allowed, "、"))
}

func checkRange(field string, n, least, most int64) error {
	if n < least || n > most {
		return invalid(field, "%d 超出范围，应在 %d 到 %d 之间", n, least, most)
	}
	return nil
}

func checkYear(field string, year int) error {
	if year == 0 {
		return nil
	}
	return checkRange(field, int64(year), FirstYear, LastYear)
}

func checkSomeText(field, choices string, texts []string) error {
	n := 0
	for _, s := range texts {
		n += utf8.RuneCountInString(strings.TrimSpace(s))
	}
	if n >= MinText {
		return nil
	}
	if n == 0 {
		return invalid(field, "没有任何文字可供匹配，请至少填写一项：%s", choices)
	}
	return invalid(field, "全部文字只有 %d 个字，无法研判和匹配，请写成一句完整的话：%s", n, choices)
}

func nonEmpty(texts []string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// Shorten cuts text to at most n characters for a message and marks the cut with "…".
func Shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n]) + "…"
}

// inField gives a refusal the name of the field in which it arose.
func inField(field string, err error) error {
	var e *Error
	if !errors.As(err, &e) || e.Field != "" {
		return err
	}
	named := *e
	named.Field = field
	return &named
}
