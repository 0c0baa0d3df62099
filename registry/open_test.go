package registry_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	rubbish := t.TempDir()
	if err := os.WriteFile(filepath.Join(rubbish, registry.FileName), []byte(strings.Repeat("不是数据", 5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	held := t.TempDir()
	open(t, held)
	none := filepath.Join(t.TempDir(), "none")
	for _, c := range []struct {
		name, dir string
		create    bool
		kind      registry.Kind
		words     []string
	}{
		{"no folder", none, false, registry.NotFound, []string{"没有数据", none}},
		{"empty folder", t.TempDir(), false, registry.NotFound, []string{"没有数据", registry.FileName}},
		{"below a file", filepath.Join(file, "data"), true, registry.Unavailable, []string{"不可用", "文件夹", file}},
		{"below a file, reading", filepath.Join(file, "data"), false, registry.Unavailable, []string{"不可用"}},
		{"folder is a file", file, true, registry.Unavailable, []string{"不可用", file}},
		{"unwritable place", "/proc/tepai", true, registry.Unavailable, []string{"不可写", "/proc/tepai"}},
		{"not a store", rubbish, true, registry.Unavailable, []string{"已损坏", rubbish, "备份"}},
		{"held by another", held, true, registry.Unavailable, []string{"另一个", filepath.Join(held, registry.FileName), "停止"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := registry.Open(c.dir, registry.Options{Create: c.create, LockTimeout: 50 * time.Millisecond})
			if s != nil {
				t.Error("a store beside an error")
			}
			wantKind(t, err, c.kind, c.words...)
		})
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("reading made a folder")
	}
}

func TestQuota(t *testing.T) {
	s, err := registry.Open(t.TempDir(), registry.Options{Create: true, Quota: 3 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	text := strings.Repeat("铸造", 4000)
	ids := []string{"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"}
	var full error
	n := 0
	for round := 0; full == nil && round < 1000; round++ {
		v := specialist(ids[n%len(ids)], text)
		v.Capacity = round % 100
		if _, full = s.PutSpecialist(t.Context(), clerk, v); full == nil {
			n++
		}
	}
	wantKind(t, full, registry.Unavailable, "容量上限", s.Path())
	if v, err := s.Specialist(t.Context(), "S1"); err != nil || v.Expertise != text {
		t.Fatal("reads are dead:", err)
	}
	if head, err := s.Head(t.Context()); err != nil || head.Seq != uint64(n) {
		t.Fatal(head, n, err)
	}
	consistent(t, s)
}
