package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The cache file, all numbers little-endian:
//
//	 8 bytes  "tepaikno"
//	 4 bytes  cacheVersion
//	 4 bytes  bytes of text
//	 4 bytes  number of numbers
//	32 bytes  key
//	          text, numbers of 4 bytes each (see packer)
//	 4 bytes  CRC-32C of everything before
const (
	cacheMagic   = "tepaikno"
	cacheVersion = 1
	headerSize   = len(cacheMagic) + 3*4 + sha256.Size
)

// NoCache as Options.CacheDir compiles the base every time.
const NoCache = "-"

// leastCached is the size of the files in bytes from which on a cache is worth its file: parsing takes some 50 ms a megabyte.
const leastCached = 256 << 10

var errCache = errors.New("cache file unusable")

// key covers all that the compiled base depends on: the files, the algorithm, the layout, and how texts are folded.
func (s *sources) key() [sha256.Size]byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "cache %d\n", cacheVersion)
	sum.Write(s.sum[:])
	sum.Write(foldingProbe())
	return [sha256.Size]byte(sum.Sum(nil))
}

// foldingProbe is the folded form of the blocks in which folding changes most, so that a cache made with another
// folding is not taken for ours.
func foldingProbe() []byte {
	var text []rune
	for _, block := range [][2]rune{{0x20, 0x24F}, {0x370, 0x3FF}, {0x2000, 0x22FF}, {0x2460, 0x24FF}, {0x2E80, 0x30FF}, {0x3200, 0x33FF}, {0xF900, 0xFAFF}, {0xFE30, 0xFFEF}} {
		for r := block[0]; r <= block[1]; r++ {
			text = append(text, r, ' ')
		}
	}
	var f folder
	folded, _ := f.sc.Normalize(string(text))
	return folded
}

// cacheFile returns the file's name, or "" for no cache.
func (s *sources) cacheFile(dir string) string {
	if dir == NoCache || s.size < leastCached {
		return ""
	}
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(user, "tepai")
	}
	key := s.key()
	return filepath.Join(dir, "knowledge-"+hex.EncodeToString(key[:8])+".base")
}

// readCache returns the base from a cache file that was made from these files.
func readCache(file string, s *sources) (*Base, error) {
	if file == "" {
		return nil, errCache
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u, err := openCache(data, s.key())
	if err != nil {
		return nil, err
	}
	b := &Base{generation: s.generation(), graph: u.graph(s.places()), compiled: u.tables(), inForce: s.amendments}
	if !u.done() {
		return nil, errCache
	}
	b.post(&b.graph)
	b.finish(len(s.names))
	return b, nil
}

// openCache returns text and numbers if the file is whole and of our key.
func openCache(data []byte, key [sha256.Size]byte) (*unpacker, error) {
	if len(data) < headerSize+crc32.Size || !bytes.HasPrefix(data, []byte(cacheMagic)) {
		return nil, errCache
	}
	rest, end := data[len(cacheMagic):], len(data)-crc32.Size
	version, text, nums := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:]), binary.LittleEndian.Uint32(rest[8:])
	switch {
	case version != cacheVersion, !bytes.Equal(rest[12:12+sha256.Size], key[:]),
		uint64(end) != uint64(headerSize)+uint64(text)+4*uint64(nums),
		binary.LittleEndian.Uint32(data[end:]) != checksum(data[:end]):
		return nil, errCache
	}
	numbers := data[headerSize+int(text) : end]
	u := &unpacker{text: string(data[headerSize : headerSize+int(text)]), nums: make([]int32, nums)}
	for i := range u.nums {
		u.nums[i] = int32(binary.LittleEndian.Uint32(numbers[4*i:]))
	}
	return u, nil
}

func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

// writeCache leaves the base in a cache file, through a temporary one. A file that cannot be written is done without;
// whoever reads a half-written one notices.
func writeCache(file string, s *sources, b *Base) {
	if file == "" {
		return
	}
	var p packer
	p.graph(&b.graph, s.places())
	p.tables(b.compiled)
	key := s.key()
	data := make([]byte, 0, headerSize+len(p.text)+4*len(p.nums)+crc32.Size)
	data = append(data, cacheMagic...)
	for _, n := range []int{cacheVersion, len(p.text), len(p.nums)} {
		data = binary.LittleEndian.AppendUint32(data, uint32(n))
	}
	data = append(append(data, key[:]...), p.text...)
	for _, n := range p.nums {
		data = binary.LittleEndian.AppendUint32(data, uint32(n))
	}
	data = binary.LittleEndian.AppendUint32(data, checksum(data))
	if replaceFile(file, data) == nil {
		prune(filepath.Dir(file))
	}
}

// keptCaches is how many editions may lie side by side: an author's trial beside the embedded base, of two versions.
const keptCaches = 4

// prune removes the oldest cache files, and temporary ones that a crash left.
func prune(dir string) {
	files, _ := filepath.Glob(filepath.Join(dir, "knowledge-*.base*"))
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
