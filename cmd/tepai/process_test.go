package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"tepai/registry"
)

// holdStore is the process that has the store open until its stdin ends.
func holdStore(data string) {
	store, err := registry.Open(data, registry.Options{})
	fmt.Println("held", err)
	io.Copy(io.Discard, os.Stdin)
	store.Close()
}

func TestAnotherProcessHasTheStore(t *testing.T) {
	t.Parallel()
	data := county(t)
	other := child("hold", data)
	stdin, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil || line != "held <nil>\n" {
		t.Fatal(line, err)
	}
	path := file(t, "a.jsonl", good1)
	var all sync.WaitGroup // each waits two seconds for the lock: all at once
	for _, args := range [][]string{{"match", "N1"}, {"import", "specialists", path}, {"import", "specialists", path, "--dry-run"}, {"verify"}, {"reindex"}, {"search", "铸造"}} {
		all.Go(func() {
			refusal(t, run1(t, nil, append(args, "--data", data)...), refused, "另一个 tepai 进程正在使用", data, "请先停止该进程")
		})
	}
	all.Go(func() {
		if o := run1(t, nil, "doctor", "--data", data); o.code != refused || !strings.Contains(o.out, "异常  数据文件：另一个 tepai 进程") {
			t.Errorf("%+v", o)
		}
	})
	all.Wait()
	stdin.Close()
	if err := other.Wait(); err != nil {
		t.Fatal(err)
	}
	if r := inJSON[ranked](t, "match", "N1", "--data", data); r.Results[0].ID != "T01" {
		t.Error(r.ids())
	}
}

func TestFoldersThatCannotBe(t *testing.T) {
	t.Parallel()
	regular := file(t, "file", "hello")
	path := file(t, "a.jsonl", good1)
	for _, data := range []string{regular, regular + "/below"} {
		refusal(t, run1(t, nil, "import", "specialists", path, "--data", data), refused, data, "请改用另一个数据文件夹")
		refusal(t, run1(t, nil, "match", "N1", "--data", data), refused, data, "请改用另一个数据文件夹")
	}
	if content, err := os.ReadFile(regular); err != nil || string(content) != "hello" {
		t.Errorf("%q %v", content, err)
	}
	empty := t.TempDir()
	if err := os.WriteFile(empty+"/registry.db", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refusal(t, run1(t, nil, "match", "N1", "--data", empty), refused, "已损坏", "备份")
	refusal(t, run1(t, nil, "import", "specialists", path, "--data", empty), refused, "已损坏", "备份")
}

// A reader that leaves early is no reason to die with the store open: the command ends in order, in silence, and not with 0.
func TestStdoutClosedEarly(t *testing.T) {
	t.Parallel()
	data := county(t)
	for _, args := range [][]string{{"match", "N1", "--json"}, {"import", "needs", "testdata/county/needs.jsonl"}, {"doctor"}} {
		cmd := child("main", append(args, "--data", data)...)
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		var stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &stderr
		cmd.Run()
		w.Close()
		said := strings.ReplaceAll(stderr.String(), "提示：还没有索引（第一次使用，或索引文件夹已被删除），已从变更日志建立\n", "")
		if code := cmd.ProcessState.ExitCode(); code != refused || said != "" {
			t.Errorf("%s: exit %d, %q", args[0], code, said)
		}
	}
	if _, err := os.Stat(data + "/index/search.seal"); err != nil {
		t.Errorf("the index was not closed in order: %v", err)
	}
}

// full takes nothing, as a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestStdoutFull(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	code := Run(context.Background(), []string{"--help"}, nil, full{}, &stderr)
	if code != refused || !strings.Contains(stderr.String(), "结果没有写完") {
		t.Error(code, stderr.String())
	}
}

func TestInterruption(t *testing.T) {
	t.Parallel()
	data := county(t)
	before := headOf(t, data)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"match", "N1"}, {"import", "specialists", file(t, "a.jsonl", good1)}, {"search", "铸造"}, {"eval", "--pool", "testdata/county"}} {
		var stdout, stderr bytes.Buffer
		code := Run(ctx, append(args, "--data", data), nil, &stdout, &stderr)
		if args[0] == "eval" && code == done {
			continue // quicker than the interruption
		}
		if code != refused || !strings.Contains(stderr.String(), "已中断") {
			t.Errorf("%s: exit %d, %s", args[0], code, stderr.String())
		}
	}
	if headOf(t, data) != before {
		t.Error("the store has changed")
	}
}
