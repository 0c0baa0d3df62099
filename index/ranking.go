package index

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
)

// ranking is the shadow that holds the postings of specialists and needs. It lives in memory and is kept as snapshot
// files, from which the next start goes on.
type ranking struct {
	folder string // empty = no snapshots
	label  string
	books  Books
	at     atomic.Uint64
	head   [32]byte // hash of the change at the cursor
	saved  uint64   // cursor of the snapshots on disk
}

// newRanking goes on from the snapshots of the folder where they are sound, of this dictionary and of this very log; otherwise
// it starts empty and why tells the reason.
func newRanking(ctx context.Context, folder string, store *registry.Store, words *segment.Segmenter) (r *ranking, why error) {
	r = &ranking{folder: folder, label: NewAnalyser(words).Label(), books: Books{Specialists: &postings.Book{}, Needs: &postings.Book{}}}
	if folder == "" {
		return r, nil
	}
	specialists, at, why := r.load(ctx, specialistsFile, store)
	if why != nil {
		return r, why
	}
	needs, other, why := r.load(ctx, needsFile, store)
	if why != nil {
		return r, why
	}
	if at != other {
		return r, fmt.Errorf("%w: its two files are of different times", errStale)
	}
	r.books = Books{Specialists: specialists, Needs: needs}
	r.at.Store(at)
	r.saved = at
	return r, nil
}

const (
	specialistsFile = "specialists.postings"
	needsFile       = "needs.postings"
)

// load reads one snapshot and makes sure that the change at its cursor is the one that it has seen.
func (r *ranking) load(ctx context.Context, name string, store *registry.Store) (*postings.Book, uint64, error) {
	data, err := os.ReadFile(filepath.Join(r.folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, errMissing
	}
	if err != nil {
		return nil, 0, fmt.Errorf("index: %w", err)
	}
	book, stamp, err := postings.Load(data)
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %s: %w", errBroken, name, err)
	}
	if r.head, err = hashAt(ctx, store, stamp.Cursor); err != nil {
		return nil, 0, fmt.Errorf("%s: %w", name, err)
	}
	if stamp.Label != r.stamp(stamp.Cursor).Label {
		return nil, 0, fmt.Errorf("%w: %s was made by another dictionary or of another log", errStale, name)
	}
	return book, stamp.Cursor, nil
}

// stamp names the analysis and the log by the hash of the last change.
func (r *ranking) stamp(cursor uint64) postings.Stamp {
	return postings.Stamp{Label: r.label + "@" + hex.EncodeToString(r.head[:]), Cursor: cursor}
}

func (r *ranking) name() string   { return "ranking" }
func (r *ranking) cursor() uint64 { return r.at.Load() }

// apply puts a batch into the books. A reader may see the specialists of a batch before its needs.
func (r *ranking) apply(_ context.Context, batch []*record, upto registry.Head) error {
	var specialists, needs changeSet
	for _, rec := range batch {
		switch rec.change.Kind {
		case registry.KindSpecialist:
			if err := specialists.take(rec, func() postings.Document { return specialistDocument(rec.specialist, rec.counts()) }); err != nil {
				return err
			}
		case registry.KindNeed:
			if err := needs.take(rec, func() postings.Document { return needDocument(rec.need, rec.counts()) }); err != nil {
				return err
			}
		}
	}
	r.head = upto.Hash
	r.books.Specialists.Apply(specialists.puts, specialists.drops)
	r.books.Needs.Apply(needs.puts, needs.drops)
	r.at.Store(upto.Seq)
	return nil
}

// changeSet is what a batch does to one book.
type changeSet struct {
	puts  []postings.Document
	drops []string
}

func (c *changeSet) take(rec *record, document func() postings.Document) error {
	if rec.gone() {
		c.drops = append(c.drops, rec.change.ID)
		return nil
	}
	if err := rec.decode(); err != nil {
		return err
	}
	c.puts = append(c.puts, document())
	return nil
}

// counts counts the terms of the passages that ranking reads.
func (r *record) counts() *unitCounts {
	var c unitCounts
	for _, s := range r.texts() {
		if !s.ranked {
			continue
		}
		for _, t := range s.terms {
			c.add(s.Passage, t.text)
		}
	}
	return &c
}

// tidy merges what has gathered, where it is worth the time.
func (r *ranking) tidy() {
	for _, book := range []*postings.Book{r.books.Specialists, r.books.Needs} {
		if book.Untidy() {
			book.Tidy()
		}
	}
}

// moment is the postings at one cursor.
type moment struct {
	specialists, needs *postings.View
	stamp              postings.Stamp
}

// moment must not be called beside apply.
func (r *ranking) moment() moment {
	return moment{r.books.Specialists.View(), r.books.Needs.View(), r.stamp(r.at.Load())}
}

// save writes the snapshots of a moment, each as a temporary file that is then renamed; nothing to do when they are there already.
func (r *ranking) save(m moment) error {
	if r.folder == "" || r.saved == m.stamp.Cursor {
		return nil
	}
	for _, file := range []struct {
		name string
		view *postings.View
	}{{specialistsFile, m.specialists}, {needsFile, m.needs}} {
		if err := writeFile(filepath.Join(r.folder, file.name), file.view, m.stamp); err != nil {
			return fmt.Errorf("index: snapshot of the postings: %w", err)
		}
	}
	r.saved = m.stamp.Cursor
	return nil
}

func writeFile(path string, view *postings.View, stamp postings.Stamp) error {
	var file bytes.Buffer
	if err := postings.Save(&file, view, stamp); err != nil {
		return err
	}
	temporary := path + ".new"
	if err := os.WriteFile(temporary, file.Bytes(), 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}
