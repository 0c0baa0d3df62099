package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tepai/registry"
)

// A pair of keys as age-keygen writes it, made for these tests.
const (
	testRecipient = "age19rq4sdw5g856yvzq4a8elxngg00vmsygtkd2qkq482tagwfxtsuq0ax84v"
	testIdentity  = "AGE-SECRET-KEY-17PFUXS789Y7XMVXSN3PH93VQAL8X9NDDGU559LCYU3766KRF83CSS4WVPL"
)

// archivedJSON is the contract of backup, restore, export and import --all with --json.
type archivedJSON struct {
	Format, Head, Path, Proof string
	Version                   int
	Counts                    map[string]int
	Bytes                     int64
	Encrypted, Keys           bool
	Seconds                   float64
	Files                     []struct {
		Name, SHA256 string
		Bytes        int64
		Lines        int
	}
}

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	data, dir := county(t), t.TempDir()
	key := file(t, "key.txt", "# created for a test\n"+testIdentity+"\n")
	for name, c := range map[string]struct {
		backup, restore []string
		proof           string
	}{
		"clear":     {nil, nil, "content"},
		"encrypted": {[]string{"--recipient", testRecipient}, []string{"--identity", key}, "bytes"},
		"proved":    {[]string{"--recipient", testRecipient, "--identity", key}, []string{"--identity", key}, "content"},
	} {
		out, to := filepath.Join(dir, name), filepath.Join(dir, name+"-data")
		b := inJSON[archivedJSON](t, append([]string{"backup", "--out", out, "--data", data}, c.backup...)...)
		if b.Format != "tepai backup" || b.Proof != c.proof || b.Encrypted != (c.backup != nil) || b.Counts["changes"] != 14 || b.Bytes == 0 || len(b.Files) != 1 {
			t.Errorf("%s: %+v", name, b)
		}
		r := inJSON[archivedJSON](t, append([]string{"restore", out, "--data", to, "--head", b.Head}, c.restore...)...)
		if r.Head != b.Head || headOf(t, to) != headOf(t, data) {
			t.Errorf("%s: %+v", name, r)
		}
		if a, b := tepai(t, "match", "N1", "--data", data, "--json"), tepai(t, "match", "N1", "--data", to, "--json"); a != b {
			t.Errorf("%s: the restored store ranks otherwise", name)
		}
		refusal(t, run1(t, nil, append([]string{"backup", "--out", out, "--data", data}, c.backup...)...), refused, "已经存在")
		refusal(t, run1(t, nil, append([]string{"restore", out, "--data", to}, c.restore...)...), refused, "已有内容")
	}
	refusal(t, run1(t, nil, "restore", filepath.Join(dir, "encrypted"), "--data", filepath.Join(dir, "x")), refused, "--identity")
	human := tepai(t, "backup", "--out", filepath.Join(dir, "human"), "--data", data)
	for _, want := range []string{"已备份到", "特派员 ", "变更 14", "日志头 14:", "没有加密", "逐字节相同", "MiB"} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing in\n%s", want, human)
		}
	}
	if human := tepai(t, "restore", filepath.Join(dir, "human"), "--data", filepath.Join(dir, "human-data")); !strings.Contains(human, "日志头 14:") || !strings.Contains(human, "请把日志头与另行保存的核对") {
		t.Error(human)
	}
}

func TestExportAndImportOfAll(t *testing.T) {
	t.Parallel()
	data, dir := county(t), t.TempDir()
	out, to := filepath.Join(dir, "e"), filepath.Join(dir, "d")
	e := inJSON[archivedJSON](t, "export", "--all", out, "--data", data)
	i := inJSON[archivedJSON](t, "import", "--all", out, "--data", to, "--head", e.Head)
	if e.Format != "tepai export" || len(e.Files) != 4 || i.Head != e.Head || headOf(t, to) != headOf(t, data) {
		t.Errorf("%+v\n%+v", e, i)
	}
	if human := tepai(t, "export", "--all", filepath.Join(dir, "h"), "--data", data); !strings.Contains(human, "库里没有加密的个人信息") {
		t.Error(human)
	}
	refusal(t, run1(t, nil, "import", "--all", out, "--data", to), refused, "已有内容")
	refusal(t, run1(t, nil, "import", "--all", dir, "--data", filepath.Join(dir, "x")), refused, "manifest.json", "请核对路径")
	refusal(t, run1(t, nil, "import", "needs", "--all", out), wrongUse, "--all")
	refusal(t, run1(t, nil, "import", "needs", "a.csv", "--head", e.Head), wrongUse, "--head")
}

