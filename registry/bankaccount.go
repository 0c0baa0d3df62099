package registry

import "strings"

// Lengths of account numbers in use: twelve digits of old passbooks with some banks at the short end, 30 as the standard
// of the IBAN's inner part at the long one. Cards have 16 to 19.
const (
	minAccount = 8
	maxAccount = 30
)

// ParseBankAccount checks an account number: 8 to 30 digits, not all the same; spaces and hyphens are dropped. More
// is not refused, because banks agree on no more; see BankAccount.Doubt. The *Error never repeats the number.
func ParseBankAccount(text string) (BankAccount, error) {
	number, err := checkBankAccount(text, Date{})
	if err != nil {
		return BankAccount{}, err
	}
	return BankAccount{conceal(number, maskAccount(number))}, nil
}

func checkBankAccount(text string, _ Date) (string, error) {
	number := strings.NewReplacer(" ", "", "-", "", "　", "").Replace(text)
	switch {
	case scientific.MatchString(strings.ToUpper(number)):
		return "", invalid("", "银行账号被表格软件改成了科学计数法，末几位已丢失，请把该列设为“文本”后重新填写")
	case !digitsOnly(number):
		return "", invalid("", "银行账号含有数字以外的字符，请只填账号本身，开户银行另填")
	case len(number) < minAccount || len(number) > maxAccount:
		return "", invalid("", "银行账号有 %d 位，应在 %d 到 %d 位之间，请核对", len(number), minAccount, maxAccount)
	case strings.Trim(number, number[:1]) == "":
		return "", invalid("", "银行账号的各位数字全都相同，请填真实账号，暂时没有的留空")
	}
	return number, nil
}

// Doubt says in a Chinese sentence why the number is perhaps miswritten; empty where there is no reason to think so.
// Bank cards of 银联 begin with 62, have 16 to 19 digits and end in a Luhn check digit (ISO/IEC 7812-1); a passbook
// of the same form without one is possible, so it is said and not refused.
func (a BankAccount) Doubt() string {
	number := a.ClearText()
	if strings.HasPrefix(number, "62") && len(number) >= 16 && len(number) <= 19 && !luhn(number) {
		return "银行账号像是银联卡号，但末位校验不符，多半是抄错了一位，请对照银行卡核对"
	}
	return ""
}

// luhn tells whether the last digit is the check digit of those before it (ISO/IEC 7812-1, annex B).
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
