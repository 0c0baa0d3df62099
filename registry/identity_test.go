package registry_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry"
)

func TestParseIdentity(t *testing.T) {
	today := day(t, "2026-06-01")
	for _, c := range []struct{ number, kind, birth, says string }{
		{number: "11010519491231002X", kind: "居民身份证", birth: "1949-12-31"}, // the example of GB 11643
		{number: " 110105 19491231 002x", kind: "居民身份证", birth: "1949-12-31"},
		{number: withCheck("14050019800229001"), kind: "居民身份证", birth: "1980-02-29"},
		{number: withCheck("81000019900101123"), kind: "港澳台居民居住证", birth: "1990-01-01"},
		{number: withCheck("83000019900101123"), kind: "港澳台居民居住证", birth: "1990-01-01"},
		{number: withCheck("91184019751130001"), kind: "外国人永久居留证", birth: "1975-11-30"},
		{number: "ZZZ140575113011", kind: "外国人永久居留证", birth: "1975-11-30"},
		{number: "ZZZ140500022913", kind: "外国人永久居留证", birth: "2000-02-29"},
		{number: "E12345678", kind: "护照"},
		{number: "g1234567", kind: "护照"},

		{number: "110105194912310021", says: "校验位"},
		{number: "11010519491231003X", says: "校验位"},
		{number: withCheck("14050019800230001"), says: "出生日期不存在"},
		{number: withCheck("14050018800101001"), says: "出生日期不存在"},
		{number: withCheck("14050020270101001"), says: "晚于今天"},
		{number: withCheck("99050019800229001"), says: "省级代码"},
		{number: withCheck("16050019800229001"), says: "省级代码"},
		{number: withCheck("14000019800229001"), says: "市县代码"},
		{number: withCheck("81010019900101123"), says: "810000"},
		{number: "1405O0198002290013", says: "第 5 位应为数字"},
		{number: "14050019800229001Y", says: "第 18 位"},
		{number: "140500800229001", says: "15 位的旧身份证号已停用"},
		{number: "1405001980022900", says: "16 位"},
		{number: "1.40500198002290E+17", says: "科学计数法"},
		{number: "ZZZ140575113019", says: "第 15 位"},
		{number: "ZZZ140575133018", says: "第 8–13 位"},
		{number: "１１０１０５19491231002X", says: "全角"},
		{number: "没有", says: "汉字"},
		{number: "ABCDEF", says: "不像"},
		{number: "", says: "不像"},
	} {
		id, err := registry.ParseIdentity(c.number, today)
		if c.says == "" {
			if err != nil || string(id.Kind()) != c.kind || id.Birth(today).ClearText() != c.birth {
				t.Errorf("%q: %+v, %v; want %s born %s", c.number, id, err, c.kind, c.birth)
			}
			continue
		}
		var refusal *registry.Error
		if !errors.As(err, &refusal) || refusal.Kind != registry.Invalid || !strings.Contains(refusal.Msg, c.says) {
			t.Errorf("%q: %v; want %q", c.number, err, c.says)
		}
	}
}

func TestWrongDigitsInAResidentIDAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := []byte(withCheck("140522" + rapid.StringMatching(`19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}`).Draw(t, "rest")))
		at := rapid.IntRange(0, 16).Draw(t, "at")
		old := number[at]
		number[at] = byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if at < 16 && rapid.Bool().Draw(t, "swap") {
			number[at] = old
			number[at], number[at+1] = number[at+1], number[at]
			old = number[at+1]
		}
		_, err := registry.ParseIdentity(string(number), registry.Date{})
		if changed := number[at] != old; changed != (err != nil) {
			t.Fatalf("place %d changed: %t, error %v", at+1, changed, err)
		}
		if err != nil && strings.Contains(err.Error(), string(number)) {
			t.Fatal("the message repeats the number")
		}
	})
}

// withCheck adds the check character by the table of weights that GB 11643 prints.
func withCheck(body string) string {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(body[i]-'0')
	}
	return body + "10X98765432"[sum%11:sum%11+1]
}

func TestParseCreditCode(t *testing.T) {
	for _, c := range []struct{ code, want, says string }{
		{code: "91350100M000100Y43", want: "91350100M000100Y43"}, // the example of GB 32100
		{code: " 91350100 m000100y43", want: "91350100M000100Y43"},
		{code: "91350100M000100Y44", says: "校验位"},
		{code: "91350100M000100O43", says: "第 16 位的 'O'"},
		{code: "9135010M0000100Y43", says: "第 3–8 位"},
		{code: "91350100M000100Y4", says: "17 位"},
		{code: "140500200012345", says: "旧营业执照注册号"},
		{code: "9.1350100E+17", says: "科学计数法"},
		{code: "９1350100M000100Y43", says: "第 1 位"},
		{code: "", says: "0 位"},
	} {
		got, err := registry.ParseCreditCode(c.code)
		if got != c.want || (c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says))) {
			t.Errorf("%q: %q, %v; want %q %q", c.code, got, err, c.want, c.says)
		}
	}
}

func TestParseMobile(t *testing.T) {
	for text, want := range map[string]string{
		"13900000000": "13900000000", "+86 139-0000-0000": "13900000000", "008613900000000": "13900000000",
		"12900000000": "", "1390000000": "", "03562000000": "", "0356-2000000": "", "1.39E+10": "", "13900000000/转2": "", "": "",
	} {
		got, err := registry.ParseMobile(text)
		if got.ClearText() != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got.ClearText(), err, want)
		}
		if err != nil && len(text) > 5 && strings.Contains(err.Error(), text) {
			t.Errorf("%q: the message repeats the number", text)
		}
	}
}
