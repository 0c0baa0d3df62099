package intake

import (
	"fmt"
	"io"

	"tepai/registry"
)

// Options of a reading. The zero value works.
type Options struct {
	MaxLine   int           // bytes of one line, or of one CSV record; 0 = 1 MiB, three hundred times a long profile
	MaxFaults int           // faults that are kept, the rest is counted; 0 = 50, what a person mends in one go
	Today     registry.Date // births after it are refused; zero = not looked at

	lenient bool // of collections: ids and texts only
}

func (o Options) withDefaults() Options {
	if o.MaxLine == 0 {
		o.MaxLine = 1 << 20
	}
	if o.MaxFaults == 0 {
		o.MaxFaults = 50
	}
	return o
}

// Row is a record with the line of the file on which it begins, from 1, and the personal data that stand beside it.
type Row[T any] struct {
	Line     int
	Value    T
	Personal registry.PersonalData
}

// Batch is what a file holds: one of the three lists, by the kind asked for, and the faults of the other rows.
type Batch struct {
	Name     string // of the file, for messages
	Format   Format
	Encoding Encoding

	Specialists []Row[registry.Specialist]
	Enterprises []Row[registry.Enterprise]
	Needs       []Row[registry.Need]

	Faults  []Fault  // in the order of the lines, at most Options.MaxFaults
	More    int      // further faults, counted only
	Ignored []string // CSV headers that mean nothing here, in the order of the file
	Doubts  []Fault  // of personal data in good rows: what is perhaps miswritten, at most Options.MaxFaults
}

// Records are the good rows, ready to be stored, and what they say of persons.
func (b *Batch) Records() registry.Records {
	return registry.Records{Specialists: values(b.Specialists), Enterprises: values(b.Enterprises), Needs: values(b.Needs), Personal: b.Persons()}
}

// Persons are the persons of whom the good rows state personal data, in the order of the file.
func (b *Batch) Persons() []registry.PersonRecord {
	list := persons(b.Specialists, func(v registry.Specialist) registry.PersonID { return registry.SpecialistPerson(v.ID) })
	return append(list, persons(b.Enterprises, func(v registry.Enterprise) registry.PersonID { return registry.ContactOf(v.ID) })...)
}

func persons[T any](rows []Row[T], who func(T) registry.PersonID) (list []registry.PersonRecord) {
	for _, r := range rows {
		if len(r.Personal.Stated()) > 0 {
			list = append(list, registry.PersonRecord{Who: who(r.Value), Data: r.Personal})
		}
	}
	return list
}

// DropPersonal leaves the personal data out of all rows, and with them what was doubtful about them.
func (b *Batch) DropPersonal() {
	b.Doubts = nil
	for i := range b.Specialists {
		b.Specialists[i].Personal = registry.PersonalData{}
	}
	for i := range b.Enterprises {
		b.Enterprises[i].Personal = registry.PersonalData{}
	}
}

// Len counts the good rows.
func (b *Batch) Len() int { return len(b.Specialists) + len(b.Enterprises) + len(b.Needs) }

func values[T any](rows []Row[T]) []T {
	var all []T
	for _, r := range rows {
		all = append(all, r.Value)
	}
	return all
}

// Read reads a whole file of one kind of record. The faults of single rows stand in the Batch (see Batch.Err), beside
// the good rows; an error is for a file that cannot be read at all: an *registry.Error of kind Invalid where it is the
// file's fault (a workbook, UTF-16, a missing column, no rows), any other error where reading itself failed. Memory is
// bounded by the good rows and one line. A reader that cannot seek is copied to a temporary file first, because the
// encoding is known only at the end.
func Read(r io.Reader, name string, kind registry.RecordKind, options Options) (Batch, error) {
	options = options.withDefaults()
	b := Batch{Name: name}
	src, err := open(r, name)
	if err != nil {
		return b, err
	}
	defer src.close()
	b.Format, b.Encoding = src.format, src.encoding
	c := &collector{options: options}
	switch kind {
	case registry.KindSpecialist:
		b.Specialists, err = readRows(src, c, specialistKind)
	case registry.KindEnterprise:
		b.Enterprises, err = readRows(src, c, enterpriseKind)
	case registry.KindNeed:
		b.Needs, err = readRows(src, c, needKind)
	default:
		return b, fmt.Errorf("intake: read %s: no such kind of record: %q", name, string(kind))
	}
	if err != nil {
		return b, err
	}
	b.Faults, b.More, b.Ignored, b.Doubts = c.faults, c.more, c.ignored, c.doubts
	if b.Len() == 0 && len(b.Faults) == 0 {
		return b, refuse("%s里没有一条记录，请核对文件是否选对", name)
	}
	return b, nil
}

// readRows is the loop over the records of a file.
func readRows[T any](src *source, c *collector, kind recordKind[T]) ([]Row[T], error) {
	records, err := newRecords(src, c, kind.name, kind.needed)
	if err != nil {
		return nil, err
	}
	var rows []Row[T]
	lines := map[string]int{} // of the ids
	for {
		rec, err := records.next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, wrapRead(src.name, err)
		}
		row, ok := bind(c, rec, kind)
		if !ok {
			continue
		}
		id := kind.id(&row.Value)
		if first, taken := lines[id]; taken {
			c.add(Fault{Line: rec.line, ID: id, Field: "id", Raw: id, Reason: fmt.Sprintf("编号 %s 与第 %d 行重复", id, first), Remedy: "请删去一行，或给其中一行换一个编号"})
			continue
		}
		lines[id] = rec.line
		rows = append(rows, row)
	}
}

// bind puts the cells of a record into a noun and checks it; its faults are filed and ok is false.
func bind[T any](c *collector, rec record, kind recordKind[T]) (row Row[T], ok bool) {
	in := &cells{collector: c, line: rec.line}
	for _, m := range rec.members {
		if m.key == "id" {
			in.id = m.value.text
		}
	}
	for _, m := range rec.members {
		if set := kind.setters[m.key]; set != nil {
			in.key, in.at = m.key, m.value.at
			set(in, &row.Value, m.value)
		}
	}
	row.Line, row.Personal = rec.line, in.person
	if in.faulty {
		return row, false
	}
	check := kind.check
	if c.options.lenient {
		check = kind.checkLenient
	}
	if err := check(&row.Value); err != nil {
		c.refused(rec, kind.id(&row.Value), err)
		return row, false
	}
	in.checkPerson(registry.PersonID{Kind: kind.person, ID: kind.id(&row.Value)})
	return row, !in.faulty
}
