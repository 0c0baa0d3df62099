package registry

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tepai/registry/kv"
)

// ActUnmask is the act of looking at personal data in clear.
const ActUnmask = "unmask"

// Unmask gives the named fields of a person in clear (Secret.ClearText) and appends one Change that says who looked at
// which fields for what purpose. Nothing is given unless that Change is on disk. Fields that are not recorded come back
// empty and are not named. Refusals: NotFound when there is no such person or none of the fields is recorded; Invalid for a
// missing purpose, or one in which a number stands; Unavailable.
func (s *Store) Unmask(ctx context.Context, actor Actor, who PersonID, fields []PersonalField, purpose string) (PersonalData, error) {
	purpose = strings.TrimSpace(purpose)
	if err := firstBroken(actor.check(), who.check(), checkWanted(fields), checkPurpose("purpose", purpose, "请写明因何事查看，如“核对身份”“发放奖补资金”"), s.needKeys()); err != nil {
		return PersonalData{}, err
	}
	var shown PersonalData
	err := s.update(ctx, func(tx kv.Writer) error {
		p, err := openSealed(tx, s.keys, who)
		if err != nil {
			return err
		}
		if shown, err = p.show(fields, purpose); err != nil {
			return err
		}
		return actOn{tx: tx, actor: actor, store: s, at: s.now()}.logUnmask(p, shown.Stated(), purpose)
	})
	if err != nil {
		return PersonalData{}, err
	}
	s.announce()
	return shown, nil
}

// show opens the wanted fields, unless the purpose gives away what the change log must not hold.
func (p sealedPerson) show(fields []PersonalField, purpose string) (shown PersonalData, err error) {
	if !p.there() {
		return shown, nothingRecorded(p)
	}
	all, err := p.data(nil)
	if err != nil {
		return shown, err
	}
	for _, f := range personalFields {
		value := all.get(f)
		if !value.IsZero() && f.number && strings.Contains(bare(purpose), bare(value.ClearText())) {
			return shown, invalid("purpose", "事由里写有%s本身。事由会永久留在变更日志里，请删去号码", f.word)
		}
		if slices.Contains(fields, f.name) {
			*f.in(&shown) = value
		}
	}
	if len(shown.Stated()) == 0 {
		return shown, &Error{Kind: NotFound, Msg: fmt.Sprintf("%s没有登记%s，请先补录", p.who, fieldWords(fields))}
	}
	return shown, nil
}

// logUnmask appends the Change; the record keeps its bytes.
func (a actOn) logUnmask(p sealedPerson, fields []PersonalField, purpose string) (err error) {
	d := draft{kind: p.who.Kind, id: p.who.ID, key: recordKey(p.who.Kind, p.who.ID), body: p.body, act: ActUnmask, always: true}
	if d.note, err = a.actor.disclose(fields, purpose); err != nil {
		return err
	}
	return a.put([]draft{d}, PutOptions{Update: true}, &PutReport{})
}

func nothingRecorded(p sealedPerson) error {
	if p.body == nil {
		return &Error{Kind: NotFound, Msg: fmt.Sprintf("没有登记 %s 的个人信息，请核对编号或先补录", p.who)}
	}
	return &Error{Kind: NotFound, Msg: fmt.Sprintf("%s的个人信息已经删除，无法恢复（何人因何删除见变更日志）；确有需要的请重新登记", p.who)}
}

func checkWanted(fields []PersonalField) error {
	if len(fields) == 0 {
		return invalid("fields", "没有写明要看哪几项，请只选工作需要的")
	}
	for _, f := range fields {
		if _, ok := personalFieldOf(f); !ok {
			return invalid("fields", "没有“%s”这一项个人信息，请核对字段名", Shorten(string(f), 20))
		}
	}
	return nil
}

// numberLike is what leads to a person: an address of e-mail, or eleven digits in a row, the shortest of mobile, identity
// and most account numbers. Dates, years of documents and case numbers stay below.
var numberLike = regexp.MustCompile(`[0-9]{11,}|@`)

// checkPurpose wants a reason in words: it stays in the change log for ever.
func checkPurpose(field, text, remedy string) error {
	if numberLike.MatchString(bare(text)) {
		return invalid(field, "里面像是写有号码或邮箱。这段文字会永久留在变更日志里，请只用文字说明，需要时写编号")
	}
	return firstBroken(checkStated(field, text, remedy), checkLine(field, text))
}

// bare drops what people put between digits.
func bare(text string) string {
	return strings.NewReplacer(" ", "", "-", "", "　", "").Replace(text)
}
