// Package judge measures rankings against judged needs: nDCG, average precision, reciprocal rank, precision and recall,
// paired bootstrap intervals, and the files of TREC.
//
// It knows needs and specialists by their ids only and reads no records. Grades run from 0 (not relevant, also for what is not judged) to 3.
package judge
