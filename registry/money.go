package registry

import "fmt"

// Fen is an amount of money in fen; 100 are a yuan.
type Fen int64

// String gives yuan with two decimals: 1200.00.
func (f Fen) String() string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	return fmt.Sprintf("%s%d.%02d", sign, f/100, f%100)
}

// maxFen is the largest amount of one entry: a hundred million yuan.
const maxFen = 10_000_000_000

func checkFen(field string, f Fen) error {
	if f <= 0 || f > maxFen {
		return invalid(field, "金额应在 0.01 元到一亿元之间，这里是 %s 元", f)
	}
	return nil
}
