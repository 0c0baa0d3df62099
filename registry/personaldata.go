package registry

import (
	"fmt"
	"slices"
	"strings"
)

// PersonalData is what is recorded of a person and is nobody's business but of those whose work needs it. It is kept
// apart from the nouns, encrypted; its fields print their masks only. A zero field is "not stated".
type PersonalData struct {
	Identity    IdentityNumber `json:"id_number,omitzero"`
	Birth       Secret         `json:"birth,omitzero"`     // 出生日期, 2006-01-02
	Gender      Secret         `json:"gender,omitzero"`    // 男 or 女
	Mobile      Mobile         `json:"mobile,omitzero"`    // 手机号码
	Telephone   Secret         `json:"telephone,omitzero"` // 联系电话, any number, with extension
	Email       Secret         `json:"email,omitzero"`
	Address     Secret         `json:"address,omitzero"` // 通讯地址
	BankAccount BankAccount    `json:"bank_account,omitzero"`
	BankName    Secret         `json:"bank_name,omitzero"`    // 开户银行
	ContactName Secret         `json:"contact_name,omitzero"` // 联系人 of an enterprise; a specialist's name stands in the record
}

// PersonalField is the key of a field of PersonalData in files and forms.
type PersonalField string

// The fields of PersonalData.
const (
	FieldIdentity    PersonalField = "id_number"
	FieldBirth       PersonalField = "birth"
	FieldGender      PersonalField = "gender"
	FieldMobile      PersonalField = "mobile"
	FieldTelephone   PersonalField = "telephone"
	FieldEmail       PersonalField = "email"
	FieldAddress     PersonalField = "address"
	FieldBankAccount PersonalField = "bank_account"
	FieldBankName    PersonalField = "bank_name"
	FieldContactName PersonalField = "contact_name"
)

// personalField is what is known about a field.
type personalField struct {
	name   PersonalField
	word   string                                        // as a person reads it
	of     []RecordKind                                  // whose data have it
	number bool                                          // what leads to the person by itself: it may stand in no purpose or reason
	check  func(text string, today Date) (string, error) // gives the text as it is kept
	mask   func(kept string) string
	in     func(*PersonalData) *Secret
}

var (
	both           = []RecordKind{KindPersonal, KindContactPerson}
	onlySpecialist = []RecordKind{KindPersonal}
	onlyContact    = []RecordKind{KindContactPerson}
)

// personalFields are all fields, in the order in which they are shown.
var personalFields = []personalField{
	{FieldContactName, "联系人", onlyContact, false, checkPersonName, maskAll, func(d *PersonalData) *Secret { return &d.ContactName }},
	{FieldIdentity, "证件号码", onlySpecialist, true, checkIdentity, maskIdentity, func(d *PersonalData) *Secret { return &d.Identity.Secret }},
	{FieldBirth, "出生日期", onlySpecialist, false, checkBirth, maskBirth, func(d *PersonalData) *Secret { return &d.Birth }},
	{FieldGender, "性别", onlySpecialist, false, checkGender, maskAll, func(d *PersonalData) *Secret { return &d.Gender }},
	{FieldMobile, "手机号码", both, true, checkMobile, maskPhone, func(d *PersonalData) *Secret { return &d.Mobile.Secret }},
	{FieldTelephone, "联系电话", both, true, checkTelephone, maskPhone, func(d *PersonalData) *Secret { return &d.Telephone }},
	{FieldEmail, "电子邮箱", both, true, checkEmail, maskEmail, func(d *PersonalData) *Secret { return &d.Email }},
	{FieldAddress, "通讯地址", onlySpecialist, true, checkAddress, maskAll, func(d *PersonalData) *Secret { return &d.Address }},
	{FieldBankAccount, "银行账号", onlySpecialist, true, checkBankAccount, maskAccount, func(d *PersonalData) *Secret { return &d.BankAccount.Secret }},
	{FieldBankName, "开户银行", onlySpecialist, false, checkBankName, maskAll, func(d *PersonalData) *Secret { return &d.BankName }},
}

// PersonalFields are the fields of a person of that kind, in the order in which they are shown; none for other kinds.
func PersonalFields(kind RecordKind) []PersonalField {
	var list []PersonalField
	for _, f := range personalFields {
		if slices.Contains(f.of, kind) {
			list = append(list, f.name)
		}
	}
	return list
}

// String is the field as a person reads it.
func (f PersonalField) String() string {
	if found, ok := personalFieldOf(f); ok {
		return found.word
	}
	return string(f)
}

func personalFieldOf(name PersonalField) (personalField, bool) {
	i := slices.IndexFunc(personalFields, func(f personalField) bool { return f.name == name })
	if i < 0 {
		return personalField{}, false
	}
	return personalFields[i], true
}

// Set checks a text as a person writes it and puts it into its field; an empty text states nothing and changes nothing.
// Births after today are refused, unless today is zero. The *Error (Invalid) names the field and never repeats the text.
func (d *PersonalData) Set(name PersonalField, text string, today Date) error {
	f, ok := personalFieldOf(name)
	if !ok {
		return invalid(string(name), "没有这一项个人信息，请核对字段名")
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	kept, err := f.check(text, today)
	if err != nil {
		return inField(string(name), err)
	}
	d.keep(f, kept)
	return nil
}

// keep puts a text into its field that has been checked before.
func (d *PersonalData) keep(f personalField, kept string) { *f.in(d) = conceal(kept, f.mask(kept)) }

func (d PersonalData) get(f personalField) Secret { return *f.in(&d) }

// Stated lists the fields that say something, in the order in which they are shown.
func (d PersonalData) Stated() []PersonalField {
	var list []PersonalField
	for _, f := range personalFields {
		if !d.get(f).IsZero() {
			list = append(list, f.name)
		}
	}
	return list
}

// validate says the first rule that the data break as those of a person of that kind.
func (d PersonalData) validate(kind RecordKind) error {
	for _, f := range personalFields {
		if s := d.get(f); !s.IsZero() && !slices.Contains(f.of, kind) {
			return invalid(string(f.name), "%s里没有%s这一项，请核对字段", kind, f.word)
		}
	}
	if birth, err := ParseDate(d.Birth.ClearText()); err == nil && d.Identity.contradicts(birth) {
		return invalid(string(FieldBirth), "出生日期与证件号码里的不同，请以证件为准改正，或留空")
	}
	return nil
}

// fieldWords lists fields for a message.
func fieldWords(fields []PersonalField) string {
	words := make([]string, len(fields))
	for i, f := range fields {
		words[i] = fmt.Sprint(f)
	}
	return strings.Join(words, "、")
}
