package registry

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"
)

// Line is one pair of the store as text: the region that it belongs to and one JSON object without line breaks, in the
// forms that FORMAT.md describes under "An export".
type Line struct {
	Region string
	Text   []byte
}

// changeLine is an entry of the change log as text. The hash is over the encoding of FORMAT.md, not over this text.
type changeLine struct {
	Seq   uint64          `json:"seq"`
	At    string          `json:"at"`
	Actor string          `json:"actor"`
	Act   string          `json:"act"`
	Kind  RecordKind      `json:"kind"`
	ID    string          `json:"id"`
	Body  json.RawMessage `json:"body"`
	Note  json.RawMessage `json:"note,omitempty"`
	Prev  string          `json:"prev"`
	Hash  string          `json:"hash"`
}

// recordLine is a record as text; its checksum is made anew.
type recordLine struct {
	ID   string          `json:"id"`
	Seq  uint64          `json:"seq"`
	Body json.RawMessage `json:"body"`
}

// pairLine is any other pair as text: what is UTF-8 or JSON stands there readable, what is not, in base64.
type pairLine struct {
	Key     string          `json:"key,omitempty"` // behind the prefix of its region
	Key64   []byte          `json:"key64,omitempty"`
	Value   json.RawMessage `json:"value,omitempty"`
	Value64 []byte          `json:"value64,omitempty"`
}

// text writes a pair as a line and reads it back: what would not come back byte for byte is damage, and told now and
// not years later.
func (r region) text(key, value []byte) ([]byte, error) {
	line, err := r.line(key, value)
	if err != nil {
		return nil, err
	}
	text, err := encodeBody(line)
	if err != nil {
		return nil, damaged("%q as text: %w", key, err)
	}
	backKey, backValue, err := r.pair(text)
	if err == nil && !(bytes.Equal(backKey, key) && bytes.Equal(backValue, value)) {
		err = errors.New("other bytes come back")
	}
	if err != nil {
		return nil, damaged("%q as text: %w", key, err)
	}
	return text, nil
}

func (r region) line(key, value []byte) (any, error) {
	rest := key[len(r.prefix):]
	switch r.form {
	case asChange:
		c, err := openChange(value)
		return changeLine{c.Seq, c.At.Format(time.RFC3339Nano), c.Actor, c.Act, c.Kind, c.ID, c.Body, c.Note,
			hex.EncodeToString(c.Prev[:]), hex.EncodeToString(c.Hash[:])}, err
	case asRecord:
		seq, body, err := openRecord(key, value)
		return recordLine{string(rest), seq, body}, err
	}
	var l pairLine
	if utf8.Valid(rest) {
		l.Key = string(rest)
	} else {
		l.Key64 = rest
	}
	if compact(value) {
		l.Value = value
	} else {
		l.Value64 = value
	}
	return l, nil
}

// compact tells JSON without spaces between its parts, which an encoder gives out as it stands.
func compact(value []byte) bool {
	var out bytes.Buffer
	return json.Compact(&out, value) == nil && bytes.Equal(out.Bytes(), value)
}

// pair is the opposite of text.
func (r region) pair(text []byte) (key, value []byte, err error) {
	switch r.form {
	case asChange:
		var l changeLine
		if err := strictly(text, &l); err != nil {
			return nil, nil, err
		}
		value, err := l.entry()
		return changeKey(l.Seq), value, err
	case asRecord:
		var l recordLine
		if err := strictly(text, &l); err != nil {
			return nil, nil, err
		}
		key := []byte(r.prefix + l.ID)
		return key, frameRecord(key, l.Seq, l.Body), nil
	}
	var l pairLine
	if err := strictly(text, &l); err != nil {
		return nil, nil, err
	}
	return append([]byte(r.prefix+l.Key), l.Key64...), append(l.Value, l.Value64...), nil
}

// entry is the change as it stands in the store; its hash must be the one of the line.
func (l changeLine) entry() ([]byte, error) {
	at, err := time.Parse(time.RFC3339Nano, l.At)
	if err != nil {
		return nil, err
	}
	prev, err := hex.DecodeString(l.Prev)
	if err != nil || len(prev) != 32 {
		return nil, fmt.Errorf("prev is no hash of 32 bytes: %q", l.Prev)
	}
	c := Change{Seq: l.Seq, At: at, Actor: l.Actor, Act: l.Act, Kind: l.Kind, ID: l.ID, Body: l.Body, Note: l.Note, Prev: [32]byte(prev)}
	value := c.seal()
	if hex.EncodeToString(c.Hash[:]) != l.Hash {
		return nil, fmt.Errorf("change %d: the content has not the hash that stands in the line", l.Seq)
	}
	return value, nil
}

// strictly decodes one object with known fields and nothing behind it.
func strictly(text []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one object in a line")
	}
	return nil
}
