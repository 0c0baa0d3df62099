package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// print writes a result as JSON or, for a person, by show. Trouble with stdout shows when Run flushes it.
func (a *app) print(result any, show func(io.Writer)) error {
	if !a.JSON {
		show(a.stdout)
		return nil
	}
	return a.printJSON(result)
}

// printJSON writes a result where JSON is wanted, and nothing otherwise.
func (a *app) printJSON(result any) error {
	if !a.JSON {
		return nil
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(result); err != nil {
		return fmt.Errorf("encode the result: %w", err)
	}
	a.stdout.Write(text.Bytes())
	return nil
}
