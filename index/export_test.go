package index

import (
	"context"

	"tepai/registry"
)

// DocumentFrequency counts, for tests, the records of a kind whose ranked texts hold a term: by bleve's own postings, and
// as bleve's own document frequency over all kinds.
func (x *Index) DocumentFrequency(ctx context.Context, kind registry.RecordKind, term string) (ofKind, all int, err error) {
	s, err := x.ready(ctx)
	if err != nil {
		return 0, 0, err
	}
	advanced, err := s.index.Advanced()
	if err != nil {
		return 0, 0, err
	}
	r, err := advanced.Reader()
	if err != nil {
		return 0, 0, err
	}
	defer r.Close()
	postings, err := r.TermFieldReader(ctx, []byte(term), allText, false, false, false)
	if err != nil {
		return 0, 0, err
	}
	defer postings.Close()
	for {
		p, err := postings.Next(nil)
		if err != nil || p == nil {
			return ofKind, int(postings.Count()), err
		}
		id, err := r.ExternalID(p.ID)
		if err != nil {
			return 0, 0, err
		}
		if k, _ := recordOf(id); k == kind {
			ofKind++
		}
	}
}
