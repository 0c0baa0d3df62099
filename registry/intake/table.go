package intake

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// table gives the rows of a file with tabs between the columns; empty lines are passed over.
type table struct {
	collector
	src   *source
	lines *lineReader
	err   error
}

func newTable(f *os.File, name string) (*table, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("intake: %w", err)
	}
	if info.Size() == 0 {
		return &table{src: &source{}, lines: newLineReader(strings.NewReader(""), 1)}, nil
	}
	src, err := open(f, name)
	if err != nil {
		return nil, err
	}
	t := &table{src: src, collector: collector{options: Options{}.withDefaults()}}
	t.lines = newLineReader(src.body, t.options.MaxLine)
	return t, nil
}

// next is the next row, nil at the end and on trouble, which t.err then holds.
func (t *table) next() []string {
	for {
		line, long, err := t.lines.next()
		switch {
		case err != nil:
			if err != io.EOF {
				t.err = wrapRead(t.src.name, err)
			}
			return nil
		case long:
			t.add(tooLong(t.lines.n, t.lines.most))
		case damaged(line, t.src.encoding):
			t.add(damagedText(t.lines.n, t.src.encoding))
		case strings.TrimSpace(string(line)) != "":
			row := strings.Split(string(line), "\t")
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			return row
		}
	}
}

func (t *table) fault(field, reason, remedy string) {
	t.add(Fault{Line: t.lines.n, Field: field, Reason: reason, Remedy: remedy})
}
