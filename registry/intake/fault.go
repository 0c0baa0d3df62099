package intake

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"tepai/registry"
)

// Fault is one thing that is wrong with a file, for the person who has to mend it.
type Fault struct {
	Line   int    // from 1; of a CSV record the line on which it begins
	Column int    // character within the line, from 1; 0 = not known
	ID     string // of the record, where it could be read
	Field  string // key of the field ("degree"), where one is at fault
	Reason string // Chinese: what is wrong
	Remedy string // Chinese: the way out
	Raw    string // the cell's text, shortened; always empty for personal data
}

// String is the fault in one line: 第 7 行第 12 个字符 degree：….
func (f Fault) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "第 %d 行", f.Line)
	if f.Column > 0 {
		fmt.Fprintf(&s, "第 %d 个字符", f.Column)
	}
	if f.Field != "" {
		fmt.Fprintf(&s, " %s", f.Field)
	}
	fmt.Fprintf(&s, "：%s", f.Reason)
	if f.Remedy != "" {
		fmt.Fprintf(&s, "，%s", f.Remedy)
	}
	return strings.Map(printable, s.String())
}

// printable keeps the control characters of a foreign file away from the reader's terminal.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// Err gathers the faults into one refusal, a line each and the rest as a number; nil if there are none.
func (b *Batch) Err() error {
	if len(b.Faults) == 0 {
		return nil
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%s 有 %d 处错误：", b.Name, len(b.Faults)+b.More)
	for _, f := range b.Faults {
		s.WriteString("\n  " + f.String())
	}
	if b.More > 0 {
		fmt.Fprintf(&s, "\n  还有 %d 处", b.More)
	}
	return &registry.Error{Kind: registry.Invalid, Field: b.Faults[0].Field, Msg: s.String()}
}

// collector keeps the faults of one reading and what else is to be told about it.
type collector struct {
	options Options
	faults  []Fault
	more    int
	ignored []string
	doubts  []Fault
}

func (c *collector) add(f Fault) {
	if len(c.faults) >= c.options.MaxFaults {
		c.more++
		return
	}
	c.faults = append(c.faults, f)
}

// doubt files what a person should look at again; it keeps no row out.
func (c *collector) doubt(f Fault) {
	if len(c.doubts) < c.options.MaxFaults {
		c.doubts = append(c.doubts, f)
	}
}

// refused files a refusal of the registry, whose sentence ends in the way out.
func (c *collector) refused(rec record, id string, err error) {
	f := Fault{Line: rec.line, ID: id, Reason: err.Error()}
	var e *registry.Error
	if errors.As(err, &e) {
		f.Field, f.Reason, f.Remedy = e.Field, e.Msg, ""
	}
	f.Reason, f.Remedy = cutRemedy(f.Reason)
	key, _, _ := strings.Cut(f.Field, ".")
	for _, m := range rec.members {
		if m.key == key {
			f.Raw = registry.Shorten(m.value.text, 40)
			f.Column = m.value.at
		}
	}
	c.add(f)
}

// messageOf is the sentence of a refusal without its field, which a Fault names itself.
func messageOf(err error) string {
	var e *registry.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return err.Error()
}

// cutRemedy parts a sentence of the registry before "，请".
func cutRemedy(sentence string) (reason, remedy string) {
	if i := strings.Index(sentence, "，请"); i >= 0 {
		return sentence[:i], sentence[i+len("，"):]
	}
	return sentence, ""
}

func refuse(format string, args ...any) error {
	return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf(format, args...)}
}
