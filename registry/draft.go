package registry

import (
	"fmt"
	"strings"
)

// draft is a record on its way into the store.
type draft struct {
	kind    RecordKind
	id      string
	key     []byte
	body    []byte
	act     string // empty = ActCreate or ActUpdate, by the outcome
	note    []byte // see Change.Note
	always  bool   // a Change even where the body stays the same: the act itself is what counts
	side    []sideWrite
	outcome Outcome
	seq     uint64 // of its change; 0 while it has none
}

// drafts validates and encodes the batch.
func (r Records) drafts() ([]draft, error) {
	list := make([]draft, 0, len(r.Specialists)+len(r.Enterprises)+len(r.Needs))
	var err error
	for _, v := range r.Specialists {
		if list, err = appendDraft(list, KindSpecialist, v.ID, v.Validate(), v.body); err != nil {
			return nil, err
		}
	}
	for _, v := range r.Enterprises {
		if list, err = appendDraft(list, KindEnterprise, v.ID, v.Validate(), v.body); err != nil {
			return nil, err
		}
	}
	for _, v := range r.Needs {
		if list, err = appendDraft(list, KindNeed, v.ID, v.Validate(), v.body); err != nil {
			return nil, err
		}
	}
	for _, p := range r.Personal {
		if err := p.Validate(); err != nil {
			return nil, err
		}
	}
	return list, firstBroken(twice(list), personalTwice(r.Personal))
}

func appendDraft(list []draft, kind RecordKind, id string, broken error, body func() ([]byte, error)) ([]draft, error) {
	if broken != nil {
		return nil, fmt.Errorf("%s %s：%w", kind, Shorten(id, 40), broken)
	}
	b, err := body()
	if err != nil {
		return nil, fmt.Errorf("encode %s %s: %w", string(kind), id, err)
	}
	return append(list, draft{kind: kind, id: id, key: recordKey(kind, id), body: b}), nil
}

// twice refuses a batch in which an id stands twice under one kind: which of the two holds is not for us to say.
func twice(list []draft) error {
	seen := make(map[string]bool, len(list))
	var again []draft
	for _, d := range list {
		if seen[string(d.key)] {
			again = append(again, d)
		}
		seen[string(d.key)] = true
	}
	if again == nil {
		return nil
	}
	return &Error{Kind: Conflict, Field: "id", Msg: fmt.Sprintf("同一批里有 %d 个重复的编号：%s。请各留一条", len(again), names(again))}
}

// names lists ids for a message, the first ten.
func names(list []draft) string {
	var b strings.Builder
	for i, d := range list {
		if i == 10 {
			b.WriteString("等")
			break
		}
		if i > 0 {
			b.WriteString("、")
		}
		fmt.Fprintf(&b, "%s %s", d.kind, d.id)
	}
	return b.String()
}
