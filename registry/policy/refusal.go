package policy

import (
	"fmt"
	"strings"
)

// Refusal is a refusal by the policy or by a setting: what is wrong, the way out, and which rule says so.
type Refusal struct {
	Field  string // the setting or field at fault, by its name in files; may be empty
	Source Source // the rule; empty where the input is wrong in itself
	Msg    string // a Chinese sentence
}

// Error is the sentence.
func (r *Refusal) Error() string { return r.Msg }

func refuse(field string, source Source, format string, args ...any) *Refusal {
	return &Refusal{Field: field, Source: source, Msg: fmt.Sprintf(format, args...)}
}

// shorten keeps foreign text in a sentence readable.
func shorten(text string) string {
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return text
}
