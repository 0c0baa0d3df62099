// Package benchmarks measures journeys by size of the pool: segment, sync, rank and explain, visibility of a change,
// restart, memory. Each stands beside a peer in the same run where there is one. It holds tests only; README.md says how
// to run them and records results. The pools come from package pool.
package benchmarks
