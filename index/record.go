package index

import (
	"fmt"
	"sync"

	"tepai/registry"
	"tepai/segment"
)

// record is one entry of the change log, decoded and segmented when somebody first asks. Safe for several goroutines.
type record struct {
	change registry.Change
	words  *segment.Segmenter

	decoding   sync.Once
	specialist registry.Specialist
	enterprise registry.Enterprise
	need       registry.Need
	err        error

	reading sync.Once
	sources []source
}

// source is one text of a record, with its terms.
type source struct {
	Passage
	ranked bool   // one of the passages that ranking reads
	field  string // the field of the search box that it stands in
	terms  []term
}

// gone tells that the change left no record behind.
func (r *record) gone() bool { return len(r.change.Body) == 0 }

// decode reads the body of the change; an unknown kind is an error.
func (r *record) decode() error {
	r.decoding.Do(func() {
		switch r.change.Kind {
		case registry.KindSpecialist:
			r.specialist, r.err = r.change.Specialist()
		case registry.KindEnterprise:
			r.enterprise, r.err = r.change.Enterprise()
		case registry.KindNeed:
			r.need, r.err = r.change.Need()
		default:
			r.err = fmt.Errorf("unknown kind %q", string(r.change.Kind))
		}
		if r.err != nil {
			r.err = fmt.Errorf("index: change %d, %s %s: %w", r.change.Seq, string(r.change.Kind), r.change.ID, r.err)
		}
	})
	return r.err
}

// texts gives every text of the record that search knows, segmented. The record must have been decoded.
func (r *record) texts() []source {
	r.reading.Do(func() {
		r.sources = r.untouched()
		var reader reader
		for i := range r.sources {
			r.sources[i].terms = reader.read(r.words, r.sources[i].Text)
		}
	})
	return r.sources
}

// untouched lists the texts without their terms.
func (r *record) untouched() []source {
	switch r.change.Kind {
	case registry.KindSpecialist:
		return specialistTexts(r.specialist)
	case registry.KindEnterprise:
		return enterpriseTexts(r.enterprise)
	default:
		return needTexts(r.need)
	}
}

// facets gives the values by which the record is filtered and counted.
func (r *record) facets() facetValues {
	switch r.change.Kind {
	case registry.KindSpecialist:
		return specialistFacets(r.specialist)
	case registry.KindEnterprise:
		return enterpriseFacets(r.enterprise)
	default:
		return needFacets(r.need)
	}
}

// title is the name under which the record is suggested.
func (r *record) title() string {
	switch r.change.Kind {
	case registry.KindSpecialist:
		return r.specialist.Name
	case registry.KindEnterprise:
		return r.enterprise.Name
	default:
		return r.need.Title
	}
}

// facetValues are values by facet.
type facetValues map[string][]string

func (v facetValues) add(facet string, values ...string) {
	for _, value := range values {
		if value != "" {
			v[facet] = append(v[facet], value)
		}
	}
}

// plain adds texts that search reads and ranking does not.
func plain(list []source, field string, texts ...string) []source {
	for i, text := range texts {
		if text != "" {
			list = append(list, source{Passage: Passage{Field: field, Item: i, Text: text}, field: field})
		}
	}
	return list
}

// ranked adds the passages that ranking reads; fieldOf names the field of the search box for each.
func ranked(list []source, passages []Passage, fieldOf func(Passage) string) []source {
	for _, p := range passages {
		list = append(list, source{Passage: p, ranked: true, field: fieldOf(p)})
	}
	return list
}
