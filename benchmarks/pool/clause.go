package pool

import (
	"fmt"
	"strings"
)

// clause is a piece of text with slots and choices.
type clause []piece

// piece is one of three: literal text, a slot, or a choice.
type piece struct {
	text   string
	slot   string
	choice []clause
}

// parse reads a clause; slots and choices do not nest, but a choice may hold slots.
func parse(text string) clause {
	var c clause
	for text != "" {
		at := strings.IndexAny(text, "{[")
		if at < 0 {
			return append(c, piece{text: text})
		}
		if at > 0 {
			c = append(c, piece{text: text[:at]})
		}
		closing := map[byte]string{'{': "}", '[': "]"}[text[at]]
		inside, rest, ok := strings.Cut(text[at+1:], closing)
		if !ok {
			panic(fmt.Sprintf("%q is not closed", text))
		}
		c = append(c, bracket(text[at], inside))
		text = rest
	}
	return c
}

func bracket(kind byte, inside string) piece {
	if kind == '{' {
		return piece{slot: inside}
	}
	p := piece{}
	for _, way := range strings.Split(inside, "/") {
		p.choice = append(p.choice, parse(way))
	}
	return p
}

// literal is the text of a clause that has nothing else.
func (c clause) literal() string { return c[0].text }
