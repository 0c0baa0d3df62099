package registry_test

import (
	"fmt"
	"strings"
	"testing"

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
