package index

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// stateKey is the internal key under which an index says what it holds; it is written in the batch of the documents.
const stateKey = "tepai"

// state is what an index says of itself.
type state struct {
	cursor uint64 // number of the last change that it holds
	goal   uint64 // head of the log when it was begun; below it, it is not complete
	label  string // layout and dictionary, see label
}

// label names everything that decides about the content of the documents.
func label(generation string) string { return mappingVersion + "/" + generation }

// encode is cursor and goal (8 bytes each), the label, and the CRC32 of both (4 bytes): bleve does not check what it reads.
func (s state) encode() []byte {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, s.cursor), s.goal)
	b = append(b, s.label...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func decodeState(b []byte) (state, error) {
	if len(b) < 20 {
		return state{}, fmt.Errorf("%w: it does not say what it holds", errBroken)
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return state{}, fmt.Errorf("%w: what it says of itself does not add up", errBroken)
	}
	return state{binary.BigEndian.Uint64(body), binary.BigEndian.Uint64(body[8:]), string(body[16:])}, nil
}
