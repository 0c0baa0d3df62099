package registry

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
)

// VocabularyGeneration names the content of the vocabularies (fields, industries, titles) and of the settings that stand in them
// for a record that states nothing: what is derived from records by them is out of date when it changes.
func VocabularyGeneration() string { return vocabularyGeneration() }

var vocabularyGeneration = sync.OnceValue(func() string {
	h := sha256.New()
	for _, text := range []string{fieldsText, industriesText, titlesText, fmt.Sprint(DefaultCapacity)} {
		fmt.Fprintf(h, "%d\n%s", len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
})
