package registry_test

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

// pairs are the bytes of a closed store, key by key.
func pairs(t testing.TB, dir string) map[string]string {
	t.Helper()
	db, err := bolt.Open(t.Context(), filepath.Join(dir, registry.FileName), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string]string{}
	err = db.View(t.Context(), func(tx kv.Reader) error {
		for p, err := range tx.Scan(nil, nil) {
			if err != nil {
				return err
			}
			all[string(p.Key)] = string(p.Value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// dumped is a dump in memory.
func dumped(t testing.TB, s *registry.Store, opt registry.DumpOptions) (list []registry.Line, head registry.Head) {
	t.Helper()
	head, err := s.Dump(t.Context(), opt, func(l registry.Line) error {
		if bytes.ContainsAny(l.Text, "\r\n") {
			t.Errorf("%s: a line with a break: %s", l.Region, l.Text)
		}
		list = append(list, l)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, head
}

func yielding(list []registry.Line) iter.Seq2[registry.Line, error] {
	return func(yield func(registry.Line, error) bool) {
		for _, l := range list {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// loaded is a folder with the store that the lines make.
func loaded(t testing.TB, list []registry.Line, head registry.Head) (dir string) {
	t.Helper()
	dir = t.TempDir()
	s := open(t, dir)
	got, err := s.Load(t.Context(), yielding(list))
	if err != nil || got != head {
		t.Fatalf("head %v, want %v: %v", got, head, err)
	}
	consistent(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// storesToDump are folders with stores of every old format and of a lived-in office with receipts, counters and agreements.
func storesToDump(t *testing.T) map[string]string {
	all := map[string]string{}
	files, err := filepath.Glob(filepath.Join(compatDir, "*.db"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		all[filepath.Base(path)] = unpack(t, path)
	}
	o := openOffice(t, "2026-03-02")
	receipt, err := o.Do(t.Context(), wang, registry.Command{Kind: app, Act: "apply", Key: "一次/1", Input: application(o)})
	if err != nil {
		t.Fatal(err)
	}
	o.must(centre, app, receipt.ID, "tick", allMerits())
	o.must(centre, app, receipt.ID, "admit", nil)
	o.must(bureau, app, receipt.ID, "admit", nil)
	var file bytes.Buffer
	if _, err := o.Backup(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	all["office"] = t.TempDir()
	if err := os.WriteFile(filepath.Join(all["office"], registry.FileName), file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	all["empty"] = t.TempDir()
	if err := open(t, all["empty"]).Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

// Every pair of every store comes back from its lines byte for byte, and with it chain and head.
func TestDumpAndLoad(t *testing.T) {
	for name, dir := range storesToDump(t) {
		t.Run(name, func(t *testing.T) {
			s := open(t, dir)
			list, head := dumped(t, s, registry.DumpOptions{Keys: true})
			counts, counted, err := s.Count(t.Context())
			if err != nil || counted != head {
				t.Fatal(counted, head, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			want, got := pairs(t, dir), pairs(t, loaded(t, list, head))
			if !maps.Equal(got, want) {
				t.Fatalf("%d pairs came back, %d were there, or they differ", len(got), len(want))
			}
			total := 1 // the meta record, which is in no region
			for region, n := range counts {
				total += n
				if of := slices.DeleteFunc(slices.Clone(list), func(l registry.Line) bool { return l.Region != region }); len(of) != n {
					t.Errorf("%s: %d lines, %d counted", region, len(of), n)
				}
			}
			if total != len(want) {
				t.Errorf("%d counted, %d there", total, len(want))
			}
			if name == "office" && (counts["receipts"] != 1 || counts["counters"] == 0) {
				t.Error("the office has no receipt or counter to dump:", counts)
			}
		})
	}
}

// Without keys nothing that opens a person's data leaves the store; the rest is the same, and the new store says why it
// cannot show them.
func TestDumpWithoutKeys(t *testing.T) {
	ctx, keys := t.Context(), createKeys(t)
	from := t.TempDir()
	s := staffed(t, from, keys)
	if _, err := s.PutSpecialist(ctx, clerk, specialist("S3", "铸造")); err != nil {
		t.Fatal(err)
	}
	s3 := registry.SpecialistPerson("S3")
	record(t, s, s3, with(t, map[registry.PersonalField]string{"mobile": "13800000000"}))
	if err := s.ForgetPerson(ctx, officer, s3, "本人要求"); err != nil {
		t.Fatal(err)
	}
	list, head := dumped(t, s, registry.DumpOptions{})
	s.Close()
	to := loaded(t, list, head)
	want, got := pairs(t, from), pairs(t, to)
	for key, value := range want {
		secret := strings.HasPrefix(key, "kx/") && key != "kx/ps/S3" // of whom only a tombstone is left
		if (got[key] == value) == secret {
			t.Errorf("%q: the same %t", key, got[key] == value)
		}
		if secret && strings.Contains(got[key], "wrapped") {
			t.Errorf("%q holds a key: %q", key, got[key])
		}
	}
	s = openWith(t, to, keys)
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
	_, err := s.Unmask(ctx, officer, s1, registry.PersonalFields(registry.KindPersonal), "核对")
	wantKind(t, err, registry.Unavailable, "--with-keys", "重新登记")
	if _, err := s.RewrapKeys(ctx, officer); err != nil {
		t.Error(err)
	}
	if err := s.ForgetPerson(ctx, officer, s1, "重新登记"); err != nil {
		t.Fatal(err)
	}
	record(t, s, s1, canaryData(t))
	if d, err := s.Unmask(ctx, officer, s1, registry.PersonalFields(registry.KindPersonal), "核对"); err != nil || d != canaryData(t) {
		t.Error(d, err)
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	s := open(t, t.TempDir())
	if _, err := s.PutSpecialist(t.Context(), clerk, specialist("S1", "铸造")); err != nil {
		t.Fatal(err)
	}
	list, _ := dumped(t, s, registry.DumpOptions{})
	_, err := s.Load(t.Context(), yielding(list))
	wantKind(t, err, registry.Conflict, "已有数据", "空的")
	for name, c := range map[string]struct {
		line registry.Line
		kind registry.Kind
		word string
	}{
		"unknown region":        {registry.Line{Region: "wings", Text: []byte(`{}`)}, registry.Unavailable, "升级"},
		"no JSON":               {registry.Line{Region: "specialist", Text: []byte(`{"id":`)}, registry.Invalid, "specialist"},
		"unknown field":         {registry.Line{Region: "specialist", Text: []byte(`{"id":"S1","wings":2}`)}, registry.Invalid, "wings"},
		"two objects":           {registry.Line{Region: "specialist", Text: []byte(`{"id":"S1","seq":1,"body":{}}{}`)}, registry.Invalid, "S1"},
		"an id without end":     {registry.Line{Region: "specialist", Text: fmt.Appendf(nil, `{"id":%q,"seq":1,"body":{}}`, strings.Repeat("S", 2000))}, registry.Invalid, "太长"},
		"another hash":          {registry.Line{Region: "changes", Text: bytes.Replace(list[0].Text, []byte("clerk"), []byte("clark"), 1)}, registry.Invalid, "changes"},
		"a hash cut short":      {registry.Line{Region: "changes", Text: []byte(`{"seq":1,"at":"2026-01-01T00:00:00Z","prev":"00","hash":"00"}`)}, registry.Invalid, "changes"},
		"a time that is none":   {registry.Line{Region: "changes", Text: []byte(`{"seq":1,"at":"yesterday"}`)}, registry.Invalid, "yesterday"},
		"a value not in base64": {registry.Line{Region: "counters", Text: []byte(`{"key":"x","value64":"%"}`)}, registry.Invalid, "counters"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := registry.Open(dir, registry.Options{Create: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			_, err = s.Load(t.Context(), yielding([]registry.Line{c.line}))
			wantKind(t, err, c.kind, c.word)
		})
	}
}
