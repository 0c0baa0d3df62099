package index

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"tepai/registry"
)

// FuzzWalkBolt feeds damaged files: the walk must end, and say errBroken where it says anything.
func FuzzWalkBolt(f *testing.F) {
	folder := filepath.Join(f.TempDir(), "search")
	s, err := createSearcher(folder, "label", 0)
	if err != nil {
		f.Fatal(err)
	}
	if err := s.apply(f.Context(), nil, registry.Head{Seq: 7}); err != nil {
		f.Fatal(err)
	}
	if err := s.close(); err != nil {
		f.Fatal(err)
	}
	sound, err := os.ReadFile(filepath.Join(folder, "store", "root.bolt"))
	if err != nil {
		f.Fatal(err)
	}
	keys := 0
	if err := walkBolt(sound, func([]byte, []byte) { keys++ }); err != nil || keys == 0 {
		f.Fatal(keys, err)
	}
	f.Add(uint32(0), []byte{1})
	f.Add(uint32(2*4096+8), []byte{0xff, 0xff, 0xff, 0xff})
	f.Add(uint32(len(sound)/2), []byte("damage"))
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		data := append([]byte(nil), sound...)
		for i, b := range patch {
			data[(int(at)+i)%len(data)] ^= b
		}
		if len(patch) > 8 {
			data = data[:int(at)%len(data)]
		}
		if err := walkBolt(data, func([]byte, []byte) {}); err != nil && !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
	})
}
