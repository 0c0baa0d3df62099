package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever happens to the index folder, match gives the same answer, says what was wrong, and leaves a whole index behind.
func TestDamagedIndex(t *testing.T) {
	t.Parallel()
	data := county(t)
	tepai(t, "match", "N1", "--data", data)
	want := run1(t, nil, "match", "N1", "--data", data, "--json")
	if want.code != done || want.err != "" {
		t.Fatalf("%+v", want)
	}
	found := run1(t, nil, "search", "铸造", "--data", data, "--json")
	folder := filepath.Join(data, "index")
	pristine := t.TempDir()
	if err := os.CopyFS(pristine, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	segments, _ := filepath.Glob(folder + "/search/store/*.zap")
	if len(segments) == 0 {
		t.Fatal("no segments")
	}
	postings, root := folder+"/specialists.postings", folder+"/search/store/root.bolt"
	for _, c := range []struct {
		name   string
		damage func() error
		says   string
	}{
		{"folder deleted", func() error { return os.RemoveAll(folder) }, "还没有索引"},
		{"postings deleted", func() error { return os.Remove(postings) }, "没有找到排序快照"},
		{"postings of needs deleted", func() error { return os.Remove(folder + "/needs.postings") }, "排序快照"},
		{"postings cut short", func() error { return os.Truncate(postings, 300) }, "排序快照损坏"},
		{"postings empty", func() error { return os.Truncate(postings, 0) }, "排序快照损坏"},
		{"a bit of the postings flipped", func() error { return flip(postings) }, "排序快照损坏"},
		{"a bit of the needs' postings flipped", func() error { return flip(folder + "/needs.postings") }, "排序快照损坏"},
		{"search deleted", func() error { return os.RemoveAll(folder + "/search") }, "没有找到检索索引"},
		{"segment cut short", func() error { return os.Truncate(segments[0], 100) }, "检索索引损坏"},
		{"a bit of a segment flipped", func() error { return flip(segments[0]) }, "检索索引损坏"},
		{"a bit of root.bolt flipped", func() error { return flip(root) }, "检索索引损坏"},
		{"root.bolt cut short", func() error { return os.Truncate(root, 5000) }, "检索索引损坏"},
		{"both damaged", func() error { flip(postings); return flip(segments[0]) }, "检索索引损坏"},
		{"a file in place of the folder", func() error { os.RemoveAll(folder); return os.WriteFile(folder, []byte("hello"), 0o600) }, "不能使用"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(folder, os.DirFS(pristine)); err != nil {
				t.Fatal(err)
			}
			if err := c.damage(); err != nil {
				t.Fatal(err)
			}
			o := run1(t, nil, "match", "N1", "--data", data, "--json")
			if o.code != done || o.out != want.out || !strings.Contains(o.err, "提示：") || !strings.Contains(o.err, c.says) {
				t.Errorf("exit %d, same answer %v, %q does not say %q", o.code, o.out == want.out, o.err, c.says)
			}
			if info, err := os.Stat(folder); err == nil && !info.IsDir() {
				if err := os.Remove(folder); err != nil {
					t.Fatal(err)
				}
				run1(t, nil, "match", "N1", "--data", data)
			}
			if again := run1(t, nil, "match", "N1", "--data", data, "--json"); again != want {
				t.Errorf("the second time: exit %d, same answer %v, %q", again.code, again.out == want.out, again.err)
			}
			if again := run1(t, nil, "search", "铸造", "--data", data, "--json"); again != found {
				t.Errorf("search: %+v\nwant %+v", again, found)
			}
		})
	}
}

// flip turns one bit in the middle of a file.
func flip(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	content[len(content)/2] ^= 4
	return os.WriteFile(path, content, 0o600)
}
