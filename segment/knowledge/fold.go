package knowledge

import "tepai/segment"

// folder normalises wordings and texts alike, so that what a person typed meets what an author wrote.
type folder struct{ sc segment.Scratch }

func (f *folder) fold(s string) string {
	text, _ := f.sc.Normalize(s)
	if string(text) == s {
		return s // most wordings are written in folded form: no copy
	}
	return string(text)
}
