package index

import (
	"maps"
	"slices"

	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
)

// Books are the postings that ranking reads.
type Books struct {
	Specialists *postings.Book
	Needs       *postings.Book
}

// BooksOf analyses records that stand in no store.
func BooksOf(words *segment.Segmenter, specialists map[string]registry.Specialist, needs map[string]registry.Need) Books {
	a := NewAnalyser(words)
	books := Books{Specialists: &postings.Book{}, Needs: &postings.Book{}}
	fill(books.Specialists, specialists, a.Specialist)
	fill(books.Needs, needs, a.Need)
	return books
}

// batch is how many documents are analysed before they are put into a Book.
const batch = 8192

func fill[T any](book *postings.Book, records map[string]T, analyse func(T) postings.Document) {
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(records)), batch) {
		docs := make([]postings.Document, len(ids))
		for i, id := range ids {
			docs[i] = analyse(records[id])
		}
		book.Apply(docs, nil)
	}
	book.Tidy()
}
