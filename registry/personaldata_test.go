package registry_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry"
)

func TestSetPersonalData(t *testing.T) {
	today := day(t, "2026-06-01")
	for _, c := range []struct {
		field      registry.PersonalField
		text, kept string
		says       string
	}{
		{registry.FieldIdentity, "110105 19491231 002x", canaryIdentity, ""},
		{registry.FieldIdentity, "110105194912310021", "", "校验位"},
		{registry.FieldBirth, "1949年12月31日", "1949-12-31", ""},
		{registry.FieldBirth, "2026-06-02", "", "晚于今天"},
		{registry.FieldBirth, "1949-02-30", "", "日历"},
		{registry.FieldBirth, "1849-02-03", "", "日历"},
		{registry.FieldGender, " 女性", "女", ""},
		{registry.FieldGender, "F", "", "“男”或“女”"},
		{registry.FieldMobile, "+86 139-1234-1234", canaryMobile, ""},
		{registry.FieldMobile, "139****1234", "", "数字以外"},
		{registry.FieldTelephone, "（0356）2021234 转 801", "(0356)2021234转801", ""},
		{registry.FieldTelephone, "13912341234", "13912341234", ""},
		{registry.FieldTelephone, "202123", "", "6 位"},
		{registry.FieldTelephone, "2021234、2021235", "", "只填一个"},
		{registry.FieldEmail, " wang@example.com", "wang@example.com", ""},
		{registry.FieldEmail, "王 <wang@example.com>", "", "不像"},
		{registry.FieldEmail, "wang@localhost", "", "不像"},
		{registry.FieldEmail, "wang", "", "不像"},
		{registry.FieldAddress, "城区凤台街 1 号", "城区凤台街 1 号", ""},
		{registry.FieldAddress, strings.Repeat("长", 201), "", "最多 200"},
		{registry.FieldAddress, "a\x00b", "", "控制字符"},
		{registry.FieldBankAccount, "6222 0202 0011 2233 446", canaryAccount, ""},
		{registry.FieldBankAccount, "6222020200112233447", "6222020200112233447", ""}, // no Luhn check digit: see Doubt
		{registry.FieldBankAccount, "40800123", "40800123", ""},
		{registry.FieldBankAccount, "4080012", "", "7 位"},
		{registry.FieldBankAccount, strings.Repeat("12", 16), "", "32 位"},
		{registry.FieldBankAccount, "0000000000000000", "", "全都相同"},
		{registry.FieldBankAccount, "6.22202E+18", "", "科学计数法"},
		{registry.FieldBankAccount, "工行6222020200112233446", "", "数字以外"},
		{registry.FieldBankName, "工商银行晋城分行", "工商银行晋城分行", ""},
		{registry.FieldContactName, "王甲", "王甲", ""},
		{"shoe_size", "42", "", "没有这一项"},
		{registry.FieldMobile, "  ", "", ""},
	} {
		var d registry.PersonalData
		err := d.Set(c.field, c.text, today)
		if c.says != "" {
			wantKind(t, err, registry.Invalid, string(c.field), c.says)
			if strings.Contains(err.Error(), strings.TrimSpace(c.text)) && len(c.text) > 2 {
				t.Errorf("%s: the message repeats %q", c.field, c.text)
			}
			if len(d.Stated()) != 0 {
				t.Errorf("%s: kept after a refusal", c.field)
			}
			continue
		}
		stated := d.Stated()
		if err != nil || (c.kept != "") != (len(stated) == 1) {
			t.Errorf("%s %q: %v %v", c.field, c.text, stated, err)
		}
		if c.kept != "" && (stated[0] != c.field || kept(d) != c.kept) {
			t.Errorf("%s %q: kept %q, want %q", c.field, c.text, kept(d), c.kept)
		}
	}
}

// kept is all that the data hold, in clear.
func kept(d registry.PersonalData) string {
	return d.Identity.ClearText() + d.Birth.ClearText() + d.Gender.ClearText() + d.Mobile.ClearText() + d.Telephone.ClearText() +
		d.Email.ClearText() + d.Address.ClearText() + d.BankAccount.ClearText() + d.BankName.ClearText() + d.ContactName.ClearText()
}

