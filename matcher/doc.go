// Package matcher answers who can help which enterprise, in what order and why, and why not somebody else.
//
// An Engine reads a need, lets the knowledge base say what its trouble is called (Diagnose), and scores every
// specialist of the pool: no candidate is cut before scoring, every score is a sum of named parts in whole millionths,
// and ties are broken by id, so that the same records give the same answer to the byte. Hard rules of the registry
// (eligibility, conflict of interest, capacity) exclude down the ranked list, with reason and source.
//
// The order of reading: engine.go (what is asked), query.go (a need made ready), score.go and features.go (what a
// point is), rank.go (the sweep over the pool), match.go and reason.go (where every point comes from, in data and in
// words), account.go (why not), reverse.go (needs for a specialist), diagnose.go, similar.go (what past needs know), lending.go and
// fits.go (two studies), weights.go and dials.go (its figures by name).
//
// The package owns no storage and no text analysis: texts and postings come from index, words from segment, inference
// from segment/knowledge, rules from registry. How good the rankings are is measured in matcher/judge; matcher/learn
// fits the weights.
package matcher
