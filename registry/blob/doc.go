// Package blob keeps files under the hash of their content in one folder: what is asked for by its hash is what was put there, or an
// error. What the files are and to whom they belong is the registry's business.
package blob
