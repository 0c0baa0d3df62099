package segment

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// compileCount returns a quick stand-in for compile that counts its calls.
func compileCount(calls *int) func(*rules) (*trie, error) {
	return func(*rules) (*trie, error) {
		*calls++
		return buildTrie([]entry{{text: "铸件", freq: 3}, {text: "渗漏", freq: 5}})
	}
}

func TestCacheSparesCompiling(t *testing.T) {
	dir, calls := filepath.Join(t.TempDir(), "not", "yet"), 0
	first, err := loadDictionary(dir, compileCount(&calls))
	if err != nil {
		t.Fatal(err)
	}
	second, err := loadDictionary(dir, compileCount(&calls))
	if err != nil {
		t.Fatal(err)
	}
	if calls != 1 {
		t.Errorf("compiled %d times", calls)
	}
	if first.Generation() != second.Generation() || len(first.Generation()) != 12 {
		t.Errorf("generations %q and %q", first.Generation(), second.Generation())
	}
	if !second.Contains("铸件") || second.Contains("铸") {
		t.Error("other words than were stored")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
}

func TestCacheDamageIsMended(t *testing.T) {
	damages := map[string]func([]byte) []byte{
		"empty":              func([]byte) []byte { return nil },
		"header only":        func(b []byte) []byte { return b[:headerSize] },
		"cut short":          func(b []byte) []byte { return b[:len(b)-1] },
		"too long":           func(b []byte) []byte { return append(b, 0) },
		"other magic":        func(b []byte) []byte { b[0]++; return b },
		"other version":      func(b []byte) []byte { b[8]++; return b },
		"huge count":         func(b []byte) []byte { b[15] = 0xFF; return b },
		"other key":          func(b []byte) []byte { b[16]++; return b },
		"bit in content sum": func(b []byte) []byte { b[48] ^= 1; return b },
		"bit in codes":       func(b []byte) []byte { b[headerSize+9] ^= 1; return b },
		"bit in units":       func(b []byte) []byte { b[len(b)-20] ^= 64; return b },
		"bit in checksum":    func(b []byte) []byte { b[len(b)-1] ^= 128; return b },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir, calls := t.TempDir(), 0
			whole, err := loadDictionary(dir, compileCount(&calls))
			if err != nil {
				t.Fatal(err)
			}
			files, _ := filepath.Glob(filepath.Join(dir, "*.dict"))
			data, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(files[0], damage(data), 0o644); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second start finds the mended file
				d, err := loadDictionary(dir, compileCount(&calls))
				if err != nil || d.Generation() != whole.Generation() {
					t.Fatalf("after damage: %v, %v", d, err)
				}
			}
			if calls != 2 {
				t.Errorf("compiled %d times, want 2", calls)
			}
		})
	}
}

func TestCacheIsOptional(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(t.TempDir(), "read only")
	if err := os.Mkdir(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"none": NoCache, "below a file": filepath.Join(file, "x"), "a file": file, "read only": readOnly} {
		calls := 0
		if _, err := loadDictionary(dir, compileCount(&calls)); err != nil || calls != 1 {
			t.Errorf("%s: compiled %d times, error %v", name, calls, err)
		}
	}
}

func TestCacheKeepsFewEditions(t *testing.T) {
	dir, calls := t.TempDir(), 0
	for i := range keptCaches + 3 {
		old := filepath.Join(dir, fmt.Sprintf("segment-%d.dict", i))
		if err := os.WriteFile(old, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		written := time.Now().Add(-time.Duration(i+1) * time.Hour)
		if err := os.Chtimes(old, written, written); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if _, err := loadDictionary(dir, compileCount(&calls)); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != keptCaches || calls != 1 {
		t.Errorf("left %v after %d compilations", left, calls)
	}
}

// TestCacheIsQuick holds the promise of the start: ready within 20 ms. The best
// of several tries counts, for other programs may be busy.
func TestCacheIsQuick(t *testing.T) {
	dir := t.TempDir()
	loaded := dictionary(t)
	if _, err := loadDictionary(dir, func(*rules) (*trie, error) { return loaded.trie, nil }); err != nil {
		t.Fatal(err)
	}
	best := time.Hour
	for range 5 {
		start := time.Now()
		d, err := LoadDictionary(Options{CacheDir: dir})
		if err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
		if d.Generation() != loaded.Generation() {
			t.Fatal("another generation from the same words")
		}
	}
	t.Logf("ready after %v", best)
	if limit := 20 * time.Millisecond; best > limit && !raceEnabled {
		t.Errorf("ready after %v, promised %v", best, limit)
	}
}

func TestSourceKeyTellsApart(t *testing.T) {
	own, err := ownHash()
	if err != nil {
		t.Fatal(err)
	}
	if sourceKey(own, "v1") == sourceKey(own, "v2") || sourceKey(own, "v1") == sourceKey(hash{}, "v1") {
		t.Error("keys of different sources agree")
	}
}
