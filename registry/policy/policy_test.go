package policy_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"tepai/registry/calendar"
	"tepai/registry/policy"
)

func day(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func with(t testing.TB, s policy.Settings, k policy.Key, text string) policy.Settings {
	t.Helper()
	next, err := s.With(k, text)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

var (
	quoted  = regexp.MustCompile(`“[^”]*”`)
	english = regexp.MustCompile(`[A-Za-z]{2,}|%![a-zA-Z]`)
)

// chinese wants a refusal in a sentence without an English word outside of what it quotes.
func chinese(t testing.TB, err error) *policy.Refusal {
	t.Helper()
	var r *policy.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	if r.Msg == "" || english.MatchString(quoted.ReplaceAllString(r.Msg, "")) {
		t.Errorf("no Chinese sentence: %q", r.Msg)
	}
	return r
}

// refused wants a refusal that says all the words and names the source.
func refused(t testing.TB, err error, source policy.Source, says ...string) {
	t.Helper()
	r := chinese(t, err)
	for _, w := range says {
		if !strings.Contains(r.Msg, w) {
			t.Errorf("%q does not say %q", r.Msg, w)
		}
	}
	if r.Source != source {
		t.Errorf("%q comes from %q, want %q", r.Msg, r.Source, source)
	}
}

func TestProvisionsAreTheArticlesInOrder(t *testing.T) {
	all := policy.Provisions()
	if len(all) != policy.Articles {
		t.Fatalf("%d provisions", len(all))
	}
	for i, p := range all {
		if p.Number != i+1 || p.Title == "" || !strings.HasSuffix(p.Becomes, "。") || p.Source() != policy.Article(i+1) {
			t.Errorf("%+v", p)
		}
		if i > 0 && p.Chapter < all[i-1].Chapter && p.Chapter[:9] == all[i-1].Chapter[:9] {
			t.Errorf("article %d stands in %s after %s", p.Number, p.Chapter, all[i-1].Chapter)
		}
		if programme := p.Number == 1 || p.Number == 4; p.Rules() == programme {
			t.Errorf("article %d: contains a rule: %v", p.Number, p.Rules())
		}
	}
}
