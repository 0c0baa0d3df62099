package matcher

import (
	"math"
	"testing"

	"tepai/index"
	"tepai/index/postings"
	"tepai/matcher/judge"
	"tepai/registry"
)

// What each part is worth, worked by hand: one channel, so a unit that sums to Full is worth 1.
func TestPartsByHand(t *testing.T) {
	w := DefaultWeights()
	full, half := postings.Full, postings.Full/2
	mark := func(kind registry.EvidenceKind, year int) uint32 {
		return index.EvidenceMark(registry.Evidence{Kind: kind, Year: year})
	}
	own := func(units ...uint64) (sums unitSums) {
		for c := range sums {
			sums[c] = make([]uint64, len(units))
		}
		sums[ownWords] = units
		return sums
	}
	casting, welding, mining := fieldNamed(t, "铸造"), fieldNamed(t, "焊接"), fieldNamed(t, "煤矿开采")
	q := &query{year: 2026, industry: 33, spare: w.Spare, need: registry.Need{FieldHint: "铸造"}}
	q.bags[ownWords].worth = 1_000_000
	q.setFields(&w)
	for _, c := range []struct {
		name  string
		facts postings.Facts
		marks []uint32
		sums  unitSums
		part  Part
		want  Points
	}{
		{"all words met", postings.Facts{}, []uint32{0}, own(full), WordsPart, 1_000_000},
		{"half of them", postings.Facts{}, []uint32{0}, own(half), WordsPart, 500_000},
		{"same field", withField(casting), []uint32{0}, own(0), FieldPart, w.Field},
		{"same group", withField(welding), []uint32{0}, own(0), FieldPart, Points(float64(w.Field) * w.NearField)},
		{"other group", withField(mining), []uint32{0}, own(0), FieldPart, 0},
		{"same industry", postings.Facts{Industry: 33}, []uint32{0}, own(0), IndustryPart, w.Industry},
		{"other industry", postings.Facts{Industry: 34}, []uint32{0}, own(0), IndustryPart, 0},
		{"industry not stated", postings.Facts{}, []uint32{0}, own(0), IndustryPart, 0},
		{"two of three places free", postings.Facts{Serving: 1, Capacity: 3}, []uint32{0}, own(0), SparePart, w.Spare * 2 / 3},
		{"no place free", postings.Facts{Serving: 3, Capacity: 3}, []uint32{0}, own(0), SparePart, 0},
		{"fresh service beside a full profile", postings.Facts{}, []uint32{0, mark(registry.PastService, 2025)}, own(full, full), ProofPart, 300_000},
		{"project", postings.Facts{}, []uint32{0, mark(registry.Project, 2025)}, own(full, full), ProofPart, 270_000},
		{"patent", postings.Facts{}, []uint32{0, mark(registry.Patent, 2025)}, own(full, full), ProofPart, 240_000},
		{"paper", postings.Facts{}, []uint32{0, mark(registry.Paper, 2025)}, own(full, full), ProofPart, 210_000},
		{"nine years old", postings.Facts{}, []uint32{0, mark(registry.PastService, 2017)}, own(full, full), ProofPart, 225_000},
		{"of an unknown year", postings.Facts{}, []uint32{0, mark(registry.PastService, 0)}, own(full, full), ProofPart, 225_000},
		{"of the last century", postings.Facts{}, []uint32{0, mark(registry.PastService, 1980)}, own(full, full), ProofPart, 150_000},
		{"three services", postings.Facts{}, []uint32{0, mark(registry.PastService, 2026), mark(registry.PastService, 2026), mark(registry.PastService, 2026)},
			own(full, full, full, full), ProofPart, 549_999}, // a sixth of a millionth is lost
		{"a fourth adds nothing", postings.Facts{}, []uint32{0, mark(registry.PastService, 2026), mark(registry.PastService, 2026), mark(registry.PastService, 2026), mark(registry.PastService, 2026)},
			own(full, full, full, full, full), ProofPart, 549_999},
		{"evidence alone", postings.Facts{}, []uint32{0, mark(registry.PastService, 2026)}, own(0, full), ProofPart, 545_454},
		{"evidence lifts a weak profile to its own worth", postings.Facts{}, []uint32{0, mark(registry.PastService, 2026)}, own(full/10, full), ProofPart, 445_454},
	} {
		s := q.rate(&w, &c.facts, c.marks, c.sums)
		if got := s.parts[c.part]; got < c.want-1 || got > c.want+1 {
			t.Errorf("%s: %s is %v, want %v", c.name, c.part, got, c.want)
		}
	}
}

func fieldNamed(t *testing.T, name string) registry.FieldID {
	t.Helper()
	f, ok := registry.ParseField(name)
	if !ok {
		t.Fatalf("no field %s", name)
	}
	return f.ID
}

func withField(id registry.FieldID) (f postings.Facts) {
	f.Fields.Add(int(id))
	return f
}

func TestRepetitionSaturates(t *testing.T) {
	for _, c := range []struct{ count, s, want float64 }{{1, 1, 1}, {3, 1, 1.5}, {3, 0, 1}, {0.5, 1, 2.0 / 3}} {
		if got := saturated(c.count, c.s); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("%v occurrences count %v, want %v", c.count, got, c.want)
		}
	}
}

// One doubtful inference claims little, many sure ones nearly all of Inferred.
func TestClaimOfInferences(t *testing.T) {
	w := DefaultWeights()
	sure := make([]finding, 36)
	for i := range sure {
		sure[i].weight = 1
	}
	few, many := w.claim(inferred, []finding{{weight: 0.4}}), w.claim(inferred, sure)
	if few > 0.1*w.Inferred || math.Abs(many-0.9*w.Inferred) > 1e-9 || w.claim(inferred, nil) != 0 {
		t.Errorf("claims %v and %v", few, many)
	}
}

// The channels of a need share one whole, whatever it has.
func TestWordsAndDiagnosisShareOneWhole(t *testing.T) {
	e := engine(t, pool(), needs())
	diagnosed := needs()[0]
	diagnosed.Diagnosis = &registry.Diagnosis{Terms: []string{"缩松"}}
	for _, need := range []registry.Need{needs()[0], needs()[1], diagnosed} {
		q, err := e.newQuery(e.books.Specialists.View(), need, past{}, e.settle(RankOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		total := Points(0)
		for c := range channels {
			total += q.bags[c].worth
		}
		if total < 999_998 || total > 1_000_000 {
			t.Errorf("%s: the channels are worth %v together", need.ID, total)
		}
	}
}

func TestStudyFits(t *testing.T) {
	e := engine(t, pool()[:3], needs())
	s, err := e.StudyFits(ctx, []judge.Judged{
		{ID: "N2", Grades: judge.Grades{"S3": 3}},
		{ID: "N1", Grades: judge.Grades{"S1": 3, "S2": 2}},
		{ID: "N3"},
	})
	if err != nil || s.N != 2 || s.Kept != 1 || s.Refused != 1 {
		t.Errorf("%+v, %v", s, err)
	}
}
