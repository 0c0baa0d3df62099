package registry_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"tepai/registry"
)

// A snapshot is the store of one moment, though writers go on; it is gone afterwards, and one that was left is gone at the
// next start.
func TestSnapshot(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		var err error
		for n := 0; err == nil; n++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
				_, err = s.PutSpecialist(context.Background(), clerk, specialist(fmt.Sprintf("S%d", n), "铸造"))
			}
		}
		done <- err
	}()
	for range 5 {
		before, err := s.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		err = s.Snapshot(t.Context(), func(path string) error {
			copied, err := registry.Open(filepath.Dir(path), registry.Options{})
			if err != nil {
				return err
			}
			defer copied.Close()
			consistent(t, copied)
			counts, head, err := copied.Count(t.Context())
			if head.Seq < before.Seq || counts["changes"] != int(head.Seq) || counts["specialist"] != int(head.Seq) {
				t.Error(before, head, counts)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "snapshot.new")
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("the copy is still there:", err)
	}
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, registry.FileName), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("a copy that was left survived the next start:", err)
	}
}
