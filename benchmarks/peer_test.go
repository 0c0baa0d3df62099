package benchmarks

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	api "github.com/blevesearch/bleve_index_api"

	"tepai/benchmarks/pool"
	"tepai/index"
	"tepai/registry"
	"tepai/segment"
)

// peer is bleve over the same specialists at its best: scorch on disk, one field of the same terms, BM25, nothing stored,
// no term vectors, no doc values, batches of a thousand, merged into one segment.
type peer struct{ index bleve.Index }

const peerField = "text"

func newPeer(b *testing.B, h *house) *peer {
	b.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultMapping.Dynamic = false
	m.ScoringModel = api.BM25Scoring
	x, err := bleve.NewUsing(filepath.Join(b.TempDir(), "peer"), m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	var scratch segment.Scratch
	for part := range chunks(pool.Specialists(seed, h.n), batch) {
		docs := x.NewBatch()
		for _, v := range part {
			if err := docs.IndexAdvanced(peerDocument(h.words, &scratch, v)); err != nil {
				b.Fatal(err)
			}
		}
		if err := x.Batch(docs); err != nil {
			b.Fatal(err)
		}
	}
	merge(b, x)
	return &peer{x}
}

func merge(b *testing.B, x bleve.Index) {
	inside, err := x.Advanced()
	if err != nil {
		b.Fatal(err)
	}
	if err := inside.(*scorch.Scorch).ForceMerge(context.Background(), nil); err != nil {
		b.Fatal(err)
	}
}

// ready is an analyzer whose work has been done.
type ready analysis.TokenStream

func (t ready) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(t) }

func peerDocument(words *segment.Segmenter, scratch *segment.Scratch, v registry.Specialist) *document.Document {
	var tokens analysis.TokenStream
	for _, p := range index.SpecialistPassages(v) {
		for _, t := range words.Terms(scratch, p.Text) {
			tokens = append(tokens, &analysis.Token{Term: append([]byte(nil), t.Text...), Start: int(t.Start), End: int(t.End), Position: len(tokens) + 1})
		}
	}
	doc := document.NewDocument(v.ID)
	doc.AddField(document.NewTextFieldCustom(peerField, nil, nil, api.IndexField, ready(tokens)))
	return doc
}

// search asks for the best 20 of the disjunction of terms.
func (p *peer) search(b *testing.B, terms []string) *bleve.SearchResult {
	b.Helper()
	any := query.NewDisjunctionQuery(nil)
	for _, t := range terms {
		one := query.NewTermQuery(t)
		one.SetField(peerField)
		any.AddQuery(one)
	}
	result, err := p.index.Search(bleve.NewSearchRequestOptions(any, 20, 0, false))
	if err != nil {
		b.Fatal(err)
	}
	return result
}
