package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tepai/registry"
	"tepai/segment/knowledge"
)

type knowledgeStudy struct {
	Dir   string `arg:"" name:"文件夹" help:"needs.jsonl：没有照着知识库写的需求，每条附应有的领域和术语；verdicts.tsv（可以没有）：有人逐条看过的推断。"`
	Worst bool   `help:"也列出每条需求：领域对不对，推出了哪些应有的术语。"`
}

// studied is what study --json prints.
type studied struct {
	Generation string `json:"generation"`
	knowledge.Study
	Results []knowledge.CaseResult `json:"results,omitempty"`
}

func (c *knowledgeStudy) Run(a *app) error {
	base, err := a.knowledgeBase()
	if err != nil {
		return err
	}
	cases, err := readCases(filepath.Join(c.Dir, "needs.jsonl"))
	if err != nil {
		return err
	}
	verdicts, err := readVerdicts(filepath.Join(c.Dir, "verdicts.tsv"))
	if err != nil {
		return err
	}
	s := studied{Generation: base.Generation()}
	var results []knowledge.CaseResult
	s.Study, results = base.Study(cases, verdicts)
	if c.Worst {
		s.Results = results
	}
	return a.print(s, func(w io.Writer) { printStudied(w, s) })
}

// readCases reads one JSON object a line; every case needs an id, a text and the fields that are right.
func readCases(path string) ([]knowledge.Case, error) {
	var cases []knowledge.Case
	seen := map[string]bool{}
	err := eachLine(path, func(n int, line string) error {
		var c knowledge.Case
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			return lineError(path, n, "不是一个完整的 JSON 对象")
		}
		switch {
		case c.ID == "" || c.Text == "" || len(c.Fields) == 0:
			return lineError(path, n, "缺 id、text 或 fields")
		case seen[c.ID]:
			return lineError(path, n, "编号 "+c.ID+" 前面已经有了，请改成不同的编号")
		}
		for _, f := range c.Fields {
			if !knownField(f) {
				return lineError(path, n, "fields 里的“"+f+"”不是技术领域分类里的名称")
			}
		}
		seen[c.ID] = true
		cases = append(cases, c)
		return nil
	})
	if err == nil && len(cases) == 0 {
		err = &registry.Error{Kind: registry.Invalid, Msg: path + " 里一条需求也没有"}
	}
	return cases, err
}

// readVerdicts reads need TAB concept TAB 1 or 0; without the file nothing has been judged.
func readVerdicts(path string) (knowledge.Verdicts, error) {
	verdicts := knowledge.Verdicts{}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return verdicts, nil
	}
	return verdicts, eachLine(path, func(n int, line string) error {
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] != "0" && cells[2] != "1" {
			return lineError(path, n, "应为：需求编号 TAB 概念 TAB 1（对）或 0（错）")
		}
		if verdicts[cells[0]] == nil {
			verdicts[cells[0]] = map[string]bool{}
		}
		verdicts[cells[0]][cells[1]] = cells[2] == "1"
		return nil
	})
}

// eachLine reads the lines of a file that are not blank.
func eachLine(path string, use func(n int, line string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("文件 %s 无法打开，请核对路径（%v）", path, err)}
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			if err := use(n, line); err != nil {
				return err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("%s 读到一半出错，一行最多 1 MiB（%v）", path, err)}
	}
	return nil
}

func lineError(path string, n int, why string) error {
	return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf("%s 第 %d 行：%s", path, n, why)}
}

func printStudied(w io.Writer, s studied) {
	share := func(n, of int) string {
		return fmt.Sprintf("%d/%d（%.1f%%）", n, of, 100*float64(n)/float64(max(of, 1)))
	}
	fmt.Fprintf(w, "有规则触发            %s\n", share(s.Ruled, s.Cases))
	fmt.Fprintf(w, "前三个领域里有对的    %s\n", share(s.Field, s.Cases))
	fmt.Fprintf(w, "推出三个以上应有术语  %s\n", share(s.Terms, s.Cases))
	fmt.Fprintf(w, "落入写明的误读        %s\n", share(s.Trapped, s.Cases))
	if s.Judged > 0 {
		fmt.Fprintf(w, "至少有一个推断不对    %s（全部推断都有人看过的需求）\n", share(s.Wrong, s.Judged))
		fmt.Fprintf(w, "不对的推断            %s\n", share(s.Faults, s.Shown))
	}
	if s.Unread > 0 {
		fmt.Fprintf(w, "没有人看过的推断      %d 个，在 %d 条需求里\n", s.Unread, s.Cases-s.Judged)
	}
	for _, r := range s.Results {
		mark := "领域对"
		if !r.FieldRight {
			mark = "领域不对"
		}
		fmt.Fprintf(w, "%s %s（%s） 应有术语 %d：%s", r.ID, mark, strings.Join(r.Fields, "、"), len(r.Met), strings.Join(r.Met, "、"))
		if bad := append(r.Trap, r.Wrong...); len(bad) > 0 {
			fmt.Fprintf(w, "；不对：%s", strings.Join(bad, "、"))
		}
		fmt.Fprintln(w)
	}
}
