package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/intake"
)

const personalSheet = "编号,专业特长,身份证号,手机号,银行卡号,开户行,性别,出生日期,邮箱,住址\n" +
	"S1,铸造,11010519491231002X,139-1234-1234,6222020200112233440,工行,女,1949/12/31,canary@example.com,凤台街金丝雀小区\n" +
	"S2,连翘,,,,,,,,\n"

func TestPersonalDataStandApart(t *testing.T) {
	b := mustRead(t, "人员.csv", personalSheet, registry.KindSpecialist)
	if err := b.Err(); err != nil || len(b.Specialists) != 2 {
		t.Fatal(err)
	}
	persons := b.Persons()
	if len(persons) != 1 || persons[0].Who != registry.SpecialistPerson("S1") || persons[0].Data.Mobile.ClearText() != "13912341234" || len(persons[0].Data.Stated()) != 8 {
		t.Fatalf("%+v", persons)
	}
	for _, s := range []string{"49123", "12341234", "0112233", "canary", "金丝雀"} {
		if out := fmt.Sprintf("%+v %#v %v", b, b, b.Doubts); strings.Contains(out, s) {
			t.Errorf("the batch prints %q", s)
		}
	}
	if len(b.Doubts) != 1 || b.Doubts[0].Line != 2 || b.Doubts[0].Field != "bank_account" || b.Doubts[0].Remedy == "" {
		t.Errorf("%+v", b.Doubts)
	}
	if r := b.Records(); len(r.Personal) != 1 || len(r.Specialists) != 2 {
		t.Errorf("%+v", r)
	}
	b.DropPersonal()
	if len(b.Persons()) != 0 || len(b.Doubts) != 0 || len(b.Specialists) != 2 {
		t.Error("not dropped")
	}
}

func TestContactsOfEnterprises(t *testing.T) {
	b := mustRead(t, "a.jsonl", `{"id":"E1","name":"某厂","contact_name":"王甲","mobile":"13912341234","telephone":""}`, registry.KindEnterprise)
	persons := b.Persons()
	if b.Err() != nil || len(persons) != 1 || persons[0].Who != registry.ContactOf("E1") || persons[0].Data.ContactName.ClearText() != "王甲" {
		t.Fatalf("%+v %v", persons, b.Err())
	}
	b.DropPersonal()
	if len(b.Persons()) != 0 {
		t.Error("not dropped")
	}
}

func TestFaultsOfPersonalDataDoNotRepeatThem(t *testing.T) {
	for _, c := range []struct{ row, field, says string }{
		{`"id_number":"110105194912310021"`, "id_number", "校验位"},
		{`"id_number":110105194912310021`, "id_number", "写成了数字"},
		{`"mobile":"1391234123"`, "mobile", "10 位"},
		{`"email":"canary@x"`, "email", "不像"},
		{`"bank_account":"62220202A"`, "bank_account", "数字以外"},
		{`"birth":"2030-01-01"`, "birth", "晚于今天"},
		{`"birth":"1949-12-30","id_number":"11010519491231002X"`, "birth", "以证件为准"},
		{`"gender":["女"]`, "gender", "引号"},
	} {
		text := `{"id":"S1","expertise":"铸造",` + c.row + `}`
		b, err := intake.Read(strings.NewReader(text), "a.jsonl", registry.KindSpecialist, intake.Options{Today: registry.Date{Year: 2026, Month: 6, Day: 1}})
		if err != nil || len(b.Faults) != 1 || b.Faults[0].Field != c.field || b.Faults[0].Raw != "" || !strings.Contains(b.Faults[0].String(), c.says) || b.Len() != 0 {
			t.Errorf("%s: %+v %v", c.row, b.Faults, err)
			continue
		}
		for _, s := range []string{"1949", "391234", "canary", "62220202", "2030"} {
			if strings.Contains(fmt.Sprint(b.Faults, b.Err()), s) {
				t.Errorf("%s: the fault gives away %q", c.row, s)
			}
		}
	}
}

func TestATableWithoutHeaderShowsNoNumbers(t *testing.T) {
	_, err := intake.Read(strings.NewReader("S1,铸造,11010519491231002X,13912341234,canary@example.com\n"), "a.csv", registry.KindSpecialist, intake.Options{})
	if err == nil || !strings.Contains(err.Error(), "S1、铸造、（号码）、（号码）、（号码）") {
		t.Error(err)
	}
	b := mustRead(t, "a.csv", "编号,专业特长,13912341234\nS1,铸造,x\n", registry.KindSpecialist)
	if fmt.Sprint(b.Ignored) != "[（号码）]" {
		t.Error(b.Ignored)
	}
}
