package matcher

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"unicode"

	"tepai/registry"
	"tepai/segment"
)

// Dial is one of the Weights by its name, with the range in which it makes sense, both ends included. A weight in points is a
// decimal here: 0.007 stands for 7,000 millionths.
type Dial struct {
	Name      string
	Low, High float64

	place func(*Weights) any // *float64 or *Points
}

// Dials are all weights in the order in which they are shown.
func Dials() []Dial {
	list := []Dial{
		{"words", 0.1, 10, func(w *Weights) any { return &w.Words }},
		{"confirmed", 0, 10, func(w *Weights) any { return &w.Confirmed }},
		{"inferred", 0, 10, func(w *Weights) any { return &w.Inferred }},
		{"half_sure", 0.1, 100, func(w *Weights) any { return &w.HalfSure }},
		{"synonym", 0, 1, func(w *Weights) any { return &w.Synonym }},
		{"stray", 0, 1, func(w *Weights) any { return &w.Stray }},
		{"saturation", 0, 10, func(w *Weights) any { return &w.Saturation }},
		{"alike", 0, 1, func(w *Weights) any { return &w.Alike }},
		{"proof", 0, 1, func(w *Weights) any { return &w.Proof }},
		{"field", 0, 1, func(w *Weights) any { return &w.Field }},
		{"near_field", 0, 1, func(w *Weights) any { return &w.NearField }},
		{"industry", 0, 1, func(w *Weights) any { return &w.Industry }},
		{"wish", 0, 1, func(w *Weights) any { return &w.Wish }},
		{"past", 0, 1, func(w *Weights) any { return &w.Past }},
		{"spare", 0, 1, func(w *Weights) any { return &w.Spare }},
		{"fits_from", 0, 1, func(w *Weights) any { return &w.FitsFrom }},
		{"fits_sure", 0, 1, func(w *Weights) any { return &w.FitsSure }},
	}
	for k := range (Weights{}).Kinds {
		list = append(list, Dial{"kind_" + segment.Kind(k).String(), 0, 10, func(w *Weights) any { return &w.Kinds[k] }})
	}
	return list
}

// Of reads the dial.
func (d Dial) Of(w *Weights) float64 {
	if p, ok := d.place(w).(*Points); ok {
		return float64(*p) / 1e6
	}
	return *d.place(w).(*float64)
}

// Turn sets the dial; points are rounded to whole millionths. Whether the value lies in the range is Validate's question.
func (d Dial) Turn(w *Weights, value float64) {
	if p, ok := d.place(w).(*Points); ok {
		*p = Points(math.Round(value * 1e6))
		return
	}
	*d.place(w).(*float64) = value
}

// Sealed are the weights under a version that says what they hold: the built-in version, "+", and eight hexadecimal digits of
// the SHA-256 of all values.
func (w Weights) Sealed() Weights {
	w.Version = DefaultWeights().Version + "+" + w.digest()
	return w
}

func (w Weights) digest() string {
	var all strings.Builder
	for _, d := range Dials() {
		fmt.Fprintf(&all, "%s=%g\n", d.Name, d.Of(&w))
	}
	sum := sha256.Sum256([]byte(all.String()))
	return hex.EncodeToString(sum[:4])
}

// Validate refuses a value out of its dial's range and a version that cannot stand for these values: an empty one, the built-in
// one on other values, and a sealed one ("+…") whose digits differ. The refusal is a *registry.Error of kind Invalid with the
// name as its Field.
func (w Weights) Validate() error {
	for _, d := range Dials() {
		if v := d.Of(&w); !(d.Low <= v && v <= d.High) { // NaN is refused as well
			return absurd(d.Name, "%s 不能是 %g，应在 %g 到 %g 之间，请改正", d.Name, v, d.Low, d.High)
		}
	}
	return w.validVersion()
}

const longestVersion = 40 // characters

func (w Weights) validVersion() error {
	_, digits, sealed := strings.Cut(w.Version, "+")
	builtIn := DefaultWeights()
	switch {
	case w.Version == "":
		return absurd("version", "没有写版本号 version，请写上，每份权重各用一个")
	case len([]rune(w.Version)) > longestVersion || strings.ContainsFunc(w.Version, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }):
		return absurd("version", "版本号 version 最多 %d 个字，中间不能有空格，请改短", longestVersion)
	case w.Version == builtIn.Version && w != builtIn:
		return absurd("version", "版本号 version 为 %s 的是内置权重，数值不同的请另起一个版本号", w.Version)
	case sealed && digits != w.digest():
		return absurd("version", "版本号 version 为 %s，与数值对不上（应为 %s）：改过数值的请另起一个版本号", w.Version, w.digest())
	}
	return nil
}

func absurd(field, format string, args ...any) error {
	return &registry.Error{Kind: registry.Invalid, Field: field, Msg: fmt.Sprintf(format, args...)}
}
