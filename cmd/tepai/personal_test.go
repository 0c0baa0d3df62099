package main

import (
	"bytes"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

const (
	person1 = `{"id":"T1","expertise":"铸造缩松","id_number":"11010519491231002X","mobile":"13912341234","bank_account":"6222020200112233446","email":"canary@example.com"}` + "\n"
	person2 = `{"id":"T2","expertise":"连翘种植"}` + "\n"
)

var planted = []string{"11010519491231002X", "13912341234", "6222020200112233446", "canary@example.com"}

// newKey makes a key file.
func newKey(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	o := run1(t, nil, "key", "create", path, "--data", filepath.Join(t.TempDir(), "data"))
	if o.code != done || o.err != "" || !strings.Contains(o.out, "副本") {
		t.Fatalf("%+v", o)
	}
	return path
}

func TestImportOfPersonalData(t *testing.T) {
	t.Parallel()
	data, key, path := t.TempDir()+"/data", newKey(t), file(t, "a.jsonl", person1+person2)
	for _, dry := range [][]string{nil, {"--dry-run"}, {"--good-rows"}} {
		refusal(t, run1(t, nil, append([]string{"import", "specialists", path, "--data", data}, dry...)...), refused,
			"1 人的个人信息（证件号码、手机号码、电子邮箱、银行账号）", "--key", "tepai key create", "--without-personal")
	}
	if headOf(t, data) != "" {
		t.Fatal("a refused import wrote")
	}
	type report struct {
		Created, Unchanged, Personal, Head int
		Dropped                            int `json:"personal_dropped"`
	}
	if r := inJSON[report](t, "import", "specialists", path, "--data", data, "--key", key, "--dry-run"); r != (report{Created: 2, Personal: 1}) || headOf(t, data) != "" {
		t.Errorf("%+v", r)
	}
	if r := inJSON[report](t, "import", "specialists", path, "--data", data, "--without-personal"); r != (report{Created: 2, Dropped: 1, Head: 2}) {
		t.Errorf("%+v", r)
	}
	if r := inJSON[report](t, "import", "specialists", path, "--data", data, "--key", key); r != (report{Unchanged: 2, Personal: 1, Head: 4}) {
		t.Errorf("%+v", r)
	}
	if r := inJSON[report](t, "import", "specialists", path, "--data", data, "--key", key); r != (report{Unchanged: 2, Head: 4}) {
		t.Errorf("%+v", r)
	}
	other := file(t, "b.jsonl", strings.Replace(person1, "13912341234", "13800000000", 1))
	refusal(t, run1(t, nil, "import", "specialists", other, "--data", data, "--key", key), refused, "特派员个人信息 T1", "--update")
	if human := tepai(t, "import", "specialists", other, "--data", data, "--key", key, "--update"); !strings.Contains(human, "加密保存 1 人的个人信息") {
		t.Error(human)
	}
	if human := tepai(t, "import", "specialists", other, "--data", data, "--without-personal"); !strings.Contains(human, "没有保存 1 人的个人信息") {
		t.Error(human)
	}
	checkStore(t, data)
}

func TestDoubtfulAccountIsTold(t *testing.T) {
	t.Parallel()
	path := file(t, "a.jsonl", `{"id":"T1","expertise":"铸造","bank_account":"6222020200112233440"}`)
	o := run1(t, nil, "import", "specialists", path, "--data", t.TempDir()+"/data", "--key", newKey(t))
	if o.code != done || !strings.Contains(o.err, "请核对：第 1 行第") || !strings.Contains(o.err, "银联") || strings.Contains(o.err, "62220202") {
		t.Errorf("%+v", o)
	}
}

func TestKeyRotate(t *testing.T) {
	t.Parallel()
	data, key := t.TempDir()+"/data", newKey(t)
	refusal(t, run1(t, nil, "key", "rotate", "--data", data), refused, "--key")
	refusal(t, run1(t, nil, "key", "rotate", "--data", data, "--key", key), refused, "没有数据")
	refusal(t, run1(t, nil, "key", "create", key, "--data", data), refused, "已经有了", "没有覆盖")
	refusal(t, run1(t, nil, "key", "create", data+"/keys", "--data", data), refused, "数据文件夹以外")
	tepai(t, "import", "specialists", file(t, "a.jsonl", person1), "--data", data, "--key", key)
	type report struct {
		Masters []string
		Persons int
	}
	if r := inJSON[report](t, "key", "rotate", "--data", data, "--key", key); len(r.Masters) != 2 || r.Persons != 1 {
		t.Errorf("%+v", r)
	}
	if r := inJSON[report](t, "key", "rotate", "--retire", "--data", data, "--key", key); len(r.Masters) != 1 || r.Persons != 1 {
		t.Errorf("%+v", r)
	}
	foreign := newKey(t)
	before, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	refusal(t, run1(t, nil, "key", "rotate", "--data", data, "--key", foreign), refused, "不属于这份数据")
	if after, err := os.ReadFile(foreign); err != nil || !bytes.Equal(before, after) {
		t.Error("a refused rotation changed the key file", err)
	}
	t.Run("doctor", func(t *testing.T) {
		if human := tepaiDoctor(t, data, key); !strings.Contains(human, "正常  密钥文件：") || !strings.Contains(human, "正常  记录：") {
			t.Error(human)
		}
		if err := os.Chmod(key, 0o644); err != nil {
			t.Fatal(err)
		}
		if o := run1(t, nil, "doctor", "--data", data, "--key", key); o.code != refused || !strings.Contains(o.out, "异常  密钥文件：") || !strings.Contains(o.out, "chmod 600") {
			t.Errorf("%+v", o)
		}
	})
}

func tepaiDoctor(t testing.TB, data, key string) string {
	t.Helper()
	o := run1(t, nil, "doctor", "--data", data, "--key", key)
	if o.code != done {
		t.Fatalf("%+v", o)
	}
	return o.out
}

// The whole program over a store with personal data: they stand in no file below the data folder, in UTF-8 or UTF-16, and in
// no line that any command prints.
func TestPlantedNumbersStandNowhere(t *testing.T) {
	t.Parallel()
	data, key := t.TempDir()+"/data", newKey(t)
	var said strings.Builder
	for _, args := range [][]string{
		{"import", "specialists", file(t, "a.jsonl", person1+person2), "--key", key, "--verbose"},
		{"import", "enterprises", file(t, "e.jsonl", `{"id":"E1","name":"某厂","mobile":"13912341234","contact_name":"王甲"}`), "--key", key, "--verbose"},
		{"import", "needs", file(t, "n.jsonl", `{"id":"N1","enterprise":"E1","title":"铸件缩松"}`), "--verbose"},
		{"match", "N1", "--json", "--verbose"}, {"explain", "N1", "T1"}, {"search", "铸造"}, {"search", planted[1]}, {"search", planted[0]},
		{"match", "--text", planted[1]}, {"reindex", "--verbose"}, {"verify"}, {"doctor", "--key", key, "--verbose"},
		{"key", "rotate", "--key", key, "--verbose"}, {"import", "specialists", file(t, "a.jsonl", person1), "--key", key, "--dry-run"},
		{"import", "specialists", file(t, "a.jsonl", person1), "--json"},
	} {
		o := run1(t, nil, append(args, "--data", data)...)
		if !strings.Contains(strings.Join(args, " "), planted[0]) && !strings.Contains(strings.Join(args, " "), planted[1]) {
			said.WriteString(o.out + o.err)
		}
		if o.code == trouble || o.code == wrongUse {
			t.Fatalf("%q: %+v", args, o)
		}
	}
	for _, p := range planted {
		if strings.Contains(said.String(), p) {
			t.Errorf("a command says %q", p)
		}
	}
	files := 0
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, p := range planted {
			for _, form := range forms(p) {
				if bytes.Contains(content, form) {
					t.Errorf("%s holds %q as %q", path, p, form)
				}
			}
		}
		return err
	})
	if err != nil || files < 5 {
		t.Fatal(files, "files looked at", err)
	}
	checkStore(t, data)
}

// forms of a text: UTF-8, UTF-16 of both byte orders, hexadecimal.
func forms(text string) [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	return [][]byte{[]byte(text), little, big, []byte(hex.EncodeToString([]byte(text)))}
}
