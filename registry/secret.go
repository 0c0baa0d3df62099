package registry

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"unique"
)

// Secret is a text that does not print itself: fmt with any verb, JSON, XML, slog and both template packages give its
// mask ("139****1234"), wherever it stands. ClearText alone gives what is behind. Two Secrets are == when both text and
// mask are. The zero Secret is "not stated"; its mask is empty.
type Secret struct {
	text unique.Handle[string] // a pointer that fmt does not follow, for where it finds no methods: unexported fields, %p
	mask string
}

// conceal hides text behind a mask, which must not give it away.
func conceal(text, mask string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{unique.Make(text), mask}
}

// ClearText gives the text itself. Whoever calls it answers for where it goes: documents that need it, never a log, an
// error or an index. internal/archtest lists the callers.
func (s Secret) ClearText() string {
	if s.IsZero() {
		return ""
	}
	return s.text.Value()
}

// IsZero tells whether nothing is stated; encoding/json asks it for omitzero.
func (s Secret) IsZero() bool { return s == Secret{} }

// String is the mask.
func (s Secret) String() string { return s.mask }

// Format writes the mask for every verb; width and quotes apply to it.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb != 'q' {
		verb = 's'
	}
	fmt.Fprintf(f, fmt.FormatString(f, verb), s.mask)
}

// MarshalJSON is the mask as a JSON string. There is no way back: a form that comes with the mask is refused by the
// field's own check.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.mask) }

// MarshalText is the mask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.mask), nil }

// LogValue is the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.mask) }

// IdentityNumber is a checked number of an identity document: see ParseIdentity. Of 18 characters the mask shows the
// first two (the province) and the last two: 14**************2X. Six and four, as often seen, leave nothing to guess but
// the birth, which is soon found elsewhere. Who knows it has some thousand numbers left here (about 120 counties in a
// province, two hidden digits of order, one check character in eleven). Of other forms it shows the last two.
type IdentityNumber struct{ Secret }

// Mobile is a checked mobile number: see ParseMobile. The mask is 139****1234.
type Mobile struct{ Secret }

// BankAccount is a checked account number: see ParseBankAccount. The mask is ****1234.
type BankAccount struct{ Secret }

const hiddenMask = "****"

func maskAll(string) string { return hiddenMask }

func maskIdentity(number string) string {
	if len(number) != 18 {
		return lastOf(number, 2)
	}
	return number[:2] + strings.Repeat("*", 14) + number[16:]
}

// maskPhone shows three and four digits of a mobile number, the last two of any other.
func maskPhone(number string) string {
	if !mobileForm.MatchString(number) {
		return lastOf(number, 2)
	}
	return number[:3] + hiddenMask + number[7:]
}

func maskAccount(number string) string { return lastOf(number, 4) }

// maskEmail shows the first letter and the domain: w****@example.com.
func maskEmail(address string) string {
	name, domain, found := strings.Cut(address, "@")
	if !found || name == "" {
		return hiddenMask
	}
	first := []rune(name)[:1]
	return string(first) + hiddenMask + "@" + domain
}

func maskBirth(string) string { return "****-**-**" }

// lastOf shows the last n characters, and nothing of a text that has not twice as many.
func lastOf(text string, n int) string {
	runes := []rune(text)
	if len(runes) < 2*n {
		return hiddenMask
	}
	return hiddenMask + string(runes[len(runes)-n:])
}
