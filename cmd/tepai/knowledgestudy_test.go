package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestKnowledgeStudySaysWhichLineIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ needs, verdicts, want string }{
		"missing":       {"", "", "needs.jsonl 无法打开"},
		"empty":         {"\n", "", "一条需求也没有"},
		"no JSON":       {"{\n", "", "第 1 行：不是一个完整的 JSON 对象"},
		"no fields":     {`{"id":"1","text":"泵壳冒汗"}`, "", "第 1 行：缺 id、text 或 fields"},
		"strange field": {`{"id":"1","text":"泵壳冒汗","fields":["翻砂术"]}`, "", "“翻砂术”不是技术领域分类里的名称"},
		"same id": {`{"id":"1","text":"泵壳冒汗","fields":["铸造"]}` + "\n" + `{"id":"1","text":"泵壳冒汗","fields":["铸造"]}`, "",
			"第 2 行：编号 1 前面已经有了"},
		"bad verdict": {`{"id":"1","text":"泵壳冒汗","fields":["铸造"]}`, "1\t缩松\t是\n", "第 1 行：应为：需求编号 TAB 概念 TAB 1（对）或 0（错）"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{"needs.jsonl": c.needs, "verdicts.tsv": c.verdicts} {
				if text == "" {
					continue
				}
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			refusal(t, run1(t, nil, "knowledge", "study", dir), refused, c.want)
		})
	}
}
