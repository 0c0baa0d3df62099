package matcher

import (
	"context"
	"slices"
	"strings"

	"tepai/index"
	"tepai/registry"
	"tepai/segment"
)

// Collection are records in memory, as read from a folder of files: they are ranked as they are, without a store.
type Collection struct {
	specialists map[string]registry.Specialist
	enterprises map[string]registry.Enterprise
	needs       map[string]registry.Need
	order       []registry.Need // by id
}

// NewCollection keeps records, whose ids must differ within each kind.
func NewCollection(records registry.Records) *Collection {
	c := &Collection{specialists: map[string]registry.Specialist{}, enterprises: map[string]registry.Enterprise{},
		needs: map[string]registry.Need{}, order: slices.Clone(records.Needs)}
	for _, v := range records.Specialists {
		c.specialists[v.ID] = v
	}
	for _, v := range records.Enterprises {
		c.enterprises[v.ID] = v
	}
	for _, v := range records.Needs {
		c.needs[v.ID] = v
	}
	slices.SortFunc(c.order, func(a, b registry.Need) int { return strings.Compare(a.ID, b.ID) })
	return c
}

// Books analyses the records into postings.
func (c *Collection) Books(words *segment.Segmenter) index.Books {
	return index.BooksOf(words, c.specialists, c.needs)
}

// Specialist gives a record by its id.
func (c *Collection) Specialist(_ context.Context, id string) (registry.Specialist, error) {
	return byID(c.specialists, "特派员", id)
}

// Need gives a record by its id.
func (c *Collection) Need(_ context.Context, id string) (registry.Need, error) {
	return byID(c.needs, "需求", id)
}

// Enterprise gives a record by its id.
func (c *Collection) Enterprise(_ context.Context, id string) (registry.Enterprise, error) {
	return byID(c.enterprises, "企业", id)
}

// Needs gives all needs in the order of their ids, paged as in registry.Store.
func (c *Collection) Needs(_ context.Context, after string, limit int) ([]registry.Need, error) {
	from, found := slices.BinarySearchFunc(c.order, after, func(n registry.Need, id string) int { return strings.Compare(n.ID, id) })
	if found {
		from++
	}
	rest := c.order[from:]
	if limit > 0 && limit < len(rest) {
		rest = rest[:limit]
	}
	return rest, nil
}

func byID[T any](all map[string]T, what, id string) (T, error) {
	v, ok := all[id]
	if !ok {
		return v, &registry.Error{Kind: registry.NotFound, Field: "id", Msg: "没有编号为 " + id + " 的" + what}
	}
	return v, nil
}
