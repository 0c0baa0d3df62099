package registry_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tepai/registry"
)

// The pair of a store with personal data and its key file, made before format 1 was released:
//
//	go test ./registry -run PersonalCompat -update
const personalCompat = compatDir + "/personal-1"

func writePersonalCompat(t *testing.T) {
	keys := createKeys(t)
	s := staffed(t, t.TempDir(), keys)
	s2 := registry.SpecialistPerson("S2")
	record(t, s, registry.ContactOf("E1"), with(t, map[registry.PersonalField]string{"contact_name": "示例乙", "telephone": "0356-2021234"}))
	record(t, s, s2, with(t, map[registry.PersonalField]string{"mobile": "13800000000"}))
	if err := s.ForgetPerson(t.Context(), officer, s2, "本人要求"); err != nil {
		t.Fatal(err)
	}
	var db bytes.Buffer
	if _, err := s.Backup(t.Context(), &db); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(keys.Path())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{personalCompat + ".db": db.Bytes(), personalCompat + ".keys": text} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Ciphertext and key files of every format open.
func TestPersonalCompat(t *testing.T) {
	if *update {
		writePersonalCompat(t)
	}
	text, err := os.ReadFile(personalCompat + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := registry.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	s := openWith(t, unpack(t, personalCompat+".db"), keys)
	if got, err := s.Unmask(t.Context(), officer, s1, registry.PersonalFields(registry.KindPersonal), "核对"); err != nil || got != canaryData(t) {
		t.Error(got, err)
	}
	contact, err := s.Unmask(t.Context(), officer, registry.ContactOf("E1"), registry.PersonalFields(registry.KindContactPerson), "核对")
	if err != nil || contact.ContactName.ClearText() != "示例乙" {
		t.Error(contact, err)
	}
	_, err = s.Unmask(t.Context(), officer, registry.SpecialistPerson("S2"), registry.PersonalFields(registry.KindPersonal), "核对")
	wantKind(t, err, registry.NotFound, "已经删除")
	if found, err := s.FindByIdentity(t.Context(), canaryIdentity); err != nil || !slices.Equal(found, []registry.PersonID{s1}) {
		t.Error(found, err)
	}
}
