package registry_test

import (
	"errors"
	"strings"
	"testing"

	"tepai/registry"
)

func TestSpecialistValidate(t *testing.T) {
	good := registry.Specialist{ID: "S-1", Expertise: "球墨铸铁", Degree: "硕士", OrgType: "高等院校", Industry: "金属制品业",
		Evidence: []registry.Evidence{{Kind: registry.Paper, Title: "论球化", Year: 2021}}, Prefer: []string{"e1"}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("长", registry.MaxText+1)
	for field, cases := range map[string][]func(*registry.Specialist){
		"id": {
			func(v *registry.Specialist) { v.ID = "" }, func(v *registry.Specialist) { v.ID = "张三" },
			func(v *registry.Specialist) { v.ID = strings.Repeat("a", 65) }, func(v *registry.Specialist) { v.ID = "a b" },
		},
		"name":         {func(v *registry.Specialist) { v.Name = long }, func(v *registry.Specialist) { v.Name = "王\x00" }},
		"degree":       {func(v *registry.Specialist) { v.Degree = "本科" }},
		"education":    {func(v *registry.Specialist) { v.Education = "硕士" }},
		"org_type":     {func(v *registry.Specialist) { v.OrgType = "高校" }},
		"industry":     {func(v *registry.Specialist) { v.Industry = "炼丹" }, func(v *registry.Specialist) { v.Industry = "33" }},
		"fields":       {func(v *registry.Specialist) { v.Fields = []string{" "} }, func(v *registry.Specialist) { v.Fields = make([]string, 201) }},
		"expertise":    {func(v *registry.Specialist) { v.Expertise = long }, func(v *registry.Specialist) { v.Expertise, v.Evidence = "", nil }, func(v *registry.Specialist) { v.Expertise, v.Evidence = "铸", nil }},
		"achievements": {func(v *registry.Specialist) { v.Achievements = "\xff" }},
		"evidence":     {func(v *registry.Specialist) { v.Evidence = make([]registry.Evidence, 1001) }},
		"evidence.kind": {
			func(v *registry.Specialist) { v.Evidence[0].Kind = "book" }, func(v *registry.Specialist) { v.Evidence[0].Kind = "" },
		},
		"evidence.text": {func(v *registry.Specialist) { v.Evidence[0].Title = "" }},
		"evidence.year": {func(v *registry.Specialist) { v.Evidence[0].Year = 21 }},
		"standing":      {func(v *registry.Specialist) { v.Standing = "在库" }},
		"barred_to":     {func(v *registry.Specialist) { v.BarredTo = "2026-2-1" }, func(v *registry.Specialist) { v.BarredTo = "2026-02-30" }},
		"capacity":      {func(v *registry.Specialist) { v.Capacity = -1 }},
		"prefer":        {func(v *registry.Specialist) { v.Prefer = []string{"e1", "e1"} }},
		"avoid":         {func(v *registry.Specialist) { v.Avoid = []string{"e1"} }},
	} {
		for i, spoil := range cases {
			v := good
			v.Evidence = append([]registry.Evidence(nil), good.Evidence...)
			spoil(&v)
			wantField(t, v.Validate(), field, i)
		}
	}
}

func TestEnterpriseValidate(t *testing.T) {
	good := registry.Enterprise{ID: "e1", Name: "某公司", CreditCode: "91350100M000100Y43", Size: "小型", County: "高平市", Founded: "2010-05-01", Employees: 80}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*registry.Enterprise){
		"name":        func(v *registry.Enterprise) { v.Name = " " },
		"credit_code": func(v *registry.Enterprise) { v.CreditCode = "91350100M000100Y44" },
		"size":        func(v *registry.Enterprise) { v.Size = "大" },
		"county":      func(v *registry.Enterprise) { v.County = "高平" },
		"founded":     func(v *registry.Enterprise) { v.Founded = "2010年" },
		"employees":   func(v *registry.Enterprise) { v.Employees = -3 },
		"avoid_units": func(v *registry.Enterprise) { v.AvoidUnits = []string{""} },
	} {
		v := good
		spoil(&v)
		wantField(t, v.Validate(), field, 0)
	}
	lower := good
	lower.CreditCode = strings.ToLower(good.CreditCode)
	wantField(t, lower.Validate(), "credit_code", 1)
}

func TestNeedValidate(t *testing.T) {
	good := registry.Need{ID: "n1", EnterpriseID: "e1", Title: "铸件渗漏", State: registry.NeedSolved, Diagnosis: &registry.Diagnosis{Field: "铸造"}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*registry.Need){
		"enterprise":      func(v *registry.Need) { v.EnterpriseID = "某公司" },
		"description":     func(v *registry.Need) { v.Title = "" },
		"state":           func(v *registry.Need) { v.State = "open" },
		"diagnosis.field": func(v *registry.Need) { v.Diagnosis = &registry.Diagnosis{Field: strings.Repeat("长", 201)} },
		"solved_by":       func(v *registry.Need) { v.SolvedBy = []string{""} },
	} {
		v := good
		spoil(&v)
		wantField(t, v.Validate(), field, 0)
	}
	long := registry.Need{ID: "n1", Description: strings.Repeat("长", 20_000)}
	if err := long.Validate(); err == nil || !strings.Contains(err.Error(), "有 20000 个字，最多 10000 个") {
		t.Error(err)
	}
	short := registry.Need{ID: "n1", Description: "漏"}
	if err := short.Validate(); err == nil || !strings.Contains(err.Error(), "只有 1 个字") {
		t.Error(err)
	}
	if err := (registry.Need{ID: "n1", Description: "😀𠮷铸件渗漏"}).Validate(); err != nil {
		t.Error(err)
	}
}

func wantField(t *testing.T, err error, field string, i int) {
	t.Helper()
	var e *registry.Error
	if !errors.As(err, &e) || e.Kind != registry.Invalid || e.Field != field || !strings.Contains(e.Msg, "，") && !strings.Contains(e.Msg, "请") {
		t.Errorf("%s (%d): %v", field, i, err)
	}
}
