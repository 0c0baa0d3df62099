// Package knowledge leads from what hurts to what it is called: it reads the knowledge base (concepts, classes of
// objects, classes of symptoms, rules) from text files that a domain person edits, and diagnoses a text with it.
//
// The way of a text through the package, in reading order:
//
//	parse.go, condition.go   one line of a file → one entry, or a problem with file and line
//	link.go, check.go        names → numbers; duplicates, dangling references, cycles, rules that cannot fire
//	wording.go, compile.go   wordings → patterns of one automaton (automaton.go)
//	passage.go, sight.go     a text → sightings: which class stands where (longest wins, gaps, cancel words)
//	negate.go                complaints that the text itself takes back
//	fire.go, near.go         sightings → rules that fire, the nearer their parts the surer
//	mention.go               concepts that the text names itself
//	precedent.go             what past needs like this one were found to be
//	routes.go                the kinds of firings, and sets of them
//	combine.go, weights.go   firings → weighted fields, causes and terms
//	report.go                the short form that the command line prints
//
// Beside it: lookup.go and survey.go for authors who ask what stands where; table.go, the base as a table for Excel;
// cache.go, pack.go, packgraph.go and packtables.go, the compiled base on disk for a quick start.
//
// A Base is immutable and safe for concurrent readers; the same files and the same text give the same diagnosis, byte
// for byte, and every inferred term names the rule (file and line) and the bytes of the text that led to it.
//
// Left to others: cutting text into terms and ranking (segment, matcher), confirmed diagnoses and a centre's own
// changes to the base (registry), models (matcher). docs/knowledge.md tells authors how to write the files.
package knowledge
