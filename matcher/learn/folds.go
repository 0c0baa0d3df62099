package learn

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tepai/registry"
)

// Need is a judged need and its topics, the main one first. Needs that share a topic resemble each other. A need without
// topics resembles no other.
type Need struct {
	ID     string
	Topics []string
}

// main is the topic under which a need is filed.
func (n Need) main() string {
	if len(n.Topics) == 0 {
		return n.ID
	}
	return n.Topics[0]
}

// resembles tells whether a need shares a topic with one of others.
func (n Need) resembles(others []Need) bool {
	return slices.ContainsFunc(others, func(o Need) bool {
		return slices.ContainsFunc(n.Topics, func(topic string) bool { return slices.Contains(o.Topics, topic) })
	})
}

// Split is a part of the needs and those that a fit which is judged by that part may see.
type Split struct{ Held, Seen []Need }

// Folds parts needs k times: every need is held out once. No topic stands on both sides of a split: needs are held out together
// with those of their main topic, and what shares another topic with them is on neither side. The parts are of about the same
// size: topics go from the largest to the smallest, of equal ones by name, each to the part that has the fewest needs yet, of
// equal parts the first. The order of the needs does not matter; they come by id. A k below 2 or above the number of main
// topics is refused.
func Folds(needs []Need, k int) ([]Split, error) {
	topics := byTopic(needs)
	if k < 2 || k > len(topics) {
		return nil, &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("评判过的需求有 %d 个主题，不能分成 %d 份：至少分两份，一个主题不能拆开", len(topics), k)}
	}
	splits := make([]Split, k)
	for _, topic := range topics {
		least := &splits[0]
		for i := range splits {
			if len(splits[i].Held) < len(least.Held) {
				least = &splits[i]
			}
		}
		least.Held = append(least.Held, topic...)
	}
	for i := range splits {
		slices.SortFunc(splits[i].Held, byID)
		splits[i].Seen = apart(needs, splits[i].Held)
	}
	return splits, nil
}

// apart are the needs that are not among those held out and resemble none of them, by id.
func apart(needs, held []Need) []Need {
	seen := slices.DeleteFunc(slices.Clone(needs), func(n Need) bool {
		return n.resembles(held) || slices.ContainsFunc(held, func(h Need) bool { return h.ID == n.ID })
	})
	slices.SortFunc(seen, byID)
	return seen
}

// byTopic gives the needs of each main topic, the largest first, of equal ones by name.
func byTopic(needs []Need) [][]Need {
	of := map[string][]Need{}
	for _, n := range needs {
		of[n.main()] = append(of[n.main()], n)
	}
	topics := make([][]Need, 0, len(of))
	for _, list := range of {
		topics = append(topics, list)
	}
	slices.SortFunc(topics, func(a, b []Need) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a[0].main(), b[0].main()))
	})
	return topics
}

func byID(a, b Need) int { return strings.Compare(a.ID, b.ID) }
