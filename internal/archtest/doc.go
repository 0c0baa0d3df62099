// Package archtest holds the rules of the house as a test: which package may import which, and who alone owns a library.
// It has no API.
package archtest