// With personal data: only what was asked for by name lets the new store show them.
func TestExportOfPersonalData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, data := filepath.Join(dir, "keys"), filepath.Join(dir, "data")
	tepai(t, "key", "create", key)
	tepai(t, "import", "specialists", file(t, "s.csv", "编号,专业特长,手机号码\nB1,铸造,13912345678\n"), "--data", data, "--key", key)
	for _, c := range []struct {
		flags []string
		says  string
	}{{nil, "没有带上数据密钥"}, {[]string{"--with-keys"}, "请像备份一样保管"}} {
		out := filepath.Join(t.TempDir(), "e")
		if human := tepai(t, append([]string{"export", "--all", out, "--data", data}, c.flags...)...); !strings.Contains(human, c.says) {
			t.Error(human)
		}
		wrapped := false
		for _, name := range namesIn(t, out) {
			content, err := os.ReadFile(filepath.Join(out, name))
			if err != nil {
				t.Fatal(err)
			}
			wrapped = wrapped || strings.Contains(string(content), `"wrapped"`)
			if strings.Contains(string(content), "13912345678") {
				t.Errorf("%s shows the number", name)
			}
		}
		if wrapped != (c.flags != nil) {
			t.Errorf("%v: a wrapped key in the export: %t", c.flags, wrapped)
		}
		to := filepath.Join(t.TempDir(), "data")
		tepai(t, "import", "--all", out, "--data", to)
		checkStore(t, to)
	}
}

func namesIn(t testing.TB, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestCompactCommand(t *testing.T) {
	t.Parallel()
	data := county(t)
	before := headOf(t, data)
	r := inJSON[compacted](t, "compact", "--data", data)
	if info, err := os.Stat(filepath.Join(data, registry.FileName)); err != nil || r.Before == 0 || r.After != info.Size() || headOf(t, data) != before {
		t.Error(r, info, err)
	}
	if human := tepai(t, "compact", "--data", data); !regexp.MustCompile(`^数据文件由 [0-9.]+ MiB 压缩到 [0-9.]+ MiB\n$`).MatchString(human) {
		t.Error(human)
	}
	refusal(t, run1(t, nil, "compact", "--data", t.TempDir()), refused, "没有数据")
}

// A head kept each day is compared later: all of a file, or one by itself.
func TestHeadsThatWereKept(t *testing.T) {
	t.Parallel()
	data, kept := county(t), filepath.Join(t.TempDir(), "heads")
	tepai(t, "verify", "--data", data, "--write-head", kept)
	tepai(t, "import", "specialists", file(t, "a.jsonl", good1), "--data", data)
	tepai(t, "verify", "--data", data, "--head", kept, "--write-head", kept)
	text, err := os.ReadFile(kept)
	if err != nil || !regexp.MustCompile(`^14:[0-9a-f]{64} \S+Z\n15:[0-9a-f]{64} \S+Z\n$`).Match(text) {
		t.Fatalf("%s %v", text, err)
	}
	tepai(t, "verify", "--data", data, "--head", kept, "--head", headOf(t, data))
	forged := file(t, "heads", "# of the bureau\n\n"+strings.Replace(string(text), "15:", "16:", 1))
	if o := run1(t, nil, "verify", "--data", data, "--head", forged, "--write-head", kept); o.code != refused || !strings.Contains(o.out, "尾部被截去") {
		t.Errorf("%+v", o)
	}
	if again, err := os.ReadFile(kept); err != nil || string(again) != string(text) {
		t.Error("a head was kept of a log that is not sound")
	}
	for content, words := range map[string][]string{"": {"没有日志头"}, "15:00\n": {"第 1 行", "请核对"}} {
		refusal(t, run1(t, nil, "verify", "--data", data, "--head", file(t, "h", content)), refused, words...)
	}
	refusal(t, run1(t, nil, "verify", "--data", data, "--head", kept+"x"), wrongUse, "序号:哈希", "文件")
	if o := run1(t, nil, "verify", "--data", data, "--write-head", t.TempDir()); o.code != refused || !strings.Contains(o.err, "没有记下") {
		t.Errorf("%+v", o)
	}
}
