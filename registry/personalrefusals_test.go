package registry_test

import (
	"slices"
	"strings"
	"testing"

	"tepai/registry"
)

func TestPersonalRefusals(t *testing.T) {
	ctx := t.Context()
	s := staffed(t, t.TempDir(), createKeys(t))
	before := lastChange(t, s).Seq
	mobile := []registry.PersonalField{registry.FieldMobile}
	unmask := func(who registry.PersonID, fields []registry.PersonalField, purpose string) error {
		d, err := s.Unmask(ctx, officer, who, fields, purpose)
		if len(d.Stated()) > 0 {
			t.Error("values beside a refusal")
		}
		return err
	}
	put := func(who registry.PersonID, set map[registry.PersonalField]string) error {
		_, err := s.RecordPersonalData(ctx, clerk, who, with(t, set))
		return err
	}
	find := func(text string) error { _, err := s.FindByIdentity(ctx, text); return err }
	mask := func(who registry.PersonID) error { _, err := s.MaskedData(ctx, who); return err }
	for _, c := range []struct {
		name string
		err  error
		kind registry.Kind
		says string
	}{
		{"no purpose", unmask(s1, mobile, " "), registry.Invalid, "请写明因何事查看"},
		{"a number as purpose", unmask(s1, mobile, "核对 139-1234-1234 "), registry.Invalid, "变更日志"},
		{"an address of e-mail as purpose", unmask(s1, mobile, "发到 a@example.com"), registry.Invalid, "邮箱"},
		{"the address as purpose", unmask(s1, mobile, "家访，住"+canaryAddress), registry.Invalid, "通讯地址"},
		{"a long purpose", unmask(s1, mobile, strings.Repeat("长", 300)), registry.Invalid, "最多 200"},
		{"no fields", unmask(s1, nil, "核对"), registry.Invalid, "哪几项"},
		{"a field that is none", unmask(s1, []registry.PersonalField{"shoe_size"}, "核对"), registry.Invalid, "shoe_size"},
		{"a field not recorded", unmask(s1, []registry.PersonalField{registry.FieldBankName}, "核对"), registry.NotFound, "没有登记开户银行"},
		{"nothing recorded", unmask(registry.SpecialistPerson("S2"), mobile, "核对"), registry.NotFound, "没有登记"},
		{"a person of a need", unmask(registry.PersonID{Kind: registry.KindNeed, ID: "S1"}, mobile, "核对"), registry.Invalid, "企业联系人"},
		{"no such specialist", put(registry.SpecialistPerson("S9"), map[registry.PersonalField]string{"mobile": canaryMobile}), registry.NotFound, "S9"},
		{"no such enterprise", put(registry.ContactOf("S1"), map[registry.PersonalField]string{"mobile": canaryMobile}), registry.NotFound, "企业"},
		{"somebody else's number", put(registry.SpecialistPerson("S2"), map[registry.PersonalField]string{"id_number": canaryIdentity}), registry.Conflict, "特派员个人信息 S1"},
		{"another birth than recorded", put(s1, map[registry.PersonalField]string{"birth": "1949-12-30"}), registry.Invalid, "以证件为准"},
		{"nothing to record", put(s1, nil), registry.Invalid, "没有填写"},
		{"no number to find", find("110105194912310021"), registry.Invalid, "校验位"},
		{"masks of nobody", mask(registry.SpecialistPerson("S9")), registry.NotFound, "S9"},
		{"forget nobody", s.ForgetPerson(ctx, officer, registry.SpecialistPerson("S2"), "本人要求"), registry.NotFound, "没有登记"},
		{"forget without a reason", s.ForgetPerson(ctx, officer, s1, ""), registry.Invalid, "因何删除"},
		{"forget with a number", s.ForgetPerson(ctx, officer, s1, "本人 "+canaryIdentity+" 要求"), registry.Invalid, "号码"},
		{"forget without an actor", s.ForgetPerson(ctx, registry.Actor{}, s1, "本人要求"), registry.Invalid, "操作人"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantKind(t, c.err, c.kind, c.says)
			noCanary(t, c.name, c.err.Error())
		})
	}
	if after := lastChange(t, s).Seq; after != before {
		t.Errorf("refused acts left changes %d to %d", before+1, after)
	}
}

// Passports of two countries can bear one number; one batch may not claim one identity card twice.
func TestSharedNumbers(t *testing.T) {
	ctx := t.Context()
	s := staffed(t, t.TempDir(), createKeys(t))
	s2 := registry.SpecialistPerson("S2")
	passport := with(t, map[registry.PersonalField]string{"id_number": "E12345678"})
	record(t, s, s1, passport)
	record(t, s, s2, passport)
	if found, err := s.FindByIdentity(ctx, "E12345678"); err != nil || !slices.Equal(found, []registry.PersonID{s1, s2}) {
		t.Error(found, err)
	}
	card := with(t, map[registry.PersonalField]string{"id_number": canaryIdentity})
	_, err := s.PutAll(ctx, clerk, registry.Records{Personal: []registry.PersonRecord{{Who: s1, Data: card}, {Who: s2, Data: card}}}, registry.PutOptions{Update: true})
	wantKind(t, err, registry.Conflict, "已登记在")
	_, err = s.PutAll(ctx, clerk, registry.Records{Personal: []registry.PersonRecord{{Who: s1, Data: card}, {Who: s1, Data: passport}}}, registry.PutOptions{Update: true})
	wantKind(t, err, registry.Conflict, "重复的编号")
}
