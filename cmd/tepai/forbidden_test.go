//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What the system forbids is told with the way out. Root may do everything, so the program runs as nobody there.
func TestFoldersThatMayNotBeWritten(t *testing.T) {
	t.Parallel()
	data := county(t)
	tepai(t, "match", "N1", "--data", data)
	free := t.TempDir()
	program := filepath.Join(free, "tepai")
	copyFile(t, os.Args[0], program, 0o755)
	path := filepath.Join(free, "a.jsonl")
	copyFile(t, "testdata/county/specialists.jsonl", path, 0o644)
	locked := filepath.Join(free, "locked")
	if err := os.Mkdir(locked, 0o555); err != nil {
		t.Fatal(err)
	}
	allow := func(mode, fileMode os.FileMode) {
		err := filepath.WalkDir(data, func(path string, d os.DirEntry, err error) error {
			if d.IsDir() {
				return os.Chmod(path, mode)
			}
			return os.Chmod(path, fileMode)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{filepath.Dir(data), filepath.Dir(filepath.Dir(data)), free, filepath.Dir(free)} {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	before := headOf(t, data)
	allow(0o555, 0o444)
	defer allow(0o755, 0o600)
	asNobody := func(args ...string) outcome {
		cmd := exec.Command(program, args...)
		cmd.Env = append(os.Environ(), childMode+"=main", "HOME=/nonexistent", "XDG_CACHE_HOME=/nonexistent")
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		return wait(t, cmd)
	}
	refusal(t, asNobody("import", "specialists", path, "--data", locked), refused, locked, "不可写", "请检查")
	refusal(t, asNobody("import", "specialists", path, "--data", locked+"/new"), refused, locked, "不可写", "请检查")
	for _, args := range [][]string{{"import", "specialists", path}, {"match", "N1"}, {"reindex"}} {
		refusal(t, asNobody(append(args, "--data", data)...), refused, data, "不可写", "请检查")
	}
	allow(0o755, 0o600)
	if headOf(t, data) != before {
		t.Error("the store has changed")
	}
	os.Chmod(data, 0o777)
	os.Chmod(data+"/registry.db", 0o666)
	o := asNobody("match", "N1", "--data", data, "--json") // the store can be written, the index cannot
	if o.code != done || !strings.Contains(o.err, "索引") && !strings.Contains(o.err, "检索") {
		t.Errorf("%+v", o)
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, content, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// wait runs a process to its end.
func wait(t *testing.T, cmd *exec.Cmd) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}
