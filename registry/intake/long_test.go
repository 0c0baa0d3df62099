package intake_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/intake"
)

// endless gives head, then n times the same byte, then tail, without holding them.
type endless struct {
	head, tail string
	fill       byte
	n, at      int64
}

func (e *endless) Read(p []byte) (int, error) {
	size := int64(len(e.head)) + e.n + int64(len(e.tail))
	if e.at >= size {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), size-e.at)]
	for i := range p {
		p[i] = e.fill
	}
	if e.at < int64(len(e.head)) {
		copy(p, e.head[e.at:])
	}
	if begin := int64(len(e.head)) + e.n - e.at; begin < int64(len(p)) {
		copy(p[max(0, begin):], e.tail[max(0, -begin):])
	}
	e.at += int64(len(p))
	return len(p), nil
}

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	if whence == io.SeekStart {
		e.at = offset
		return offset, nil
	}
	if whence == io.SeekCurrent && offset == 0 {
		return e.at, nil
	}
	return 0, errors.New("endless: no such seek")
}

func TestALineOf200MBIsRefusedWithoutBeingHeld(t *testing.T) {
	length := int64(200 << 20)
	if testing.Short() {
		length = 20 << 20
	}
	for name, e := range map[string]*endless{
		"a.jsonl": {head: `{"id":"s1","expertise":"`, fill: 'a', n: length, tail: "\"}\n" + `{"id":"s2","expertise":"casting"}`},
		"a.csv":   {head: "id,expertise\ns1,\"", fill: 'a', n: length, tail: "\"\ns2,casting\n"},
		"b.csv":   {head: "id,expertise\ns1,\"", fill: '\n', n: length / 10, tail: "\"\ns2,casting\n"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		b, err := intake.Read(e, name, registry.KindSpecialist, intake.Options{})
		runtime.ReadMemStats(&after)
		if err != nil || len(b.Faults) == 0 || !strings.Contains(b.Faults[0].Reason, "超过 1 MiB") {
			t.Fatalf("%s: %v, %v", name, b.Faults, err)
		}
		if name != "b.csv" && (len(b.Faults) != 1 || b.Len() != 1) {
			t.Errorf("%s: the other row is good: %d rows, %v", name, b.Len(), b.Faults)
		}
		allocated := after.TotalAlloc - before.TotalAlloc
		if allocated > 16<<20 {
			t.Errorf("%s: %d MiB allocated", name, allocated>>20)
		}
		t.Logf("%s: %s, %d KiB allocated", name, time.Since(begin).Round(time.Millisecond), allocated>>10)
	}
}

func TestMemoryStaysWithTheRows(t *testing.T) {
	line := `{"id":"x","expertise":"` + strings.Repeat("铸造", 100) + `"}` + "\n"
	b, err := intake.Read(strings.NewReader(strings.Repeat(line, 2000)), "a.jsonl", registry.KindSpecialist, intake.Options{})
	if err != nil || b.Len() != 1 || len(b.Faults)+b.More != 1999 {
		t.Fatal(b.Len(), len(b.Faults), b.More, err)
	}
}

func TestCrowdedLinesAreReadInLinearTime(t *testing.T) {
	var keys strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&keys, `"铸%d":1,`, i)
	}
	for name, line := range map[string]string{
		"items":  `{"id":"s1","x":[` + strings.Repeat("1,", 400_000) + `1],"expertise":"铸造"}`,
		"keys":   "{" + keys.String() + `"id":"s1","expertise":"铸造"}`,
		"nested": `{"id":"s1","x":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `,"expertise":"铸造"}`,
	} {
		begin := time.Now()
		b, err := intake.Read(strings.NewReader(line), "a.jsonl", registry.KindSpecialist, intake.Options{})
		if err != nil || b.Len() != 1 {
			t.Fatal(name, err, b.Faults)
		}
		if d := time.Since(begin); d > 10*time.Second {
			t.Errorf("%s: %s", name, d)
		}
	}
}
