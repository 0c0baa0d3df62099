package knowledge

// All figures of the diagnosis stand here, in millionths. They were set by judgement before any judged need was
// looked at; they say how inference is trusted, not how ranking weighs it (that is the scorer's part).
const One = 1_000_000

// How sure a rule is by the distance of its parts (the widest step between its first item and another one).
const (
	nearClause   = One            // within one clause (。！？；line and ， are borders)
	nearSentence = One * 95 / 100 // within one sentence
	nearNext     = One * 85 / 100 // in neighbouring sentences
	nearPassage  = One * 70 / 100 // in different passages (title and description)
	nearFew      = One * 60 / 100 // up to fewApart sentences away
	nearContext  = One * 50 / 100 // a part stands only in a context passage
	nearMore     = One * 40 / 100 // up to maxApart sentences away; beyond, a rule does not fire
)

// What a concept named by the text itself is worth.
const (
	mentionText    = One * 90 / 100 // the text names the concept: its other surfaces become terms
	mentionContext = One * 40 / 100 // only a context passage names it
	mentionBroader = One * 25 / 100 // the concept directly above a named one, times the mention's worth
	mentionBelow   = One * 15 / 100 // a concept directly below: too little alone, it adds to other reasons
)

// How fields are voted. A rule votes with its confidence, a named concept or object with these shares of a vote.
const (
	voteConcept = One * 50 / 100
	voteObject  = One * 30 / 100
	voteNone    = One * 50 / 100 // held back for "none of these": a field's weight is votes ÷ (all votes + voteNone)
)

// Saturation: a long text cannot drown its own words in inferences. Lists are cut at the tail, so that the weights
// that remain keep their meaning.
const (
	maxCauses   = 8
	maxTerms    = 32
	maxTotal    = 16 * One // of causes and terms together
	maxFields   = 6
	leastWeight = One * 20 / 100 // weaker findings are dropped: of those between 5 and 20 more than half were wrong, and ranking does not miss them
	leastField  = One * 3 / 100
)

// Bounds of matching.
const (
	maxGap      = 8  // characters that … may stand for
	fewApart    = 3  // sentences
	maxApart    = 8  // sentences
	maxCueGap   = 6  // characters between a complaint and the cue that takes it back (漏水的问题现在已解决)
	maxDeclined = 16 // characters that one refusal reaches (不需要|…)
	maxExcepted = 20 // characters between 除 and 外, or behind them
	maxAnchors  = 48 // sightings of one item that are compared for nearness; later ones add nothing
	maxSpans    = 4  // places that one mention shows
)

// algorithm is part of the generation: it changes when the same files would give another diagnosis.
const algorithm = "5"

// noisyOr adds one more independent reason of strength x to what p holds: 1 − (1−p)(1−x), rounded down.
func noisyOr(p, x int32) int32 {
	rest := int64(One-p) * int64(One-x)
	return int32(One - (rest+One-1)/One)
}

// times multiplies two values in millionths, rounded down.
func times(a, b int32) int32 { return int32(int64(a) * int64(b) / One) }
