// Package archive takes the whole store out of the house and brings it back. A backup is one file with the store as it
// stands on disk, encrypted for a recipient where one is named; an export is a folder of plain lines that any program
// reads. Both carry a manifest with head, counts and checksums, and both come back only whole: into an empty data
// folder, under the final name only after everything has been compared. The formats are written down in
// registry/FORMAT.md.
//
// It owns filippo.io/age. What a pair means and how it is written as a line it leaves to registry; when backups are
// made, where they go and how long they are kept, to persons (docs/operations.md).
//
// Answers to persons are *registry.Error with a Chinese sentence.
package archive
