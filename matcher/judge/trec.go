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

// ReadRun reads TREC's six columns. It orders by score and not by the rank column, as trec_eval does; ties break by id,
// as everywhere here. The error names the line; a line has at most longestLine bytes.
func ReadRun(r io.Reader) (Run, error) {
	run := Run{}
	seen := map[[2]string]bool{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	n := 0
	for lines.Scan() {
		n++
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
		pair := [2]string{cols[0], cols[2]}
		if seen[pair] {
			return nil, fmt.Errorf("第 %d 行：需求 %s 下特派员 %s 出现了两次，请删去其中一行", n, cols[0], cols[2])
		}
		seen[pair] = true
		run[cols[0]] = append(run[cols[0]], Ranked{cols[2], score})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("第 %d 行：TREC 结果文件无法读取，一行最多 %d 字节（%w）", n+1, longestLine, err)
	}
	for _, ranking := range run {
		slices.SortFunc(ranking, ByScore)
	}
	return run, nil
}

const longestLine = 1 << 20

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
