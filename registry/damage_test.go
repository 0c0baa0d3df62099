package registry_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"tepai/registry"
)

// damageRounds is how many damaged files a test opens: few in -short, more by TEPAI_DAMAGE_ROUNDS.
func damageRounds() int {
	if n, err := strconv.Atoi(os.Getenv("TEPAI_DAMAGE_ROUNDS")); err == nil {
		return n
	}
	if testing.Short() {
		return 30
	}
	return 300
}

// everything is all that a reader can see of a store.
type everything struct {
	Specialists []registry.Specialist
	Enterprises []registry.Enterprise
	Needs       []registry.Need
	Changes     []registry.Change
	Head        registry.Head
}

func readAll(t *testing.T, s *registry.Store) (all everything, err error) {
	var errs [5]error
	all.Specialists, errs[0] = s.Specialists(t.Context(), "", 0)
	all.Enterprises, errs[1] = s.Enterprises(t.Context(), "", 0)
	all.Needs, errs[2] = s.Needs(t.Context(), "", 0)
	all.Changes, errs[3] = s.Changes(t.Context(), 0, 0)
	all.Head, errs[4] = s.Head(t.Context())
	return all, errors.Join(errs[:]...)
}

// sampleFile gives the bytes of a store and what stands in it.
func sampleFile(t *testing.T) ([]byte, everything) {
	s := open(t, t.TempDir())
	for round := range 2 {
		var b registry.Records
		for i := range 80 {
			b.Specialists = append(b.Specialists, specialist(fmt.Sprintf("S%d", i), strings.Repeat(fmt.Sprintf("铸造 %d %d，", i, round), 1+i%40)))
			b.Enterprises = append(b.Enterprises, registry.Enterprise{ID: fmt.Sprintf("E%d", i), Name: "某厂"})
			b.Needs = append(b.Needs, registry.Need{ID: fmt.Sprintf("N%d", i), Title: "铸件渗漏", Wanted: strings.Repeat("不漏", i)})
		}
		if _, err := s.PutAll(t.Context(), clerk, b, registry.PutOptions{Update: true}); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if _, err := s.Backup(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	all, err := readAll(t, s)
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), all
}

// A flipped bit anywhere in the file never ends the program. Either Open, Check or Verify reports it, or nothing that
// a reader sees has changed.
func TestFlippedBits(t *testing.T) {
	file, want := sampleFile(t)
	r := rand.New(rand.NewPCG(5, 6))
	found := 0
	for i := range damageRounds() {
		bad := bytes.Clone(file)
		at, bit := r.IntN(len(bad)), r.IntN(8)
		bad[at] ^= 1 << bit
		got, trouble := openDamaged(t, bad, i%8 == 0)
		if trouble != nil {
			found++
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("byte %d bit %d changed the content, and nobody noticed", at, bit)
		}
	}
	t.Logf("%d of %d flips reported, the others changed nothing", found, damageRounds())
}

// A file cut off anywhere is reported.
func TestCutFiles(t *testing.T) {
	file, _ := sampleFile(t)
	r := rand.New(rand.NewPCG(7, 8))
	for range damageRounds() / 5 {
		n := r.IntN(len(file))
		if _, trouble := openDamaged(t, file[:n], true); trouble == nil {
			t.Fatalf("cut to %d of %d bytes, and nobody noticed", n, len(file))
		}
	}
}

// openDamaged opens the file, has it checked, reads all, and writes if told so. Trouble is what the store itself
// reported before the writing.
func openDamaged(t *testing.T, file []byte, write bool) (all everything, trouble error) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, registry.FileName), file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := registry.Open(dir, registry.Options{})
	if err != nil {
		wantKind(t, err, registry.Unavailable)
		return all, err
	}
	defer s.Close()
	problems, err := s.Check(t.Context())
	report, verr := s.Verify(t.Context())
	all, rerr := readAll(t, s)
	trouble = errors.Join(err, verr, rerr)
	if len(problems) > 0 || len(report.Faults) > 0 {
		trouble = errors.Join(trouble, fmt.Errorf("%v %v", problems, report.Faults))
	}
	if rerr != nil {
		wantKind(t, rerr, registry.Unavailable, "已损坏")
	}
	if write {
		s.PutSpecialist(t.Context(), clerk, specialist("S40", "写入损坏的文件"))
	}
	return all, trouble
}
