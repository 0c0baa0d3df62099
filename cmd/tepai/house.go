package main

import (
	"context"
	"errors"
	"fmt"

	"tepai/index"
	"tepai/matcher"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

// house is the program wired up over a data folder.
type house struct {
	words  *segment.Segmenter
	store  *registry.Store
	index  *index.Index
	engine *matcher.Engine
	before traces
}

// openHouse opens the store, its shadows and the engine, and waits until ranking has seen the whole log.
func (a *app) openHouse() (*house, error) {
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log})
	if err != nil {
		return nil, err
	}
	h := &house{store: store}
	if err := a.furnish(h); err != nil {
		return nil, errors.Join(err, h.close())
	}
	a.tellRanking(h)
	return h, nil
}

func (a *app) furnish(h *house) (err error) {
	if h.words, err = a.segmenter(); err != nil {
		return err
	}
	library, err := a.library(h.store)
	if err != nil {
		return err
	}
	weights, err := a.rankingWeights()
	if err != nil {
		return err
	}
	if err := a.openShadows(h); err != nil {
		return err
	}
	if err := h.index.SyncRanking(a.ctx, h.before.head.Seq); err != nil {
		return err
	}
	h.engine = matcher.New(h.store, h.index.Books(), h.words, matcher.Options{Library: library, Weights: &weights})
	return nil
}

func (h *house) close() error {
	var errs []error
	if h.index != nil {
		errs = append(errs, h.index.Close())
	}
	return errors.Join(append(errs, h.store.Close())...)
}

func (a *app) segmenter() (*segment.Segmenter, error) {
	dictionary, err := segment.LoadDictionary(segment.Options{CacheDir: a.Cache})
	if err != nil {
		return nil, fmt.Errorf("load the dictionary: %w", err)
	}
	return segment.New(dictionary), nil
}

// knowledgeBase is the embedded one, or the one of --knowledge, without a centre's own amendments.
func (a *app) knowledgeBase() (*knowledge.Base, error) {
	l, err := a.library(nil)
	if err != nil {
		return nil, err
	}
	return l.Base(), nil
}

// library opens the knowledge base with the amendments of a store; nil stands for none. It holds the base's field names
// against the registry's taxonomy, which the base itself does not know.
func (a *app) library(amendments matcher.Amendments) (*matcher.Library, error) {
	files, err := a.knowledgeFiles("")
	if err != nil {
		return nil, err
	}
	l, err := matcher.OpenLibrary(a.ctx, matcher.LibraryOptions{Files: files, Amendments: amendments, Logger: a.log,
		Load: knowledge.Options{CacheDir: a.Cache, Fields: knownField}})
	var problems knowledge.Problems
	if errors.As(err, &problems) {
		return nil, &registry.Error{Kind: registry.Invalid, Msg: "知识库有错误，请按行号改正：\n" + problems.Error()}
	}
	return l, err
}

// withHouse runs a command that reads the data folder, and lets the shadows catch up when the command has said what it has to say.
func (a *app) withHouse(use func(context.Context, *house) error) error {
	h, err := a.openHouse()
	if err != nil {
		return err
	}
	err = use(a.ctx, h)
	if err == nil && a.stdout.Flush() == nil {
		a.catchUp(h)
	}
	return errors.Join(err, h.close())
}
