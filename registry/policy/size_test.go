package policy_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry/policy"
)

// Every floor of 工信部联企业〔2011〕300号, as its text counts them: persons; 万元 of revenue; 万元 of assets. At a floor an enterprise has
// the size, one below it has the next smaller one.
func TestSizesAtEveryFloor(t *testing.T) {
	standard := policy.Settings{}.Sizes(policy.SizeStandards)
	type f = policy.Figures
	for _, c := range []struct {
		group, industry      string
		large, medium, small f
	}{
		{"农、林、牧、渔业", "03", f{0, 20000, 0}, f{0, 500, 0}, f{0, 50, 0}},
		{"工业", "06", f{1000, 40000, 0}, f{300, 2000, 0}, f{20, 300, 0}},
		{"工业", "33", f{1000, 40000, 0}, f{300, 2000, 0}, f{20, 300, 0}},
		{"工业", "46", f{1000, 40000, 0}, f{300, 2000, 0}, f{20, 300, 0}},
		{"建筑业", "47", f{0, 80000, 80000}, f{0, 6000, 5000}, f{0, 300, 300}},
		{"批发业", "51", f{200, 40000, 0}, f{20, 5000, 0}, f{5, 1000, 0}},
		{"零售业", "52", f{300, 20000, 0}, f{50, 500, 0}, f{10, 100, 0}},
		{"交通运输业", "54", f{1000, 30000, 0}, f{300, 3000, 0}, f{20, 200, 0}},
		{"邮政业", "60", f{1000, 30000, 0}, f{300, 2000, 0}, f{20, 100, 0}},
		{"住宿业", "61", f{300, 10000, 0}, f{100, 2000, 0}, f{10, 100, 0}},
		{"餐饮业", "62", f{300, 10000, 0}, f{100, 2000, 0}, f{10, 100, 0}},
		{"信息传输业", "64", f{2000, 100000, 0}, f{100, 1000, 0}, f{10, 100, 0}},
		{"软件和信息技术服务业", "65", f{300, 10000, 0}, f{100, 1000, 0}, f{10, 50, 0}},
		{"租赁和商务服务业", "72", f{300, 0, 120000}, f{100, 0, 8000}, f{10, 0, 100}},
		{"其他未列明行业", "75", f{300, 0, 0}, f{100, 0, 0}, f{10, 0, 0}},
	} {
		for i, at := range []f{c.small, c.medium, c.large} {
			want := policy.Small + policy.Size(i)
			if p := standard.Propose(c.industry, at); p.Size != want || !strings.Contains(p.Reason, c.group) {
				t.Errorf("%s at its floor: %s, want %s: %s", c.group, p.Size, want, p.Reason)
			}
			for _, below := range []f{{at.Employees - 1, at.Revenue, at.Assets}, {at.Employees, at.Revenue - 1, at.Assets}, {at.Employees, at.Revenue, at.Assets - 1}} {
				if below.Employees < 0 || below.Revenue < 0 || below.Assets < 0 {
					continue // no measure of this group
				}
				if p := standard.Propose(c.industry, below); p.Size != want-1 {
					t.Errorf("%s just below %s: %s: %s", c.group, want, p.Size, p.Reason)
				}
			}
		}
	}
}

