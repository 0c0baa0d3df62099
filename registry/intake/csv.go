package intake

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"tepai/registry"
)

// csvRecords reads a table whose first row names the columns.
type csvRecords struct {
	rows      *rowReader
	collector *collector
	encoding  Encoding
	keys      []string // of the columns; "" = means nothing here
}

func newCSVRecords(src *source, c *collector, kind registry.RecordKind, needed []keyGroup) (*csvRecords, error) {
	r := &csvRecords{rows: newRowReader(src.body, c.options.MaxLine), collector: c, encoding: src.encoding}
	header, line, fault, err := r.rows.next()
	if err == io.EOF {
		return nil, refuse("%s 是空文件，请核对文件是否选对", src.name)
	}
	if err != nil {
		return nil, fmt.Errorf("intake: read %s: %w", src.name, err)
	}
	if fault != nil {
		return nil, refuse("%s 的表头读不出来：%s", src.name, fault)
	}
	if damaged([]byte(strings.Join(header, ",")), src.encoding) {
		return nil, refuse("%s 的表头读不出来：%s", src.name, damagedText(line, src.encoding))
	}
	if r.keys, c.ignored, err = mapHeader(header, kind, src.name, line); err != nil {
		return nil, err
	}
	return r, checkNeeded(r.keys, header, needed, src.name, line)
}

func (r *csvRecords) next() (record, error) {
	for {
		row, line, fault, err := r.rows.next()
		if err != nil {
			return record{}, err
		}
		if fault == nil {
			fault = r.check(row, line)
		}
		if fault != nil {
			r.collector.add(*fault)
			continue
		}
		rec := record{line: line}
		for i, key := range r.keys {
			if cell := strings.TrimSpace(unguard(row[i])); key != "" && cell != "" {
				rec.members = append(rec.members, member{key, value{kind: text, text: cell}})
			}
		}
		return rec, nil
	}
}

// check compares a row with the header; spreadsheets save all rows with the same number of cells, apart from empty ones
// at the end.
func (r *csvRecords) check(row []string, line int) *Fault {
	for len(row) > len(r.keys) && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	if damaged([]byte(strings.Join(row, ",")), r.encoding) {
		f := damagedText(line, r.encoding)
		return &f
	}
	if len(row) != len(r.keys) {
		return &Fault{Line: line, Reason: fmt.Sprintf("这一行有 %d 格，表头有 %d 格", len(row), len(r.keys)), Remedy: "请核对是否多了或少了分隔符；格内有逗号的，请用英文双引号把整格括起来"}
	}
	return nil
}

// unguard drops the apostrophe that keeps a spreadsheet from taking a text for a formula.
func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// separatorOf takes the mark that occurs most in the header: comma, tab or semicolon.
func separatorOf(header []byte) byte {
	best := byte(',')
	for _, c := range []byte("\t;") {
		if bytes.Count(header, []byte{c}) > bytes.Count(header, []byte{best}) {
			best = c
		}
	}
	return best
}

func blank(row []string) bool {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
