package matcher

import "tepai/segment"

// Weights are the figures that were chosen by measuring rankings, as one versioned value. Parts are in millionths: a part's
// value lies between 0 and its weight unless said otherwise. What follows from knowledge and not from measuring stands with
// its formula: the worth of kinds and ages of evidence in features.go, BM25's constants and the weights of fields in index;
// Version of the engine and the label of the analysis change with them.
type Weights struct {
	Version string `json:"version"`

	// The text part lies between 0 and 1 for every need: the channels that a need has share the whole in this proportion.
	Words     float64 `json:"words"`     // the need's own words
	Confirmed float64 `json:"confirmed"` // the terms of a confirmed diagnosis
	Inferred  float64 `json:"inferred"`  // the terms that the knowledge base and past needs suggest, once they are many and sure

	Proof     Points  `json:"proof"`      // one item of evidence that meets everything; two more add a half and a third
	Field     Points  `json:"field"`      // same technical field; a neighbour in the same group gets NearField of it
	NearField float64 `json:"near_field"` // a share
	Industry  Points  `json:"industry"`   // same division of GB/T 4754
	Wish      Points  `json:"wish"`       // each side that asked for the other
	Past      Points  `json:"past"`       // solved a need with the same words
	Spare     Points  `json:"spare"`      // no running dispatch; falls to 0 when all places are taken

	Kinds      [7]float64 `json:"kinds"`      // by segment.Kind: what a matched term of that kind is worth
	Saturation float64    `json:"saturation"` // c occurrences of a term in a need count as c·(1+s)/(c+s)
	Alike      Points     `json:"alike"`      // likeness from which a past need lends its confirmed diagnosis; 1 = the very same words
	HalfSure   float64    `json:"half_sure"`  // an inference whose findings' weights sum to this gets half of Inferred
	Synonym    float64    `json:"synonym"`    // a term's other names, against its first
	Stray      float64    `json:"stray"`      // share that an inference keeps when no other one is of its field group
	FitsFrom   Points     `json:"fits_from"`  // best score of words and evidence below which nobody fits
	FitsSure   Points     `json:"fits_sure"`  // the same where the diagnosis is confirmed: its terms are met more fully
}

// DefaultWeights were set on the judged collection with as few free figures as possible; how flat the optimum is stands
// in docs/ranking.md.
func DefaultWeights() Weights {
	w := Weights{
		Version: "1",
		Words:   1, Confirmed: 1, Inferred: 0.6, Proof: 300_000,
		Field: 7_000, NearField: 0.4, Industry: 5_000, Wish: 10_000, Past: 50_000, Spare: 3_000,
		Saturation: 1, Alike: 200_000, HalfSure: 4, Synonym: 0.5, Stray: 0.3,
		FitsFrom: 25_000, FitsSure: 54_000,
	}
	w.Kinds[segment.Word] = 1
	w.Kinds[segment.Inner] = 1
	w.Kinds[segment.Single] = 0.5
	w.Kinds[segment.Bigram] = 0.6
	w.Kinds[segment.Latin] = 1
	w.Kinds[segment.Code] = 1
	w.Kinds[segment.Number] = 0.3
	return w
}
