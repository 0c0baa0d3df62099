package registry_test

import (
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/policy"
)

// onPaper enters an act of another party: the centre types, a second person has checked what an office stamped.
func (o *office) onPaper(party registry.Actor, kind registry.RecordKind, id, act string, in any) registry.Receipt {
	o.t.Helper()
	p := &registry.Proxy{Role: party.Role, Of: party.Of, Signer: party.ID, Dated: registry.DateOf(o.now).AddDays(-3), Medium: registry.OnPaper}
	if party.Role == registry.BureauOfficer || party.Role == registry.FinanceOfficer {
		p.DocumentNo, p.Scan, p.CheckedBy = "示例〔2026〕2号", strings.Repeat("5c", 32), centre2.ID
	}
	r, err := o.Do(o.t.Context(), centre, registry.Command{Kind: kind, ID: id, Act: act, Input: in,
		Circumstances: registry.Circumstances{On: registry.DateOf(o.now).AddDays(-3), Proxy: p}})
	if err != nil {
		o.t.Fatalf("%s %s on paper: %v", party.Role, act, err)
	}
	return r
}

// The whole way on paper: nobody but the centre has an account (代录).
func TestEverythingOnPaper(t *testing.T) {
	o := openOffice(t, "2026-03-10")
	applicant := registry.Actor{ID: "王某", Role: registry.SpecialistRole, Of: "wang"}
	bureauChief := registry.Actor{ID: "何某", Role: registry.BureauOfficer}

	// Art. 6: the applicant's form came by post, the bureau's half as a stamped sheet.
	a := o.onPaper(applicant, app, "", "apply", application(o)).ID
	o.must(centre, app, a, "tick", allMerits())
	o.must(centre, app, a, "admit", nil)
	if r := o.onPaper(bureauChief, app, a, "admit", nil); r.State != registry.Admitted {
		t.Fatalf("%+v", r)
	}
	v, err := o.Application(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := o.Specialist(t.Context(), v.Specialist); err != nil || s.Admitted != "2026-03-07" {
		t.Fatalf("admitted on the day of the paper, not of the entry: %+v %v", s, err)
	}

	// Art. 7 and 8: enterprise and need by telephone and on forms.
	in := foundry()
	in.Enterprise.CreditCode = creditCode
	e := o.onPaper(registry.Actor{ID: "李某", Role: registry.EnterpriseStaff}, firm, "", "register", in).ID
	boss := registry.Actor{ID: "李某", Role: registry.EnterpriseStaff, Of: e}
	o.must(centre, firm, e, "confirm_size", registry.SizeInput{Size: "小型"})
	n := o.onPaper(boss, need, "", "submit", leak(e)).ID
	o.must(centre, need, n, "classify", registry.ClassifyInput{Field: "铸造"})

	// Art. 9: the agreement with its two signatures.
	who := registry.Actor{ID: "王某", Role: registry.SpecialistRole, Of: v.Specialist}
	pactID := o.must(centre, pact, "", "draft", between(n, who, day(t, "2026-03-10"))).ID
	o.onPaper(boss, pact, pactID, "sign", nil)
	if r := o.onPaper(who, pact, pactID, "sign", nil); r.State != registry.Signed {
		t.Fatalf("%+v", r)
	}

	// The log says of every such act who typed it, whose it was, and from what.
	changes, err := o.Changes(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	entered := 0
	for _, c := range changes {
		if strings.Contains(string(c.Note), `"proxy"`) {
			entered++
			if c.Actor != centre.ID || !strings.Contains(string(c.Note), `"medium":"纸质"`) {
				t.Errorf("%s %s: %s %s", c.Kind, c.Act, c.Actor, c.Note)
			}
		}
	}
	if entered < 6 {
		t.Errorf("only %d acts are marked as entered for others", entered)
	}

	// Nobody else enters for others, and what is done on the spot needs no paper.
	_, err = o.Do(t.Context(), bureau, registry.Command{Kind: need, Act: "submit", Input: leak(e),
		Circumstances: registry.Circumstances{Proxy: &registry.Proxy{Role: registry.EnterpriseStaff, Of: e, Signer: "李某", Dated: day(t, "2026-03-09"), Medium: registry.ByPhone}}})
	if err == nil || !strings.Contains(err.Error(), "只有市中小企业发展促进中心可以代录") {
		t.Error(err)
	}
	o.refused(bureau, need, n, "classify", registry.ClassifyInput{Field: "铸造"}, policy.Article(8), "不能分类入库")
}
