package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPolicyShow(t *testing.T) {
	t.Parallel()
	human := tepai(t, "policy", "show")
	at := 0
	for _, want := range []string{"晋市政办〔2020〕32号", "2020年7月17日至2022年7月16日", "已经期满", "第一条 ", "第五条 ", "学位下限：硕士（第五条（一））", "第十一条 ",
		"服务次数要求：24 次（第十一条）", "第二十一条 ", "不再受理申报：36 个月（第二十一条）", "第二十二条 ", "各条通用", "补录期限：30 天（本中心设定）"} {
		i := strings.Index(human[at:], want)
		if i < 0 {
			t.Fatalf("%q does not follow in\n%s", want, human[at:])
		}
		at += i
	}
	for _, want := range []string{"申请·审核通过、入库：待审核 → 已入库", "办理：市中小企业发展促进中心与市科学技术局（两部门、两人）"} {
		if !strings.Contains(human, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestPolicyShowInJSON(t *testing.T) {
	t.Parallel()
	type account struct {
		Edition struct {
			ID       string
			Sample   bool
			Settings map[string]struct{ Value string }
		}
		Parts []struct {
			Article  int
			Source   string
			Settings []struct {
				Key, Value, Source string
				Changed            bool
			}
			Rules []struct {
				Name    string
				Sources []string
			}
		}
	}
	first, sample := inJSON[account](t, "policy", "show"), inJSON[account](t, "policy", "show", "--edition", "sample")
	if first.Edition.ID != "2020" || len(first.Edition.Settings) != 0 || len(first.Parts) != 23 || first.Parts[21].Source != "第二十二条" || len(first.Parts[20].Rules) == 0 {
		t.Errorf("%+v", first)
	}
	if !sample.Edition.Sample || sample.Edition.Settings["living_excellent"].Value == "" {
		t.Errorf("%+v", sample.Edition)
	}
	for _, s := range sample.Parts[19].Settings {
		if s.Changed != (sample.Edition.Settings[s.Key].Value != "") || s.Source == "" {
			t.Errorf("%+v", s)
		}
	}
}

func TestPolicyShowRefusesAnUnknownEdition(t *testing.T) {
	t.Parallel()
	refusal(t, run1(t, nil, "policy", "show", "--edition", "2031"), refused, "“2031”", "2020 《", "sample 《")
	if o := run1(t, nil, "policy"); o.code != wrongUse || !strings.Contains(o.err, "show") {
		t.Errorf("%+v", o)
	}
}

// docs/policy.md is what the tables say; read the difference before committing it.
func TestPolicyDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "policy.md")
	now := tepai(t, "policy", "show", "--markdown")
	if *update {
		if err := os.WriteFile(path, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	recorded, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if now != string(recorded) {
		t.Errorf("%s is not what the tables say; run go generate ./cmd/tepai and read the difference", path)
	}
}
