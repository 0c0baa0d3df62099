// Package learn fits the weights of a ranking on judged needs, and tells by needs that a fit has not seen whether that helps.
//
// Few weights are learnt, each on a coarse grid about the value that it had (grid.go), by coordinate ascent on the mean
// nDCG@10 (fit.go). Needs of one topic resemble each other, so no topic stands both in what a fit sees and in what it is judged
// by (folds.go); the judgement is the paired difference over all held-out needs (crossvalidate.go). Rankings are measured once
// for each need and weights (bench.go).
//
// Nothing here is random but the bootstrap, whose seed is fixed: the same collection gives the same weights. The package
// ranks through a Measure and reads no records; files of weights belong to cmd/tepai.
package learn
