package index

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"tepai/registry"
)

// stateKey is the internal key under which an index says what it holds; it is written in the batch of the documents.
const stateKey = "tepai"

// state is what an index says of itself.
type state struct {
	cursor uint64   // number of the last change that it holds
	goal   uint64   // head of the log when it was begun; below it, it is not complete
	log    [32]byte // hash of the change at the cursor: another log has another one there
	label  string   // layout and dictionary, see label
}

// label names everything that decides about the content of the documents.
func label(generation string) string { return mappingVersion + "/" + generation }

// encode is cursor and goal (8 bytes each), the hash (32), the label, and the CRC32 of all (4 bytes): bleve does not
// check what it reads.
func (s state) encode() []byte {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, s.cursor), s.goal)
	b = append(append(b, s.log[:]...), s.label...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func decodeState(b []byte) (state, error) {
	if len(b) < 52 {
		return state{}, fmt.Errorf("%w: it does not say what it holds", errBroken)
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return state{}, fmt.Errorf("%w: what it says of itself does not add up", errBroken)
	}
	return state{binary.BigEndian.Uint64(body), binary.BigEndian.Uint64(body[8:]), [32]byte(body[16:48]), string(body[48:])}, nil
}

// hashAt is the hash of change seq of a log, zero for 0. A log that does not reach so far is not the one that was
// followed: errStale.
func hashAt(ctx context.Context, store *registry.Store, seq uint64) (hash [32]byte, err error) {
	if seq == 0 {
		return hash, nil
	}
	changes, err := store.Changes(ctx, seq-1, 1)
	if err != nil {
		return hash, err
	}
	if len(changes) == 0 || changes[0].Seq != seq {
		return hash, fmt.Errorf("%w: the log has no change %d", errStale, seq)
	}
	return changes[0].Hash, nil
}
