package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// YearAmount is what a Yearly setting says about one budget year.
type YearAmount struct {
	Year int
	Yuan int64
}

// Weight is the share of one party in the assessment, in per cent.
type Weight struct {
	Party   string
	Percent int
}

// The budget years that may be entered.
const (
	firstBudgetYear = 2020
	lastBudgetYear  = 2099
)

// parseYearly reads 2026:5000、2027:6000.
func (s Setting) parseYearly(text string) (any, string, error) {
	amounts := []YearAmount{}
	for _, item := range items(text) {
		head, tail := pair(item)
		year, err := strconv.Atoi(strings.TrimSuffix(head, "年"))
		if err != nil || year < firstBudgetYear || year > lastBudgetYear {
			return nil, "", s.wrong("中“%s”没有写明年度，请写成 2026:5000 的样子", shorten(item))
		}
		yuan, err := strconv.ParseInt(strings.TrimSuffix(tail, "元"), 10, 64)
		if err != nil || yuan < int64(s.Least) || yuan > int64(s.Most) {
			return nil, "", s.wrong("%d 年应为 %d 到 %d 之间的整数（%s）", year, s.Least, s.Most, s.Unit)
		}
		if slices.ContainsFunc(amounts, func(a YearAmount) bool { return a.Year == year }) {
			return nil, "", s.wrong("中 %d 年写了两次，请删去一个", year)
		}
		amounts = append(amounts, YearAmount{year, yuan})
	}
	slices.SortFunc(amounts, func(a, b YearAmount) int { return cmp.Compare(a.Year, b.Year) })
	written := make([]string, len(amounts))
	for i, a := range amounts {
		written[i] = fmt.Sprintf("%d:%d", a.Year, a.Yuan)
	}
	return amounts, strings.Join(written, "、"), nil
}

// parseWeights reads 专家评审:60、… with every party named once.
func (s Setting) parseWeights(text string) (any, string, error) {
	percent, sum := map[string]int{}, 0
	for _, item := range items(text) {
		party, share := pair(item)
		n, err := strconv.Atoi(strings.TrimSuffix(share, "%"))
		_, twice := percent[party]
		if err != nil || n < 0 || n > 100 || twice || !slices.Contains(s.Choices, party) {
			return nil, "", s.wrong("中“%s”有误，每一方写一次、权重为 0 到 100 的整数：%s", shorten(item), strings.Join(s.Choices, "、"))
		}
		percent[party] = n
		sum += n
	}
	if len(percent) != len(s.Choices) || sum != 100 {
		return nil, "", s.wrong("须写全 %s，合计 100；现在写了 %d 方，合计 %d", strings.Join(s.Choices, "、"), len(percent), sum)
	}
	weights, written := make([]Weight, len(s.Choices)), make([]string, len(s.Choices))
	for i, party := range s.Choices {
		weights[i] = Weight{party, percent[party]}
		written[i] = fmt.Sprintf("%s:%d", party, percent[party])
	}
	return weights, strings.Join(written, "、"), nil
}

// pair cuts name:amount, with either colon.
func pair(item string) (name, amount string) {
	name, amount, _ = strings.Cut(strings.Replace(item, "：", ":", 1), ":")
	return strings.TrimSpace(name), strings.TrimSpace(amount)
}
