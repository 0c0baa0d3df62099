package matcher

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"tepai/registry"
	"tepai/segment/knowledge"
)

// Hint (需求填写提示) is one thing that a need does not say yet, put as a short question. It is the knowledge base read
// backwards: what a specialist would ask first.
type Hint struct {
	Aspect   string `json:"aspect"`   // 对象, 问题, 工艺, 规模, 指标, 期限, 已试办法
	Question string `json:"question"` // one Chinese sentence
}

// The aspects of a complete need, in the order in which they are asked.
const (
	objectAspect    = "对象"
	troubleAspect   = "问题"
	processAspect   = "工艺"
	scaleAspect     = "规模"
	indicatorAspect = "指标"
	deadlineAspect  = "期限"
	triedAspect     = "已试办法"
)

var aspects = []string{objectAspect, troubleAspect, processAspect, scaleAspect, indicatorAspect, deadlineAspect, triedAspect}

// Hints asks what a need of the records does not say; see Hints.
func (e *Engine) Hints(ctx context.Context, needID string) ([]Hint, error) {
	need, err := e.records.Need(ctx, needID)
	if err != nil {
		return nil, fmt.Errorf("hints for need %s: %w", needID, err)
	}
	return Hints(e.base(), need), nil
}

// HintsText asks what a free text does not say; see Hints.
func HintsText(base *knowledge.Base, text string) []Hint {
	return Hints(base, registry.Need{Description: text})
}

// Hints asks for what a need does not say: the thing, its trouble or the wish, the process, the scale, an indicator with its
// unit, a deadline, what has been tried; at most one question for each, in this order. The wording follows the field that
// the knowledge base infers. base may be nil; then thing and trouble are not asked for.
func Hints(base *knowledge.Base, need registry.Need) []Hint {
	table := hintTable()
	said := norm.NFKC.String(strings.ToLower(strings.Join([]string{need.Title, need.Description, need.Wanted}, "。")))
	hints := []Hint{}
	h := heard{}
	if base != nil {
		h = hear(base, need)
	}
	for _, aspect := range aspects {
		missing := !table.says(aspect, said)
		switch aspect {
		case objectAspect:
			missing = base != nil && len(h.objects) == 0
		case troubleAspect:
			missing = base != nil && len(h.troubles) == 0
		}
		if missing {
			hints = append(hints, Hint{aspect, h.fill(table.question(aspect, h.group))})
		}
	}
	return hints
}

// heard is what the knowledge base finds in a need.
type heard struct {
	objects, troubles []string // names of classes
	partners          []string // what rules ask for beside them
	group             string   // of the likeliest field
}

func hear(base *knowledge.Base, need registry.Need) (h heard) {
	passages := knowledgePassages(need)
	for _, s := range base.Sightings(passages...) {
		kind, name, _ := strings.Cut(s.Entry, " ")
		switch {
		case passages[s.Passage].Context:
		case kind == knowledge.ObjectKind.String() && !slices.Contains(h.objects, name):
			h.objects = append(h.objects, name)
		case kind == knowledge.SymptomKind.String() && !slices.Contains(h.troubles, name):
			h.troubles = append(h.troubles, name)
		}
	}
	if fields := base.Diagnose(passages...).Fields; len(fields) > 0 {
		h.group = groupName(fields[0].Name)
	}
	switch {
	case len(h.objects) == 0 && len(h.troubles) > 0:
		h.partners = base.Partners(knowledge.SymptomKind, h.troubles[0])
	case len(h.troubles) == 0 && len(h.objects) > 0:
		h.partners = base.Partners(knowledge.ObjectKind, h.objects[0])
	}
	return h
}

// mostExamples is how many things a question names as examples.
const mostExamples = 4

// fill puts what was heard into the places of a question.
func (h *heard) fill(question string) string {
	examples := h.partners[:min(mostExamples, len(h.partners))]
	if len(examples) == 0 {
		question = strings.ReplaceAll(question, "，如{例}", "")
		question = strings.ReplaceAll(question, "如{例}。", "")
	}
	thing, trouble := "", "出了毛病"
	if len(h.objects) > 0 {
		thing = h.objects[0]
	}
	if len(h.troubles) > 0 {
		trouble = "（" + h.troubles[0] + "）出了毛病"
	}
	return strings.NewReplacer("{物}", thing, "{事}", trouble, "{例}", strings.Join(examples, "、")).Replace(question)
}

//go:embed hints.txt
var hintLines string

// hints is the table of hints.txt.
type hints struct {
	words     map[string][]string       // by aspect
	amounts   map[string]*regexp.Regexp // by aspect: a number with one of its units
	questions map[[2]string]string      // by aspect and group of fields
}

func (t *hints) says(aspect, text string) bool {
	return slices.ContainsFunc(t.words[aspect], func(w string) bool { return strings.Contains(text, w) }) ||
		t.amounts[aspect] != nil && t.amounts[aspect].MatchString(text)
}

func (t *hints) question(aspect, group string) string {
	if q, ok := t.questions[[2]string{aspect, group}]; ok {
		return q
	}
	return t.questions[[2]string{aspect, ""}]
}

var hintTable = sync.OnceValue(func() *hints {
	t, err := parseHints(hintLines)
	if err != nil {
		panic(err) // the table is compiled in, and a test reads it
	}
	return t
})

func parseHints(lines string) (*hints, error) {
	t := &hints{words: map[string][]string{}, amounts: map[string]*regexp.Regexp{}, questions: map[[2]string]string{}}
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) < 3 || !slices.Contains(aspects, cells[1]) {
			return nil, fmt.Errorf("hints.txt: %s", line)
		}
		aspect := cells[1]
		switch {
		case cells[0] == "认":
			for word := range strings.SplitSeq(cells[2], "、") {
				t.words[aspect] = append(t.words[aspect], strings.ToLower(word))
			}
		case cells[0] == "单位":
			t.amounts[aspect] = amount(strings.Split(cells[2], "、"))
		case cells[0] == "问" && len(cells) == 4:
			t.questions[[2]string{aspect, cells[2]}] = cells[3]
		default:
			return nil, fmt.Errorf("hints.txt: %s", line)
		}
	}
	return t, nil
}

// amount recognises a number, in digits or characters, with one of the units behind it; a Latin unit is a word of its own.
func amount(units []string) *regexp.Regexp {
	var alternatives []string
	for _, u := range units {
		u = regexp.QuoteMeta(norm.NFKC.String(strings.ToLower(u)))
		if last := u[len(u)-1]; last >= 'a' && last <= 'z' || last >= '0' && last <= '9' {
			u += `\b`
		}
		alternatives = append(alternatives, u)
	}
	return regexp.MustCompile(`(?:[0-9][0-9.,]*|[一二三四五六七八九十百千万两几半]+)(?:多|来|余)?个?\s*(?:` + strings.Join(alternatives, "|") + `)`)
}
