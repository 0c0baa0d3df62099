package intake_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"tepai/registry"
	"tepai/registry/intake"
)

var (
	word = rapid.StringMatching(`[一-龥A-Za-z0-9😀𠮷“”（）。"\\]{2,12}`)
	some = rapid.OneOf(rapid.Just(""), word)
	ids  = rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z0-9_.\-]{1,8}`), 0, 3, rapid.ID)
)

func drawSpecialist(t *rapid.T) registry.Specialist {
	list := func(name string) []string { return none(rapid.SliceOfN(word, 0, 3).Draw(t, name)) }
	v := registry.Specialist{
		ID: rapid.StringMatching(`[A-Za-z0-9_.\-]{1,64}`).Draw(t, "id"), Name: some.Draw(t, "name"), Title: some.Draw(t, "title"),
		Degree:       rapid.SampledFrom([]string{"", "博士", "硕士", "学士"}).Draw(t, "degree"),
		Education:    rapid.SampledFrom([]string{"", "博士研究生", "硕士研究生", "研究生", "本科", "大专", "中专", "技校", "高中", "初中", "小学"}).Draw(t, "education"),
		OrgType:      rapid.SampledFrom(append(registry.OrgTypes(), "")).Draw(t, "org_type"),
		Organisation: some.Draw(t, "organisation"), County: rapid.SampledFrom(append(registry.Counties(), "", "太原市")).Draw(t, "county"),
		Industry: rapid.SampledFrom(registry.Industries()).Draw(t, "industry").Name,
		Fields:   list("fields"), Expertise: word.Draw(t, "expertise"), Keywords: list("keywords"), Achievements: some.Draw(t, "achievements"), ServiceWish: some.Draw(t, "service_wish"),
		Standing: rapid.SampledFrom([]registry.Standing{registry.Active, registry.Paused, registry.Withdrawn, registry.Disqualified}).Draw(t, "standing"),
		BarredTo: rapid.SampledFrom([]string{"", "2026-02-28"}).Draw(t, "barred_to"),
		Serving:  none(ids.Draw(t, "serving")), Capacity: rapid.IntRange(0, 100).Draw(t, "capacity"), Equity: none(ids.Draw(t, "equity")), Prefer: none(ids.Draw(t, "prefer")),
	}
	for range rapid.IntRange(0, 2).Draw(t, "evidence") {
		v.Evidence = append(v.Evidence, registry.Evidence{
			Kind:  rapid.SampledFrom([]registry.EvidenceKind{registry.Paper, registry.Patent, registry.Project, registry.PastService}).Draw(t, "kind"),
			Title: word.Draw(t, "heading"), Text: some.Draw(t, "text"), Year: rapid.SampledFrom([]int{0, 1999, 2024}).Draw(t, "year")})
	}
	return v
}

func none(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

func TestSpecialistsWrittenAsJSONReadBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawSpecialist(t)
		line, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		b, err := intake.Read(bytes.NewReader(line), "a.jsonl", registry.KindSpecialist, intake.Options{})
		if err != nil || b.Err() != nil {
			t.Fatal(err, b.Err())
		}
		if got := b.Specialists[0].Value; !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\n%+v", got, want)
		}
	})
}

func TestSpecialistsWrittenAsCSVReadBackEqual(t *testing.T) {
	header := strings.Fields("id name title degree education org_type organisation county industry fields expertise keywords achievements service_wish evidence standing barred_to serving equity prefer")
	rapid.Check(t, func(t *rapid.T) {
		want := drawSpecialist(t)
		want.Capacity = 0
		evidence := ""
		if want.Evidence != nil {
			raw, _ := json.Marshal(want.Evidence)
			evidence = string(raw)
		}
		var text strings.Builder
		w := csv.NewWriter(&text)
		w.Write(header)
		w.Write([]string{want.ID, want.Name, want.Title, want.Degree, want.Education, want.OrgType, want.Organisation, want.County, want.Industry,
			strings.Join(want.Fields, "、"), want.Expertise, strings.Join(want.Keywords, "；"), want.Achievements, want.ServiceWish, evidence,
			string(want.Standing), want.BarredTo, strings.Join(want.Serving, "|"), strings.Join(want.Equity, ","), strings.Join(want.Prefer, ", ")})
		w.Flush()
		file := text.String()
		if rapid.Bool().Draw(t, "gb18030") {
			file, _ = simplifiedchinese.GB18030.NewEncoder().String(file)
		}
		b, err := intake.Read(strings.NewReader(file), "a.csv", registry.KindSpecialist, intake.Options{})
		if err != nil || b.Err() != nil {
			t.Fatal(err, b.Err())
		}
		if got := b.Specialists[0].Value; !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\n%+v", got, want)
		}
	})
}

func TestEnterprisesAndNeedsWrittenAsJSONReadBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := registry.Enterprise{ID: "e1", Name: word.Draw(t, "name"), CreditCode: rapid.SampledFrom([]string{"", "91350100M000100Y43"}).Draw(t, "code"),
			Size: rapid.SampledFrom([]string{"", "微型", "小型", "中型", "大型"}).Draw(t, "size"), Industry: "纺织业", County: rapid.SampledFrom(registry.Counties()).Draw(t, "county"),
			Founded: "2011-02-03", Employees: rapid.IntRange(0, 5000).Draw(t, "employees"), RevenueWan: rapid.Int64Range(0, 1e6).Draw(t, "revenue"), Business: some.Draw(t, "business"),
			Avoid: none(ids.Draw(t, "avoid")), AvoidUnits: none(rapid.SliceOfN(word, 0, 2).Draw(t, "units"))}
		n := registry.Need{ID: "n1", EnterpriseID: "e1", EnterpriseType: some.Draw(t, "type"), Industry: "纺织业", Title: word.Draw(t, "title"), Description: some.Draw(t, "description"),
			State: rapid.SampledFrom([]registry.NeedState{registry.NeedOpen, registry.NeedDispatched, registry.NeedSolved, registry.NeedClosed}).Draw(t, "state"), SolvedBy: none(ids.Draw(t, "solved"))}
		if rapid.Bool().Draw(t, "diagnosed") {
			n.Diagnosis = &registry.Diagnosis{Field: word.Draw(t, "field"), Causes: some.Draw(t, "causes"), Terms: none(rapid.SliceOfN(word, 0, 3).Draw(t, "terms")), Source: "person"}
		}
		line, _ := json.Marshal(e)
		b, err := intake.Read(bytes.NewReader(line), "-", registry.KindEnterprise, intake.Options{})
		if err != nil || b.Err() != nil || !reflect.DeepEqual(b.Records().Enterprises, []registry.Enterprise{e}) {
			t.Fatalf("%v %v %+v\n%+v", err, b.Err(), b.Enterprises, e)
		}
		line, _ = json.Marshal(n)
		b, err = intake.Read(bytes.NewReader(line), "-", registry.KindNeed, intake.Options{})
		if err != nil || b.Err() != nil || !reflect.DeepEqual(b.Records().Needs, []registry.Need{n}) {
			t.Fatalf("%v %v %+v\n%+v", err, b.Err(), b.Needs, n)
		}
	})
}
