package registry

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"

	"tepai/registry/kv"
)

// storeFormat is the version of the layout as a whole; FORMAT.md describes each.
const storeFormat = 1

// Keys. The letters order the regions: a transaction that writes changes first and then the records of one kind after
// the other in the order of their ids only ever appends, which is what keeps a large PutAll fast.
const (
	changePrefix = "c/"
	metaKey      = "meta"
)

func changeKey(seq uint64) []byte { return binary.BigEndian.AppendUint64([]byte(changePrefix), seq) }

// diskMeta is the value under metaKey: the version of the layout and the head of the change log.
type diskMeta struct {
	Format int    `json:"format"`
	Seq    uint64 `json:"seq"`
	Hash   string `json:"hash"`
}

func putMeta(tx kv.Writer, head Head) error {
	value, err := json.Marshal(diskMeta{storeFormat, head.Seq, hex.EncodeToString(head.Hash[:])})
	if err != nil {
		return err
	}
	return tx.Put([]byte(metaKey), value)
}

func getMeta(tx kv.Reader) (Head, error) {
	value, err := tx.Get([]byte(metaKey))
	if errors.Is(err, kv.ErrNotFound) {
		return Head{}, damaged("no %q record", metaKey)
	}
	if err != nil {
		return Head{}, err
	}
	var m diskMeta
	if err := json.Unmarshal(value, &m); err != nil {
		return Head{}, damaged("%q record: %w", metaKey, err)
	}
	if m.Format > storeFormat {
		return Head{}, newerFormat("文件格式", m.Format, storeFormat)
	}
	head := Head{Seq: m.Seq}
	if n, err := hex.Decode(head.Hash[:], []byte(m.Hash)); err != nil || n != len(head.Hash) || m.Format < 1 {
		return Head{}, damaged("%q record: %s", metaKey, value)
	}
	return head, nil
}

func newerFormat(what string, have, known int) error {
	return &Error{Kind: Unavailable, Msg: fmt.Sprintf(
		"数据由更新版本的 tepai 写成（%s %d，本程序只认识到 %d）。请升级程序后再打开", what, have, known)}
}

// A record's value: one byte version of this frame, the number of the change that wrote it, a CRC-32C, the body.
const (
	frameVersion = 1
	frameSize    = 1 + 8 + 4
)

// frameRecord builds the value of the record under key.
func frameRecord(key []byte, seq uint64, body []byte) []byte {
	value := make([]byte, 0, frameSize+len(body))
	value = append(value, frameVersion)
	value = binary.BigEndian.AppendUint64(value, seq)
	value = binary.BigEndian.AppendUint32(value, frameSum(key, seq, body))
	return append(value, body...)
}

// frameSum covers key, number and body, so that a flipped bit in any of them is seen at the next reading.
func frameSum(key []byte, seq uint64, body []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	sum := crc32.Update(0, table, key)
	sum = crc32.Update(sum, table, binary.BigEndian.AppendUint64(nil, seq))
	return crc32.Update(sum, table, body)
}

// openRecord takes a value apart; body is part of value.
func openRecord(key, value []byte) (seq uint64, body []byte, err error) {
	if len(value) < frameSize || value[0] != frameVersion {
		return 0, nil, damaged("record %q: unknown frame", key)
	}
	seq, body = binary.BigEndian.Uint64(value[1:]), value[frameSize:]
	if frameSum(key, seq, body) != binary.BigEndian.Uint32(value[9:]) {
		return 0, nil, damaged("record %q: checksum does not match", key)
	}
	return seq, body, nil
}
