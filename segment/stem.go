package segment

import (
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stemCache remembers stems, because Snowball allocates. It holds two
// generations of at most stemGeneration words: when the young one is full, it
// becomes the old one, and what the old one held is forgotten unless asked for.
type stemCache struct {
	young, old map[string]stemEntry
}

// stemGeneration is room for the vocabulary of a long paper; a full cache takes
// less than a megabyte.
const stemGeneration = 4096

type stemEntry struct {
	word string
	stem []byte
}

// stem returns the English stem of a folded word. The answer must not be written
// to; it stays valid. Words that are not all ASCII are their own stem.
func (c *stemCache) stem(word []byte) []byte {
	if e, ok := c.young[string(word)]; ok {
		return e.stem
	}
	e, ok := c.old[string(word)]
	if !ok {
		e.word = string(word)
		e.stem = []byte(stem(e.word))
	}
	c.keep(e)
	return e.stem
}

func (c *stemCache) keep(e stemEntry) {
	if c.young == nil {
		c.young, c.old = make(map[string]stemEntry), make(map[string]stemEntry)
	}
	if len(c.young) >= stemGeneration {
		c.young, c.old = c.old, c.young
		clear(c.young)
	}
	c.young[e.word] = e
}

func stem(word string) string {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return word
		}
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}
