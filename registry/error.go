package registry

import "fmt"

// Kind sorts refusals by what the caller can do about them.
type Kind uint8

const (
	Invalid     Kind = iota + 1 // the input breaks a rule; mend the named field
	NotFound                    // nothing stands under that id
	Conflict                    // the input is right, but something else stands there already
	Denied                      // the actor may not do this
	Unavailable                 // the store cannot answer now (locked, full, damaged)
)

// Error is a refusal: an answer to a person, not trouble inside the program.
type Error struct {
	Kind   Kind
	Rule   string // name of the condition of the transition table that is not met ("notBarred"), empty where none applies
	Source string // article or setting that forbids it ("第五条"), empty where none applies
	Field  string // the field at fault, by the name that stands in files and forms; may be empty
	Msg    string // a Chinese sentence: what is wrong and the way out
}

// Error gives the sentence, led by the field where one is at fault.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Msg
	}
	return fmt.Sprintf("%s：%s", e.Field, e.Msg)
}
