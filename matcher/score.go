package matcher

import (
	"encoding/json"
	"fmt"

	"tepai/matcher/judge"
)

// Points are millionths. They are whole numbers so that a sum is exact in any order.
type Points int64

// String prints six decimals.
func (p Points) String() string { return judge.Decimal(int64(p)) }

// MarshalJSON prints a number with six decimals.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads a number and rounds it to six decimals.
func (p *Points) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return fmt.Errorf("points: %w", err)
	}
	v, err := judge.ParseDecimal(n.String())
	*p = Points(v)
	return err
}

// Part names a summand of a score. Their order is the order in which they are added and shown.
type Part uint8

const (
	WordsPart Part = iota
	DiagnosisPart
	ProofPart
	FieldPart
	IndustryPart
	WishPart
	PastPart
	SparePart
	partCount
)

var partNames = [partCount]string{"需求用词", "研判术语", "业绩佐证", "技术领域", "所属行业", "双方意愿", "同类经验", "派驻余量"}

// String gives the name that people read.
func (p Part) String() string { return partNames[p] }

// score is a total and what it is made of. Every point passes through add.
type score struct {
	total Points
	parts [partCount]Points
}

func (s *score) add(p Part, value Points) {
	s.parts[p] += value
	s.total += value
}

// text is what the words are worth: the need's own and the diagnosed ones, in profile and evidence.
func (s *score) text() Points {
	return s.parts[WordsPart] + s.parts[DiagnosisPart] + s.parts[ProofPart]
}

// speaks tells whether anything but field, industry and free places speaks for the specialist.
func (s *score) speaks() bool { return s.text()+s.parts[WishPart]+s.parts[PastPart] > 0 }

// PartValue is a part as it is shown.
type PartValue struct {
	Name  string `json:"name"`
	Value Points `json:"value"`
}

// values lists the parts in their order; those that are zero are left out.
func (s *score) values() []PartValue {
	list := make([]PartValue, 0, partCount)
	for p, v := range s.parts {
		if v != 0 {
			list = append(list, PartValue{Part(p).String(), v})
		}
	}
	return list
}
