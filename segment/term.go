package segment

// Kind says how a term was found. It is a hint for weighing, never part of the
// term's identity: the same Text may be a Word here and an Inner there.
type Kind uint8

const (
	Word   Kind = iota // on the best path through the dictionary, two or more characters
	Inner              // another dictionary word of two or more characters at this place, inside or across the path's words
	Single             // a one-character word on the best path
	Bigram             // two neighbouring Han characters that are no dictionary word
	Latin              // a Latin word, lower-cased and stemmed (Snowball English)
	Code               // a model number, standard, formula, abbreviation or mixed word, kept whole: qt450-10, gb/t9439, plc, 3d打印
	Number             // a number with its unit: 95%, 80°c, 3.2m; a bare number is no term
)

// String names the kind in lower case, for tests and traces.
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return "unknown"
	}
	return kindNames[k]
}

var kindNames = [...]string{"word", "inner", "single", "bigram", "latin", "code", "number"}

// A Term is one unit of search.
type Term struct {
	// Text is the folded form and the term's whole identity. It is valid until
	// the Scratch that produced it is used again; it must not be written to.
	Text []byte

	// Start and End are a byte range of the caller's original text. Both lie on
	// rune borders; combining marks and invisible characters belong to the
	// character before them.
	Start, End int32

	Kind Kind
}
