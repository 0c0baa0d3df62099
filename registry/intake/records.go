package intake

import (
	"fmt"

	"tepai/registry"
)

// record is one row of a file, whatever its format: the fields that mean something here, by their keys.
type record struct {
	line    int
	members []member
}

type member struct {
	key   string
	value value
}

// value is what stands in a field. A CSV cell is always a text.
type value struct {
	kind    valueKind
	text    string  // of a text or number, as it stands
	items   []value // of a list
	members []member
	at      int // character within the line, from 1; 0 = not known
}

type valueKind uint8

const (
	null valueKind = iota
	text
	number
	truth
	list
	object
)

// records gives the rows of a file; faulty ones are filed with the collector and passed over. The end is io.EOF.
type records interface {
	next() (record, error)
}

// newRecords looks at the head of the file. needed are keys of which a CSV header must name at least one per group.
func newRecords(src *source, c *collector, kind registry.RecordKind, needed []keyGroup) (records, error) {
	if src.format == JSONL {
		return newJSONRecords(src, c), nil
	}
	return newCSVRecords(src, c, kind, needed)
}

// damagedText is the fault of a line that no encoding explains.
func damagedText(line int, e Encoding) Fault {
	reason := "含有损坏的 UTF-8 字节"
	if e == GB18030 {
		reason = "含有的字节既不是 UTF-8 也不是 GB18030"
	}
	return Fault{Line: line, Reason: reason, Remedy: "请用原来的软件打开，另存为 UTF-8 编码后再导入"}
}

func tooLong(line, most int) Fault {
	return Fault{Line: line, Reason: fmt.Sprintf("这一行超过 %s", size(most)), Remedy: "一行只能是一条记录，请核对换行，或精简内容"}
}

func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.3g MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.3g KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d 字节", n)
}
