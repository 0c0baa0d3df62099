package archive_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"tepai/registry"
	"tepai/registry/archive"
)

var clerk = registry.Actor{ID: "clerk"}

// planted is a word that stands in every store of these tests, in a record and so in the change log.
const planted = "球墨铸铁缩松"

// open opens the store in dir, made if missing; whatever a test did, it must be sound when the test ends.
func open(t testing.TB, dir string) *registry.Store {
	t.Helper()
	s, err := registry.Open(dir, registry.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	t.Cleanup(func() { sound(t, s) })
	return s
}

func sound(t testing.TB, s *registry.Store) {
	t.Helper()
	problems, err := s.Check(context.Background())
	if err != nil && strings.Contains(err.Error(), "已关闭") {
		return
	}
	report, verr := s.Verify(context.Background())
	if err != nil || verr != nil || len(problems) > 0 || len(report.Faults) > 0 {
		t.Errorf("%v %v %v %v", err, verr, problems, report.Faults)
	}
}

func put(t testing.TB, s *registry.Store, from, to int) {
	t.Helper()
	var r registry.Records
	for i := from; i < to; i++ {
		r.Specialists = append(r.Specialists, registry.Specialist{ID: fmt.Sprintf("S%d", i), Expertise: strings.Repeat(planted+"，", 1+i%30)})
		r.Needs = append(r.Needs, registry.Need{ID: fmt.Sprintf("N%d", i), Title: "铸件渗漏 <b>&\u2028"})
	}
	if _, err := s.PutAll(t.Context(), clerk, r, registry.PutOptions{}); err != nil {
		t.Fatal(err)
	}
}

// contents is what a store holds, line by line, with its head.
func contents(t testing.TB, dir string) (lines []string) {
	t.Helper()
	s, err := registry.Open(dir, registry.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sound(t, s)
	head, err := s.Dump(t.Context(), registry.DumpOptions{Keys: true}, func(l registry.Line) error {
		lines = append(lines, l.Region+" "+string(l.Text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return append(lines, head.String())
}

// pair is a fresh age identity in a file, and its recipient.
func pair(t testing.TB) (recipient, identityFile string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	identityFile = filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(identityFile, []byte("# created for a test\n"+id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return id.Recipient().String(), identityFile
}

func recipients(t testing.TB, texts ...string) archive.Recipients {
	t.Helper()
	r, err := archive.ReadRecipients(texts, "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func identities(t testing.TB, path string) archive.Identities {
	t.Helper()
	i, err := archive.ReadIdentities(path)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func wantKind(t testing.TB, err error, kind registry.Kind, words ...string) {
	t.Helper()
	var e *registry.Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Fatalf("error %v, want kind %d", err, kind)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Fatalf("%q does not say %q", err, w)
		}
	}
}

// names lists a folder.
func names(t testing.TB, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// Backup and restore, in the clear and encrypted, export and import: what comes back is the store, line by line.
func TestRoundTrips(t *testing.T) {
	files, err := filepath.Glob("../../testdata/compat/*.db")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	stores := map[string]string{}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, registry.FileName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		stores[filepath.Base(path)] = dir
	}
	stores["empty"], stores["many"] = t.TempDir(), t.TempDir()
	open(t, stores["empty"]).Close()
	many := open(t, stores["many"])
	put(t, many, 0, 3000) // more than one step of Load
	many.Close()
	recipient, identity := pair(t)
	for name, dir := range stores {
		want := contents(t, dir)
		for how, opt := range map[string]archive.BackupOptions{
			"clear":     {},
			"encrypted": {To: recipients(t, recipient), With: identities(t, identity)},
			"blind":     {To: recipients(t, recipient)},
		} {
			t.Run(name+" "+how, func(t *testing.T) { backAndForth(t, dir, want, opt, identities(t, identity)) })
		}
		t.Run(name+" export", func(t *testing.T) { outAndIn(t, dir, want) })
	}
}

func backAndForth(t *testing.T, dir string, want []string, opt archive.BackupOptions, with archive.Identities) {
	file, to := filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "new", "data")
	s := open(t, dir)
	opt.Now = func() time.Time { return time.Date(2026, 3, 2, 1, 2, 3, 4, time.UTC) }
	wrote, err := archive.Backup(t.Context(), s, file, opt)
	s.Close()
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != wrote.Bytes || wrote.Head != want[len(want)-1] {
		t.Fatalf("%v %v %+v", info, err, wrote)
	}
	blind := wrote.Encrypted && reflect.DeepEqual(opt.With, archive.Identities{})
	if (wrote.Proof == archive.ByBytes) != blind || (wrote.Proof == archive.ByContent) == blind {
		t.Errorf("%+v", wrote)
	}
	read, err := archive.Restore(t.Context(), file, to, archive.RestoreOptions{With: with, Known: heads(t, wrote)})
	if err != nil {
		t.Fatal(err)
	}
	read.Path, read.Proof = wrote.Path, wrote.Proof
	if !reflect.DeepEqual(read, wrote) {
		t.Errorf("read %+v\nwrote %+v", read, wrote)
	}
	if got := contents(t, to); !reflect.DeepEqual(got, want) || len(names(t, to)) != 1 || len(names(t, dir)) != 1 {
		t.Errorf("%d lines, want %d; %v %v", len(got), len(want), names(t, to), names(t, dir))
	}
}

func heads(t testing.TB, r archive.Report) []registry.Head {
	t.Helper()
	head, err := registry.ParseHead(r.Head)
	if err != nil {
		t.Fatal(err)
	}
	return []registry.Head{head}
}

func outAndIn(t *testing.T, dir string, want []string) {
	out, to := filepath.Join(t.TempDir(), "e"), t.TempDir()
	s := open(t, dir)
	wrote, err := archive.Export(t.Context(), s, out, archive.ExportOptions{Keys: true})
	s.Close()
	if err != nil {
		t.Fatal(err)
	}
	read, err := archive.Import(t.Context(), out, to, archive.RestoreOptions{Known: heads(t, wrote)})
	if err != nil || !reflect.DeepEqual(read, wrote) {
		t.Fatalf("%v\nread %+v\nwrote %+v", err, read, wrote)
	}
	if got := contents(t, to); !reflect.DeepEqual(got, want) || len(names(t, out)) != len(wrote.Files)+1 {
		t.Errorf("%d lines, want %d; %v", len(got), len(want), names(t, out))
	}
	var m archive.Manifest
	text, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	if err != nil || json.Unmarshal(text, &m) != nil || m.Head != want[len(want)-1] {
		t.Error(err, string(text))
	}
}

// A backup under writers is the store of one moment: sound, with a head that the later log still bears.
func TestHotBackup(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, 0, 100)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 4)
	for w := range cap(done) {
		go func() {
			n, err := 0, error(nil)
			for ; err == nil && ctx.Err() == nil; n++ {
				_, err = s.PutSpecialist(context.WithoutCancel(ctx), clerk, registry.Specialist{ID: fmt.Sprintf("W%d-%d", w, n), Expertise: planted})
			}
			done <- err
		}()
	}
	var reports []archive.Report
	for i := range 4 {
		r, err := archive.Backup(t.Context(), s, filepath.Join(t.TempDir(), fmt.Sprint(i)), archive.BackupOptions{})
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
		out := filepath.Join(t.TempDir(), "e")
		if r, err = archive.Export(t.Context(), s, out, archive.ExportOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Import(t.Context(), out, t.TempDir(), archive.RestoreOptions{Known: heads(t, r)}); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	for range cap(done) {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	var last uint64
	for _, r := range reports {
		to := t.TempDir()
		if _, err := archive.Restore(t.Context(), r.Path, to, archive.RestoreOptions{Known: heads(t, r)}); err != nil {
			t.Fatal(err)
		}
		sound(t, open(t, to))
		head := heads(t, r)[0]
		if v, err := s.Verify(t.Context(), head); err != nil || len(v.Faults) > 0 || head.Seq <= last {
			t.Errorf("%v after %d: %v %v", head, last, v.Faults, err)
		}
		last = head.Seq
	}
	t.Logf("heads of the backups: up to %d", last)
}
