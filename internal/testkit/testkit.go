// Package testkit gives tests the real parts: the dictionary, the embedded knowledge base, the sample pool and the judged
// collection. Only tests import it.
package testkit

import (
	"path/filepath"
	"runtime"
	"testing"

	"tepai/registry"
	"tepai/registry/intake"
	"tepai/segment"
	"tepai/segment/knowledge"
	"tepai/testdata"
)

// Words gives a segmenter with the real dictionary.
func Words(t testing.TB) *segment.Segmenter {
	t.Helper()
	dictionary, err := segment.LoadDictionary(segment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return segment.New(dictionary)
}

// Base gives the embedded knowledge base.
func Base(t testing.TB) *knowledge.Base {
	t.Helper()
	base, err := knowledge.Load(knowledge.Embedded(), knowledge.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// Sample gives the sample pool.
func Sample(t testing.TB) registry.Records {
	t.Helper()
	var all registry.Records
	all.Specialists = sample(t, "specialists.jsonl", registry.KindSpecialist).Specialists
	all.Enterprises = sample(t, "enterprises.jsonl", registry.KindEnterprise).Enterprises
	all.Needs = sample(t, "needs.jsonl", registry.KindNeed).Needs
	return all
}

func sample(t testing.TB, name string, kind registry.RecordKind) registry.Records {
	t.Helper()
	f, err := testdata.Sample().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	batch, err := intake.Read(f, name, kind, intake.Options{})
	if err == nil {
		err = batch.Err()
	}
	if err != nil {
		t.Fatal(err)
	}
	return batch.Records()
}

// CollectionDir is the folder of the judged collection.
func CollectionDir(t testing.TB) string {
	t.Helper()
	_, here, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("testkit does not know where it stands")
	}
	return filepath.Join(filepath.Dir(here), "..", "..", "testdata", "collection")
}

// Collection reads the judged collection; diagnosed takes the needs that carry a diagnosis.
func Collection(t testing.TB, diagnosed bool) intake.Collection {
	t.Helper()
	var opt intake.CollectionOptions
	if diagnosed {
		opt.Needs = filepath.Join(CollectionDir(t), "needs_diagnosed.jsonl")
	}
	c, err := intake.ReadCollection(CollectionDir(t), opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
