package registry_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/seal"
)

var s1 = registry.SpecialistPerson("S1")

func createKeys(t testing.TB) *seal.Keys {
	t.Helper()
	dir := t.TempDir()
	k, err := registry.CreateKeys(filepath.Join(dir, "keys"), filepath.Join(dir, "data"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// openWith is as open, with a key file.
func openWith(t testing.TB, dir string, keys *seal.Keys) *registry.Store {
	t.Helper()
	s, err := registry.Open(dir, registry.Options{Create: true, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	t.Cleanup(func() { consistent(t, s) })
	return s
}

// staffed is a store with two specialists and an enterprise, and the data of S1.
func staffed(t testing.TB, dir string, keys *seal.Keys) *registry.Store {
	t.Helper()
	s := openWith(t, dir, keys)
	r := registry.Records{Specialists: []registry.Specialist{specialist("S1", "铸造"), specialist("S2", "连翘")}, Enterprises: []registry.Enterprise{{ID: "E1", Name: "某厂"}}}
	if _, err := s.PutAll(t.Context(), clerk, r, registry.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	record(t, s, s1, canaryData(t))
	return s
}

func record(t testing.TB, s *registry.Store, who registry.PersonID, d registry.PersonalData) registry.Outcome {
	t.Helper()
	outcome, err := s.RecordPersonalData(t.Context(), clerk, who, d)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func with(t testing.TB, set map[registry.PersonalField]string) (d registry.PersonalData) {
	t.Helper()
	for f, text := range set {
		if err := d.Set(f, text, registry.Date{}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// lastChange is the newest entry of the log.
func lastChange(t testing.TB, s *registry.Store) registry.Change {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Changes(t.Context(), head.Seq-1, 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	return list[0]
}

var officer = registry.Actor{ID: "zhang", Role: registry.CentreStaff}

// From the first number to the last: recorded, seen as masks, found, shown for a purpose, corrected, forgotten, recorded
// anew.
func TestPersonalDataOfASpecialist(t *testing.T) {
	ctx := t.Context()
	s := staffed(t, t.TempDir(), createKeys(t))
	if record(t, s, s1, canaryData(t)) != registry.Unchanged || record(t, s, s1, with(t, map[registry.PersonalField]string{"mobile": canaryMobile})) != registry.Unchanged {
		t.Error("the same data were recorded again")
	}
	masks, err := s.MaskedData(ctx, s1)
	if want := "[{id_number 11**************2X} {birth ****-**-**} {gender ****} {mobile 139****1234} {email c****@example.com} {address ****} {bank_account ****3446}]"; err != nil || fmt.Sprint(plain(masks)) != want {
		t.Errorf("%v %v", plain(masks), err)
	}
	found, err := s.FindByIdentity(ctx, " 110105 19491231002x ")
	if err != nil || !slices.Equal(found, []registry.PersonID{s1}) {
		t.Error(found, err)
	}

	shown, err := s.Unmask(ctx, officer, s1, []registry.PersonalField{registry.FieldMobile, registry.FieldBankName}, " 电话通知对接活动 ")
	if err != nil || shown.Mobile.ClearText() != canaryMobile || len(shown.Stated()) != 1 {
		t.Fatal(shown, err)
	}
	c := lastChange(t, s)
	d, err := c.Disclosure()
	want := registry.Disclosure{Role: registry.CentreStaff, Fields: []registry.PersonalField{registry.FieldMobile}, Purpose: "电话通知对接活动"}
	if err != nil || c.Act != registry.ActUnmask || c.Actor != "zhang" || c.Kind != registry.KindPersonal || c.ID != "S1" || !reflect.DeepEqual(d, want) {
		t.Errorf("%+v %+v %v", c, d, err)
	}
	if _, err := s.Unmask(ctx, officer, s1, []registry.PersonalField{registry.FieldMobile}, "电话通知对接活动"); err != nil || lastChange(t, s).Seq != c.Seq+1 {
		t.Error("a second look with the same purpose left no entry", err)
	}

	if record(t, s, s1, with(t, map[registry.PersonalField]string{"id_number": "E12345678"})) != registry.Updated {
		t.Error("not updated")
	}
	if d, err := lastChange(t, s).Disclosure(); err != nil || !slices.Equal(d.Fields, []registry.PersonalField{registry.FieldIdentity}) {
		t.Error(d, err)
	}
	if old, err := s.FindByIdentity(ctx, canaryIdentity); err != nil || len(old) != 0 {
		t.Error("found by the old number", old, err)
	}
	if now, err := s.FindByIdentity(ctx, "E12345678"); err != nil || !slices.Equal(now, []registry.PersonID{s1}) {
		t.Error("not found by the new number", now, err)
	}

	if err := s.ForgetPerson(ctx, officer, s1, "本人要求"); err != nil {
		t.Fatal(err)
	}
	if c := lastChange(t, s); c.Act != registry.ActForget || c.Actor != "zhang" {
		t.Errorf("%+v", c)
	}
	if d, err := lastChange(t, s).Disclosure(); err != nil || d.Purpose != "本人要求" || d.Fields != nil {
		t.Error(d, err)
	}
	_, err = s.Unmask(ctx, officer, s1, []registry.PersonalField{registry.FieldMobile}, "核对")
	wantKind(t, err, registry.NotFound, "已经删除")
	if masks, err := s.MaskedData(ctx, s1); err != nil || len(masks) != 0 {
		t.Error(masks, err)
	}
	if now, err := s.FindByIdentity(ctx, "E12345678"); err != nil || len(now) != 0 {
		t.Error("found after being forgotten", now, err)
	}
	head := lastChange(t, s).Seq
	if err := s.ForgetPerson(ctx, officer, s1, "再删一次"); err != nil || lastChange(t, s).Seq != head {
		t.Error("forgotten twice", err)
	}
	record(t, s, s1, with(t, map[registry.PersonalField]string{"mobile": "13800000000"}))
	shown, err = s.Unmask(ctx, officer, s1, []registry.PersonalField{registry.FieldMobile}, "核对")
	if err != nil || shown.Mobile.ClearText() != "13800000000" {
		t.Error(shown, err)
	}
}

func plain(masks []registry.MaskedField) (list []string) {
	for _, m := range masks {
		list = append(list, fmt.Sprintf("{%s %s}", string(m.Field), m.Mask))
	}
	return list
}

func TestContactsHaveDataToo(t *testing.T) {
	s := staffed(t, t.TempDir(), createKeys(t))
	contact := registry.ContactOf("E1")
	record(t, s, contact, with(t, map[registry.PersonalField]string{"contact_name": "王甲", "telephone": "0356-2021234"}))
	shown, err := s.Unmask(t.Context(), officer, contact, registry.PersonalFields(registry.KindContactPerson), "电话回访")
	if err != nil || shown.ContactName.ClearText() != "王甲" || shown.Telephone.ClearText() != "0356-2021234" {
		t.Error(err)
	}
	if c := lastChange(t, s); c.Kind != registry.KindContactPerson || c.ID != "E1" {
		t.Errorf("%+v", c)
	}
}

func TestPersonalDataInABatch(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	s := openWith(t, dir, createKeys(t))
	batch := registry.Records{Specialists: []registry.Specialist{specialist("S1", "铸造")}, Personal: []registry.PersonRecord{{Who: s1, Data: canaryData(t)}}}
	try, err := s.PutAll(ctx, clerk, batch, registry.PutOptions{DryRun: true})
	if head, herr := s.Head(ctx); err != nil || herr != nil || try.Created != 1 || try.Personal != 1 || head.Seq != 0 {
		t.Fatal(try, err, head)
	}
	report, err := s.PutAll(ctx, clerk, batch, registry.PutOptions{})
	if err != nil || report.Created != 1 || report.Personal != 1 || report.Head.Seq != 3 {
		t.Fatal(report, err)
	}
	report, err = s.PutAll(ctx, clerk, batch, registry.PutOptions{})
	if err != nil || report.Unchanged != 1 || report.Personal != 0 || report.Head.Seq != 3 {
		t.Fatal(report, err)
	}
	batch.Personal[0].Data = with(t, map[registry.PersonalField]string{"mobile": "13800000000"})
	_, err = s.PutAll(ctx, clerk, batch, registry.PutOptions{})
	wantKind(t, err, registry.Conflict, "特派员个人信息 S1", "选择更新")
	batch.Personal[0].Who = registry.SpecialistPerson("S7")
	_, err = s.PutAll(ctx, clerk, batch, registry.PutOptions{Update: true})
	wantKind(t, err, registry.NotFound, "S7")
}

// A value is shown only when the entry about it is on disk.
func TestNothingIsShownWithoutAnEntry(t *testing.T) {
	dir, keys := t.TempDir(), createKeys(t)
	if err := staffed(t, dir, keys).Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, registry.FileName))
	if err != nil {
		t.Fatal(err)
	}
	s, err := registry.Open(dir, registry.Options{Keys: keys, Quota: info.Size()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 5000 {
		d, err := s.Unmask(t.Context(), officer, s1, []registry.PersonalField{registry.FieldMobile}, "核对")
		if err == nil {
			continue
		}
		wantKind(t, err, registry.Unavailable, "容量上限")
		if len(d.Stated()) > 0 {
			t.Fatal("shown, though the entry could not be written")
		}
		consistent(t, s)
		return
	}
	t.Fatal("the quota was never reached")
}

// Many look, record and forget at the same time, while the file is compacted under them; every look leaves its entry.
func TestPersonalDataFromManySides(t *testing.T) {
	ctx := t.Context()
	s := staffed(t, t.TempDir(), createKeys(t))
	s2, data := registry.SpecialistPerson("S2"), with(t, map[registry.PersonalField]string{"mobile": "13800000000"})
	var all sync.WaitGroup
	all.Go(func() {
		for range 5 {
			_, err := s.RecordPersonalData(ctx, clerk, s2, data)
			if err := errors.Join(err, s.ForgetPerson(ctx, officer, s2, "本人要求")); err != nil {
				t.Error(err)
			}
		}
	})
	for range 8 {
		all.Go(func() {
			for range 5 {
				_, err := s.Unmask(ctx, officer, s1, []registry.PersonalField{registry.FieldMobile}, "核对")
				_, merr := s.MaskedData(ctx, s1)
				if err := errors.Join(err, merr); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	acts := map[string]int{}
	changes, err := s.Changes(ctx, 0, 0)
	for _, c := range changes {
		acts[c.Act]++
	}
	if err != nil || acts[registry.ActUnmask] != 40 || acts[registry.ActForget] != 5 {
		t.Error(acts, err)
	}
}
