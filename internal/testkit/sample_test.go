package testkit_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tepai/internal/testkit"
	"tepai/testdata"
)

func TestEveryLineBecomesARecord(t *testing.T) {
	all := testkit.Sample(t) // fails on the first fault of a line
	counts := map[string][2]int{
		"specialists.jsonl": {len(all.Specialists), 64},
		"enterprises.jsonl": {len(all.Enterprises), 42},
		"needs.jsonl":       {len(all.Needs), 54},
	}
	for name, n := range counts {
		if n[0] < n[1] {
			t.Errorf("%s: %d records, want at least %d", name, n[0], n[1])
		}
		if lines := bytes.Count(file(t, name), []byte("\n")); lines != n[0] {
			t.Errorf("%s: %d lines, %d records", name, lines, n[0])
		}
	}
}

func TestReferencesExist(t *testing.T) {
	all := testkit.Sample(t)
	specialists, enterprises, units := set{}, set{}, set{}
	for _, s := range all.Specialists {
		specialists.add(s.ID)
		units.add(s.Organisation)
	}
	for _, e := range all.Enterprises {
		enterprises.add(e.ID)
	}
	for _, s := range all.Specialists {
		enterprises.wantAll(t, s.ID, s.Serving, s.Prefer, s.Avoid, s.Equity)
	}
	for _, e := range all.Enterprises {
		specialists.wantAll(t, e.ID, e.Prefer, e.Avoid)
		units.wantAll(t, e.ID, e.AvoidUnits)
	}
	for _, n := range all.Needs {
		enterprises.wantAll(t, n.ID, []string{n.EnterpriseID})
		specialists.wantAll(t, n.ID, n.SolvedBy)
	}
}

func TestStatesAgree(t *testing.T) {
	all := testkit.Sample(t)
	served := set{}
	for _, s := range all.Specialists {
		served.add(s.Serving...)
		if (s.BarredTo != "") != (s.Standing == "disqualified") {
			t.Errorf("%s: standing %q, barred to %q", s.ID, s.Standing, s.BarredTo)
		}
		if s.Standing != "" && len(s.Serving) > 0 {
			t.Errorf("%s serves, but is %s", s.ID, s.Standing)
		}
	}
	for _, n := range all.Needs {
		if (n.State == "solved") != (len(n.SolvedBy) > 0) {
			t.Errorf("%s: state %q, solved by %v", n.ID, n.State, n.SolvedBy)
		}
		if n.State == "dispatched" && !served[n.EnterpriseID] {
			t.Errorf("%s is dispatched to, but nobody serves %s", n.ID, n.EnterpriseID)
		}
	}
}

func TestSampleIsVaried(t *testing.T) {
	all := testkit.Sample(t)
	seen, states := map[string]set{}, map[string]int{}
	note := func(what, value string) {
		if seen[what] == nil {
			seen[what] = set{}
		}
		seen[what].add(value)
	}
	for _, s := range all.Specialists {
		note("name", s.Name)
		note("org type", s.OrgType)
		note("title", s.Title)
		note("degree", s.Degree)
		note("standing", string(s.Standing))
		if len(s.Evidence) > 0 {
			states["evidence"]++
		}
		if s.Capacity > 0 && len(s.Serving) >= s.Capacity {
			states["full"]++
		}
		for _, e := range s.Evidence {
			note("evidence", string(e.Kind))
			if e.Year < 2012 || e.Year > 2025 {
				t.Errorf("%s: evidence of %d", s.ID, e.Year)
			}
		}
	}
	for _, e := range all.Enterprises {
		note("county", e.County)
		note("size", e.Size)
		note("industry", e.Industry)
	}
	for _, n := range all.Needs {
		states[string(n.State)]++
		if n.Diagnosis != nil {
			states["diagnosis"]++
		}
		if n.FieldHint == "" {
			states["no hint"]++
		}
	}
	least := map[string]int{"name": len(all.Specialists), "org type": 4, "title": 20, "degree": 4, "standing": 4, "evidence": 4, "county": 7, "size": 4, "industry": 20}
	for what, want := range least {
		if got := len(seen[what]); got < want {
			t.Errorf("%d kinds of %s, want %d", got, what, want)
		}
	}
	for what, want := range map[string]int{"solved": 6, "dispatched": 2, "diagnosis": 3, "full": 2, "no hint": 20, "evidence": len(all.Specialists) * 2 / 3} {
		if states[what] < want {
			t.Errorf("%d records with %s, want %d", states[what], what, want)
		}
	}
}

