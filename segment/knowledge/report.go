package knowledge

import "strings"

// Report is the short form of a diagnosis that a person or a script reads: `tepai diagnose`.
type Report struct {
	Field  string   `json:"field"`  // the field with most votes; empty when there is none
	Causes string   `json:"causes"` // names joined by 、, the surest first
	Terms  []string `json:"terms"`  // names, the surest first; never null
	Source string   `json:"source"` // "knowledge"
	Fired  []Fired  `json:"fired"`  // never null
}

// Fired is one place of the text that met a line of the base. A rule of two items gives two.
type Fired struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Start   int    `json:"start"` // bytes in the passage's original text, on rune borders
	End     int    `json:"end"`
	Passage string `json:"passage,omitempty"` // the passage's name; empty for a text without
	Entry   string `json:"entry"`             // the class or concept that stood there
	What    string `json:"what"`              // "铸件 + 渗漏", or the concept
	Kind    string `json:"kind"`              // 规则, 提到, 同义, 上位, 下位
}

// Report shortens the diagnosis; passages are those that it was made from.
func (d Diagnosis) Report(passages ...Passage) Report {
	out := Report{Terms: []string{}, Source: "knowledge", Fired: []Fired{}}
	if len(d.Fields) > 0 {
		out.Field = d.Fields[0].Name
	}
	var causes []string
	for _, f := range d.Causes {
		causes = append(causes, f.Concept)
	}
	out.Causes = strings.Join(causes, "、")
	for _, f := range d.Terms {
		out.Terms = append(out.Terms, f.Concept)
	}
	for _, f := range d.Fired {
		for _, s := range f.Spans {
			out.Fired = append(out.Fired, Fired{f.File, f.Line, s.Start, s.End, passages[s.Passage].Name, s.Entry,
				f.What, f.Kind.String()})
		}
	}
	return out
}
