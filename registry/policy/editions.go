package policy

import (
	"fmt"
	"strings"

	"tepai/registry/calendar"
)

// First is the edition that was published on 17 June 2020. It has lapsed.
func First() Edition {
	return Edition{ID: "2020", Name: "晋城市中小企业科技特派员制度（试行）", DocumentNo: "晋市政办〔2020〕32号",
		From: calendar.Date{Year: 2020, Month: 7, Day: 17}, Until: calendar.Date{Year: 2022, Month: 7, Day: 16},
		DatesSource: "第二十二条：有效期两年，自公布之日起三十日后施行", State: Confirmed}
}

// The years of the sample edition, long enough for every demonstration.
const (
	sampleFrom  = 2026
	sampleUntil = 2029
)

// Sample is an edition to try the product with: the first one's rules, days that cover a demonstration, and standards for
// subsidies, of which the real ones are not public. It is marked as such wherever its name stands.
func Sample() Edition {
	e := Edition{ID: "sample", Name: "晋城市中小企业科技特派员制度（示例）", Sample: true,
		From: calendar.Date{Year: sampleFrom, Month: 1, Day: 1}, Until: calendar.Date{Year: sampleUntil, Month: 12, Day: 31},
		DatesSource: "示例：仅供试用，不是政策文件", State: Confirmed}
	for k, yuan := range map[YearlyKey]int{LivingExcellent: 6000, LivingCompetent: 3000, RewardExcellent: 10000, RewardCompetent: 5000, SubsidyBudget: 500_000} {
		next, err := e.Settings.With(k, everyYear(yuan))
		if err != nil {
			panic(err) // the sample is part of the program
		}
		e.Settings = next
	}
	return e
}

func everyYear(yuan int) string {
	var years []string
	for y := sampleFrom; y <= sampleUntil; y++ {
		years = append(years, fmt.Sprintf("%d:%d", y, yuan))
	}
	return strings.Join(years, "、")
}

// BuiltIn are the editions that every store begins with: the first one.
func BuiltIn() []Edition { return []Edition{First()} }
