package registry_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// crashDir makes a process of this test the one that writes until it is killed.
const crashDir = "TEPAI_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		fmt.Println("error:", writeForEver(dir, os.Stdout))
		os.Exit(1)
	}
	if dir := os.Getenv(crashActs); dir != "" {
		fmt.Println("error:", actForEver(dir, os.Stdout))
		os.Exit(1)
	}
	os.Exit(holdRules(m))
}

// writeForEver puts records, singly and in batches, and prints their ids when the store has acknowledged them.
// Now and then it compacts, so that a kill can fall into that too.
func writeForEver(dir string, acks io.Writer) error {
	s, err := registry.Open(dir, registry.Options{Create: true, LockTimeout: 10 * time.Second})
	if err != nil {
		return err
	}
	head, err := s.Head(context.Background())
	if err != nil {
		return err
	}
	for n := int(head.Seq); ; {
		var batch registry.Records
		var ids []string
		for range 1 + n%4*n%7 {
			n++
			id := fmt.Sprintf("S%07d", n)
			ids = append(ids, id)
			batch.Specialists = append(batch.Specialists, specialist(id, strings.Repeat("铸造 "+id, 1+n%200)))
		}
		if _, err := s.PutAll(context.Background(), clerk, batch, registry.PutOptions{}); err != nil {
			return err
		}
		fmt.Fprintln(acks, strings.Join(ids, " "))
		if n%50 == 0 {
			if _, _, err := s.Compact(context.Background()); err != nil {
				return err
			}
		}
	}
}

// crashRounds is how often the writer is killed; TEPAI_CRASH_ROUNDS=200 makes a night of it.
func crashRounds() int {
	if n, err := strconv.Atoi(os.Getenv("TEPAI_CRASH_ROUNDS")); err == nil {
		return n
	}
	if testing.Short() {
		return 2
	}
	return 10
}

// A writer killed at any moment has lost nothing that it acknowledged, and the next start finds a consistent store.
func TestKilledWriterLosesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var acknowledged []string
	for range crashRounds() {
		acknowledged = append(acknowledged, runAndKill(t, dir, time.Duration(rand.IntN(60_000))*time.Microsecond)...)
		afterCrash(t, dir, acknowledged)
	}
	t.Logf("%d records acknowledged in %d rounds", len(acknowledged), crashRounds())
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) == 0 {
		t.Fatal(left, err)
	}
}

func runAndKill(t *testing.T, dir string, after time.Duration) (ids []string) {
	return runAndKillAs(t, crashDir, dir, after)
}

// runAndKillAs starts a writer, kills it some time after its first acknowledgement, and returns the words of what it acknowledged.
func runAndKillAs(t *testing.T, role, dir string, after time.Duration) (ids []string) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), role+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // a line without its end was not acknowledged
		}
		if strings.HasPrefix(line, "error:") {
			t.Fatal(line)
		}
		ids = append(ids, strings.Fields(line)...)
		if first {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("the writer was not killed: %v", err)
	}
	return ids
}

func afterCrash(t *testing.T, dir string, acknowledged []string) {
	s, err := registry.Open(dir, registry.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := s.Specialists(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, v := range list {
		there[v.ID] = true
		if !strings.HasPrefix(v.Expertise, "铸造 "+v.ID) {
			t.Fatalf("%s says %q", v.ID, v.Expertise)
		}
	}
	for _, id := range acknowledged {
		if !there[id] {
			t.Fatalf("%s was acknowledged and is lost", id)
		}
	}
	consistent(t, s)
	if _, err := s.PutNeed(t.Context(), clerk, registry.Need{ID: "N1", Title: "写入仍然可行"}); err != nil {
		t.Fatal(err)
	}
}
