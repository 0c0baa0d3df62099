// Package bolt makes a kv.Store out of one bbolt file. It is the only package that touches bbolt, and it answers for
// what bbolt leaves open: a new file appears whole or not at all, opening never waits for ever, a damaged file gives
// kv.ErrDamaged instead of a crash, and after a commit that the disk refused nothing more is written.
//
// All pairs stand in one bucket of the file. The structure of the file is checked by an own reader of its pages
// (pages.go) with every bound tested: in outline at Open, in full by Check.
package bolt
