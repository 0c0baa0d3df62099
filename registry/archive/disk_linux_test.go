package archive_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"tepai/registry"
	"tepai/registry/archive"
)

// smallDisk is a file system with room for n KiB.
func smallDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small disk takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// On a full disk nothing half stays, and the refusal says what to do. The store goes on.
func TestFullDisk(t *testing.T) {
	s := open(t, t.TempDir())
	put(t, s, 0, 2000)
	whole, export := filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "e")
	if _, err := archive.Backup(t.Context(), s, whole, archive.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Export(t.Context(), s, export, archive.ExportOptions{}); err != nil {
		t.Fatal(err)
	}
	disk := smallDisk(t, "600k")
	recipient, _ := pair(t)
	for name, try := range map[string]func() error{
		"backup": func() error {
			_, err := archive.Backup(t.Context(), s, filepath.Join(disk, "b"), archive.BackupOptions{})
			return err
		},
		"encrypted backup": func() error {
			_, err := archive.Backup(t.Context(), s, filepath.Join(disk, "b"), archive.BackupOptions{To: recipients(t, recipient)})
			return err
		},
		"export": func() error {
			_, err := archive.Export(t.Context(), s, filepath.Join(disk, "e"), archive.ExportOptions{})
			return err
		},
		"restore": func() error {
			_, err := archive.Restore(t.Context(), whole, filepath.Join(disk, "d"), archive.RestoreOptions{})
			return err
		},
		"restore to the disk itself": func() error {
			_, err := archive.Restore(t.Context(), whole, disk, archive.RestoreOptions{})
			return err
		},
		"import": func() error {
			_, err := archive.Import(t.Context(), export, filepath.Join(disk, "d"), archive.RestoreOptions{})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantKind(t, try(), registry.Unavailable, "磁盘已满", "请腾出")
			if left := names(t, disk); len(left) != 0 {
				t.Error("left behind", left)
			}
		})
	}
	put(t, s, 2000, 2001)
}

// A copy that would fill the store's own disk is not begun, and neither is a compaction.
func TestTooLittleRoomBesideTheStore(t *testing.T) {
	disk := smallDisk(t, "5m")
	s := open(t, disk)
	put(t, s, 0, 500)
	_, err := archive.Backup(t.Context(), s, filepath.Join(t.TempDir(), "b"), archive.BackupOptions{})
	wantKind(t, err, registry.Unavailable, "空闲空间", disk, "请腾出磁盘空间")
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err = s.Compact(t.Context())
	wantKind(t, err, registry.Unavailable, "压缩要有", "请腾出磁盘空间")
	if got := names(t, disk); len(got) != 2 {
		t.Error(got)
	}
	put(t, s, 500, 501)
}

// A data folder that is a disk of its own can be restored to.
func TestRestoreToAMountedDisk(t *testing.T) {
	s, file := small(t)
	if _, err := archive.Backup(t.Context(), s, file, archive.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	disk := smallDisk(t, "8m")
	if _, err := archive.Restore(t.Context(), file, disk, archive.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	sound(t, open(t, disk))
}
