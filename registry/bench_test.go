package registry_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// pool is n specialists of about one kilobyte.
func pool(n int) (r registry.Records) {
	text := strings.Repeat("从事球墨铸铁熔炼、孕育与补缩工艺，处理过阀体渗漏。", 12)
	for i := range n {
		r.Specialists = append(r.Specialists, specialist(fmt.Sprintf("S%07d", i*7919%n), fmt.Sprint(i, text)))
	}
	return r
}

// go test ./registry -run xxx -bench PutAll -benchtime 1x
func BenchmarkPutAll(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		r := pool(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, err := registry.Open(b.TempDir(), registry.Options{Create: true})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := s.PutAll(b.Context(), clerk, r, registry.PutOptions{}); err != nil {
					b.Fatal(err)
				}
				s.Close()
			}
		})
	}
}

func BenchmarkPutOne(b *testing.B) {
	s := open(b, b.TempDir())
	v := pool(1).Specialists[0]
	for n := 0; b.Loop(); n++ {
		v.Name = fmt.Sprint(n)
		if _, err := s.PutSpecialist(b.Context(), clerk, v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	s := open(b, b.TempDir())
	if _, err := s.PutAll(b.Context(), clerk, pool(10_000), registry.PutOptions{}); err != nil {
		b.Fatal(err)
	}
	for name, read := range map[string]func() error{
		"one":       func() error { _, err := s.Specialist(b.Context(), "S0005000"); return err },
		"list10000": func() error { _, err := s.Specialists(b.Context(), "", 0); return err },
		"log10000":  func() error { _, err := s.Changes(b.Context(), 0, 0); return err },
		"verify":    func() error { _, err := s.Verify(b.Context()); return err },
		"check":     func() error { _, err := s.Check(b.Context()); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// go test ./registry -run xxx -bench Personal -benchtime 1x
func BenchmarkPersonal(b *testing.B) {
	const n = 10_000
	dir, keys := b.TempDir(), createKeys(b)
	s, err := registry.Open(dir, registry.Options{Create: true, Keys: keys})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { s.Close() }()
	r := pool(n)
	if _, err := s.PutAll(b.Context(), clerk, r, registry.PutOptions{}); err != nil {
		b.Fatal(err)
	}
	var people registry.Records
	for i, v := range r.Specialists {
		d := with(b, map[registry.PersonalField]string{
			"id_number": fmt.Sprintf("E%08d", i), "mobile": fmt.Sprintf("139%08d", i), "bank_account": fmt.Sprintf("6222020%012d", i), "email": "a@example.com"})
		people.Personal = append(people.Personal, registry.PersonRecord{Who: registry.SpecialistPerson(v.ID), Data: d})
	}
	for _, step := range []struct {
		name string
		do   func(i int) error
	}{
		{"record10000", func(int) error { _, err := s.PutAll(b.Context(), clerk, people, registry.PutOptions{}); return err }},
		{"unchanged10000", func(int) error { _, err := s.PutAll(b.Context(), clerk, people, registry.PutOptions{}); return err }},
		{"mask", func(i int) error { _, err := s.MaskedData(b.Context(), people.Personal[i%n].Who); return err }},
		{"find", func(i int) error { _, err := s.FindByIdentity(b.Context(), fmt.Sprintf("E%08d", i%n)); return err }},
		{"unmask", func(i int) error {
			_, err := s.Unmask(b.Context(), officer, people.Personal[i%n].Who, []registry.PersonalField{registry.FieldMobile}, "核对")
			return err
		}},
		{"check", func(int) error { _, err := s.Check(b.Context()); return err }},
		{"forget", func(i int) error {
			return s.ForgetPerson(b.Context(), officer, people.Personal[i%n].Who, "本人要求")
		}},
	} {
		b.Run(step.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := step.do(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("rotate10000", func(b *testing.B) {
		for b.Loop() {
			s.Close()
			if keys, err = registry.RotateKeys(keys, time.Now()); err != nil {
				b.Fatal(err)
			}
			if s, err = registry.Open(dir, registry.Options{Keys: keys}); err != nil {
				b.Fatal(err)
			}
			if _, err := s.RewrapKeys(b.Context(), officer); err != nil {
				b.Fatal(err)
			}
		}
	})
}
