package registry

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// IdentityKind is a kind of identity document that an applicant may show.
type IdentityKind string

const (
	ResidentID         IdentityKind = "居民身份证"
	ResidencePermit    IdentityKind = "港澳台居民居住证"
	PermanentResidence IdentityKind = "外国人永久居留证" // 18 digits since 2023, three letters and twelve digits before
	Passport           IdentityKind = "护照"
)

// identity is a checked identity number taken apart. It prints itself, so it does not leave the functions here.
type identity struct {
	kind   IdentityKind
	number string // spaces and hyphens dropped, letters in capitals
	birth  Date   // zero for a passport
}

// ParseIdentity checks an identity number whose kind follows from its form: 18 characters beginning with 81, 82, 83
// are a 港澳台居民居住证, with 9 a 外国人永久居留证, any others a 居民身份证; three letters and twelve digits are
// the older 外国人永久居留证; 5 to 12 letters and digits are a passport. Births after today are refused, unless
// today is zero. The *Error says which part of the number is wrong and never repeats the number.
func ParseIdentity(text string, today Date) (IdentityNumber, error) {
	id, err := parseIdentity(text, today)
	if err != nil {
		return IdentityNumber{}, err
	}
	return IdentityNumber{conceal(id.number, maskIdentity(id.number))}, nil
}

// Kind is the kind of document, which follows from the form; empty where nothing is stated, or the number was recorded
// under older rules and no longer passes.
func (n IdentityNumber) Kind() IdentityKind {
	id, err := parseIdentity(n.ClearText(), Date{})
	if err != nil {
		return ""
	}
	return id.kind
}

// Birth is the day of birth (2006-01-02) that stands in the number; zero for a passport. Today tells the century where
// the number leaves it open.
func (n IdentityNumber) Birth(today Date) Secret {
	id, err := parseIdentity(n.ClearText(), today)
	if err != nil {
		return Secret{}
	}
	birth := id.birth.String()
	return conceal(birth, maskBirth(birth))
}

// contradicts tells whether the number says another day of birth than that one.
func (n IdentityNumber) contradicts(birth Date) bool {
	id, err := parseIdentity(n.ClearText(), birth) // of two centuries the one that is not later
	if err == nil {
		return !id.birth.IsZero() && id.birth != birth
	}
	_, err = parseIdentity(n.ClearText(), Date{})
	return err == nil // later than that day
}

func parseIdentity(text string, today Date) (identity, error) {
	number := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "　", "").Replace(text))
	if slices.ContainsFunc([]byte(number), func(c byte) bool { return c > 127 }) {
		return identity{}, invalid("", "证件号码含有汉字或全角字符，请用半角的数字和字母填写")
	}
	switch {
	case scientific.MatchString(number):
		return identity{}, invalid("", "证件号码被表格软件改成了科学计数法，末几位已丢失，请把该列设为“文本”后重新填写")
	case oldPermanent.MatchString(number):
		return parseOldPermanent(number, today)
	case len(number) == 15 && digitsOnly(number):
		return identity{}, invalid("", "15 位的旧身份证号已停用，请填 18 位号码")
	case len(number) == 18:
		return parseEighteen(number, today)
	case digitsOnly(number) && len(number) > 9:
		return identity{}, invalid("", "证件号码有 %d 位，居民身份证应为 18 位，请核对是否漏写或多写", len(number))
	case passportForm.MatchString(number) && strings.ContainsAny(number, "0123456789"):
		return identity{kind: Passport, number: number}, nil
	}
	return identity{}, invalid("", "证件号码不像居民身份证、港澳台居民居住证、外国人永久居留证或护照的号码，请核对位数和字符")
}

var (
	scientific   = regexp.MustCompile(`^\d(\.\d+)?E\+?\d+$`)
	oldPermanent = regexp.MustCompile(`^[A-Z]{3}\d{12}$`)
	passportForm = regexp.MustCompile(`^[A-Z0-9]{5,12}$`)
)

