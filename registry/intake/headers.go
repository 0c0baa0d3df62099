package intake

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"tepai/registry"
)

// keyGroup is a choice of keys of which a file must have one, with the words for it.
type keyGroup struct {
	keys []string
	say  string
}

//go:embed headers.txt
var headersText string

// headerKeys gives the key of a folded header, by kind.
var headerKeys = sync.OnceValue(func() map[registry.RecordKind]map[string]string {
	all := map[registry.RecordKind]map[string]string{}
	for _, line := range strings.Split(headersText, "\n") {
		row := strings.Split(line, "|")
		if strings.HasPrefix(line, "#") || len(row) != 3 {
			continue
		}
		kind, key := registry.RecordKind(strings.TrimSpace(row[0])), strings.TrimSpace(row[1])
		if all[kind] == nil {
			all[kind] = map[string]string{}
		}
		for _, h := range append(strings.Split(strings.TrimSpace(row[2]), "、"), key) {
			all[kind][foldHeader(h)] = key
		}
	}
	return all
})

var headerNote = regexp.MustCompile(`[（(\[【][^）)\]】]*[）)\]】]`)

// foldHeader drops what people add to a header: spaces, stars, notes in brackets, units after a slash or colon.
func foldHeader(h string) string {
	h = headerNote.ReplaceAllString(h, "")
	h = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n　*＊:：\ufeff", r) {
			return -1
		}
		return r
	}, h)
	return strings.ToLower(h)
}

// mapHeader finds the key of every column. Two columns for one key are refused: neither may win silently.
func mapHeader(header []string, kind registry.RecordKind, name string, line int) (keys, ignored []string, err error) {
	known := headerKeys()[kind]
	for i, h := range header {
		key := known[foldHeader(h)]
		if at := slices.Index(keys, key); key != "" && at >= 0 {
			return nil, nil, refuse("%s 第 %d 行表头里“%s”和“%s”是同一项（%s），请只留一列", name, line, shownHeader(header[at]), shownHeader(h), key)
		}
		if key == "" && strings.TrimSpace(h) != "" {
			ignored = append(ignored, registry.Shorten(shownHeader(strings.TrimSpace(header[i])), 40))
		}
		keys = append(keys, key)
	}
	return keys, ignored, nil
}

var headerDigits = regexp.MustCompile(`[0-9]{7,}[0-9Xx]*|[^、]*@[^、]*`)

// shownHeader is a header for a message. Where a table has none, its first row stands there, and personal data in it.
func shownHeader(h string) string { return headerDigits.ReplaceAllString(h, "（号码）") }

// checkNeeded refuses a table without a column that every record needs, and shows the header that was found.
func checkNeeded(keys, header []string, needed []keyGroup, name string, line int) error {
	for _, g := range needed {
		if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(g.keys, k) }) {
			continue
		}
		return &registry.Error{Kind: registry.Invalid, Field: g.keys[0], Msg: fmt.Sprintf("%s 缺少%s，第 %d 行的表头是：%s。请在首行补上这一列",
			name, g.say, line, registry.Shorten(shownHeader(strings.Join(header, "、")), 200))}
	}
	return nil
}
