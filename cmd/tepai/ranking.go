package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"tepai/matcher"
)

// printRanking shows who can help; called gives id and name of a specialist.
func printRanking(w io.Writer, r matcher.Ranking, called func(id string) string) {
	printDiagnosis(w, r.Diagnosis)
	people := slices.DeleteFunc(slices.Clone(r.Results), func(x matcher.Result) bool { return unrelated(x.Parts) })
	switch {
	case len(people) == 0:
		fmt.Fprintln(w, "库中暂无合适人选：没有人的专长与这段文字有关。")
		r.Excluded = nil
	case !r.Fits:
		fmt.Fprintln(w, "库中暂无合适人选：最高得分低于门槛，下面的名单只供参考。")
	}
	for _, x := range people {
		fmt.Fprintf(w, "%2d. %s  得分 %s\n", x.Rank, person(x), x.Score)
		for _, reason := range x.Reasons {
			fmt.Fprintf(w, "      %s\n", reason)
		}
		for _, note := range x.Notes {
			fmt.Fprintf(w, "      注意：%s\n", note)
		}
	}
	for _, x := range r.Excluded {
		fmt.Fprintf(w, "未列入 %s：%s（%s）\n", called(x.ID), x.Reason, x.Source)
	}
	for _, s := range r.Similar {
		fmt.Fprintf(w, "相似的需求：%s %s（相似度 %s）\n", s.ID, s.Title, s.Likeness)
	}
}

func person(r matcher.Result) string { return spaced(r.ID, r.Name, r.Title, r.Unit) }

// spaced joins what is stated.
func spaced(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " ")
}

// unrelated tells whether a pair has nothing in common: the points for free capacity say nothing about the need. A person is not
// shown such a pair.
func unrelated(parts []matcher.PartValue) bool {
	return !slices.ContainsFunc(parts, func(p matcher.PartValue) bool { return p.Value > 0 && p.Name != matcher.SparePart.String() })
}

func printNeeds(w io.Writer, r matcher.NeedRanking, called func(id string) string) {
	needs := slices.DeleteFunc(slices.Clone(r.Results), func(x matcher.NeedResult) bool { return unrelated(x.Parts) })
	switch {
	case len(needs) == 0:
		fmt.Fprintln(w, "目前没有合适的需求：没有一条需求与本人的专长有关。")
		r.Excluded = nil
	case !r.Fits:
		fmt.Fprintln(w, "目前没有合适的需求：最高得分低于门槛，下面的名单只供参考。")
	}
	for _, x := range needs {
		fmt.Fprintf(w, "%2d. %s  得分 %s\n", x.Rank, spaced(x.ID, x.Title, x.Enterprise), x.Score)
		for _, reason := range x.Reasons {
			fmt.Fprintf(w, "      %s\n", reason)
		}
	}
	for _, x := range r.Excluded {
		fmt.Fprintf(w, "未列入 %s：%s（%s）\n", called(x.ID), x.Reason, x.Source)
	}
}
