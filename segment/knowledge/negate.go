package knowledge

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// What an author takes back is not there. Only what is safe is read: 无 and 没有 alone are left out, because in a need
// 做到无裂纹 names the trouble as well, and so are 不用 and 不想 (不想再靠人工 is a wish).
//
//	已解决、已修好…           a complaint beside the cue, in its clause
//	不存在、未出现…           a complaint behind the cue, in its clause
//	不需要、不考虑、不涉及…   everything behind the cue, to the end of its clause or a turn (不需要停机|就能…)
//	不是…的问题               what stands between
//	除…外，其余…都            what stands between; 除…外，还有… adds instead of taking away and is left alone

// scope says what a cue takes back, and where.
type scope uint8

const (
	settles  scope = iota // a complaint before or behind it
	lacks                 // a complaint behind it
	declines              // everything behind it
)

// cue is a phrase that takes back what stands beside it.
type cue struct {
	text  string
	scope scope
}

var cues = [...]cue{
	{"已解决", settles}, {"已经解决", settles}, {"已得到解决", settles}, {"已基本解决", settles}, {"已经基本解决", settles},
	{"已修好", settles}, {"已经修好", settles}, {"已处理好", settles}, {"已经处理好", settles}, {"已经治好", settles},
	{"不存在", lacks}, {"没有出现", lacks}, {"未出现", lacks}, {"没有发生", lacks}, {"未发生", lacks}, {"未发现", lacks},
	{"不需要", declines}, {"无需", declines}, {"无须", declines}, {"不考虑", declines}, {"暂不考虑", declines},
	{"不涉及", declines}, {"不包括", declines}, {"不包含", declines}, {"不属于", declines},
}

// stretch is a part of a passage, in folded bytes.
type stretch struct{ start, end int32 }

func (s stretch) holds(h hit) bool { return s.start <= h.start && h.end <= s.end }

// takeBack notes what the passage takes back altogether; cues for complaints alone are asked by settled.
func (r *reader) takeBack(l *layout) {
	r.taken = r.taken[:0]
	for _, c := range r.cues {
		if cues[c.phrase].scope == declines {
			r.taken = append(r.taken, l.declined(c.end))
		}
	}
	r.between(l, notThis, []byte("的"), l.excused)
	r.between(l, except, outside, l.excepted)
}

// denied tells whether the author takes h back.
func (r *reader) denied(l *layout, h hit, kind Kind) bool {
	return slices.ContainsFunc(r.taken, func(s stretch) bool { return s.holds(h) }) || kind == SymptomKind && r.settled(l, h)
}

// settled tells whether a cue beside the complaint h calls it settled or absent.
func (r *reader) settled(l *layout, h hit) bool {
	for _, c := range r.cues {
		from, to, allowed := c.end, h.start, cues[c.phrase].scope != declines
		if h.end <= c.start {
			from, to, allowed = h.end, c.start, cues[c.phrase].scope == settles
		}
		if allowed && from <= to && utf8.RuneCount(l.text[from:to]) <= maxCueGap && rank(l.clauses, c.start) == rank(l.clauses, h.start) {
			return true
		}
	}
	return false
}

// declined is what stands behind a cue: to the end of the clause, to a turn, or as far as one refusal reaches.
func (l *layout) declined(from int32) stretch {
	clause, n := rank(l.clauses, from), 0
	for at, r := range string(l.text[from:min(len(l.text), int(from)+maxDeclined*utf8.UTFMax)]) {
		here := from + int32(at)
		if n++; n > maxDeclined || rank(l.clauses, here) != clause || slices.Contains(turns, r) {
			return stretch{from, here}
		}
	}
	return stretch{from, min(int32(len(l.text)), from+maxDeclined*utf8.UTFMax)}
}

var (
	turns   = []rune("就也便但而只却即")
	notThis = []byte("不是")
	except  = []byte("除")
	outside = []byte("外")
)

// between takes back what stands between an opening and the next closing word of its sentence, if fits agrees.
func (r *reader) between(l *layout, opening, closing []byte, fits func(open, from, to int) bool) {
	for at := 0; ; {
		i := bytes.Index(l.text[at:], opening)
		if i < 0 {
			return
		}
		open := at + i
		at = open + len(opening)
		window := l.text[at:min(len(l.text), at+maxExcepted*utf8.UTFMax)]
		end := bytes.Index(window, closing)
		if end < 0 || utf8.RuneCount(window[:end]) > maxExcepted || rank(l.sentences, int32(open)) != rank(l.sentences, int32(at+end)) {
			continue
		}
		if fits(open, at, at+end) {
			r.taken = append(r.taken, stretch{int32(at), int32(at + end)})
		}
	}
}

// excused: 不是|电机|的问题. 是不是 asks, and 不是电机就是轴承的问题 blames both.
func (l *layout) excused(open, from, to int) bool {
	before, behind := l.text[:open], l.text[to+len("的"):]
	return !endsWith(before, "是", "要", "还", "又", "也", "岂") && startsWith(behind, "问题", "毛病", "原因", "事", "错") &&
		!bytes.Contains(l.text[from:to], []byte("就是"))
}

// excepted: 除|电气部分|外,其余…. The word opens a clause (除尘, 去除 do not except), and the rest is said of all others.
func (l *layout) excepted(open, from, to int) bool {
	if open > 0 && !slices.Contains(l.clauses, int32(open)-1) && !bytes.HasSuffix(l.text[:open], fullStop) {
		return false
	}
	rest := l.text[to+len(outside):]
	rest = rest[:min(len(rest), maxExcepted*utf8.UTFMax)]
	return containsAny(rest, "都", "均", "其余", "其他", "其它", "一切", "全部", "皆") && !containsAny(rest, "还", "也", "又", "另")
}

func startsWith(text []byte, any ...string) bool {
	return slices.ContainsFunc(any, func(s string) bool { return bytes.HasPrefix(text, []byte(s)) })
}

func endsWith(text []byte, any ...string) bool {
	return slices.ContainsFunc(any, func(s string) bool { return bytes.HasSuffix(text, []byte(s)) })
}

func containsAny(text []byte, any ...string) bool {
	return slices.ContainsFunc(any, func(s string) bool { return bytes.Contains(text, []byte(s)) })
}
