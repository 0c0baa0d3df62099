package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"tepai/matcher"
	"tepai/matcher/judge"
	"tepai/registry"
	"tepai/registry/intake"
)

// studyLending measures what similar past needs are worth; without topics.tsv no need shares a topic with another.
func studyLending(ctx context.Context, e *matcher.Engine, files intake.Collection, judged []judge.Judged) (*matcher.LendingStudy, error) {
	if !slices.ContainsFunc(files.Needs, registry.Need.Diagnosed) {
		return nil, &registry.Error{Kind: registry.Invalid, Msg: "这些需求都没有研判，没有可以出借的；请用 --needs 给出带研判（diagnosis）的需求文件"}
	}
	study, err := e.StudyLending(ctx, judged, topicsOf(files.Topics))
	return &study, err
}

func printLending(w io.Writer, s *matcher.LendingStudy) {
	fmt.Fprintf(w, "\n相似需求的研判：每条需求当作没有研判，相似度达到门槛的需求出借（现用 %s）；nDCG@10 与不出借之差\n", s.Alike)
	fmt.Fprintf(w, "不出借 %s\n", differences(s.Nobody))
	for _, f := range s.Floors {
		fmt.Fprintf(w, "%s 其他题目出借：借到 %d 条 %s\n", f.Alike, f.OtherTopics.Borrowed, differences(f.OtherTopics.Report))
		fmt.Fprintf(w, "%s 其他需求出借：借到 %d 条 %s\n", f.Alike, f.OtherNeeds.Borrowed, differences(f.OtherNeeds.Report))
	}
	fmt.Fprintf(w, "上限（文字相同的需求出借）：借到 %d 条 %s\n", s.Twin.Borrowed, differences(s.Twin.Report))
}

// differences is a report in one line: every group's nDCG@10 and, beside another run, the paired difference.
func differences(r judge.Report) (line string) {
	for _, g := range groups(r) {
		line += fmt.Sprintf("  %s %.4f", g.name, g.NDCG10)
		if v := g.Against; v != nil {
			line += fmt.Sprintf(" %+.4f [%+.4f, %+.4f]", v.Diff, v.CI[0], v.CI[1])
		}
	}
	return line
}
