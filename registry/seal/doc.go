// Package seal owns the cryptography for personal data, with the standard library alone.
//
// It is envelope encryption with AES-256-GCM. A key file outside of the data folder holds the master keys and the
// index key (Keys). Every person has a data key of its own (DataKey), which lies beside the data wrapped under a master
// key; values are sealed under the data key. So a new master key means wrapping small data keys anew and no value, and
// destroying one wrapped data key destroys one person's values wherever they have been copied together with their log.
//
// Every ciphertext is bound to its place by additional data: a data key to its owner, a value to its owner and field.
// What was moved to another place does not open. A blind index (HMAC-SHA-256 under the index key) answers whether
// a value is known without opening any.
//
// It knows neither persons nor fields nor a store: the registry says what a place is called, and puts the errors of this
// package into sentences for a person. Nothing here prints a key.
package seal
