// Package postings keeps the flat lists that ranking reads: for every term, which units hold it and how strongly.
//
// A document (a specialist, a need) is made of units (the profile, then each item of evidence). A Book is the writer's
// side; it hands out Views, immutable snapshots that any number of readers use without locks. Sweep sums a weighted bag
// of terms over every unit of a View: exhaustive, nothing is cut, 1.5 to 2 ns per posting and no allocation. All sums are integers, so
// neither the order of addition nor the layout of the lists can change a result.
//
// The package knows neither text nor registry: package index analyses records into Documents and keeps the Book up to date,
// package matcher decides what a sum is worth.
package postings
