package registry_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	html "html/template"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	text "text/template"

	"tepai/registry"
)

// What must never be seen; the masks that may be.
const (
	canaryIdentity = "11010519491231002X"
	canaryMobile   = "13912341234"
	canaryAccount  = "6222020200112233446"
	canaryEmail    = "canary.wang@example.com"
	canaryAddress  = "凤台街金丝雀小区"
)

func canaryData(t testing.TB) (d registry.PersonalData) {
	t.Helper()
	for field, value := range map[registry.PersonalField]string{
		registry.FieldIdentity: canaryIdentity, registry.FieldMobile: canaryMobile, registry.FieldBankAccount: canaryAccount,
		registry.FieldEmail: canaryEmail, registry.FieldAddress: canaryAddress, registry.FieldBirth: "1949-12-31", registry.FieldGender: "女",
	} {
		if err := d.Set(field, value, registry.Date{}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// canaries are pieces of the values: enough of each to be them.
var canaries = []string{"491231002X", "123412", "2233446", "canary", "金丝雀", "1949", "31002"}

func noCanary(t testing.TB, where, output string) {
	t.Helper()
	for _, c := range canaries {
		if strings.Contains(output, c) {
			t.Errorf("%s gives away %q: %s", where, c, output)
		}
	}
}

// exposed holds a value in every way in which a program could let it out.
type exposed struct {
	Data   registry.PersonalData
	Mobile registry.Mobile
	Point  *registry.BankAccount
	Any    any
	List   []registry.IdentityNumber
	Map    map[string]registry.Secret
	Keys   map[registry.Mobile]int
	hidden registry.PersonalData
	point  *registry.Mobile
	list   []registry.Secret
	any    any
}

func expose(t testing.TB) (all []any, d registry.PersonalData) {
	d = canaryData(t)
	e := exposed{d, d.Mobile, &d.BankAccount, d.Identity, []registry.IdentityNumber{d.Identity}, map[string]registry.Secret{"a": d.Address},
		map[registry.Mobile]int{d.Mobile: 1}, d, &d.Mobile, []registry.Secret{d.Email}, d}
	return []any{d, &d, d.Identity, &d.Identity, d.Mobile, &d.Mobile, d.BankAccount, d.Email, &d.Email, d.Birth, e, &e, []any{e}, [1]exposed{e},
		map[string]any{"x": &e}, struct{ error }{fmt.Errorf("wrapped %v: %w", d.Mobile, errors.ErrUnsupported)},
		registry.PersonRecord{Who: registry.SpecialistPerson("S1"), Data: d}}, d
}

func TestSecretsInFmt(t *testing.T) {
	all, _ := expose(t)
	for _, v := range all {
		for _, verb := range []string{"v", "+v", "#v", "s", "+s", "q", "#q", "x", "X", "# x", "d", "b", "o", "c", "U", "e", "f", "g", "t", "p", "T", "w", "30s", ".40s", "-5v", "08d"} {
			noCanary(t, fmt.Sprintf("%%%s of %T", verb, v), fmt.Sprintf("%"+verb, v))
		}
		noCanary(t, "Sprint", fmt.Sprint(v)+fmt.Sprintln(v, v))
		noCanary(t, "Errorf", fmt.Errorf("a: %v, b: %w", v, errors.New("x")).Error())
		noCanary(t, "reflect", reflect.ValueOf(v).String())
	}
}

func TestSecretsInEncodings(t *testing.T) {
	all, _ := expose(t)
	encoded := 0
	for _, v := range all {
		var b bytes.Buffer
		text, err := json.Marshal(v)
		if err == nil {
			encoded++
		}
		noCanary(t, "json", string(text))
		text, _ = json.MarshalIndent(v, "", " ") // what cannot be encoded gives nothing away either
		noCanary(t, "indented json", string(text))
		text, _ = xml.Marshal(v)
		noCanary(t, "xml", string(text))
		_ = gob.NewEncoder(&b).Encode(v)
		noCanary(t, "gob", b.String())
	}
	if encoded < len(all)-1 {
		t.Errorf("only %d of %d were encoded: the test tests too little", encoded, len(all))
	}
}

func TestSecretsInLogs(t *testing.T) {
	all, d := expose(t)
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		log := slog.New(h)
		for _, v := range all {
			log.With("with", v).WithGroup("g").Info(fmt.Sprint(v), "v", v, "any", slog.AnyValue(v), "err", fmt.Errorf("%+v", v))
		}
		log.Info("single", "mobile", d.Mobile, "id", &d.Identity, slog.Group("g", "account", d.BankAccount))
	}
	noCanary(t, "slog", b.String())
	if !strings.Contains(b.String(), "mobile=139****1234") {
		t.Error("the log shows no mask:", b.String())
	}
}

func TestSecretsInTemplates(t *testing.T) {
	_, d := expose(t)
	const source = `{{.}} {{.Data}} {{.Data.Mobile}} {{.Data.Identity}} {{printf "%v %q %x" .Data.Mobile .Data.Mobile .Data.Mobile}} {{.Point}} {{html .Data.Email}} {{js .Data.Address}} {{urlquery .Data.Mobile}} {{len .List}} {{range .List}}{{.}}{{end}} {{range $k, $v := .Keys}}{{$k}}{{end}} {{print .Map}}`
	e := exposed{Data: d, Point: &d.BankAccount, List: []registry.IdentityNumber{d.Identity}, Keys: map[registry.Mobile]int{d.Mobile: 1}, Map: map[string]registry.Secret{"a": d.Address}, hidden: d}
	var b bytes.Buffer
	if err := text.Must(text.New("").Parse(source)).Execute(&b, e); err != nil {
		t.Fatal(err)
	}
	page := `<a title="{{.Data.Mobile}}" href="/x?m={{.Data.Mobile}}" onclick="f({{.Data.Identity}})">` + source + `</a><script>var x = {{.Data}}, y = {{.Data.Mobile}};</script><style>a { color: {{.Data.Gender}} }</style>`
	if err := html.Must(html.New("").Parse(page)).Execute(&b, e); err != nil {
		t.Fatal(err)
	}
	noCanary(t, "templates", b.String())
	if strings.Count(b.String(), "139****1234") < 4 {
		t.Error("the templates show no mask:", b.String())
	}
}

func TestMasks(t *testing.T) {
	d := canaryData(t)
	for want, s := range map[string]fmt.Stringer{
		"11**************2X": d.Identity, "139****1234": d.Mobile, "****3446": d.BankAccount, "c****@example.com": d.Email,
		"****": d.Address, "****-**-**": d.Birth, "": registry.Secret{},
	} {
		if s.String() != want {
			t.Errorf("%s, want %s", s, want)
		}
	}
	passport, err := registry.ParseIdentity("E12345678", registry.Date{})
	if err != nil || passport.String() != "****78" || passport.Kind() != registry.Passport || !passport.Birth(registry.Date{}).IsZero() {
		t.Error(passport, err)
	}
	if fmt.Sprintf("%14s|%-14v|%q", d.Mobile, d.Mobile, d.Mobile) != `   139****1234|139****1234   |"139****1234"` {
		t.Errorf("%14s|%-14v|%q", d.Mobile, d.Mobile, d.Mobile)
	}
	if got := fmt.Sprintf("%x|%d|%#v", d.Mobile, d.Mobile, d.Mobile); got != "139****1234|139****1234|139****1234" {
		t.Error("another verb writes another mask:", got)
	}
	got, err := json.Marshal(registry.PersonalData{Mobile: d.Mobile})
	if err != nil || string(got) != `{"mobile":"139****1234"}` {
		t.Errorf("%s %v", got, err)
	}
	if d.Mobile.ClearText() != canaryMobile || d.Identity.ClearText() != canaryIdentity || (registry.Secret{}).ClearText() != "" {
		t.Error("the clear text is not what was set")
	}
	if d != canaryData(t) || d.Mobile == (registry.Mobile{}) {
		t.Error("equal secrets are not ==")
	}
	if err := json.Unmarshal([]byte(`{"mobile":"139****1234"}`), &d); err == nil {
		t.Error("a mask was read back as a value")
	}
}
