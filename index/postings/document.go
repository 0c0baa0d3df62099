package postings

// Document is one record as ranking sees it. Putting a Document replaces the one with the same ID.
type Document struct {
	ID    string
	Facts Facts
	Units []Unit
}

// Facts are the columns that ranking reads beside the terms. They stand in the snapshot as they lie in memory: a change of
// the struct is a change of magic.
type Facts struct {
	Fields    FieldSet
	Version   uint32 // fingerprint of the record that was analysed, so that a reader can tell whether it has changed since
	Industry  uint8  // division of GB/T 4754, 1 to 97; 0 = not stated
	Serving   uint8  // enterprises served now
	Capacity  uint8  // most enterprises at a time
	Solved    bool   // of a need: it has been solved
	Diagnosed bool   // of a need: its diagnosis has been confirmed
}

// FieldSet is a set of technical fields by their number in the taxonomy (0 to 255).
type FieldSet [4]uint64

// Add puts field i into the set; numbers beyond 255 are a bug of the caller.
func (s *FieldSet) Add(i int) { s[i>>6] |= 1 << (i & 63) }

// Has tells whether field i is in the set.
func (s *FieldSet) Has(i int) bool { return s[i>>6]&(1<<(i&63)) != 0 }

// Empty tells whether no field is in the set.
func (s *FieldSet) Empty() bool { return *s == FieldSet{} }

// Unit is one part of a document that is scored by itself.
type Unit struct {
	Mark  uint32  // the caller's own word about the unit (kind and year of evidence); not read here
	Terms []Entry // each term once, in any order
}

// Entry says how strongly a unit speaks of a term.
type Entry struct {
	Term   string
	Impact uint16 // fixed point, MaxImpact = 1
}

// MaxImpact is the impact of a term that saturates its unit.
const MaxImpact = 1<<16 - 1

// Weighted is a term of a query and what it is worth there.
type Weighted struct {
	Term   string
	Weight uint32 // fixed point, a query's weights sum to at most One
}

// One is the sum of a query's weights that counts as the whole; a unit that meets every term with MaxImpact sums to Full.
const (
	One  = 1 << 20
	Full = uint64(One) * MaxImpact
)
