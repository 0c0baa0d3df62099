package matcher

import (
	"math"
	"slices"
	"strings"

	"tepai/index"
	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
	"tepai/segment/knowledge"
)

// channel numbers the bags of a query; each is summed by itself.
type channel uint8

const (
	ownWords  channel = iota // what the need says
	confirmed                // what its confirmed diagnosis says
	inferred                 // what the knowledge base and past needs make of it
	channels
)

var channelPart = [channels]Part{WordsPart, DiagnosisPart, DiagnosisPart}

// query is a need made ready for scoring: which terms count how much, and where each of them comes from.
type query struct {
	view      *postings.View
	need      registry.Need
	passages  []index.Passage
	diagnosis knowledge.Diagnosis // inferred; empty without a knowledge base
	findings  [channels][]finding
	bags      [channels]bag
	fields    [256]Points // by taxonomy number: what a specialist of that field gets
	industry  uint8
	spare     Points // what free places are worth; nothing where rules are off
	special   map[postings.Ref]special
	wanted    map[string]string // see wantedTerms
	past      past
	reach     Points // the most that Field, Industry and Spare can add
	year      int    // the year against which evidence ages
}

// finding is a diagnosed concept: its first surface is its name.
type finding struct {
	surfaces []string
	weight   float64 // 0…1
	fired    []int   // into diagnosis.Fired
}

// special is what only some specialists get: the wishes of both sides, and that they solved a need like this one.
type special struct {
	wish Points
	past Points
	like string // the id of that need
}

// bag is one channel's terms with their weights; the weights of a bag sum to postings.One.
type bag struct {
	terms []bagTerm // by text
	query []postings.Weighted
	worth Points // what meeting all of it is worth
}

// bagTerm is one term and the reasons why it is in the bag.
type bagTerm struct {
	text  string
	kind  segment.Kind
	count float64
	spots []Spot // where the need says it
	from  []int  // findings that it belongs to
}

// value turns a sum of the postings into points.
func (b *bag) value(sum uint64) Points { return Points(sum * uint64(b.worth) / postings.Full) }

// collector gathers the terms of one bag.
type collector struct {
	words   *segment.Segmenter
	scratch *segment.Scratch
	skip    [7]bool // kinds that an ablation leaves out
	terms   map[string]*bagTerm
}

func (e *Engine) collector(opt *RankOptions) *collector {
	return &collector{words: e.words, scratch: e.texts.Get().(*segment.Scratch), skip: opt.Without.kinds(), terms: map[string]*bagTerm{}}
}

// add notes every term of a text; the weight counts once for a term, however often the text repeats it.
func (c *collector) add(text string, weight float64, note func(t *bagTerm, start, end int)) {
	seen := map[string]bool{}
	for _, term := range c.words.Terms(c.scratch, text) {
		if c.skip[term.Kind] {
			continue
		}
		t := c.terms[string(term.Text)]
		if t == nil {
			t = &bagTerm{text: string(term.Text), kind: term.Kind}
			c.terms[t.text] = t
		}
		if !seen[t.text] {
			seen[t.text] = true
			t.count += weight
		}
		note(t, int(term.Start), int(term.End))
	}
}

// bag weighs the gathered terms: saturated count × inverse document frequency × weight of the kind.
func (c *collector) bag(view *postings.View, w *Weights) bag {
	var b bag
	for _, t := range c.terms {
		b.terms = append(b.terms, *t)
	}
	slices.SortFunc(b.terms, func(x, y bagTerm) int { return strings.Compare(x.text, y.text) })
	worths := make([]float64, len(b.terms))
	total := 0.0
	for i, t := range b.terms {
		worths[i] = saturated(t.count, w.Saturation) * idf(view, t.text) * w.Kinds[t.kind]
		total += worths[i]
	}
	b.query = make([]postings.Weighted, len(b.terms))
	for i, t := range b.terms {
		b.query[i].Term = t.text
		if total > 0 {
			b.query[i].Weight = uint32(worths[i] / total * postings.One)
		}
	}
	return b
}

