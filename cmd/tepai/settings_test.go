package main

import (
	"strings"
	"testing"
)

// Where the settings stand decides: flags before the environment before the settings file before the defaults.
func TestPrecedenceOfSettings(t *testing.T) {
	data := county(t)
	nowhere := t.TempDir() + "/nowhere"
	settings := file(t, "settings.yaml", "data: "+data+"\njson: true\n")
	opens := func(name string, o outcome, json bool) {
		t.Helper()
		if o.code != done || strings.HasPrefix(o.out, "{") != json {
			t.Errorf("%s: %+v", name, o)
		}
	}
	misses := func(name string, o outcome) {
		t.Helper()
		if o.code != refused || !strings.Contains(o.err, nowhere) {
			t.Errorf("%s: %+v", name, o)
		}
	}
	t.Chdir(t.TempDir())
	refusal(t, run1(t, nil, "verify"), refused, "tepai-data", "导入")
	opens("file", run1(t, nil, "verify", "--config", settings), true)
	opens("flag over file", run1(t, nil, "verify", "--config="+settings, "--json=false"), false)
	misses("flag over file", run1(t, nil, "verify", "--config", settings, "--data", nowhere))
	t.Setenv("TEPAI_DATA", nowhere)
	misses("environment over default", run1(t, nil, "verify"))
	misses("environment over file", run1(t, nil, "verify", "--config", settings))
	opens("flag over environment", run1(t, nil, "verify", "--data", data), false)
	t.Setenv("TEPAI_DATA", "")
	t.Setenv("TEPAI_CONFIG", settings)
	opens("file of the environment", run1(t, nil, "verify"), true)
	t.Setenv("TEPAI_JSON", "0")
	opens("environment over file", run1(t, nil, "verify"), false)
	t.Setenv("TEPAI_JSON", "是")
	refusal(t, run1(t, nil, "verify"), wrongUse, "--json", "true", "是")
}

func TestUsualSettingsFile(t *testing.T) {
	data := county(t)
	path := file(t, "tepai.yaml", "data: "+data+"\n")
	t.Chdir(path[:strings.LastIndex(path, "/")])
	if o := run1(t, nil, "verify"); o.code != done {
		t.Errorf("%+v", o)
	}
}

func TestBadSettingsFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, word string }{
		"no YAML":        {"{data: [", "不是正确的 YAML"},
		"no such entry":  {"date: x\n", "date"},
		"empty":          {"data:\n", "data"},
		"a list":         {"data: [a, b]\n", "data"},
		"no mapping":     {"- a\n", "YAML"},
		"bad truth":      {"json: 也许\n", "--json"},
		"binary rubbish": {"\x00\xff\xfe", "YAML"},
	} {
		t.Run(name, func(t *testing.T) {
			refusal(t, run1(t, nil, "verify", "--config", file(t, "s.yaml", c.content)), wrongUse, c.word)
		})
	}
	refusal(t, run1(t, nil, "verify", "--config", t.TempDir()+"/none.yaml"), wrongUse, "none.yaml", "--config")
	refusal(t, run1(t, nil, "verify", "--config", t.TempDir()), wrongUse, "无法读取")
}

func TestAuthorsTryTheirKnowledge(t *testing.T) {
	t.Parallel()
	data := county(t)
	refusal(t, run1(t, nil, "match", "N1", "--data", data, "--knowledge", t.TempDir()+"/none"), wrongUse, "--knowledge")
	path := file(t, "trial.txt", "概念 | 冒泡术 | | | 铸造\n规则 | 没有这个 | 冒泡术 0.5\n")
	refusal(t, run1(t, nil, "match", "N1", "--data", data, "--knowledge", path[:strings.LastIndex(path, "/")]), refused, "trial.txt", "2")
}
