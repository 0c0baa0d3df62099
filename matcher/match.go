package matcher

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

// Spot is a place in a record's own text: bytes Start to End of the field's text, always whole runes.
type Spot struct {
	Field string `json:"field"`
	Item  int    `json:"item,omitempty"` // which one of a list, from 0
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Match is one reason for points: what met what, by which route. The values of a part's matches sum to the part.
type Match struct {
	Part       string   `json:"part"`
	Term       string   `json:"term"`
	Value      Points   `json:"value"`
	Route      string   `json:"route"`                // 原词, 研判, 推断 and so on, in words for a person
	Concept    string   `json:"concept,omitempty"`    // the diagnosed concept that brought the term in
	Rules      []Source `json:"rules,omitempty"`      // the lines of the knowledge base, and the past needs, that inferred it
	Need       []Spot   `json:"need,omitempty"`       // where the need says it, or what made the rule fire
	Specialist []Spot   `json:"specialist,omitempty"` // where the specialist says it

	kind    segment.Kind
	channel channel
}

// Source is a line of the knowledge base, or a past need that lends its confirmed diagnosis.
type Source struct {
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	Need string `json:"need,omitempty"`
	What string `json:"what"` // 铸件 + 渗漏, 同类需求 N017 的研判
}

func sourceOf(f knowledge.Firing) Source { return Source{f.File, f.Line, f.Need, f.What} }

// String names the line, or the past need, for a person.
func (s Source) String() string {
	if s.Need != "" {
		return s.What
	}
	return fmt.Sprintf("%s:%d %s", s.File, s.Line, s.What)
}

// matches accounts for all points of a document. Terms come in the order of the bags, then evidence and the other parts.
func (e *Engine) matches(q *query, v registry.Specialist, c candidate) []Match {
	said := e.occurrences(q, v)
	var list []Match
	for ch := range channels {
		list = append(list, q.termMatches(ch, c.ref, said)...)
	}
	list = append(list, q.proofMatches(v, c)...)
	return append(list, q.otherMatches(v, c)...)
}

// occurrences finds the query's terms in the specialist's own words.
func (e *Engine) occurrences(q *query, v registry.Specialist) map[string][]Spot {
	wanted := q.wantedTerms()
	said := map[string][]Spot{}
	scratch := e.texts.Get().(*segment.Scratch)
	defer e.texts.Put(scratch)
	for _, p := range index.SpecialistPassages(v) {
		if p.Unit != 0 {
			continue
		}
		for _, t := range e.words.Terms(scratch, p.Text) {
			if term, ok := wanted[string(t.Text)]; ok {
				said[term] = append(said[term], Spot{p.Field, p.Item, int(t.Start), int(t.End), p.Text[t.Start:t.End]})
			}
		}
	}
	return said
}

// wantedTerms are the terms of all bags; made once for all results of a ranking.
func (q *query) wantedTerms() map[string]string {
	if q.wanted == nil {
		q.wanted = map[string]string{}
		for c := range channels {
			for _, t := range q.bags[c].terms {
				q.wanted[t.text] = t.text
			}
		}
	}
	return q.wanted
}

// termMatches shares a part out among its terms: each gets what it adds to the part when the terms are summed in their
// order, so that the shares sum to the part without a remainder.
func (q *query) termMatches(ch channel, ref postings.Ref, said map[string][]Spot) []Match {
	bag := &q.bags[ch]
	var list []Match
	sum, given := uint64(0), Points(0)
	for i := range bag.terms {
		t := &bag.terms[i]
		spots := said[t.text]
		if len(spots) == 0 {
			continue
		}
		sum += uint64(bag.query[i].Weight) * uint64(q.view.Impact(ref, 0, t.text))
		value := bag.value(sum) - given
		given += value
		m := Match{Part: channelPart[ch].String(), Term: t.text, Value: value, Specialist: spots, kind: t.kind, channel: ch}
		q.route(&m, t)
		list = append(list, m)
	}
	return list
}

// route says how a term of the query came to be there.
func (q *query) route(m *Match, t *bagTerm) {
	if m.channel == ownWords {
		m.Route, m.Need = "需求原词", t.spots
		return
	}
	best := slices.MaxFunc(t.from, func(a, b int) int {
		return cmp.Compare(q.findings[m.channel][a].weight, q.findings[m.channel][b].weight)
	})
	f := q.findings[m.channel][best]
	m.Concept = f.surfaces[0]
	if m.channel == confirmed {
		m.Route = "已确认研判"
		return
	}
	m.Route = "推断"
	for _, i := range f.fired {
		fired := q.diagnosis.Fired[i]
		m.Rules = append(m.Rules, sourceOf(fired))
		for _, s := range fired.Spans {
			m.Need = append(m.Need, q.spot(s.Passage, s.Start, s.End))
		}
	}
}

// spot turns a place in a passage of the knowledge base into one in the need's own field.
func (q *query) spot(passage, start, end int) Spot {
	p := knowledgePassages(q.need)[passage]
	return Spot{Field: p.Name, Start: start, End: end, Text: p.Text[start:end]}
}

// proofMatches shares the evidence's part out among the items that count, in the proportion of what each brings in.
func (q *query) proofMatches(v registry.Specialist, c candidate) []Match {
	part := c.score.parts[ProofPart]
	if part == 0 {
		return nil
	}
	items := q.bestItems(q.view.Marks(c.ref), q.sums(c.ref))
	whole := Points(0)
	for i, item := range items {
		whole += item.value * proofShares[i] / 6
	}
	var list []Match
	sum, given := Points(0), Points(0)
	for i, item := range items {
		sum += item.value * proofShares[i] / 6
		value := part*sum/whole - given
		given += value
		if value == 0 {
			continue
		}
		ev := v.Evidence[item.unit-1]
		list = append(list, Match{Part: ProofPart.String(), Term: evidenceName(ev), Value: value, Route: "业绩文字与需求吻合",
			Specialist: []Spot{{Field: "evidence.title", Item: item.unit - 1, End: len(ev.Title), Text: ev.Title}}})
	}
	return list
}

// otherMatches are the parts that are no words.
func (q *query) otherMatches(v registry.Specialist, c candidate) []Match {
	var list []Match
	add := func(p Part, term, route string) {
		if value := c.score.parts[p]; value != 0 {
			list = append(list, Match{Part: p.String(), Term: term, Value: value, Route: route})
		}
	}
	add(FieldPart, q.sharedField(c.ref), "技术领域相同或同类")
	add(IndustryPart, v.Industry, "所属行业相同")
	add(WishPart, "", "一方或双方点名")
	add(PastPart, q.special[c.ref].like, "曾解决相似需求")
	add(SparePart, "", "尚有派驻名额")
	return list
}

// sharedField names the field of the specialist that counts.
func (q *query) sharedField(ref postings.Ref) string {
	best, name := Points(0), ""
	facts := q.view.Facts(ref)
	for id, value := range q.fields {
		if value > best && facts.Fields.Has(id) {
			f, _ := registry.FieldByID(registry.FieldID(id))
			best, name = value, f.Name
		}
	}
	return name
}

var evidenceNames = map[registry.EvidenceKind]string{
	registry.Paper: "论文", registry.Patent: "专利", registry.Project: "项目", registry.PastService: "服务",
}

func evidenceName(e registry.Evidence) string {
	name := evidenceNames[e.Kind]
	if name == "" {
		name = "业绩"
	}
	title := e.Title
	if title == "" {
		title = registry.Shorten(e.Text, 24)
	}
	return name + "《" + strings.Trim(title, "《》") + "》"
}
