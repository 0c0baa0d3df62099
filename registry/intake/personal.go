package intake

import (
	"errors"
	"maps"

	"tepai/registry"
)

// withPersonal adds the setters for the personal fields of a kind of person to those of a noun.
func withPersonal[T any](kind registry.RecordKind, setters map[string]setter[T]) map[string]setter[T] {
	all := maps.Clone(setters)
	for _, f := range registry.PersonalFields(kind) {
		all[string(f)] = func(in *cells, _ *T, v value) { in.personal(f, v) }
	}
	return all
}

// personal takes a value of personal data. Its text stands in no fault. A collection is read without any.
func (in *cells) personal(f registry.PersonalField, v value) {
	if v.kind == null || in.collector.options.lenient {
		return
	}
	if v.kind != text {
		in.wrong("", "号码写成了数字，可能已丢失末几位", "请加上引号（表格中把该列设为“文本”）")
		return
	}
	if err := in.person.Set(f, v.text, in.collector.options.Today); err != nil {
		reason, remedy := cutRemedy(messageOf(err))
		in.wrong("", reason, remedy)
		return
	}
	if doubt := in.person.BankAccount.Doubt(); f == registry.FieldBankAccount && doubt != "" {
		reason, remedy := cutRemedy(doubt)
		in.collector.doubt(Fault{Line: in.line, Column: in.at, ID: registry.Shorten(in.id, 40), Field: in.key, Reason: reason, Remedy: remedy})
	}
}

// checkPerson looks at the personal data of a row as a whole.
func (in *cells) checkPerson(who registry.PersonID) {
	if len(in.person.Stated()) == 0 {
		return
	}
	var refusal *registry.Error
	if err := (registry.PersonRecord{Who: who, Data: in.person}).Validate(); errors.As(err, &refusal) {
		in.key, in.at = refusal.Field, 0
		reason, remedy := cutRemedy(refusal.Msg)
		in.wrong("", reason, remedy)
	}
}
