package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	api "github.com/blevesearch/bleve_index_api"

	"tepai/registry"
)

// searcher is the bleve shadow in one folder. It keeps its cursor in the batch of the documents, so what it holds and
// what it says that it holds never differ.
type searcher struct {
	index  bleve.Index
	folder string
	label  string
	goal   uint64   // the cursor from which it is complete
	log    [32]byte // hash of the change at the cursor, when it was opened
	at     atomic.Uint64
	errors uint64 // of bleve's own goroutines, when it was opened
}

// lockWait is how long another process may hold the folder before it counts as taken.
const lockWait = time.Second

// closeWait is how long an index may take to close; a healthy one takes as long as its last batch.
const closeWait = 5 * time.Second

// openSearcher opens the index in a folder that inspect found sound. Errors are errStale, errBusy and errBroken; others
// are trouble with the folder itself.
func openSearcher(folder, label string) (*searcher, error) {
	s := &searcher{folder: folder, label: label}
	_, err := guard(func() (struct{}, error) { return struct{}{}, s.open() })
	if err == nil {
		return s, nil
	}
	_ = s.close()
	if strings.HasSuffix(err.Error(), "timeout") { // bbolt's, reported through bleve
		return nil, errBusy
	}
	if errors.Is(err, errStale) || errors.Is(err, os.ErrPermission) {
		return nil, err
	}
	return nil, fmt.Errorf("%w: %w", errBroken, err)
}

// open opens bleve, compares what the index says of itself and asks it a first question.
func (s *searcher) open() (err error) {
	s.index, err = bleve.OpenUsing(s.folder, map[string]any{"bolt_timeout": lockWait.String()})
	if err != nil {
		return err
	}
	value, err := s.index.GetInternal([]byte(stateKey))
	if err != nil {
		return err
	}
	held, err := decodeState(value)
	if err != nil {
		return err
	}
	if held.label != s.label {
		return errStale
	}
	s.at.Store(held.cursor)
	s.goal, s.log = held.goal, held.log
	s.errors = s.asyncErrors()
	return s.smoke()
}

// smoke asks for the newest and for all documents.
func (s *searcher) smoke() error {
	kind := query.NewTermQuery(string(kinds[0]))
	kind.SetField(facetPrefix + FacetKind)
	for _, q := range []query.Query{bleve.NewMatchAllQuery(), kind} {
		request := bleve.NewSearchRequestOptions(q, 3, 0, false)
		request.AddFacet(FacetKind, bleve.NewFacetRequest(facetPrefix+FacetKind, 5))
		if _, err := s.index.Search(request); err != nil {
			return err
		}
	}
	return nil
}

// createSearcher makes an empty index in a folder that does not exist, or in memory for an empty one. goal is the head
// of the log.
func createSearcher(folder, label string, goal uint64) (*searcher, error) {
	m := bleve.NewIndexMapping()
	m.DefaultMapping.Dynamic = false
	m.ScoringModel = api.BM25Scoring
	s := &searcher{folder: folder, label: label, goal: goal}
	if err := beginIndex(folder); err != nil {
		return nil, fmt.Errorf("index: create %s: %w", folder, err)
	}
	_, err := guard(func() (struct{}, error) {
		var err error
		s.index, err = bleve.NewUsing(folder, m, scorch.Name, scorch.Name, map[string]any{"bolt_timeout": lockWait.String()})
		if err == nil {
			err = s.index.SetInternal([]byte(stateKey), state{goal: goal, label: label}.encode())
		}
		if err == nil {
			err = endIndex(folder)
		}
		return struct{}{}, err
	})
	if err != nil {
		_ = s.close()
		return nil, fmt.Errorf("index: create %s: %w", folder, err)
	}
	return s, nil
}

func (s *searcher) name() string   { return "search" }
func (s *searcher) cursor() uint64 { return s.at.Load() }

// apply puts a batch and the cursor into the index in one step.
func (s *searcher) apply(ctx context.Context, batch []*record, upto registry.Head) error {
	b := s.index.NewBatch()
	for _, r := range batch {
		if r.gone() {
			b.Delete(documentID(r.change.Kind, r.change.ID))
			continue
		}
		if err := r.decode(); err != nil {
			return err
		}
		if err := b.IndexAdvanced(r.document()); err != nil {
			return err
		}
	}
	b.SetInternal([]byte(stateKey), state{upto.Seq, s.goal, upto.Hash, s.label}.encode())
	if err := s.write(ctx, b); err != nil {
		return err
	}
	s.at.Store(upto.Seq)
	return nil
}

// write hands a batch to bleve and watches bleve's own goroutines meanwhile: when one of them has died on damaged
// files, the batch would wait for ever.
func (s *searcher) write(ctx context.Context, b *bleve.Batch) error {
	done := make(chan error, 1)
	go func() {
		_, err := guard(func() (struct{}, error) { return struct{}{}, s.index.Batch(b) })
		done <- err
	}()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			if s.failed() {
				return fmt.Errorf("%w: a background task of bleve failed", errBroken)
			}
		}
	}
}

// failed tells whether a background task of bleve has failed since the index was opened.
func (s *searcher) failed() bool { return s.asyncErrors() > s.errors }

func (s *searcher) asyncErrors() uint64 {
	stats, _ := s.index.StatsMap()["index"].(map[string]any)
	n, _ := stats["errors"].(uint64)
	return n
}

// close lets the folder go. A damaged index can keep bleve busy for ever; it is left behind after closeWait, and the
// error is errUnclosed.
func (s *searcher) close() error {
	if s.index == nil {
		return nil
	}
	done := make(chan error, 1)
	go func() {
		_, err := guard(func() (struct{}, error) { return struct{}{}, s.index.Close() })
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(closeWait):
		return errUnclosed
	}
}
