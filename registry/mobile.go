package registry

import (
	"regexp"
	"strings"
)

var mobileForm = regexp.MustCompile(`^1[3-9]\d{9}$`)

// ParseMobile checks a mobile number of the mainland and gives its 11 digits, without +86, spaces and hyphens. It is
// personal data: the *Error never repeats it.
func ParseMobile(text string) (Mobile, error) {
	number, err := checkMobile(text, Date{})
	if err != nil {
		return Mobile{}, err
	}
	return Mobile{conceal(number, maskPhone(number))}, nil
}

func checkMobile(text string, _ Date) (string, error) {
	number := strings.NewReplacer(" ", "", "-", "", "　", "").Replace(text)
	if scientific.MatchString(strings.ToUpper(number)) {
		return "", invalid("", "手机号码被表格软件改成了科学计数法，请把该列设为“文本”后重新填写")
	}
	number = strings.TrimPrefix(strings.TrimPrefix(number, "+86"), "0086")
	switch {
	case mobileForm.MatchString(number):
		return number, nil
	case !digitsOnly(number):
		return "", invalid("", "手机号码含有数字以外的字符，请只填一个 11 位号码")
	case strings.HasPrefix(number, "0"):
		return "", invalid("", "这像是固定电话，请填 11 位手机号码")
	case len(number) != 11:
		return "", invalid("", "手机号码有 %d 位，应为 11 位，请核对", len(number))
	}
	return "", invalid("", "手机号码的前两位应为 13 到 19，请核对")
}
