package registry_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"tepai/registry"
	"tepai/registry/seal"
)

// peopled is a store with the personal data of forty specialists, every fourth of them forgotten, as bytes.
func peopled(t *testing.T, keys *seal.Keys) []byte {
	s := openWith(t, t.TempDir(), keys)
	var r registry.Records
	for i := range 40 {
		id := fmt.Sprintf("S%02d", i)
		r.Specialists = append(r.Specialists, specialist(id, "铸造"))
		d := with(t, map[registry.PersonalField]string{"id_number": fmt.Sprintf("E%08d", i), "mobile": fmt.Sprintf("139%08d", i)})
		r.Personal = append(r.Personal, registry.PersonRecord{Who: registry.SpecialistPerson(id), Data: d})
	}
	if _, err := s.PutAll(t.Context(), clerk, r, registry.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 40; i += 4 {
		if err := s.ForgetPerson(t.Context(), officer, r.Personal[i].Who, "本人要求"); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if _, err := s.Backup(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// masksOf is what can be seen and found of everybody; trouble is what the store itself reports.
func masksOf(t *testing.T, file []byte, keys *seal.Keys) (all []any, trouble error) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, registry.FileName), file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := registry.Open(dir, registry.Options{Keys: keys})
	if err != nil {
		wantKind(t, err, registry.Unavailable)
		return nil, err
	}
	defer s.Close()
	problems, err := s.Check(t.Context())
	report, verr := s.Verify(t.Context())
	if trouble = errors.Join(err, verr); len(problems)+len(report.Faults) > 0 {
		trouble = errors.Join(trouble, fmt.Errorf("%v %v", problems, report.Faults))
	}
	for i := range 40 {
		masks, err := s.MaskedData(t.Context(), registry.SpecialistPerson(fmt.Sprintf("S%02d", i)))
		found, ferr := s.FindByIdentity(t.Context(), fmt.Sprintf("E%08d", i))
		for _, e := range []error{err, ferr} {
			var refusal *registry.Error
			if e != nil && !errors.As(e, &refusal) {
				t.Fatal("trouble without a sentence:", e)
			}
		}
		all, trouble = append(all, masks, found), errors.Join(trouble, err, ferr)
	}
	return all, trouble
}

// A flipped bit in a store with personal data is reported, or nobody's data, and nobody's being forgotten, has changed.
func TestFlippedBitsInPersonalData(t *testing.T) {
	keys := createKeys(t)
	file := peopled(t, keys)
	want, trouble := masksOf(t, file, keys)
	if trouble != nil {
		t.Fatal(trouble)
	}
	r := rand.New(rand.NewPCG(11, 12))
	found := 0
	for range damageRounds() {
		bad := bytes.Clone(file)
		at, bit := r.IntN(len(bad)), r.IntN(8)
		bad[at] ^= 1 << bit
		switch got, trouble := masksOf(t, bad, keys); {
		case trouble != nil:
			found++
		case !reflect.DeepEqual(got, want):
			t.Fatalf("byte %d bit %d changed what is known of somebody, and nobody noticed", at, bit)
		}
	}
	if found == 0 {
		t.Error("no flip was reported")
	}
	t.Logf("%d of %d flips reported, the others changed nothing", found, damageRounds())
}
