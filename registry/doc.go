// Package registry is the ground floor: what is true about specialists, enterprises and needs, and who changed it when.
//
// It holds three things. The nouns (Specialist, Enterprise, Need) are plain data with their rules as methods; no rule
// needs a file. The Store keeps the records: every act appends one Change to the change log in the same transaction,
// numbered without gaps and chained by hash to the one before, so record and Change are both on disk or neither is.
// The self-check (Verify for the chain, Check for records against their changes and for the file) finds what has been
// altered or damaged. The format on disk is written down in FORMAT.md.
//
// Personal data (PersonalData) stand apart from the nouns: encrypted, each person under a key of its own that can be
// destroyed, in types that print only masks; looking at them is an act (Unmask). docs/privacy.md says it to persons.
//
// What it leaves to others: bytes and transactions to registry/kv and its maker kv/bolt; cryptography to registry/seal;
// reading of foreign files to registry/intake; search and ranking to index and matcher, whose data are shadows of the change log and can be
// rebuilt from it; who may sign in to server. It imports nothing of ours but what lies below registry/.
//
// Answers to persons are *Error with a Chinese sentence (use errors.As); they name the field or file and the way out.
package registry
