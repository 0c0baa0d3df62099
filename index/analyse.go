package index

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"tepai/index/postings"
	"tepai/registry"
	"tepai/segment"
)

// analysisVersion names the analysis; a change of passages, weights or formula below is a new one, and postings of an
// older one are rebuilt.
const analysisVersion = "4"

// BM25's impact of a term in a unit is tf/(tf + k1·(1 − b + b·length/pivot)), tf and length weighted by field (BM25F,
// Robertson, Zaragoza and Taylor 2004). The pivot is a constant and not the pool's average, so that one specialist's
// impacts do not change when another one comes. k1 is above the usual 1.2 because fields count more than once.
const (
	k1            = 2.0
	b             = 0.4
	profilePivot  = 250.0 // weighted terms of a usual profile
	evidencePivot = 60.0
)

// Analyser turns records into the documents of the postings. It is for one goroutine at a time.
type Analyser struct {
	words   *segment.Segmenter
	scratch segment.Scratch
}

// NewAnalyser analyses with the given segmenter.
func NewAnalyser(words *segment.Segmenter) *Analyser { return &Analyser{words: words} }

// Label names the analysis, its dictionary and the registry's vocabularies; equal labels give equal documents.
func (a *Analyser) Label() string {
	return analysisVersion + "/" + a.words.Generation() + "/" + registry.VocabularyGeneration()
}

// Specialist gives the document of a specialist: unit 0 is the profile with the wishes, unit i+1 evidence item i.
func (a *Analyser) Specialist(v registry.Specialist) postings.Document {
	return specialistDocument(v, a.count(SpecialistPassages(v)))
}

// Need gives the document of a need, one unit.
func (a *Analyser) Need(v registry.Need) postings.Document {
	return needDocument(v, a.count(NeedPassages(v)))
}

func (a *Analyser) count(passages []Passage) *unitCounts {
	var c unitCounts
	for _, p := range passages {
		for _, term := range a.words.Terms(&a.scratch, p.Text) {
			c.add(p, term.Text)
		}
	}
	return &c
}

func specialistDocument(v registry.Specialist, counts *unitCounts) postings.Document {
	d := postings.Document{ID: v.ID, Facts: specialistFacts(v), Units: counts.units(1 + len(v.Evidence))}
	for i, e := range v.Evidence {
		d.Units[i+1].Mark = EvidenceMark(e)
	}
	for _, id := range v.Prefer {
		d.Units[0].Terms = append(d.Units[0].Terms, postings.Entry{Term: PrefersTerm(id), Impact: postings.MaxImpact})
	}
	return d
}

func needDocument(v registry.Need, counts *unitCounts) postings.Document {
	facts := postings.Facts{Version: Fingerprint(v), Industry: Division(v.Industry), Solved: v.State == registry.NeedSolved, Diagnosed: v.Diagnosed()}
	return postings.Document{ID: v.ID, Facts: facts, Units: counts.units(1)}
}

// Fingerprint tells two contents of a record apart; it stands in the Facts of its document.
func Fingerprint(record any) uint32 {
	h := fnv.New32a()
	if err := json.NewEncoder(h).Encode(record); err != nil {
		panic(fmt.Sprintf("index: a noun that is no JSON: %v", err)) // nouns are plain data
	}
	return h.Sum32()
}

// Division is the number of an industry's division in GB/T 4754, 1 to 97; 0 where it is not stated, unknown, or only a section.
func Division(industry string) uint8 {
	in, ok := registry.ParseIndustry(industry)
	if !ok {
		return 0
	}
	n, err := strconv.ParseUint(in.Code, 10, 8)
	if err != nil {
		return 0 // the letter of a section
	}
	return uint8(n)
}

// PrefersTerm is the term under which a specialist's wish for an enterprise stands in the postings. No text yields it:
// it begins with a control character.
func PrefersTerm(enterprise string) string { return "\x01prefers:" + enterprise }

func specialistFacts(v registry.Specialist) postings.Facts {
	work := v.Workload(0)
	f := postings.Facts{
		Version:  Fingerprint(v),
		Industry: Division(v.Industry),
		Serving:  uint8(min(work.Serving, 255)),
		Capacity: uint8(min(work.Capacity, 255)),
	}
	for _, texts := range [][]string{v.Fields, v.Keywords} {
		for _, text := range texts {
			for _, id := range registry.FieldsOf(text) {
				f.Fields.Add(int(id))
			}
		}
	}
	return f
}

// EvidenceMark packs kind and year of an item: year × 8 + kind; kind 0 is unknown, year 0 not stated.
func EvidenceMark(e registry.Evidence) uint32 {
	kind := uint32(0)
	for i, k := range evidenceKinds {
		if e.Kind == k {
			kind = uint32(i + 1)
		}
	}
	return uint32(e.Year)<<3 | kind
}

// EvidenceOf unpacks a mark.
func EvidenceOf(mark uint32) (kind registry.EvidenceKind, year int) {
	if k := int(mark & 7); k > 0 && k <= len(evidenceKinds) {
		kind = evidenceKinds[k-1]
	}
	return kind, int(mark >> 3)
}

var evidenceKinds = [...]registry.EvidenceKind{registry.Paper, registry.Patent, registry.Project, registry.PastService}

// unitCounts are the weighted terms of each unit of a document.
type unitCounts struct {
	counts  []map[string]float64
	lengths []float64
}

// add counts one occurrence of a term in a passage.
func (c *unitCounts) add(p Passage, term []byte) {
	for len(c.counts) <= p.Unit {
		c.counts = append(c.counts, map[string]float64{})
		c.lengths = append(c.lengths, 0)
	}
	c.counts[p.Unit][string(term)] += p.Weight
	c.lengths[p.Unit] += p.Weight
}

// units gives the first n units, those without a term among them.
func (c *unitCounts) units(n int) []postings.Unit {
	units := make([]postings.Unit, n)
	for u := range min(n, len(c.counts)) {
		units[u].Terms = entries(c.counts[u], c.lengths[u], pivot(u))
	}
	return units
}

func pivot(unit int) float64 {
	if unit == 0 {
		return profilePivot
	}
	return evidencePivot
}

func entries(counts map[string]float64, length, pivot float64) []postings.Entry {
	norm := k1 * (1 - b + b*length/pivot)
	list := make([]postings.Entry, 0, len(counts))
	for term, tf := range counts {
		list = append(list, postings.Entry{Term: term, Impact: uint16(math.Round(tf / (tf + norm) * postings.MaxImpact))})
	}
	slices.SortFunc(list, func(x, y postings.Entry) int { return strings.Compare(x.Term, y.Term) })
	return list
}
