package intake

import (
	"bytes"
	"unicode/utf8"
)

// jsonRecords reads one JSON object a line; empty lines are passed over.
type jsonRecords struct {
	lines     *lineReader
	collector *collector
	encoding  Encoding
	name      string
	begun     bool
}

func newJSONRecords(src *source, c *collector) *jsonRecords {
	return &jsonRecords{lines: newLineReader(src.body, c.options.MaxLine), collector: c, encoding: src.encoding, name: src.name}
}

func (j *jsonRecords) next() (record, error) {
	for {
		line, long, err := j.lines.next()
		if err != nil {
			return record{}, err
		}
		if long {
			j.collector.add(tooLong(j.lines.n, j.lines.most))
			continue
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := j.checkShape(line); err != nil {
			return record{}, err
		}
		if damaged(line, j.encoding) {
			j.collector.add(damagedText(j.lines.n, j.encoding))
			continue
		}
		v, fault := parseObject(line)
		if fault != nil {
			fault.Line = j.lines.n
			j.collector.add(*fault)
			continue
		}
		return record{line: j.lines.n, members: v.members}, nil
	}
}

// checkShape refuses, at the first line, a file that is one JSON value over many lines: every line would be a fault.
func (j *jsonRecords) checkShape(line []byte) error {
	if j.begun {
		return nil
	}
	j.begun = true
	switch line = bytes.TrimSpace(line); {
	case line[0] == '[':
		return refuse("%s 第 %d 行以 [ 开头，像是一个 JSON 数组，请改为每行一个对象（jsonl），去掉首尾的方括号和行末的逗号", j.name, j.lines.n)
	case len(line) == 1 && line[0] == '{':
		return refuse("%s 第 %d 行只有一个 {，像是分多行书写的 JSON，请把每个对象写在一行里（jsonl）", j.name, j.lines.n)
	}
	return nil
}

// damaged tells whether bytes of the line mean nothing in the file's encoding. The GB18030 decoder leaves U+FFFD there.
func damaged(line []byte, e Encoding) bool {
	if e == GB18030 {
		return bytes.ContainsRune(line, utf8.RuneError)
	}
	return !utf8.Valid(line)
}
