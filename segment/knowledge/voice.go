package knowledge

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A text that tells of others – news, contracts, notices, job offers, manuals, laws – names things and troubles as needs
// do, but nobody asks for help in it: no rule fires there. What gives it away is its manner of speaking, not its subject.

//go:embed voice.txt
var voiceTable string

// The classes of voice.txt, as signs of the reader that finds them.
const (
	business int32 = iota // somebody speaks for an enterprise
	speaks                // somebody speaks of his own affairs, or asks
	reports               // nobody asks for help in such words
	hints                 // two different ones weigh as much as one of reports
	homely                // small talk and reviews
)

var voiceNames = [...]string{business: "企业自述", speaks: "自述", reports: "转述", hints: "像转述", homely: "家常"}

// voices reads texts for the wordings of voice.txt; it is made at the first use.
var voices = sync.OnceValue(func() *compiled {
	entries := make([]entry, len(voiceNames))
	var f folder
	for line := range strings.Lines(voiceTable) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := addVoice(entries, &f, line); err != nil {
			panic(err) // the table is compiled in, and a test reads it
		}
	}
	c := &compiled{}
	c.compile(entries)
	c.concerns = make([][]int32, len(entries))
	return c
})

func addVoice(entries []entry, f *folder, line string) error {
	name, list, _ := strings.Cut(line, "：")
	for class, known := range voiceNames {
		if known != name {
			continue
		}
		for said := range strings.SplitSeq(list, "、") {
			w, why := f.parseWording(said)
			if why != "" {
				return fmt.Errorf("voice.txt: %s: %s", said, why)
			}
			entries[class].wordings = append(entries[class].wordings, w)
		}
		return nil
	}
	return fmt.Errorf("voice.txt: %s: no such class", line)
}

// tellsOfOthers tells whether the passages, contexts left out, speak of other people's affairs or of life at home. Whoever speaks for
// himself, and all the more for an enterprise, may quote a notice or a contract now and then.
func (s *scratch) tellsOfOthers(passages []Passage) bool {
	s.voices = s.voices[:0]
	for i, p := range passages {
		if !p.Context {
			s.voices = voices().read(&s.reader, &s.layouts[i], i, false, s.voices)
		}
	}
	var said [len(voiceNames)]int
	last := int32(-1)
	for _, v := range s.voices {
		if v.phrase == last {
			continue // the same once more
		}
		said[v.sign]++
		last = v.phrase
	}
	switch {
	case said[business] > 0:
		return said[reports] > 2
	case said[speaks] > 0:
		return said[reports] > 1 || said[homely] > 0
	}
	return said[homely] > 0 || 2*said[reports]+said[hints] > 1
}

// asks tells whether somebody speaks of his own affairs, or asks; after tellsOfOthers.
func (s *scratch) asks() bool {
	return slices.ContainsFunc(s.voices, func(v sighting) bool { return v.sign == business || v.sign == speaks })
}

// complains tells whether a complaint or a wish stands in the text, contexts left out.
func (b *Base) complains(s *scratch) bool {
	return slices.ContainsFunc(s.sightings, func(at sighting) bool {
		return !at.context && int(at.sign) < len(b.entries) && b.entries[at.sign].kind == SymptomKind
	})
}

// asksComplaint tells whether an item of the rule can only be met by a complaint or a wish.
func (r *rule) asksComplaint(entries []entry) bool {
	return slices.ContainsFunc(r.items, func(item []int32) bool {
		return !slices.ContainsFunc(item, func(sign int32) bool { return int(sign) >= len(entries) || entries[sign].kind != SymptomKind })
	})
}
