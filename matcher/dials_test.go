package matcher

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"tepai/registry"
)

// A weight without a dial would be left out of files and of the version's digits.
func TestEveryWeightHasItsDial(t *testing.T) {
	figures := reflect.TypeFor[Weights]().NumField() - 2 + len(Weights{}.Kinds) // Version is none, Kinds are several
	names := map[string]bool{}
	for i, d := range Dials() {
		names[d.Name] = true
		w := DefaultWeights()
		d.Turn(&w, 0.25+float64(i)/1000)
		if got := d.Of(&w); got != 0.25+float64(i)/1000 {
			t.Errorf("%s reads %g", d.Name, got)
		}
		if w.digest() == DefaultWeights().digest() {
			t.Errorf("%s does not show in the digest", d.Name)
		}
	}
	if len(names) != figures {
		t.Errorf("%d dials for %d figures", len(names), figures)
	}
}

func TestGoodWeights(t *testing.T) {
	other := DefaultWeights()
	other.Version, other.Field = "某县-2026", 10_000
	for _, w := range []Weights{DefaultWeights(), DefaultWeights().Sealed(), other, other.Sealed()} {
		if err := w.Validate(); err != nil {
			t.Errorf("%s: %v", w.Version, err)
		}
	}
	if a, b := other.Sealed().Version, DefaultWeights().Sealed().Version; a == b || len(a) != len("1+12345678") {
		t.Errorf("versions %s and %s", a, b)
	}
}

func TestAbsurdWeights(t *testing.T) {
	sealed := DefaultWeights().Sealed().Version
	for name, c := range map[string]struct {
		change func(*Weights)
		field  string
	}{
		"negative":                  {func(w *Weights) { w.Inferred = -1 }, "inferred"},
		"negative points":           {func(w *Weights) { w.Field = -1 }, "field"},
		"too large":                 {func(w *Weights) { w.Industry = 2_000_000 }, "industry"},
		"a share above the whole":   {func(w *Weights) { w.NearField = 1.5 }, "near_field"},
		"no number":                 {func(w *Weights) { w.Stray = math.NaN() }, "stray"},
		"endless":                   {func(w *Weights) { w.Saturation = math.Inf(1) }, "saturation"},
		"a division by zero":        {func(w *Weights) { w.HalfSure = 0 }, "half_sure"},
		"a kind of terms":           {func(w *Weights) { w.Kinds[3] = -1 }, "kind_bigram"},
		"no version":                {func(w *Weights) { w.Version = "" }, "version"},
		"a long version":            {func(w *Weights) { w.Version = strings.Repeat("长", longestVersion+1) }, "version"},
		"a version of two words":    {func(w *Weights) { w.Version = "a b" }, "version"},
		"another's version":         {func(w *Weights) { w.Field = 1 }, "version"},
		"values changed under seal": {func(w *Weights) { w.Version, w.Field = sealed, 1 }, "version"},
	} {
		w := DefaultWeights()
		w.Version = "trial"
		if name == "another's version" {
			w.Version = DefaultWeights().Version
		}
		c.change(&w)
		var refusal *registry.Error
		if err := w.Validate(); !errors.As(err, &refusal) || refusal.Kind != registry.Invalid || refusal.Field != c.field || !strings.Contains(refusal.Msg, c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
