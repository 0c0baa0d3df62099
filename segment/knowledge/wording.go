package knowledge

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	gapMark    = "…"
	cancelMark = "!"
)

// wording is one way of saying an entry: its parts in order, gaps between them, and longer words that cancel it.
type wording struct {
	text   string   // as written, without cancel words
	parts  []string // normalised
	cancel []string // normalised; each contains a part
}

// literal tells a wording without gap.
func (w wording) literal() bool { return len(w.parts) == 1 }

// parseWording reads one item of a list of wordings; why is a Chinese sentence when it cannot be used.
func (f *folder) parseWording(s string) (w wording, why string) {
	s = strings.ReplaceAll(s, "！", cancelMark)
	body, cancels, _ := strings.Cut(s, cancelMark)
	w.text = strings.TrimSpace(body)
	for part := range strings.SplitSeq(w.text, gapMark) {
		w.parts = append(w.parts, f.fold(strings.TrimSpace(part)))
	}
	if cancels != "" {
		for c := range strings.SplitSeq(cancels, cancelMark) {
			w.cancel = append(w.cancel, f.fold(strings.TrimSpace(c)))
		}
	}
	return w, w.fault()
}

// fault says why a wording cannot be used; empty when it can.
func (w wording) fault() string {
	for _, p := range w.parts {
		if p == "" {
			return "“…”只能放在两段文字之间"
		}
		if !strings.ContainsFunc(p, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			return "只有标点的一段认不出来"
		}
		if strings.ContainsFunc(p, endsSentence) {
			return "含有句号、问号、叹号或分号，永远匹配不上"
		}
	}
	if len(w.parts) > maxParts {
		return "“…”最多用三处"
	}
	if w.short() && len(w.cancel) == 0 {
		return "太短：一个字到处都会碰上，请写长一些，或用“!”列出不算数的词（渗!渗透!渗碳）"
	}
	return w.cancelFault()
}

func (w wording) cancelFault() string {
	for _, c := range w.cancel {
		if c == "" {
			return "“!”后面缺取消词"
		}
		useful := false
		for _, p := range w.parts {
			useful = useful || strings.Contains(c, p) && c != p
		}
		if !useful {
			return "取消词“" + c + "”要比说法长并且包含它，否则永远不起作用"
		}
	}
	return ""
}

// maxParts bounds the parts of one wording (three gaps).
const maxParts = 4

// short tells that a wording is a single character.
func (w wording) short() bool { return w.literal() && utf8.RuneCountInString(w.parts[0]) < 2 }

// key is equal for wordings that match the same texts.
func (w wording) key() string { return strings.Join(w.parts, gapMark) }