func saturated(count, s float64) float64 { return count * (1 + s) / (count + s) }

// idf is the inverse document frequency of BM25 in the form that is never negative (Robertson and Walker 1994, with the
// 1 inside the logarithm as in Lucene), over the units of the pool.
func idf(view *postings.View, term string) float64 {
	n, df := float64(view.Units()), float64(view.Frequency(term))
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// newQuery prepares a need for the specialists of a view, with what past needs lend; a need without any text is refused.
func (e *Engine) newQuery(view *postings.View, need registry.Need, p past, opt *RankOptions) (*query, error) {
	q := &query{view: view, need: need, passages: index.NeedPassages(need), past: p, year: opt.day().Year}
	if len(q.passages) == 0 {
		return nil, &registry.Error{Kind: registry.Invalid, Field: "description", Msg: "需求没有文字，请至少写明名称或现状与问题"}
	}
	w := &e.weights
	q.findings[confirmed] = confirmedFindings(need.Diagnosis)
	if base := e.base(); base != nil {
		q.infer(base, opt.Without.Routes)
		q.findings[inferred] = inferredFindings(base, q.diagnosis, w.Stray)
	}
	q.bags[ownWords] = e.ownBag(q, view, w, opt)
	for c := confirmed; c < channels; c++ {
		q.bags[c] = e.findingBag(q.findings[c], view, w, opt)
	}
	q.share(w)
	if !opt.Without.Fields {
		q.setFields(w)
		q.industry = index.Division(need.Industry)
	}
	if !opt.NoRules {
		q.spare = w.Spare
	}
	q.reach = slices.Max(q.fields[:]) + q.spare
	if q.industry != 0 {
		q.reach += w.Industry
	}
	return q, nil
}

// infer lets the knowledge base and past needs say what the trouble is called. What a person has confirmed stands in
// place of what was proposed (with both, nDCG@10 falls from 0.919 to 0.911).
func (q *query) infer(base *knowledge.Base, without knowledge.Routes) {
	if !q.need.Diagnosed() {
		q.diagnosis = base.DiagnoseBy(knowledge.AllRoutes&^without, q.past.precedents(), knowledgePassages(q.need)...)
	}
}

// ownBag holds the need's own words. A passage's weight counts once for a term, however often the passage repeats it.
func (e *Engine) ownBag(q *query, view *postings.View, w *Weights, opt *RankOptions) bag {
	c := e.collector(opt)
	defer e.texts.Put(c.scratch)
	for _, p := range q.passages {
		c.add(p.Text, p.Weight, func(t *bagTerm, start, end int) {
			t.spots = append(t.spots, Spot{p.Field, p.Item, start, end, p.Text[start:end]})
		})
	}
	return c.bag(view, w)
}

// findingBag holds the words of diagnosed concepts, their other names at a discount.
func (e *Engine) findingBag(findings []finding, view *postings.View, w *Weights, opt *RankOptions) bag {
	c := e.collector(opt)
	defer e.texts.Put(c.scratch)
	for i, f := range findings {
		for k, surface := range f.surfaces {
			weight := f.weight
			if k > 0 {
				weight *= w.Synonym
			}
			c.add(surface, weight, func(t *bagTerm, _, _ int) {
				if !slices.Contains(t.from, i) {
					t.from = append(t.from, i)
				}
			})
		}
	}
	return c.bag(view, w)
}

// share gives each channel its worth. The channels that have terms share one whole between them in the proportion of
// their weights, so that meeting everything is worth 1 for every need, diagnosed or not, and scores of different needs can be
// compared and added up.
func (q *query) share(w *Weights) {
	var claims [channels]float64
	total := 0.0
	for c := range channels {
		if len(q.bags[c].terms) > 0 {
			claims[c] = w.claim(c, q.findings[c])
			total += claims[c]
		}
	}
	for c := range channels {
		if total > 0 {
			q.bags[c].worth = Points(1_000_000 * claims[c] / total)
		}
	}
}

// claim is a channel's weight. Inferences count the more the more there are and the surer: m/(m + HalfSure) of Inferred,
// m the sum of the findings' weights, so that one doubtful inference cannot outweigh the need's own words.
func (w *Weights) claim(c channel, findings []finding) float64 {
	switch c {
	case ownWords:
		return w.Words
	case confirmed:
		return w.Confirmed
	}
	sure := 0.0
	for _, f := range findings {
		sure += f.weight
	}
	return w.Inferred * sure / (sure + w.HalfSure)
}

func confirmedFindings(d *registry.Diagnosis) []finding {
	if d == nil {
		return nil
	}
	return each(stated(append([]string{d.Field, d.Causes}, d.Terms...)), func(text string) finding {
		return finding{surfaces: []string{text}, weight: 1}
	})
}

// stated leaves out what is empty.
func stated(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "" })
}

