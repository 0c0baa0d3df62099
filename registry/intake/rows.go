package intake

import (
	"bytes"
	"fmt"
	"io"
)

// rowReader cuts a text into rows and cells (RFC 4180): a cell in quotes may hold separators, line ends and doubled
// quotes; a quote within a bare cell is a character like any other. It never keeps more than most bytes of a row.
type rowReader struct {
	lines     *lineReader
	separator byte // found on the first row
}

func newRowReader(r io.Reader, most int) *rowReader {
	return &rowReader{lines: newLineReader(r, most)}
}

// next gives the next row that is not empty and the line on which it begins. A fault is of this row alone.
func (r *rowReader) next() (row []string, line int, fault *Fault, err error) {
	for {
		text, long, err := r.lines.next()
		if err != nil {
			return nil, 0, nil, err
		}
		line = r.lines.n
		if long {
			f := tooLong(line, r.lines.most)
			return nil, line, &f, nil
		}
		if len(text) == 0 {
			continue
		}
		if r.separator == 0 {
			r.separator = separatorOf(text)
		}
		if row, fault, err = r.cut(text); err != nil {
			return nil, 0, nil, err
		}
		if fault != nil || !blank(row) {
			return row, line, fault, nil
		}
	}
}

// cut takes a row apart, reading on while a quote is open.
func (r *rowReader) cut(text []byte) (row []string, fault *Fault, err error) {
	begin, total, c := r.lines.n, len(text), &cutter{separator: r.separator}
	for {
		switch c.feed(text) {
		case rowDone:
			return c.row, nil, nil
		case rowBad:
			return nil, &Fault{Line: begin, Reason: "双引号结束后、分隔符之前还有文字", Remedy: "格内本身的双引号请写成两个，并用双引号把整格括起来"}, nil
		}
		more, long, err := r.lines.next()
		if err == io.EOF {
			return nil, &Fault{Line: begin, Reason: "英文双引号没有配对，直到文件末尾也没有结束", Remedy: "请补上缺少的双引号；格内本身的双引号请写成两个"}, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if total += len(more) + 1; long || total > r.lines.most {
			return nil, &Fault{Line: begin, Reason: fmt.Sprintf("双引号打开后到第 %d 行仍没有结束，这一条超过 %s", r.lines.n, size(r.lines.most)), Remedy: "请核对双引号是否配对"}, nil
		}
		text = more
	}
}

// cutter takes the lines of one row and collects its cells.
type cutter struct {
	separator byte
	row       []string
	open      bool   // a quote is
	cell      []byte // what stood in it so far
}

type rowState uint8

const (
	rowDone rowState = iota
	rowOpen          // the next line belongs to it
	rowBad
)

func (c *cutter) feed(line []byte) rowState {
	for {
		if !c.open && len(line) > 0 && line[0] == '"' {
			c.open, c.cell, line = true, c.cell[:0], line[1:]
		}
		if !c.open {
			before, after, more := bytes.Cut(line, []byte{c.separator})
			c.row = append(c.row, string(before))
			if !more {
				return rowDone
			}
			line = after
			continue
		}
		i := bytes.IndexByte(line, '"')
		if i < 0 {
			c.cell = append(append(c.cell, line...), '\n')
			return rowOpen
		}
		c.cell, line = append(c.cell, line[:i]...), line[i+1:]
		switch {
		case len(line) > 0 && line[0] == '"':
			c.cell, line = append(c.cell, '"'), line[1:]
		case len(line) == 0:
			c.row = append(c.row, string(c.cell))
			return rowDone
		case line[0] == c.separator:
			c.row, c.open, line = append(c.row, string(c.cell)), false, line[1:]
		default:
			return rowBad
		}
	}
}
