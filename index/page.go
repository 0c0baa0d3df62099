package index

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"strconv"

	"github.com/blevesearch/bleve/v2/search"
)

// pageEnd is what a page's cursor holds: the last result, and a hash of the question that it belongs to.
type pageEnd struct {
	Question uint64
	Score    string // shortest decimal that reads back to the same number
	ID       string
	Relaxed  bool `json:",omitempty"`
}

func (e *pageEnd) sort() []string { return []string{e.Score, e.ID} }

func (p *plan) next(last *search.DocumentMatch) string {
	b, _ := json.Marshal(pageEnd{question(p.Query), strconv.FormatFloat(last.Score, 'g', -1, 64), last.ID, p.relaxed})
	return base64.RawURLEncoding.EncodeToString(b)
}

// readPageEnd reads a cursor; one that belongs to another question is refused.
func readPageEnd(q Query) (*pageEnd, error) {
	var e pageEnd
	b, err := base64.RawURLEncoding.DecodeString(q.After)
	if err == nil {
		err = json.Unmarshal(b, &e)
	}
	if score, scoreErr := strconv.ParseFloat(e.Score, 64); err != nil || scoreErr != nil || math.IsNaN(score) || e.ID == "" {
		return nil, invalid("after", "翻页标记无法识别，请从第一页重新检索")
	}
	if e.Question != question(q) {
		return nil, invalid("after", "翻页标记属于另一次检索，请从第一页重新检索")
	}
	return &e, nil
}

// question is a hash of what decides about the results.
func question(q Query) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%q %q %+q %+q", q.Text, q.Kinds, flat(q.Filters), flat(q.Scope))
	return h.Sum64()
}

func flat(filters []Filter) (list []string) {
	for _, f := range filters {
		list = append(append(list, fmt.Sprint(f.Facet, f.Not, len(f.Values))), f.Values...)
	}
	return list
}
