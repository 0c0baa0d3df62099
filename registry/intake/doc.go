// Package intake reads the files of others into the nouns of the registry: CSV as spreadsheets save it (UTF-8 with or
// without a mark, GB18030; headers in English or Chinese) and JSON with one object a line, and the folder of a judged
// collection.
//
// It refuses rather than guesses: every fault comes with its line, its field, the reason and the way out, in Chinese,
// and the good rows beside them. It writes nothing; what becomes of a Batch is the registry's business. Personal data
// stand apart from the nouns, in types that print only their masks, and in no fault.
package intake
