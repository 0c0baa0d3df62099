package policy_test

import (
	"testing"

	"tepai/registry/policy"
)

func TestArticlesAreCitedAsPeopleWriteThem(t *testing.T) {
	for want, got := range map[string]policy.Source{
		"第一条": policy.Article(1), "第十条": policy.Article(10), "第十一条": policy.Article(11), "第二十条": policy.Article(20),
		"第二十二条": policy.Article(22), "第五条（一）": policy.Article(5, 1), "第五条（二）（三）": policy.Article(5, 2, 3), "第十五条（六）": policy.Article(15, 6),
	} {
		if string(got) != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for n := 1; n <= policy.Articles; n++ {
		for _, s := range []policy.Source{policy.Article(n), policy.Article(n, 1), policy.Article(n, 2, 3)} {
			if back, ok := s.Article(); !ok || back != n {
				t.Errorf("%s is read as article %d, %v", s, back, ok)
			}
			if parsed, err := policy.ParseSource(string(s)); err != nil || parsed != s {
				t.Errorf("%s: %s, %v", s, parsed, err)
			}
		}
	}
}

func TestAnArticleThatDoesNotExistIsABug(t *testing.T) {
	for _, bad := range [][]int{{0}, {23}, {-1}, {5, 0}, {5, 1, 99}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v was cited", bad)
				}
			}()
			policy.Article(bad[0], bad[1:]...)
		}()
	}
}

func TestSourcesSayWhatTheyAreAbout(t *testing.T) {
	limit := policy.CentreSetting.About("同时服务上限")
	if limit != "本中心设定：同时服务上限" || limit.About("派驻期限") != "本中心设定：派驻期限" || policy.Implementation.About("") != "实施细则" {
		t.Error(limit, limit.About("派驻期限"))
	}
	if s := policy.Article(11).About("服务次数要求"); s != "第十一条" {
		t.Errorf("an article says it itself: %s", s)
	}
	if _, ok := limit.Article(); ok {
		t.Error("a setting is no article")
	}
}

func TestParseSource(t *testing.T) {
	for _, good := range []string{"实施细则", "联合通知", "本中心设定", "联合通知：晋市科〔2026〕1号", " 第十一条 "} {
		if _, err := policy.ParseSource(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "第二十三条", "第零条", "第十一条第二款", "第5条", "上级要求", "：本中心设定", "第五条（）"} {
		if s, err := policy.ParseSource(bad); err == nil {
			t.Errorf("%q is taken as %s", bad, s)
		} else {
			chinese(t, err)
		}
	}
}
