package registry

import (
	"net/mail"
	"strings"
)

// The checks of personal fields. Like all checks they say what is wrong and the way out; unlike others they never repeat
// what was written.

func checkIdentity(text string, today Date) (string, error) {
	id, err := parseIdentity(text, today)
	return id.number, err
}

func checkBirth(text string, today Date) (string, error) {
	d, err := ParseDate(text)
	switch {
	case err != nil || d.Year < FirstYear:
		return "", invalid("", "出生日期不是日历上的日子，请写成 1980-03-01 的样子")
	case !today.IsZero() && today.Before(d):
		return "", invalid("", "出生日期晚于今天，请核对")
	}
	return d.String(), nil
}

func checkGender(text string, _ Date) (string, error) {
	switch g := strings.TrimSuffix(strings.TrimSpace(text), "性"); g {
	case "男", "女":
		return g, nil
	}
	return "", invalid("", "性别只填“男”或“女”，不清楚的请留空")
}

// checkTelephone takes any number that can be dialled, with an extension behind 转.
func checkTelephone(text string, _ Date) (string, error) {
	number := strings.NewReplacer(" ", "", "　", "", "（", "(", "）", ")", "－", "-", "—", "-").Replace(text)
	digits := 0
	for _, r := range number {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case !strings.ContainsRune("+-()转#", r):
			return "", invalid("", "电话号码含有数字、+、-、括号和“转”以外的字符，请只填一个号码")
		}
	}
	if digits < 7 || digits > 20 {
		return "", invalid("", "电话号码有 %d 位数字，应在 7 到 20 位之间，请核对是否漏写或写了两个", digits)
	}
	return number, nil
}

// checkEmail takes one bare address with a domain.
func checkEmail(text string, _ Date) (string, error) {
	text = strings.TrimSpace(text)
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || len(text) > 254 || !strings.Contains(text[strings.LastIndex(text, "@"):], ".") {
		return "", invalid("", "不像一个电子邮箱地址，请写成 name@example.com 的样子，只填一个")
	}
	return text, nil
}

func checkAddress(text string, _ Date) (string, error) { return checkPersonalLine(text) }

func checkBankName(text string, _ Date) (string, error) { return checkPersonalLine(text) }

func checkPersonName(text string, _ Date) (string, error) { return checkPersonalLine(text) }

func checkPersonalLine(text string) (string, error) {
	text = strings.TrimSpace(text)
	return text, checkLine("", text)
}
