package matcher

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tepai/registry"
	"tepai/segment"
)

// result puts a candidate into words.
func (e *Engine) result(q *query, v registry.Specialist, c candidate, rank int, o *RankOptions) Result {
	r := Result{Rank: rank, ID: v.ID, Name: v.Name, Title: v.Title, Unit: v.Organisation,
		Score: c.score.total, Parts: c.score.values(), Reasons: []string{},
		text: c.score.text()}
	if o.NoReason {
		return r
	}
	r.Matches = e.matches(q, v, c)
	r.Reasons = reasons(r.Matches)
	r.Notes = notes(v, q.need)
	return r
}

// wordsShown is how many terms a sentence names.
const wordsShown = 5

// reasons says in sentences where the points come from, each sentence with its points, so that the sentences add up to the score.
func reasons(matches []Match) []string {
	var list []string
	for _, part := range []Part{WordsPart, DiagnosisPart, ProofPart, FieldPart, IndustryPart, WishPart, PastPart, SparePart} {
		of := ofPart(matches, part)
		if len(of) == 0 {
			continue
		}
		total := Points(0)
		for _, m := range of {
			total += m.Value
		}
		list = append(list, fmt.Sprintf("%s（%s %s）", sentence(part, of), part, total))
	}
	return list
}

func ofPart(matches []Match, part Part) []Match {
	var of []Match
	for _, m := range matches {
		if m.Part == part.String() {
			of = append(of, m)
		}
	}
	return of
}

func sentence(part Part, of []Match) string {
	switch part {
	case WordsPart:
		return "本人写有需求中的" + quoted(words(of)) + where(of)
	case DiagnosisPart:
		return diagnosisSentence(of)
	case ProofPart:
		return "做过相近的事：" + strings.Join(each(of, func(m Match) string { return m.Term }), "、")
	case FieldPart:
		return "技术领域相同或同类：" + of[0].Term
	case IndustryPart:
		return "同属" + of[0].Term
	case WishPart:
		return "企业或本人点名希望合作"
	case PastPart:
		return "曾解决相似需求 " + of[0].Term
	}
	return "尚有派驻名额"
}

// diagnosisSentence tells inference from fact: what was confirmed is said so, what was inferred names its ground.
func diagnosisSentence(of []Match) string {
	var parts []string
	for _, ch := range []channel{confirmed, inferred} {
		var mine []Match
		for _, m := range of {
			if m.channel == ch {
				mine = append(mine, m)
			}
		}
		if len(mine) == 0 {
			continue
		}
		said := "本人写有" + quoted(words(mine)) + where(mine)
		if ch == confirmed {
			parts = append(parts, "已确认的研判术语，"+said)
			continue
		}
		parts = append(parts, ground(mine)+"，"+said)
	}
	return strings.Join(parts, "；")
}

// ground names what the weightiest inference stands on: what the need says, and the past needs that were found to be so
// (由需方所称“冒汗”“泵壳”及同类需求 N017 的研判推断缩松).
func ground(of []Match) string {
	top := slices.MaxFunc(of, func(a, b Match) int { return cmp.Compare(a.Value, b.Value) })
	var said, grounds []string
	for _, s := range top.Need {
		if !slices.Contains(said, s.Text) && len(said) < 3 {
			said = append(said, s.Text)
		}
	}
	if len(said) > 0 {
		grounds = append(grounds, "需方所称"+quoted(said))
	}
	for _, s := range top.Rules {
		if s.Need != "" {
			grounds = append(grounds, s.What)
		}
	}
	if len(grounds) == 0 {
		return "推断为" + top.Concept
	}
	return "由" + strings.Join(grounds, "及") + "推断" + top.Concept
}

// words picks the terms to show: the weightiest first, no fragment of a term already shown; single characters and pairs
// only where nothing better is there.
func words(of []Match) []string {
	sorted := slices.Clone(of)
	slices.SortStableFunc(sorted, func(a, b Match) int { return cmp.Compare(b.Value, a.Value) })
	for _, fragments := range []bool{false, true} {
		var shown []string
		for _, m := range sorted {
			text := m.Specialist[0].Text
			fragment := m.kind == segment.Bigram || m.kind == segment.Single
			if fragment != fragments || len(shown) == wordsShown || covered(shown, text) {
				continue
			}
			shown = slices.DeleteFunc(shown, func(s string) bool { return strings.Contains(text, s) })
			shown = append(shown, text)
		}
		if len(shown) > 0 {
			return shown
		}
	}
	return nil
}

func covered(shown []string, text string) bool {
	return slices.ContainsFunc(shown, func(s string) bool { return strings.Contains(s, text) })
}

var fieldNames = map[string]string{
	"keywords": "关键词", "fields": "技术领域", "expertise": "专业特长", "achievements": "成果", "service_wish": "服务意向",
}

// where names the fields of the profile in which the terms stand.
func where(of []Match) string {
	var names []string
	for _, m := range of {
		for _, s := range m.Specialist {
			if name := fieldNames[s.Field]; name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return "（见" + strings.Join(names, "、") + "）"
}

func quoted(texts []string) string {
	return strings.Join(each(texts, func(s string) string { return "“" + s + "”" }), "")
}

func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// notes are facts that bar nothing and that who signs should know.
func notes(v registry.Specialist, need registry.Need) []string {
	var list []string
	if w := v.Workload(0); w.Serving > 0 {
		list = append(list, fmt.Sprintf("正在服务 %d 家企业，最多 %d 家", w.Serving, w.Capacity))
	}
	if need.EnterpriseID != "" {
		list = append(list, v.ConflictWith(registry.Enterprise{ID: need.EnterpriseID}).Facts...)
	}
	return list
}
