package seal

import "errors"

// What can go wrong; the errors of this package wrap these with the particulars, never with a key or a value. Opening a
// missing key file is fs.ErrNotExist, creating one that is there fs.ErrExist.
var (
	ErrNotKeyFile = errors.New("seal: not a whole key file")
	ErrNewer      = errors.New("seal: written by a newer program")
	ErrExposed    = errors.New("seal: key file can be read by others")
	ErrNoKey      = errors.New("seal: no such key in the key file")
	ErrDamaged    = errors.New("seal: ciphertext is damaged, has been moved, or belongs to another key")
)