func TestPersonalDataAsAWhole(t *testing.T) {
	specialist, contact := registry.SpecialistPerson("S1"), registry.ContactOf("E1")
	for _, c := range []struct {
		name  string
		who   registry.PersonID
		set   map[registry.PersonalField]string
		field string // at fault; "-" = none
	}{
		{"birth as in the number", specialist, map[registry.PersonalField]string{"id_number": canaryIdentity, "birth": "1949-12-31"}, "-"},
		{"another birth", specialist, map[registry.PersonalField]string{"id_number": canaryIdentity, "birth": "1949-12-30"}, "birth"},
		{"a later birth", specialist, map[registry.PersonalField]string{"id_number": canaryIdentity, "birth": "1950-12-31"}, "birth"},
		{"a number with two digits of the year", specialist, map[registry.PersonalField]string{"id_number": "ZZZ140575113011", "birth": "1975-11-30"}, "-"},
		{"the same with another birth", specialist, map[registry.PersonalField]string{"id_number": "ZZZ140575113011", "birth": "1975-11-29"}, "birth"},
		{"a passport says no birth", specialist, map[registry.PersonalField]string{"id_number": "E12345678", "birth": "1975-11-29"}, "-"},
		{"an account of a contact", contact, map[registry.PersonalField]string{"bank_account": canaryAccount}, "bank_account"},
		{"a contact's name of a specialist", specialist, map[registry.PersonalField]string{"contact_name": "王甲"}, "contact_name"},
		{"nothing", specialist, nil, ""},
		{"of a need", registry.PersonID{Kind: registry.KindNeed, ID: "N1"}, map[registry.PersonalField]string{"mobile": canaryMobile}, "kind"},
		{"a bad id", registry.SpecialistPerson("王"), map[registry.PersonalField]string{"mobile": canaryMobile}, "id"},
	} {
		r := registry.PersonRecord{Who: c.who}
		for f, text := range c.set {
			if err := r.Data.Set(f, text, registry.Date{}); err != nil {
				t.Fatal(err)
			}
		}
		err := r.Validate()
		if c.field == "-" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		wantKind(t, err, registry.Invalid, c.field)
		noCanary(t, c.name, err.Error())
	}
}

func TestDoubtfulAccounts(t *testing.T) {
	for number, doubtful := range map[string]bool{
		canaryAccount: false, "6222020200112233447": true, "622848001122334455": true,
		"40800123": false, "1234567890123456": false, "62220202001122": false,
	} {
		a, err := registry.ParseBankAccount(number)
		if err != nil || (a.Doubt() != "") != doubtful {
			t.Errorf("%s: %q %v", number, a.Doubt(), err)
		}
		if strings.Contains(a.Doubt(), number) {
			t.Error("the doubt repeats the number")
		}
	}
	rapid.Check(t, func(r *rapid.T) { // one wrong digit of a card is always doubted
		number := []byte(canaryAccount)
		at := rapid.IntRange(2, len(number)-1).Draw(r, "at")
		old := number[at]
		number[at] = byte('0' + rapid.IntRange(0, 9).Draw(r, "digit"))
		a, err := registry.ParseBankAccount(string(number))
		if err != nil || (a.Doubt() != "") != (number[at] != old) {
			r.Fatal(at, a.Doubt(), err)
		}
	})
}

func TestPersonalFieldsByKind(t *testing.T) {
	of := func(kind registry.RecordKind) (s string) {
		for _, f := range registry.PersonalFields(kind) {
			s += f.String() + " "
		}
		return s
	}
	if got := of(registry.KindPersonal); got != "证件号码 出生日期 性别 手机号码 联系电话 电子邮箱 通讯地址 银行账号 开户银行 " {
		t.Error(got)
	}
	if got := of(registry.KindContactPerson); got != "联系人 手机号码 联系电话 电子邮箱 " {
		t.Error(got)
	}
	if of(registry.KindNeed) != "" {
		t.Error("a need has personal data")
	}
}