// inferredFindings weighs each inferred concept by how sure it is and by whether its field agrees with the rest of the
// diagnosis: a concept of a field group that few other inferences point to keeps only a share down to stray.
func inferredFindings(base *knowledge.Base, d knowledge.Diagnosis, stray float64) []finding {
	votes, most := groupVotes(d.Fields)
	var list []finding
	for _, found := range append(slices.Clone(d.Causes), d.Terms...) {
		f := finding{surfaces: found.Surfaces, weight: float64(found.Weight) / 1e6, fired: found.Firings}
		if c, ok := base.Concept(found.Concept); ok && len(c.Fields) > 0 && most > 0 {
			agrees := 0.0
			for _, name := range c.Fields {
				agrees = max(agrees, votes[groupName(name)]/most)
			}
			f.weight *= stray + (1-stray)*agrees
		}
		list = append(list, f)
	}
	return list
}

// groupVotes sums the votes of a diagnosis by the field's group.
func groupVotes(fields []knowledge.Weighted) (votes map[string]float64, most float64) {
	votes = map[string]float64{}
	for _, f := range fields {
		group := groupName(f.Name)
		votes[group] += float64(f.Weight) / 1e6
		most = max(most, votes[group])
	}
	return votes, most
}

func groupName(field string) string {
	f, ok := registry.ParseField(field)
	if !ok {
		return field
	}
	if parent, ok := registry.FieldByID(f.Parent); ok {
		return parent.Name
	}
	return f.Name
}

// knowledgePassages are the texts in which the knowledge base looks for symptoms; who asks is context.
func knowledgePassages(need registry.Need) []knowledge.Passage {
	return []knowledge.Passage{
		{Name: "title", Text: need.Title},
		{Name: "description", Text: need.Description},
		{Name: "wanted", Text: need.Wanted},
		{Name: "field_hint", Text: need.FieldHint, Context: true},
		{Name: "enterprise_type", Text: need.EnterpriseType, Context: true},
		{Name: "industry", Text: need.Industry, Context: true},
	}
}

// setFields gives every field of the taxonomy what it is worth for this need: the confirmed field and the hint count whole, an
// inferred field by its weight; a field of the same group gets a share.
func (q *query) setFields(w *Weights) {
	sure := map[registry.FieldID]float64{}
	note := func(text string, weight float64) {
		for _, id := range registry.FieldsOf(text) {
			sure[id] = max(sure[id], weight)
		}
	}
	for _, f := range q.diagnosis.Fields {
		note(f.Name, float64(f.Weight)/1e6)
	}
	note(q.need.FieldHint, 1)
	if q.need.Diagnosis != nil {
		note(q.need.Diagnosis.Field, 1)
	}
	for id, weight := range sure {
		for _, other := range registry.Fields() {
			share := 0.0
			switch registry.FieldDistance(id, other.ID) {
			case 0:
				share = 1
			case 1:
				share = w.NearField
			}
			q.fields[other.ID] = max(q.fields[other.ID], Points(math.Round(float64(w.Field)*weight*share)))
		}
	}
}
