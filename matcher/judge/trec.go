package judge

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Run is what a ranker gave for each need: need → specialists, best first.
type Run map[string][]Ranked

// Ranked is one line of a run.
type Ranked struct {
	ID    string
	Score int64 // millionths
}

// IDs gives the ids of a ranking.
func IDs(ranking []Ranked) []string {
	ids := make([]string, len(ranking))
	for i, r := range ranking {
		ids[i] = r.ID
	}
	return ids
}

// WriteRun writes TREC's six columns: need Q0 specialist rank score tag, needs in ascending order, scores with six decimals.
func WriteRun(w io.Writer, run Run, tag string) error {
	out := bufio.NewWriter(w)
	needs := make([]string, 0, len(run))
	for need := range run {
		needs = append(needs, need)
	}
	slices.Sort(needs)
	for _, need := range needs {
		for i, r := range run[need] {
			fmt.Fprintf(out, "%s Q0 %s %d %s %s\n", need, r.ID, i+1, Decimal(r.Score), tag)
		}
	}
	return out.Flush()
}

// ReadRun reads TREC's six columns. As trec_eval does, it orders by score, not by the rank column; ties by id.
// The error names the line.
func ReadRun(r io.Reader) (Run, error) {
	run := Run{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		cols := strings.Fields(lines.Text())
		if len(cols) == 0 {
			continue
		}
		if len(cols) != 6 {
			return nil, fmt.Errorf("第 %d 行：TREC 结果文件应有 6 列（需求 Q0 特派员 名次 得分 标签），这里有 %d 列", n, len(cols))
		}
		score, err := ParseDecimal(cols[4])
		if err != nil {
			return nil, fmt.Errorf("第 %d 行：得分“%s”不是数字", n, cols[4])
		}
		if slices.ContainsFunc(run[cols[0]], func(r Ranked) bool { return r.ID == cols[2] }) {
			return nil, fmt.Errorf("第 %d 行：需求 %s 下特派员 %s 出现了两次，请删去其中一行", n, cols[0], cols[2])
		}
		run[cols[0]] = append(run[cols[0]], Ranked{cols[2], score})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("读取 TREC 结果文件：%w", err)
	}
	for _, ranking := range run {
		slices.SortFunc(ranking, ByScore)
	}
	return run, nil
}

// ByScore orders the best first, ties by id.
func ByScore(a, b Ranked) int {
	if a.Score != b.Score {
		if a.Score > b.Score {
			return -1
		}
		return 1
	}
	return strings.Compare(a.ID, b.ID)
}

// Decimal prints millionths with six decimals.
func Decimal(millionths int64) string {
	sign := ""
	if millionths < 0 {
		sign, millionths = "-", -millionths
	}
	return fmt.Sprintf("%s%d.%06d", sign, millionths/1_000_000, millionths%1_000_000)
}

// ParseDecimal reads a decimal number as millionths, rounding what lies beyond the sixth decimal.
func ParseDecimal(s string) (int64, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, err
	}
	if f > 9e12 || f < -9e12 || f != f {
		return 0, errors.New("out of range")
	}
	if f < 0 {
		return int64(f*1e6 - 0.5), nil
	}
	return int64(f*1e6 + 0.5), nil
}
