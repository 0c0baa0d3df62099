package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/intake"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	smallPool  = `{"id":"s1","title":3,"degree":"本科","org_type":"外星","industry":"冶铁","unknown":[1],"expertise":"铸造","evidence":[{"kind":"?","text":"x","year":"去年"}]}` + "\n" + `{"id":"s2","evidence":["Ductile iron"]}` + "\n"
	smallNeeds = `{"id":"n1","enterprise":"某某公司","title":"渗","difficulty":"hard","diagnosis":{"field":"铸造","causes":["缩松","气孔"],"terms":["浸渗"],"source":"model"}}` + "\n"
)

func TestReadCollectionIsLenient(t *testing.T) {
	dir := folder(t, map[string]string{
		"specialists.jsonl": smallPool, "needs.jsonl": smallNeeds,
		"qrels.tsv": "n1\ts1\t3\nn1\ts2\t0\n\n", "topics.tsv": "n1\t铸件\t渗漏\n",
	})
	c, err := intake.ReadCollection(dir, intake.CollectionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Specialists[0]
	if s.Degree != "" || s.Education != "本科" || s.OrgType != "" || s.Industry != "冶铁" || s.Evidence[0] != (registry.Evidence{Text: "x"}) {
		t.Errorf("%+v", s)
	}
	if n := c.Needs[0]; n.Diagnosis.Causes != "缩松；气孔" || n.EnterpriseID != "某某公司" || n.Difficulty != "hard" {
		t.Errorf("%+v", n)
	}
	if len(c.Specialists) != 2 || c.Judgements[0] != (intake.Judgement{Need: "n1", Specialist: "s1", Grade: 3}) || len(c.Judgements) != 2 || c.Topics[0].Columns[1] != "渗漏" {
		t.Errorf("%+v", c)
	}
}

func TestReadCollectionTakesOtherFiles(t *testing.T) {
	dir := folder(t, map[string]string{"specialists.jsonl": smallPool, "other.jsonl": `{"id":"n2","description":"漏"}`, "other.tsv": "need\tspecialist\tgrade\nn2\ts1\t1\n"})
	c, err := intake.ReadCollection(dir, intake.CollectionOptions{Needs: filepath.Join(dir, "other.jsonl"), Qrels: filepath.Join(dir, "other.tsv")})
	if err != nil || c.Needs[0].ID != "n2" || len(c.Judgements) != 1 || c.Topics != nil {
		t.Fatalf("%+v, %v", c, err)
	}
	if c, err = intake.ReadCollection(dir, intake.CollectionOptions{NoNeeds: true}); err != nil || len(c.Specialists) != 2 || c.Needs != nil {
		t.Fatalf("%+v, %v", c, err)
	}
}

func TestReadCollectionRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		says  string
	}{
		{"no pool", map[string]string{}, "找不到特派员文件"},
		{"empty pool", map[string]string{"specialists.jsonl": ""}, "没有一名特派员可用"},
		{"pool of blank lines", map[string]string{"specialists.jsonl": "\n\n"}, "没有一条记录"},
		{"no needs", map[string]string{"specialists.jsonl": smallPool}, "找不到需求文件"},
		{"no text", map[string]string{"specialists.jsonl": `{"id":"s1","name":"王某"}`}, "第 1 行 expertise：没有任何文字可供匹配，请"},
		{"number as id", map[string]string{"specialists.jsonl": `{"id":1,"expertise":"铸造"}`}, "编号 1 写成了数字"},
		{"bad id", map[string]string{"specialists.jsonl": `{"id":"王","expertise":"铸造"}`}, "只能用英文字母"},
		{"id twice", map[string]string{"specialists.jsonl": smallPool + smallPool}, "编号 s1 与第 1 行重复"},
		{"bad grade", map[string]string{"specialists.jsonl": smallPool, "needs.jsonl": smallNeeds, "qrels.tsv": "n1\ts1\t4\n"}, "qrels.tsv 有 1 处错误：\n  第 1 行 grade：等级“4”不是 0 到 3 的整数，请改正"},
		{"pair twice", map[string]string{"specialists.jsonl": smallPool, "needs.jsonl": smallNeeds, "qrels.tsv": "n1\ts1\t1\nn1\ts1\t2\n"}, "第 2 行：n1 与 s1 的评判与第 1 行重复"},
		{"two columns", map[string]string{"specialists.jsonl": smallPool, "needs.jsonl": smallNeeds, "qrels.tsv": "n1 s1 1\n"}, "现有 1 列"},
	} {
		_, err := intake.ReadCollection(folder(t, c.files), intake.CollectionOptions{})
		var refusal *registry.Error
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
	dir := folder(t, map[string]string{"specialists.jsonl": smallPool, "needs.jsonl": smallNeeds})
	if _, err := intake.ReadCollection(dir, intake.CollectionOptions{Qrels: filepath.Join(dir, "none.tsv")}); err == nil {
		t.Error("a file of judgements that was asked for must be there")
	}
}
