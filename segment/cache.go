package segment

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The cache file, all numbers little-endian:
//
//	 8 bytes  "tepaidic"
//	 4 bytes  cacheVersion
//	 4 bytes  number of units
//	32 bytes  sourceKey
//	32 bytes  SHA-256 of codes and units
//	          codes, 2 bytes each, one for each rune below alphabetSize
//	          units, 8 bytes each
//	 4 bytes  CRC-32C of everything before
const (
	cacheMagic   = "tepaidic"
	cacheVersion = 1
	headerSize   = len(cacheMagic) + 4 + 4 + 2*sha256.Size
	codesSize    = 2 * alphabetSize
)

var errCache = errors.New("cache file unusable")

// readCache returns the trie from a cache file and the hash of its content.
func readCache(file string, key hash) (*trie, hash, error) {
	var content hash
	if file == "" {
		return nil, content, errCache
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, content, err
	}
	body, n, err := checkCache(data, key)
	if err != nil {
		return nil, content, err
	}
	copy(content[:], data[headerSize-sha256.Size:])
	t := decodeTrie(body, n)
	return t, content, t.validate()
}

// checkCache returns the codes and units, and the number of units, if the file
// is whole and of our key.
func checkCache(data []byte, key hash) (body []byte, units int, err error) {
	if len(data) < headerSize+codesSize+crc32.Size || !bytes.HasPrefix(data, []byte(cacheMagic)) {
		return nil, 0, errCache
	}
	rest := data[len(cacheMagic):]
	version, n := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:])
	end := len(data) - crc32.Size
	switch {
	case version != cacheVersion, !bytes.Equal(rest[8:8+sha256.Size], key[:]),
		uint64(end) != uint64(headerSize+codesSize)+8*uint64(n),
		binary.LittleEndian.Uint32(data[end:]) != checksum(data[:end]):
		return nil, 0, errCache
	}
	return data[headerSize:end], int(n), nil
}

func checksum(data []byte) uint32 {
	return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli))
}

// writeCache leaves the trie in a cache file, through a temporary one, and
// returns the hash of its content. A file that cannot be written is done
// without; whoever reads a half-written one notices.
func writeCache(file string, key hash, t *trie) hash {
	body := encodeTrie(t)
	content := sha256.Sum256(body)
	if file == "" {
		return content
	}
	data := make([]byte, 0, headerSize+len(body)+crc32.Size)
	data = append(data, cacheMagic...)
	data = binary.LittleEndian.AppendUint32(data, cacheVersion)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(t.units)))
	data = append(data, key[:]...)
	data = append(data, content[:]...)
	data = append(data, body...)
	data = binary.LittleEndian.AppendUint32(data, checksum(data))
	if replaceFile(file, data) == nil {
		prune(filepath.Dir(file))
	}
	return content
}

// keptCaches is how many editions may lie side by side, for programs of several
// versions on one machine.
const keptCaches = 4

// prune removes the oldest cache files, and temporary ones that a crash left.
func prune(dir string) {
	files, _ := filepath.Glob(filepath.Join(dir, "segment-*.dict*"))
	written := func(file string) time.Time {
		if info, err := os.Stat(file); err == nil {
			return info.ModTime()
		}
		return time.Time{}
	}
	slices.SortFunc(files, func(a, b string) int { return written(b).Compare(written(a)) })
	for _, file := range files[min(keptCaches, len(files)):] {
		os.Remove(file) // what cannot be removed does no harm
	}
}

func replaceFile(file string, data []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

func encodeTrie(t *trie) []byte {
	body := make([]byte, 0, codesSize+8*len(t.units))
	for _, c := range t.codes {
		body = binary.LittleEndian.AppendUint16(body, c)
	}
	for _, u := range t.units {
		body = binary.LittleEndian.AppendUint64(body, uint64(u))
	}
	return body
}

func decodeTrie(body []byte, units int) *trie {
	t := &trie{units: make([]unit, units)}
	for i := range t.codes {
		t.codes[i] = binary.LittleEndian.Uint16(body[2*i:])
	}
	body = body[codesSize:]
	for i := range t.units {
		t.units[i] = unit(binary.LittleEndian.Uint64(body[8*i:]))
	}
	return t
}