// parseEighteen checks the common form of GB 11643: 6 digits of place, 8 of birth, 3 of order, 1 check character.
func parseEighteen(number string, today Date) (identity, error) {
	for i := range 17 {
		if number[i] < '0' || number[i] > '9' {
			return identity{}, invalid("", "证件号码第 %d 位应为数字，请核对", i+1)
		}
	}
	if c := number[17]; c != 'X' && (c < '0' || c > '9') {
		return identity{}, invalid("", "证件号码第 18 位应为数字或 X，请核对")
	}
	kind, err := checkPlace(number)
	if err != nil {
		return identity{}, err
	}
	birth, err := parseBirth(number, 6, today)
	if err != nil {
		return identity{}, err
	}
	if number[17] != checkCharacter(number[:17]) {
		return identity{}, invalid("", "证件号码的校验位（第 18 位）与前 17 位不符，多半是抄错了一位或颠倒了两位，请对照证件重新填写")
	}
	return identity{kind: kind, number: number, birth: birth}, nil
}

// provinces are the first two digits of GB/T 2260 codes.
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71"

func checkPlace(number string) (IdentityKind, error) {
	switch head := number[:2]; {
	case number[0] == '9':
		if !strings.Contains(provinces, number[1:3]) {
			return "", invalid("", "外国人永久居留证号码第 2–3 位的省级代码不存在，请核对")
		}
		return PermanentResidence, nil
	case head == "81", head == "82", head == "83":
		if number[2:6] != "0000" {
			return "", invalid("", "港澳台居民居住证号码前 6 位应为 810000、820000 或 830000，请核对")
		}
		return ResidencePermit, nil
	case !strings.Contains(provinces, head):
		return "", invalid("", "身份证号码前 2 位的省级代码不存在，请核对")
	case number[2:6] == "0000":
		return "", invalid("", "身份证号码第 3–6 位的市县代码不能全是 0，请核对")
	}
	return ResidentID, nil
}

func parseBirth(number string, at int, today Date) (Date, error) {
	digits := number[at : at+8]
	year, _ := strconv.Atoi(digits[:4])
	month, _ := strconv.Atoi(digits[4:6])
	day, _ := strconv.Atoi(digits[6:])
	d := Date{Year: year, Month: time.Month(month), Day: day}
	if !d.Exists() || year < FirstYear {
		return Date{}, invalid("", "证件号码第 %d–%d 位的出生日期不存在，请核对", at+1, at+8)
	}
	if !today.IsZero() && today.Before(d) {
		return Date{}, invalid("", "证件号码第 %d–%d 位的出生日期晚于今天，请核对", at+1, at+8)
	}
	return d, nil
}

// checkCharacter is the check character of ISO 7064 MOD 11-2, as GB 11643 prescribes it.
func checkCharacter(digits string) byte {
	sum := 0
	for i := range len(digits) {
		sum = (sum + int(digits[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-sum)%11]
}

// parseOldPermanent checks the form used until 2023: nationality (3 letters), place (4 digits), birth (yymmdd),
// order (1), check digit (1) with the weights 7, 3, 1 of ICAO Doc 9303. The century is the later one that fits.
func parseOldPermanent(number string, today Date) (identity, error) {
	birth, err := parseBirth("20"+number[7:13], 0, today)
	if err != nil {
		birth, err = parseBirth("19"+number[7:13], 0, today)
	}
	if err != nil {
		return identity{}, invalid("", "外国人永久居留证号码第 8–13 位的出生日期不存在，请核对")
	}
	sum := 0
	for i, weight := 0, [3]int{7, 3, 1}; i < 14; i++ {
		value := int(number[i] - '0')
		if number[i] >= 'A' {
			value = int(number[i]-'A') + 10
		}
		sum += value * weight[i%3]
	}
	if byte('0'+sum%10) != number[14] {
		return identity{}, invalid("", "外国人永久居留证号码的校验位（第 15 位）与前 14 位不符，请对照证件重新填写")
	}
	return identity{kind: PermanentResidence, number: number, birth: birth}, nil
}

func digitsOnly(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
