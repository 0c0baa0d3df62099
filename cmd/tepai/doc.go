// Command tepai (特派) proposes which science-and-technology specialist should help which small enterprise, and says why.
//
// A tour of the house, ground floor first:
//
//	registry          the nouns (Specialist, Enterprise, Need), the rules as plain methods, the store and its hash-chained change log
//	registry/calendar days as the policy counts them: terms, bars, working days
//	registry/policy   the policy as data: articles, settings with their sources, editions; its account
//	registry/kv       the transactional contract below the store; kv/bolt is its maker
//	registry/seal     envelope encryption of personal data: key file, data keys, blind index
//	registry/archive  the whole store out and back: backups (encrypted with age), exports as plain lines
//	registry/intake   foreign files (csv, jsonl, collections) → nouns, with errors by line and field
//	segment           text → terms with byte offsets; owner of the dictionary
//	segment/knowledge concepts, objects, symptoms and rules as editable text; diagnosis of a text
//	index             one pass over the change log feeds two shadows: bleve for search, flat postings for ranking
//	index/postings    the flat lists themselves, pure
//	matcher           Engine: rank both ways, explain, why not, diagnose; every point passes through one add
//	matcher/judge     nDCG and its company, bootstrap, TREC files, pure
//	matcher/learn     fits the weights on judged needs, judged by needs that the fit has not seen
//	cmd/tepai         flags, wiring, Run; one file a command
//	internal/archtest the import rules as a test
//	testdata          the judged collection, the sample pool, old store files
//	benchmarks        journeys by size, peers side by side
//
// A ranking walks down once and up once: match.go reads the flags, matcher.Engine.Rank prepares the need (knowledge base, words),
// sweeps the postings of the whole pool, asks the registry's rules down the list, explains what is left, and match.go
// prints it.
//
// Exit codes: 0 done, 1 refused or bad input, 2 wrong use, 3 internal trouble. Data go to stdout, everything else to stderr.
package main
