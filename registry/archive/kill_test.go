package archive_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/archive"
)

// killedIn makes a process of this test the one that backs up and restores until it is killed.
const killedIn = "TEPAI_TEST_ARCHIVE_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killedIn); dir != "" {
		fmt.Println("error:", archiveForEver(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// archiveForEver backs up, restores, exports and imports under new names.
func archiveForEver(dir string) error {
	ctx := context.Background()
	for n := time.Now().UnixNano(); ; n++ {
		name := func(kind string) string { return filepath.Join(dir, fmt.Sprintf("%s%d", kind, n)) }
		s, err := registry.Open(filepath.Join(dir, "data"), registry.Options{LockTimeout: 10 * time.Second})
		if err != nil {
			return err
		}
		fmt.Println("begun")
		_, err = archive.Backup(ctx, s, name("backup"), archive.BackupOptions{})
		_, errExport := archive.Export(ctx, s, name("export"), archive.ExportOptions{})
		if err := errors.Join(err, errExport, s.Close()); err != nil {
			return err
		}
		_, err = archive.Restore(ctx, name("backup"), name("restored"), archive.RestoreOptions{})
		_, errImport := archive.Import(ctx, name("export"), name("imported"), archive.RestoreOptions{})
		if err := errors.Join(err, errImport); err != nil {
			return err
		}
	}
}

func killRounds() int {
	if n, err := strconv.Atoi(os.Getenv("TEPAI_CRASH_ROUNDS")); err == nil {
		return n
	}
	if testing.Short() {
		return 4
	}
	return 20
}

// Killed at any moment, nothing half stands under a final name: what is called a backup restores, what is called a store
// is sound, and a restore begun anew succeeds.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "data"))
	put(t, s, 0, 400)
	good := filepath.Join(t.TempDir(), "good")
	if _, err := archive.Backup(t.Context(), s, good, archive.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	want := len(contents(t, filepath.Join(dir, "data")))
	seen := map[string]int{}
	for range killRounds() {
		runAndKill(t, dir, time.Duration(rand.IntN(200_000))*time.Microsecond)
		for _, name := range names(t, dir) {
			path := filepath.Join(dir, name)
			kind := strings.TrimRight(name, "0123456789")
			if strings.HasSuffix(name, ".new") {
				kind = "unfinished"
			}
			seen[kind]++
			switch kind {
			case "backup":
				restored(t, path, want)
			case "export":
				imported(t, path, want)
			case "restored", "imported":
				if _, err := os.Stat(filepath.Join(path, registry.FileName)); err != nil {
					seen["cut off in a folder"]++
					if _, err := archive.Restore(t.Context(), good, path, archive.RestoreOptions{}); err != nil {
						t.Fatal("begun anew:", err)
					}
				}
				if len(contents(t, path)) != want {
					t.Fatalf("%s is not the store", path)
				}
			case "data":
				if len(contents(t, path)) != want || len(names(t, path)) != 1 {
					t.Fatalf("the store itself: %v", names(t, path))
				}
				continue
			case "unfinished":
			default:
				t.Fatalf("what is %s?", name)
			}
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Log(seen)
}

func restored(t *testing.T, path string, want int) {
	to := t.TempDir()
	if _, err := archive.Restore(t.Context(), path, to, archive.RestoreOptions{}); err != nil || len(contents(t, to)) != want {
		t.Fatal(err)
	}
}

func imported(t *testing.T, path string, want int) {
	to := t.TempDir()
	if _, err := archive.Import(t.Context(), path, to, archive.RestoreOptions{}); err != nil || len(contents(t, to)) != want {
		t.Fatal(err)
	}
}

// runAndKill starts the process and kills it some time after it has begun.
func runAndKill(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killedIn+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if strings.HasPrefix(lines.Text(), "error:") {
			t.Error(lines.Text())
		}
		if first {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("the process was not killed: %v", err)
	}
}
