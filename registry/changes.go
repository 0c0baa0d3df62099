package registry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tepai/registry/kv"
)

// Change is one entry of the change log: what an act left behind. The log is append-only; entry n carries the hash of
// entry n-1.
type Change struct {
	Seq   uint64     // 1, 2, 3 … without gaps
	At    time.Time  // UTC
	Actor string     // who did it
	Act   string     // ActCreate, ActUpdate …
	Kind  RecordKind // what kind of record
	ID    string     // which record
	Body  []byte     // the record after the act, JSON as on disk
	Note  []byte     // how the act was done, JSON of Circumstances; empty for imports
	Prev  [32]byte   // Hash of the entry before; zeros for the first
	Hash  [32]byte   // SHA-256 over all fields above in the encoding of FORMAT.md
}

// The acts of PutAll.
const (
	ActCreate = "create"
	ActUpdate = "update"
)

// knownAct tells whether an act exists. Acts of the transition table may leave several records behind, new ones among them.
func knownAct(act string) bool {
	switch act {
	case ActCreate, ActUpdate, ActPropose, ActAdopt, ActWithdraw, ActUnmask, ActForget, ActRewrap:
		return true
	}
	return slices.ContainsFunc(transitions, func(t Transition) bool { return t.Act == act })
}

// Head is the newest entry of the change log; all zero when the log is empty. Kept outside of the store (printed,
// mailed, signed), it proves later that the log has not been rewritten up to there: see Verify.
type Head struct {
	Seq  uint64
	Hash [32]byte
}

// String is the head as "seq:hash" with the hash in hexadecimal; ParseHead reads it back.
func (h Head) String() string { return fmt.Sprintf("%d:%x", h.Seq, h.Hash) }

// ParseHead reads what Head.String wrote.
func ParseHead(s string) (Head, error) {
	var h Head
	seq, hash, _ := strings.Cut(strings.TrimSpace(s), ":")
	n, err := strconv.ParseUint(seq, 10, 64)
	b, hexErr := hex.DecodeString(hash)
	if err != nil || hexErr != nil || len(b) != len(h.Hash) {
		return h, invalid("head", "“%s”不是链头，应写成“序号:64 位十六进制散列值”", Shorten(s, 80))
	}
	h.Seq = n
	copy(h.Hash[:], b)
	return h, nil
}

// Specialist decodes the body of a change of KindSpecialist.
func (c Change) Specialist() (Specialist, error) { return decodeSpecialist(c.Body) }

// Enterprise decodes the body of a change of KindEnterprise.
func (c Change) Enterprise() (Enterprise, error) { return decodeEnterprise(c.Body) }

// Amendment decodes the body of a change of KindAmendment.
func (c Change) Amendment() (Amendment, error) { return decodeAmendment(c.Body) }

// Need decodes the body of a change of KindNeed.
func (c Change) Need() (Need, error) { return decodeNeed(c.Body) }

// The tags open every entry and name its encoding: entries with a Note have one field more.
const (
	changeTag = "tepai change 1"
	notedTag  = "tepai change 2"
)

// seal encodes the change, sets its Hash and returns the value for the store: the encoding followed by the hash.
func (c *Change) seal() []byte {
	value := make([]byte, 0, 10*4+len(changeTag)+len(c.Actor)+len(c.Act)+len(c.Kind)+len(c.ID)+len(c.Body)+len(c.Note)+120)
	tag := changeTag
	if len(c.Note) > 0 {
		tag = notedTag
	}
	value = appendField(value, tag)
	value = appendField(value, binary.BigEndian.AppendUint64(nil, c.Seq))
	value = appendField(value, c.At.UTC().Format(time.RFC3339Nano))
	value = appendField(value, c.Actor)
	value = appendField(value, c.Act)
	value = appendField(value, string(c.Kind))
	value = appendField(value, c.ID)
	value = appendField(value, c.Body)
	if tag == notedTag {
		value = appendField(value, c.Note)
	}
	value = appendField(value, c.Prev[:])
	c.Hash = sha256.Sum256(value)
	return append(value, c.Hash[:]...)
}

func appendField[T string | []byte](to []byte, field T) []byte {
	to = binary.BigEndian.AppendUint32(to, uint32(len(field)))
	return append(to, field...)
}

// openChange decodes an entry into memory of its own. It does not compare the hash; intact does.
func openChange(value []byte) (c Change, err error) {
	tag, rest, err := nextField(value)
	if err != nil {
		return c, err
	}
	fields := make([][]byte, 8)
	if string(tag) == notedTag {
		fields = make([][]byte, 9)
	}
	for i := range fields {
		if fields[i], rest, err = nextField(rest); err != nil {
			return c, err
		}
	}
	prev := fields[len(fields)-1]
	at, timeErr := time.Parse(time.RFC3339Nano, string(fields[1]))
	if string(tag) != changeTag && string(tag) != notedTag || len(fields[0]) != 8 || len(prev) != 32 || len(rest) != 32 || timeErr != nil {
		return c, damaged("change entry: wrong form")
	}
	c = Change{
		Seq: binary.BigEndian.Uint64(fields[0]), At: at, Actor: string(fields[2]), Act: string(fields[3]),
		Kind: RecordKind(fields[4]), ID: string(fields[5]), Body: bytes.Clone(fields[6]),
		Prev: [32]byte(prev), Hash: [32]byte(rest),
	}
	if len(fields) == 9 {
		c.Note = bytes.Clone(fields[7])
	}
	return c, nil
}

func nextField(b []byte) (field, rest []byte, err error) {
	if len(b) < 4 {
		return nil, nil, damaged("change entry: cut short")
	}
	n := uint64(binary.BigEndian.Uint32(b))
	if n > uint64(len(b)-4) {
		return nil, nil, damaged("change entry: field of %d bytes does not fit", n)
	}
	return b[4 : 4+n], b[4+n:], nil
}

// intact reports whether the hash at the end of an entry is that of its content.
func intact(value []byte) bool {
	cut := len(value) - sha256.Size
	return cut >= 0 && sha256.Sum256(value[:cut]) == [32]byte(value[cut:])
}

// Changes returns the entries with a number above after in ascending order, at most limit of them; limit 0 means all.
// It returns none when after is the head. It compares no hashes; Verify does.
func (s *Store) Changes(ctx context.Context, after uint64, limit int) ([]Change, error) {
	var list []Change
	err := s.view(ctx, func(tx kv.Reader) error {
		list = nil
		for p, err := range tx.Scan([]byte(changePrefix), changeKey(after+1)) {
			if err != nil {
				return err
			}
			c, err := openChange(p.Value)
			if err != nil {
				return fmt.Errorf("%x: %w", p.Key, err)
			}
			if list = append(list, c); len(list) == limit {
				break
			}
		}
		return nil
	})
	if after == ^uint64(0) {
		return nil, err
	}
	return list, err
}

// Head returns the newest entry's number and hash.
func (s *Store) Head(ctx context.Context) (head Head, err error) {
	err = s.view(ctx, func(tx kv.Reader) error {
		head, err = getMeta(tx)
		return err
	})
	return head, err
}
