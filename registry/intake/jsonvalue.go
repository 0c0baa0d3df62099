package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"tepai/registry"
)

// parseObject reads a line that must be one JSON object and nothing else, with no key twice in one object.
func parseObject(line []byte) (value, *Fault) {
	var whole json.RawMessage
	if err := json.Unmarshal(line, &whole); err != nil {
		return value{}, brokenJSON(line, err)
	}
	p := &jsonParser{line: line, dec: json.NewDecoder(bytes.NewReader(line))}
	p.dec.UseNumber()
	v := p.value()
	switch {
	case p.fault != nil:
		return value{}, p.fault
	case v.kind != object:
		return value{}, &Fault{Reason: "这一行不是 JSON 对象", Remedy: `请写成 {"id": "…", …} 的样子`}
	}
	return v, nil
}

// brokenJSON says in Chinese where and why a line is no JSON.
func brokenJSON(line []byte, err error) *Fault {
	f := &Fault{Reason: "JSON 写法有误", Remedy: "请核对引号、逗号和括号是否成对，一行只写一个对象"}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return f
	}
	f.Column = columnAt(line, int(syntax.Offset)-1)
	switch msg := syntax.Error(); {
	case strings.Contains(msg, "unexpected end"):
		f.Reason, f.Remedy = "JSON 没有写完", "请补上缺少的引号或括号；一个对象不能分成几行"
	case strings.Contains(msg, "after top-level value"):
		f.Reason, f.Remedy = "对象结束后还有多余的内容", "一行只写一个对象，请删去多余的内容或另起一行"
	case strings.Contains(msg, "in string literal"):
		f.Reason, f.Remedy = "引号内有未转义的控制字符", `换行请写成 \n，制表符请写成 \t`
	case strings.Contains(msg, "exceeded max depth"):
		f.Reason, f.Remedy = "括号嵌套太深", "请核对内容"
	}
	return f
}

// jsonParser turns tokens into values. The line is known to be JSON, so the decoder gives no errors.
type jsonParser struct {
	line  []byte
	dec   *json.Decoder
	fault *Fault // the first

	offset, column int // how far the characters are counted
}

// columnAt is the function columnAt for offsets that only grow.
func (p *jsonParser) columnAt(offset int) int {
	p.column += utf8.RuneCount(p.line[p.offset:offset])
	p.offset = offset
	return p.column + 1
}

func (p *jsonParser) value() value {
	begin := int(p.dec.InputOffset())
	begin += len(p.line[begin:]) - len(bytes.TrimLeft(p.line[begin:], " \t\r\n:,"))
	token, err := p.dec.Token()
	if err != nil {
		p.fail(brokenJSON(p.line, err))
		return value{}
	}
	v := value{at: p.columnAt(begin)}
	switch t := token.(type) {
	case string:
		v.kind, v.text = text, t
	case json.Number:
		v.kind, v.text = number, t.String()
	case bool:
		v.kind, v.text = truth, fmt.Sprint(t)
	case json.Delim:
		p.inside(&v, t)
	}
	return v
}

// inside reads a list or object up to its end.
func (p *jsonParser) inside(v *value, opening json.Delim) {
	v.kind = list
	if opening == '{' {
		v.kind = object
	}
	seen := map[string]bool{}
	for p.fault == nil && p.dec.More() {
		if v.kind == list {
			v.items = append(v.items, p.value())
			continue
		}
		key := p.value()
		if seen[key.text] {
			p.fail(&Fault{Column: key.at, Field: registry.Shorten(key.text, 40), Reason: "同一个对象里这个键写了两次", Remedy: "请只留一个"})
			return
		}
		seen[key.text] = true
		v.members = append(v.members, member{key.text, p.value()})
	}
	if p.fault == nil {
		p.dec.Token() // the closing bracket
	}
}

func (p *jsonParser) fail(f *Fault) {
	if p.fault == nil {
		p.fault = f
	}
}

// columnAt is the character, from 1, to which the byte at offset belongs.
func columnAt(line []byte, offset int) int {
	offset = max(0, min(offset, len(line)))
	for offset > 0 && offset < len(line) && !utf8.RuneStart(line[offset]) {
		offset--
	}
	return utf8.RuneCount(line[:offset]) + 1
}

// nowhere forgets the places of a value that was parsed out of another text.
func nowhere(v value) value {
	v.at = 0
	for i := range v.items {
		v.items[i] = nowhere(v.items[i])
	}
	for i := range v.members {
		v.members[i].value = nowhere(v.members[i].value)
	}
	return v
}
