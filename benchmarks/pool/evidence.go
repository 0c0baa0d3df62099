package pool

import "tepai/registry"

// evidenceItems is how many items a specialist shows: 0 to 4, 1.6 on average.
func (w *writer) evidenceItems() int {
	return []int{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4}[w.random.IntN(20)]
}

func (w *writer) evidence() registry.Evidence {
	kind := [...]struct {
		kind registry.EvidenceKind
		role string
	}{{registry.Paper, "论文"}, {registry.Paper, "论文"}, {registry.Patent, "专利"}, {registry.Project, "项目"}, {registry.PastService, "服务"}}[w.random.IntN(5)]
	common := 1.0
	if kind.role == "服务" {
		common = 0.7
	}
	e := registry.Evidence{Kind: kind.kind, Title: w.fresh(kind.role, common), Year: 2025 - w.zipf(20, 0.4)}
	if w.chance(0.05) {
		e.Year = 0
	}
	if w.chance(0.6) {
		e.Text = w.proof()
	}
	return e
}

// fresh writes a clause even if its pattern has been used before: titles of one person may be alike.
func (w *writer) fresh(role string, common float64) string {
	w.used = nil
	return w.text(role, common)
}

// proof is the text of an item.
func (w *writer) proof() string {
	text := w.fresh("证明", 1)
	if w.chance(0.5) {
		text += "。" + w.text([]string{"做法", "成效", "方向"}[w.random.IntN(3)], 0)
	}
	return text + "。"
}
