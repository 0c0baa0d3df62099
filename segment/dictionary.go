package segment

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// algorithmVersion counts changes of folding, cutting and compiling. Whoever
// changes what Terms returns for some text raises it.
const algorithmVersion = 1

// NoCache as Options.CacheDir compiles the dictionary every time.
const NoCache = "-"

// Options say where the compiled dictionary is kept.
type Options struct {
	// CacheDir is a folder for the compiled dictionary (10 MB), made if need be.
	// Empty means tepai below os.UserCacheDir; NoCache means none. A folder that
	// cannot be written costs a second at each start, nothing else.
	CacheDir string
}

// Dictionary holds the words, their costs and the small rules. It is immutable
// and may be shared; another dictionary is another value.
type Dictionary struct {
	trie       *trie
	rules      *rules
	generation string
}

// LoadDictionary reads the compiled dictionary from its cache file, or compiles
// it from gse's and leaves a cache file for the next start. A cache file that is
// missing, damaged or of another version is replaced without a word. It fails
// only when the program was built without a dictionary.
func LoadDictionary(opt Options) (*Dictionary, error) {
	return loadDictionary(opt.CacheDir, compile)
}

func loadDictionary(dir string, compile func(*rules) (*trie, error)) (*Dictionary, error) {
	rules, err := loadRules()
	if err != nil {
		return nil, err
	}
	own, err := ownHash()
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	key := sourceKey(own, gseVersion())
	file := cacheFile(dir, key)
	trie, content, err := readCache(file, key)
	if err != nil {
		if trie, err = compile(rules); err != nil {
			return nil, fmt.Errorf("segment: %w", err)
		}
		content = writeCache(file, key, trie)
	}
	return &Dictionary{trie: trie, rules: rules, generation: generation(own, content)}, nil
}

// Generation names the dictionary's content and the algorithm together: two
// programs with the same generation cut every text alike. Twelve hexadecimal
// digits.
func (d *Dictionary) Generation() string { return d.generation }

// Contains reports whether word, in any width and case, is in the dictionary.
func (d *Dictionary) Contains(word string) bool {
	var sc Scratch
	norm, _ := sc.Normalize(word)
	return d.trie.word(string(norm)) != 0
}

type hash = [sha256.Size]byte

// ownHash covers the algorithm and every text embedded here.
func ownHash() (hash, error) {
	h := sha256.New()
	fmt.Fprintf(h, "segment %d\n", algorithmVersion)
	for _, files := range []embed.FS{lexiconFiles, ruleFiles} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := files.ReadFile(name)
			fmt.Fprintf(h, "%s %d\n%s", name, len(text), text)
			return err
		})
		if err != nil {
			return hash{}, err
		}
	}
	return hash(h.Sum(nil)), nil
}

// sourceKey covers all that the compiled trie depends on, before compiling it.
func sourceKey(own hash, gseVersion string) hash {
	return sha256.Sum256(fmt.Appendf(own[:], "%s\n%d", gseVersion, cacheVersion))
}

// generation covers the compiled trie and the texts that are read beside it.
func generation(own, content hash) string {
	sum := sha256.Sum256(append(own[:], content[:]...))
	return hex.EncodeToString(sum[:6])
}

// cacheFile returns the file's name, or "" for no cache.
func cacheFile(dir string, key hash) string {
	switch dir {
	case NoCache:
		return ""
	case "":
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(user, "tepai")
	}
	return filepath.Join(dir, "segment-"+hex.EncodeToString(key[:8])+".dict")
}
