package matcher

import (
	"slices"
	"testing"

	"tepai/internal/testkit"
	"tepai/registry"
	"tepai/segment"
)

// Evidence is proved on the sample pool: each item's title, asked as a need, must lead to whom the item belongs to – and
// does so less often once the evidence is taken away.
func TestEvidenceLeadsToItsOwner(t *testing.T) {
	w := testkit.Words(t)
	sample := testkit.Sample(t)
	bare := slices.Clone(sample.Specialists)
	for i := range bare {
		bare[i].Evidence = nil
	}
	with, n := meanReciprocalRank(t, engineOf(w, sample.Specialists), sample.Specialists)
	without, _ := meanReciprocalRank(t, engineOf(w, bare), sample.Specialists)
	t.Logf("%d items of evidence: mean reciprocal rank of the owner %.3f with evidence, %.3f without", n, with, without)
	if n < 100 || with < 0.9 || with < without+0.1 {
		t.Errorf("%d items: %.3f with evidence, %.3f without", n, with, without)
	}
}

func engineOf(w *segment.Segmenter, specialists []registry.Specialist) *Engine {
	c := NewCollection(registry.Records{Specialists: specialists})
	return New(c, c.Books(w), w, Options{Now: today})
}

func meanReciprocalRank(t *testing.T, e *Engine, owners []registry.Specialist) (mean float64, n int) {
	t.Helper()
	for _, owner := range owners {
		for _, item := range owner.Evidence {
			r, err := e.RankText(ctx, item.Title, RankOptions{Limit: -1, NoRules: true, NoReason: true})
			if err != nil {
				t.Fatal(err)
			}
			n++
			mean += 1 / float64(1+slices.Index(ids(r), owner.ID))
		}
	}
	return mean / float64(n), n
}