// Divisions that two groups share, which no sharper code tells apart here.
func TestSizesOfSharedDivisions(t *testing.T) {
	standard := policy.Settings{}.Sizes(policy.SizeStandards)
	groups := func(name string) []policy.SizeGroup {
		return slices.DeleteFunc(slices.Clone(standard), func(g policy.SizeGroup) bool { return g.Name != name })
	}
	for name, want := range map[string][]policy.Floor{
		"仓储业":     {{Measure: policy.Employees, Large: 200, Medium: 100, Small: 20}, {Measure: policy.Revenue, Large: 30000, Medium: 1000, Small: 100}},
		"房地产开发经营": {{Measure: policy.Revenue, Large: 200000, Medium: 1000, Small: 100}, {Measure: policy.Assets, Large: 10000, Medium: 5000, Small: 2000}},
		"物业管理":    {{Measure: policy.Employees, Large: 1000, Medium: 300, Small: 100}, {Measure: policy.Revenue, Large: 5000, Medium: 1000, Small: 500}},
	} {
		if g := groups(name); len(g) != 1 || !slices.Equal(g[0].Floors, want) {
			t.Errorf("%s: %+v", name, g)
		}
	}
	for _, c := range []struct {
		industry string
		figures  policy.Figures
		want     policy.Size
		says     string
	}{
		{"59", policy.Figures{Employees: 150, Revenue: 1500}, policy.SizeUnknown, "可能为小型至中型"},
		{"59", policy.Figures{Employees: 30, Revenue: 500}, policy.Small, "交通运输业或仓储业"},
		{"70", policy.Figures{Employees: 5, Revenue: 50, Assets: 50}, policy.Micro, "为微型"},
		{"F", policy.Figures{Employees: 3, Revenue: 50}, policy.Micro, "批发业或零售业"},
		{"C", policy.Figures{Employees: 120, Revenue: 3500}, policy.Small, "从业人员 120 人、营业收入 3500 万元，为小型"},
		{"33", policy.Figures{Employees: 120}, policy.SizeUnknown, "可能为微型至小型；请补填行业大类或营业收入"},
		{"33", policy.Figures{Employees: 12}, policy.Micro, "从业人员 12 人，为微型"},
		{"33", policy.Figures{}, policy.SizeUnknown, "没有填写所需的指标"},
		{"47", policy.Figures{Employees: 900, Revenue: 7000}, policy.SizeUnknown, "资产总额"},
		{"53", policy.Figures{Employees: 9}, policy.SizeUnknown, "没有列入该行业"},
		{"66", policy.Figures{Employees: 9}, policy.SizeUnknown, "没有列入该行业"},
		{"83", policy.Figures{Employees: 9}, policy.SizeUnknown, "没有列入该行业"},
		{"G", policy.Figures{Employees: 9}, policy.SizeUnknown, "补填行业大类"}, // may be a railway
		{"T", policy.Figures{Employees: 9}, policy.SizeUnknown, "没有列入该行业"},
		{"", policy.Figures{Employees: 9}, policy.SizeUnknown, "没有填写行业"},
	} {
		if p := standard.Propose(c.industry, c.figures); p.Size != c.want || !strings.Contains(p.Reason, c.says) {
			t.Errorf("%s %+v: %s, want %s: %s", c.industry, c.figures, p.Size, c.want, p.Reason)
		}
	}
}

// A size that is proposed from half of the figures is the size whatever the other half turns out to be, and larger figures never
// make an enterprise smaller.
func TestAProposalHoldsWhateverIsMissing(t *testing.T) {
	standard := policy.Settings{}.Sizes(policy.SizeStandards)
	rapid.Check(t, func(t *rapid.T) {
		industry := rapid.SampledFrom([]string{"01", "33", "47", "51", "52", "55", "59", "60", "61", "64", "65", "70", "71", "80", "C", "G", "I", "K"}).Draw(t, "industry")
		number := rapid.OneOf(rapid.Int64Range(1, 400), rapid.Int64Range(1, 250000))
		full := policy.Figures{Employees: int(number.Draw(t, "employees")), Revenue: number.Draw(t, "revenue"), Assets: number.Draw(t, "assets")}
		half := full
		for _, drop := range []func(){func() { half.Employees = 0 }, func() { half.Revenue = 0 }, func() { half.Assets = 0 }} {
			if rapid.Bool().Draw(t, "missing") {
				drop()
			}
		}
		whole, part := standard.Propose(industry, full), standard.Propose(industry, half)
		if part.Size != policy.SizeUnknown && part.Size != whole.Size {
			t.Fatalf("%s: %+v is %s, %+v is %s", industry, half, part.Size, full, whole.Size)
		}
		larger := policy.Figures{Employees: full.Employees * 2, Revenue: full.Revenue * 2, Assets: full.Assets * 2}
		if more := standard.Propose(industry, larger); more.Size != policy.SizeUnknown && more.Size < whole.Size {
			t.Fatalf("%s: %+v is %s, twice of it %s", industry, full, whole.Size, more.Size)
		}
	})
}
