// Package index follows the registry's change log and keeps its two shadows: bleve, which answers the search boxes, and
// the flat postings (package postings), which ranking reads.
//
// Each shadow has a cursor of its own, the number of the last Change that it holds, and is driven by a follower (follow.go).
// Both read the log through one feed (feed.go), which decodes and segments a record once for both. Nothing here is
// truth: the folder may be deleted, cut short or damaged at any time; it is then set aside and built again from the log,
// and meanwhile everything but the search boxes goes on.
//
// A record is one bleve document. Its texts stand in three places: all passages that ranking reads in the field "text",
// names, titles, units and places in "meta" (both with positions, for phrases), and each once more in the field that a
// person can ask for (“领域:铸造”). Evidence is a field for each kind and not a nested document: bleve v2.6.3 joins nested
// documents on conjunctions, but applies exclusions and filters to the parts instead of the whole, so that “铸造 -泵”
// finds a specialist whose patent speaks of 泵, and a filter on the profile loses the hits in the evidence.
//
// Documents are built by hand and analysed here, not by a mapping: no tokenizer is registered process-wide, every Index
// has its own dictionary.
package index
