package pool

import (
	"fmt"
	"strings"

	"tepai/registry"
)

func (w *writer) need(i int) registry.Need {
	w.domains = w.domains[:1]
	v := registry.Need{ID: fmt.Sprintf("N%07d", i+1), Title: w.text("标题", 0.3), Description: w.trouble()}
	if w.chance(0.7) {
		v.Wanted = w.text("目标", 0.4) + "。"
	}
	d := w.domains[0]
	if w.chance(0.5) {
		v.FieldHint = d.fields[w.zipf(len(d.fields), 0.4)]
	}
	if w.chance(0.8) {
		v.EnterpriseType = w.words(d.clauses["企业"], 1)[0]
	}
	if w.chance(0.8) {
		v.Industry = w.industry()
	}
	v.State = []registry.NeedState{"", "", "", "", "", "", "", registry.NeedDispatched, registry.NeedSolved, registry.NeedSolved}[w.random.IntN(10)]
	if v.State == registry.NeedSolved {
		v.SolvedBy = []string{fmt.Sprintf("S%07d", w.between(1, 1000))}
	}
	return v
}

// trouble is what the enterprise sees and has tried: one to four clauses.
func (w *writer) trouble() string {
	parts := []string{w.text("现状", 0)}
	for range w.between(0, 3) {
		role := []string{"现状", "试过", "试过"}[w.random.IntN(3)]
		if text := w.text(role, 0); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, []string{"。", "，", "；"}[w.random.IntN(3)]) + "。"
}
