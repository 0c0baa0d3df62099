package knowledge

import "unicode/utf8"

// A complaint that the text denies or calls settled is none. Only what is safe is read: 无 and 没有 alone are left out,
// because in a need 做到无裂纹 names the trouble as well. Objects and concepts stay the topic and are never denied.

// cue is a phrase that takes back the complaint beside it, within its clause.
type cue struct {
	text  string
	after bool // stands behind the complaint, too (漏水已解决), not only before it (已解决漏水)
}

var cues = [...]cue{
	{"已解决", true}, {"已经解决", true}, {"已得到解决", true}, {"已基本解决", true}, {"已经基本解决", true},
	{"不涉及", false}, {"不存在", false}, {"没有出现", false}, {"未出现", false}, {"没有发生", false}, {"未发生", false},
}

// denied tells whether a cue takes the complaint h back.
func (r *reader) denied(l *layout, h hit) bool {
	for _, c := range r.cues {
		from, to := c.end, h.start
		if h.end <= c.start {
			from, to = h.end, c.start
			if !cues[c.phrase].after {
				continue
			}
		}
		if from <= to && utf8.RuneCount(l.text[from:to]) <= maxCueGap && rank(l.clauses, c.start) == rank(l.clauses, h.start) {
			return true
		}
	}
	return false
}
