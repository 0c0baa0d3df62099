package registry

import "strings"

// creditAlphabet holds the 31 characters of GB 32100 by their value; I, O, S, V and Z are not used.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// ParseCreditCode checks a 统一社会信用代码 (GB 32100-2015): 18 characters, digits at places 3–8, the last one a check
// character mod 31. It gives the code without spaces, in capitals; an *Error says what is wrong with it.
func ParseCreditCode(text string) (string, error) {
	code := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	switch {
	case scientific.MatchString(code):
		return "", invalid("", "统一社会信用代码被表格软件改成了科学计数法，请把该列设为“文本”后重新填写")
	case len(code) == 15 && digitsOnly(code):
		return "", invalid("", "15 位的是旧营业执照注册号，请填营业执照上 18 位的统一社会信用代码；尚未换照的先留空待补")
	}
	for i, r := range []rune(code) {
		if strings.ContainsRune(creditAlphabet, r) {
			continue
		}
		return "", invalid("", "统一社会信用代码第 %d 位的 %q 不在可用字符内（数字和除 I、O、S、V、Z 外的大写字母），请核对", i+1, r)
	}
	if len(code) != 18 {
		return "", invalid("", "统一社会信用代码有 %d 位，应为 18 位，请核对；暂时没有的可留空待补", len(code))
	}
	if !digitsOnly(code[2:8]) {
		return "", invalid("", "统一社会信用代码第 3–8 位的行政区划码应全为数字，请核对")
	}
	if creditCheck(code[:17]) != code[17] {
		return "", invalid("", "统一社会信用代码的校验位（第 18 位）与前 17 位不符，多半是抄错了一位，请对照营业执照重新填写")
	}
	return code, nil
}

// creditCheck is C18 = 31 − Σ Cᵢ·3^(i−1) mod 31 (GB 32100-2015, 附录 A).
func creditCheck(body string) byte {
	sum, weight := 0, 1
	for i := range len(body) {
		sum += strings.IndexByte(creditAlphabet, body[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}

func checkCreditCode(text string) error {
	if text == "" {
		return nil
	}
	code, err := ParseCreditCode(text)
	if err != nil {
		return inField("credit_code", err)
	}
	if code != text {
		return invalid("credit_code", "请写成 %s（大写、不留空格）", code)
	}
	return nil
}
