// Package pool makes pools of specialists and needs of any size for benchmarks: invented, and the same for the same seed.
//
// The text is no shuffle of words. Some 660 clauses in 28 technical domains (text/*.txt), written as specialists and
// enterprises write, are walked by a small Markov chain over their roles (what one studies, does, has achieved); slots
// in the clauses are filled from the domain's own vocabulary and from an endless tail of places, firms, model numbers,
// cultivars and compounds. Domains and words follow Zipf's law, a sixth of the specialists mix two domains, and the
// vocabulary grows with the text as Heaps' law says (pool_test.go measures it).
//
// A line of a text file is a role or a kind of word and its material, separated by “|”; items of a list by “、”
// (industries by “，”). In a clause {方法} is a slot and [甲/乙] a choice.
//
// Record i depends on seed and i alone: a larger pool begins with the smaller one.
package pool
