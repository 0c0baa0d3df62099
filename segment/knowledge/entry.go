package knowledge

// Kind tells the three sorts of named entries apart.
type Kind uint8

const (
	ConceptKind Kind = iota // 概念: a term by which specialists describe their work
	ObjectKind              // 物类: a class of things that enterprises name
	SymptomKind             // 症状: a class of complaints or wishes
	kinds
)

var kindNames = [kinds]string{"概念", "物类", "症状"}

// String gives the word that opens an entry's line: 概念, 物类 or 症状.
func (k Kind) String() string { return kindNames[k] }

// Entry is a named line of the base as a reader looks it up.
type Entry struct {
	Kind     Kind
	Name     string
	Wordings []string // the other wordings as written, with gaps (…) and without cancel words
	Broader  []string // classes directly above, same kind
	Narrower []string // classes directly below, in file order
	Fields   []string // nodes of the taxonomy of technical fields
	Rules    []Place  // the rules that ask for it or conclude it, in file order
	Place
}

// Concept is a technical term with its other surfaces and its neighbours.
type Concept struct {
	Name     string
	Synonyms []string // synonyms, abbreviations, English names, as written
	Broader  []string
	Narrower []string
	Fields   []string
	File     string
	Line     int
}

// Stats counts what a base holds.
type Stats struct {
	Files, Concepts, Objects, Symptoms, Rules int
	Wordings                                  int // of all kinds, names included
	Examples                                  int // rules' example sentences
}

// rawEntry is a named line as parsed; rawRule is a rule's line. Names in them are not yet looked up.
type rawEntry struct {
	at       Place
	kind     Kind
	name     string
	wordings []wording // the name itself first
	broader  []string
	fields   []string
}

type rawRule struct {
	at            Place
	cond          condition
	causes, terms []share
	fields        []string
	example       string
}

// share is a concept that a rule concludes, with its weight in millionths.
type share struct {
	concept string
	weight  int32
}
