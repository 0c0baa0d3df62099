package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tepai/registry"
)

// childMode makes this test binary the program itself, or a process that a test needs beside it.
const childMode = "TEPAI_TEST_CHILD"

func TestMain(m *testing.M) {
	switch mode := os.Getenv(childMode); mode {
	case "":
		os.Exit(m.Run())
	case "main":
		main()
	case "hold":
		holdStore(os.Args[1])
	case "drill":
		drillChild(os.Args[1:])
	default:
		panic("no such child: " + mode)
	}
}

// child starts this binary in another mode.
func child(mode string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childMode+"="+mode)
	return cmd
}

// outcome is what a run of the program left.
type outcome struct {
	code     int
	out, err string
}

func run1(t testing.TB, stdin io.Reader, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Run(context.Background(), args, stdin, &stdout, &stderr)
	return outcome{code, stdout.String(), stderr.String()}
}

// tepai runs the program and wants it to succeed without a word on stderr, except for notes about the index.
func tepai(t testing.TB, args ...string) string {
	t.Helper()
	o := run1(t, strings.NewReader(""), args...)
	if o.code != done || strings.Contains(strings.ReplaceAll(o.err, "提示：还没有索引", ""), "：") {
		t.Fatalf("tepai %s\nexit %d\n%s%s", strings.Join(args, " "), o.code, o.out, o.err)
	}
	return o.out
}

// inJSON runs the program with --json and decodes what it prints; unknown keys are kept out.
func inJSON[T any](t testing.TB, args ...string) (v T) {
	t.Helper()
	decode(t, tepai(t, append(args, "--json")...), &v)
	return v
}

func decode(t testing.TB, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
}

// refusal wants a refused run that says all the words in Chinese, says nothing on stdout, and speaks no English of the parser.
func refusal(t testing.TB, o outcome, code int, words ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit %d, want %d: %s", o.code, code, o.err)
	}
	for _, w := range words {
		if !strings.Contains(o.err, w) {
			t.Errorf("%q does not say %q", o.err, w)
		}
	}
	for _, english := range []string{"expected", "unknown", "unexpected", "must be", "did you mean", "panic", "内部错误"} {
		if strings.Contains(o.err, english) {
			t.Errorf("%q says %q", o.err, english)
		}
	}
	if o.out != "" {
		t.Errorf("a refused run printed %q", o.out)
	}
}

// county is a store with the small pool of testdata.
func county(t testing.TB) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	for _, kind := range []string{"enterprises", "specialists", "needs"} {
		tepai(t, "import", kind, "testdata/county/"+kind+".jsonl", "--data", data)
	}
	t.Cleanup(func() { checkStore(t, data) })
	return data
}

// checkStore wants the store sound at the end of a test.
func checkStore(t testing.TB, data string) {
	t.Helper()
	store := openStore(t, data)
	defer store.Close()
	problems, err := store.Check(context.Background())
	if err != nil || len(problems) > 0 {
		t.Errorf("check: %v %v", problems, err)
	}
	report, err := store.Verify(context.Background())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("verify: %v %v", report.Faults, err)
	}
}

func openStore(t testing.TB, data string) *registry.Store {
	t.Helper()
	store, err := registry.Open(data, registry.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// headOf is the end of the store's change log; empty where there is no store.
func headOf(t testing.TB, data string) string {
	t.Helper()
	store, err := registry.Open(data, registry.Options{})
	if err != nil {
		return ""
	}
	defer store.Close()
	head, err := store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return head.String()
}

// file writes a file for a test.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// started is when this test process began.
var started = time.Now()
