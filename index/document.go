package index

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"

	"tepai/registry"
)

// mappingVersion names the layout of the documents; an index of another one is built anew.
const mappingVersion = "2"

const (
	phraseText = api.IndexField | api.IncludeTermVectors           // with positions
	plainText  = api.IndexField                                    // found and scored
	exactKey   = api.IndexField | api.SkipFreqNorm                 // found as a whole or by its beginning
	countedKey = api.IndexField | api.SkipFreqNorm | api.DocValues // and counted
	separator  = "\x1f"                                            // in wordKey, between the folded and the written form
	longestKey = 200                                               // bytes of a key
)

// documentID is the id of a record's document: ids are unique within a kind only.
func documentID(kind registry.RecordKind, id string) string { return string(kind[:1]) + ":" + id }

// recordOf reads a document's id back.
func recordOf(docID string) (registry.RecordKind, string) {
	letter, id, _ := strings.Cut(docID, ":")
	for _, kind := range kinds {
		if letter == string(kind[:1]) {
			return kind, id
		}
	}
	return "", docID
}

var kinds = []registry.RecordKind{registry.KindSpecialist, registry.KindEnterprise, registry.KindNeed}

// document builds the bleve document of a record that has been decoded.
func (r *record) document() *document.Document {
	doc := document.NewDocument(documentID(r.change.Kind, r.change.ID))
	for i, s := range r.texts() {
		tokens := ready(tokensOf(s.terms))
		place := []uint64{uint64(i)}
		all := allMeta
		if s.ranked {
			all = allText
		}
		doc.AddField(document.NewTextFieldCustom(all, place, nil, phraseText, tokens))
		doc.AddField(document.NewTextFieldCustom(partPrefix+s.field, place, nil, plainText, tokens))
	}
	keys := keySet{doc: doc}
	keys.add(facetPrefix+FacetKind, countedKey, string(r.change.Kind))
	values := r.facets()
	for _, facet := range facets {
		keys.add(facetPrefix+facet, countedKey, values[facet]...)
	}
	r.addNames(&keys)
	return doc
}

// addNames adds what is found by its beginning: names, their pinyin, keywords, the id.
func (r *record) addNames(keys *keySet) {
	var fold reader
	keys.add(idKey, exactKey, fold.fold(r.change.ID))
	for _, s := range r.texts() {
		if slices.Contains(valueFields, s.field) {
			for _, value := range strings.FieldsFunc(s.Text, isOneOf("、，,；;/")) {
				keys.add(valuePrefix+s.field, exactKey, fold.fold(value))
			}
		}
	}
	keys.add(nameKey, exactKey, fold.fold(r.title()))
	if r.change.Kind != registry.KindNeed {
		keys.add(initialsKey, exactKey, pinyinKeys(r.title())...)
	}
	if r.change.Kind == registry.KindSpecialist {
		for _, list := range [][]string{r.specialist.Keywords, r.specialist.Fields} {
			for _, word := range list {
				keys.add(wordKey, countedKey, fold.fold(word)+separator+strings.TrimSpace(word))
			}
		}
	}
}

// keySet adds keys to a document, each value of a field once.
type keySet struct {
	doc  *document.Document
	seen map[[2]string]bool
}

func (k *keySet) add(field string, options api.FieldIndexingOptions, values ...string) {
	if k.seen == nil {
		k.seen = map[[2]string]bool{}
	}
	for i, v := range values {
		id := [2]string{field, v}
		if v == "" || len(v) > longestKey || k.seen[id] {
			continue
		}
		k.seen[id] = true
		k.doc.AddField(document.NewTextFieldCustom(field, []uint64{uint64(i)}, []byte(v), options, nil))
	}
}

// ready is an analyzer whose work has been done.
type ready analysis.TokenStream

func (t ready) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(t) }

func tokensOf(terms []term) analysis.TokenStream {
	tokens := make([]analysis.Token, len(terms))
	stream := make(analysis.TokenStream, len(terms))
	for i, t := range terms {
		tokens[i] = analysis.Token{Term: t.text, Start: int(t.start), End: int(t.end), Position: int(t.at)}
		stream[i] = &tokens[i]
	}
	return stream
}