// Written texts share no passage, templated ones do.
func TestTextsAreWritten(t *testing.T) {
	const run = 12 // characters
	all := testkit.Sample(t)
	owner := map[string]string{}
	look := func(id string, texts []string) {
		for _, text := range texts {
			chars := []rune(text)
			for i := 0; i+run <= len(chars); i++ {
				passage := string(chars[i : i+run])
				if first, taken := owner[passage]; taken && first != id {
					t.Errorf("%s and %s share %q", first, id, passage)
				}
				owner[passage] = id
			}
		}
	}
	for _, s := range all.Specialists {
		look(s.ID, s.Texts())
	}
	for _, n := range all.Needs {
		look(n.ID, n.Texts())
	}
}

// The code's places 9 to 17 carry a check character of their own (GB 11714). In the sample it is wrong everywhere, so
// no code can be that of a real enterprise, although its last character is right.
func TestCreditCodesBelongToNobody(t *testing.T) {
	codes := set{}
	for _, e := range testkit.Sample(t).Enterprises {
		if e.CreditCode == "" {
			continue // 待补
		}
		if codes[e.CreditCode] {
			t.Errorf("%s: code %s stands twice", e.ID, e.CreditCode)
		}
		codes.add(e.CreditCode)
		if entity := e.CreditCode[8:17]; entityCheck(entity[:8]) == entity[8:] {
			t.Errorf("%s: %s may be somebody's code", e.ID, e.CreditCode)
		}
	}
}

// entityCheck is C9 = 11 − Σ Cᵢ·Wᵢ mod 11 (GB 11714-1997); 10 is written X and 11 is 0.
func entityCheck(body string) string {
	sum := 0
	for i, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		value, _ := strconv.ParseInt(body[i:i+1], 36, 32)
		sum += int(value) * weight
	}
	if check := (11 - sum%11) % 11; check < 10 {
		return strconv.Itoa(check)
	}
	return "X"
}

func TestNoNumbersOfPersons(t *testing.T) {
	number := regexp.MustCompile(`1[3-9]\d{9}|\d{17}[\dXx]|0\d{2,3}-\d{7,8}|@`)
	for _, name := range []string{"specialists.jsonl", "needs.jsonl"} {
		if found := number.Find(file(t, name)); found != nil {
			t.Errorf("%s holds %s", name, found)
		}
	}
}

func TestDemoNeedIsOpenAndInLayWords(t *testing.T) {
	for _, n := range testkit.Sample(t).Needs {
		if n.ID != testdata.DemoNeed {
			continue
		}
		if n.State != "" || n.Diagnosis != nil || n.FieldHint != "" || n.EnterpriseID == "" {
			t.Errorf("%+v", n)
		}
		text := strings.Join(n.Texts(), "")
		if slices.ContainsFunc([]string{"缩松", "缩孔", "致密", "补缩", "浸渗"}, func(word string) bool { return strings.Contains(text, word) }) {
			t.Errorf("the need speaks as an expert: %s", text)
		}
		return
	}
	t.Errorf("no need %s", testdata.DemoNeed)
}

type set map[string]bool

func (s set) add(items ...string) {
	for _, item := range items {
		s[item] = true
	}
}

func (s set) wantAll(t *testing.T, from string, lists ...[]string) {
	t.Helper()
	for _, item := range slices.Concat(lists...) {
		if !s[item] {
			t.Errorf("%s refers to %s, which is not there", from, item)
		}
	}
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	text, err := fs.ReadFile(testdata.Sample(), name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
