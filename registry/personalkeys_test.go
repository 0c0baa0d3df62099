package registry_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tepai/registry"
)

func TestWithoutKeyFile(t *testing.T) {
	ctx := t.Context()
	dir, keys := t.TempDir(), createKeys(t)
	if err := staffed(t, dir, keys).Close(); err != nil {
		t.Fatal(err)
	}
	s := openWith(t, dir, nil)
	mobile := []registry.PersonalField{registry.FieldMobile}
	_, err1 := s.RecordPersonalData(ctx, clerk, s1, canaryData(t))
	_, err2 := s.Unmask(ctx, officer, s1, mobile, "核对")
	_, err3 := s.MaskedData(ctx, s1)
	_, err4 := s.FindByIdentity(ctx, canaryIdentity)
	_, err5 := s.RewrapKeys(ctx, officer)
	for _, err := range []error{err1, err2, err3, err4, err5} {
		wantKind(t, err, registry.Unavailable, "--key", "tepai key create")
	}
	consistent(t, s)
	if err := s.ForgetPerson(ctx, officer, s1, "本人要求"); err != nil {
		t.Fatal("the right to be forgotten must not hang on the key file:", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(dir, "sub")
	_, err := registry.CreateKeys(filepath.Join(inside, "keys"), dir, time.Now())
	wantKind(t, err, registry.Invalid, "数据文件夹以外")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err == nil {
		_, err = registry.CreateKeys(filepath.Join(link, "keys"), dir, time.Now())
		wantKind(t, err, registry.Invalid, "数据文件夹以外")
	}
	if err := os.Rename(keys.Path(), filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	moved, err := registry.OpenKeys(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = registry.Open(dir, registry.Options{Keys: moved})
	wantKind(t, err, registry.Invalid, "数据文件夹以外")
}

func TestRotationOverAllPersons(t *testing.T) {
	ctx := t.Context()
	dir, old := t.TempDir(), createKeys(t)
	s := staffed(t, dir, old)
	record(t, s, registry.SpecialistPerson("S2"), with(t, map[registry.PersonalField]string{"mobile": "13800000000"}))
	record(t, s, registry.ContactOf("E1"), with(t, map[registry.PersonalField]string{"contact_name": "王甲"}))
	if err := s.ForgetPerson(ctx, officer, registry.ContactOf("E1"), "联系人已离职"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	both, err := registry.RotateKeys(old, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	s = openWith(t, dir, both)
	persons, err := s.RewrapKeys(ctx, officer)
	if err != nil || persons != 2 || lastChange(t, s).Act != registry.ActRewrap {
		t.Fatal(persons, err)
	}
	head := lastChange(t, s).Seq
	if persons, err := s.RewrapKeys(ctx, officer); err != nil || persons != 0 || lastChange(t, s).Seq != head {
		t.Error("rewrapped again", persons, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openWith(t, dir, old) // the same file before the rotation: it cannot open what was wrapped since
	_, err = s.MaskedData(ctx, s1)
	wantKind(t, err, registry.Unavailable, "没有加密这份个人信息的主密钥")
	if problems, err := s.Check(ctx); err != nil || len(problems) != 3 {
		t.Error("Check with a key file that does not open:", problems, err)
	}
	s.Close()
	now, err := registry.RetireKeys(both)
	if err != nil {
		t.Fatal(err)
	}
	s = openWith(t, dir, now)
	shown, err := s.Unmask(ctx, officer, s1, []registry.PersonalField{registry.FieldIdentity}, "核对")
	if err != nil || shown.Identity.ClearText() != canaryIdentity {
		t.Error(err)
	}
	if found, err := s.FindByIdentity(ctx, canaryIdentity); err != nil || len(found) != 1 {
		t.Error(found, err)
	}
}

// When the key file is lost, everybody is forgotten, without it, and another one takes over.
func TestAnotherKeyFileAfterALoss(t *testing.T) {
	ctx := t.Context()
	dir, other := t.TempDir(), createKeys(t)
	s := staffed(t, dir, createKeys(t))
	s.Close()
	_, err := registry.Open(dir, registry.Options{Keys: other})
	wantKind(t, err, registry.Unavailable, "不属于这份数据")
	s = openWith(t, dir, nil)
	if err := s.ForgetPerson(ctx, officer, s1, "密钥文件遗失"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openWith(t, dir, other)
	batch := registry.Records{Personal: []registry.PersonRecord{{Who: registry.SpecialistPerson("S2"), Data: canaryData(t)}}}
	if _, err := s.PutAll(ctx, clerk, batch, registry.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	record(t, s, s1, with(t, map[registry.PersonalField]string{"mobile": canaryMobile}))
	if found, err := s.FindByIdentity(ctx, canaryIdentity); err != nil || !slices.Equal(found, []registry.PersonID{registry.SpecialistPerson("S2")}) {
		t.Error(found, err)
	}
}

func TestRotationOfNothing(t *testing.T) {
	s := openWith(t, t.TempDir(), createKeys(t))
	if persons, err := s.RewrapKeys(t.Context(), officer); err != nil || persons != 0 {
		t.Error(persons, err)
	}
	if head, err := s.Head(t.Context()); err != nil || head.Seq != 0 {
		t.Error("a store without personal data has an entry", head, err)
	}
}
