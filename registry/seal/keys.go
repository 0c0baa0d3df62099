package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"
)

// KeySize is the length in bytes of every key here: AES-256, and HMAC-SHA-256 alike.
const KeySize = 32

// KeyID names a key without giving it away: the first 8 bytes of HMAC-SHA-256 under the key over a fixed text. So a key
// file can be tested for miswritten keys, and two different keys do not share an id but by chance (1 in 2^64).
type KeyID [8]byte

// String is the id as 16 hexadecimal digits.
func (id KeyID) String() string { return hex.EncodeToString(id[:]) }

// MasterKey says which master key there is, not what it is.
type MasterKey struct {
	ID   KeyID
	Made time.Time // UTC, to the second
}

// Keys are the keys of one key file. A value never changes, so it may be used from several goroutines; Rotate and Retire
// give a new one.
type Keys struct {
	path    string
	masters []key // oldest first; the last one is current
	index   key
}

// key is a key with what may be said of it.
type key struct {
	id    KeyID
	made  time.Time
	bytes hidden
}

// hidden gives the bytes of a key. It is a function, because that is what fmt, reflection and dumpers cannot look into;
// a pointer to an array they follow now and then.
type hidden func() *[KeySize]byte

func hide(b [KeySize]byte) hidden { return func() *[KeySize]byte { return &b } }

func newKey(b [KeySize]byte, made time.Time) key {
	return key{idOf(b[:]), made.UTC().Truncate(time.Second), hide(b)}
}

func idOf(b []byte) (id KeyID) {
	sum := mac(b, "tepai key id 1")
	copy(id[:], sum[:])
	return id
}

// Path is the key file.
func (k *Keys) Path() string { return k.path }

// Current is the master key under which new data keys are wrapped.
func (k *Keys) Current() MasterKey { return k.Masters()[len(k.masters)-1] }

// Masters lists the master keys, oldest first.
func (k *Keys) Masters() []MasterKey {
	var list []MasterKey
	for _, m := range k.masters {
		list = append(list, MasterKey{m.id, m.made})
	}
	return list
}

// IndexID names the index key, which stays the same for the life of a key file.
func (k *Keys) IndexID() KeyID { return k.index.id }

// BlindIndex gives what stands in an index instead of value. Equal values of a domain give equal results, and nobody
// without the key file can tell to which value a result belongs, not even by trying all identity numbers.
func (k *Keys) BlindIndex(domain, value string) [sha256.Size]byte {
	return mac(k.index.bytes()[:], "tepai blind index 1", domain, value)
}

// Format prints no key, whatever the verb.
func (k *Keys) Format(f fmt.State, _ rune) {
	io.WriteString(f, "keys(hidden)")
}

func (k *Keys) master(id KeyID) (key, error) {
	i := slices.IndexFunc(k.masters, func(m key) bool { return m.id == id })
	if i < 0 {
		return key{}, fmt.Errorf("%w: master key %s", ErrNoKey, id)
	}
	return k.masters[i], nil
}

// mac is HMAC-SHA-256 over place(parts…).
func mac(key []byte, parts ...string) (sum [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	h.Write(place(parts...))
	return [sha256.Size]byte(h.Sum(nil))
}

// gcm is AES-256-GCM that draws its nonces itself and puts them before the ciphertext.
func (k hidden) gcm() cipher.AEAD {
	block, err := aes.NewCipher(k()[:])
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // the block has 16 bytes
	}
	return aead
}
