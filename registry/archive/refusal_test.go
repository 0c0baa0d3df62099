package archive_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tepai/registry"
	"tepai/registry/archive"
)

// small is a store with a few records, and where a backup of it may go.
func small(t *testing.T) (s *registry.Store, file string) {
	s = open(t, t.TempDir())
	put(t, s, 0, 5)
	return s, filepath.Join(t.TempDir(), "b")
}

func TestKeysThatDoNotFit(t *testing.T) {
	s, file := small(t)
	recipient, identity := pair(t)
	_, stranger := pair(t)
	if _, err := archive.Backup(t.Context(), s, file, archive.BackupOptions{To: recipients(t, recipient)}); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "data")
	_, err := archive.Restore(t.Context(), file, to, archive.RestoreOptions{})
	wantKind(t, err, registry.Denied, "加密", "--identity")
	_, err = archive.Restore(t.Context(), file, to, archive.RestoreOptions{With: identities(t, stranger)})
	wantKind(t, err, registry.Denied, "打不开", "成对的私钥")
	if len(names(t, filepath.Dir(to))) != 0 {
		t.Error(names(t, filepath.Dir(to)))
	}
	if _, err := archive.Restore(t.Context(), file, to, archive.RestoreOptions{With: identities(t, identity)}); err != nil {
		t.Error(err)
	}
	// A backup for one and proved with another's key would be a backup that nobody at hand can read.
	other := file + "2"
	_, err = archive.Backup(t.Context(), s, other, archive.BackupOptions{To: recipients(t, recipient), With: identities(t, stranger)})
	wantKind(t, err, registry.Denied, "打不开")
	if len(names(t, filepath.Dir(file))) != 1 {
		t.Error(names(t, filepath.Dir(file)))
	}
}

func TestKeysThatAreNone(t *testing.T) {
	recipient, identity := pair(t)
	secret, err := os.ReadFile(identity)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "age1", "张三", recipient + "x", recipient + "\n" + recipient, string(secret), strings.Split(string(secret), "\n")[1]} {
		_, err := archive.ReadRecipients([]string{text}, "")
		wantKind(t, err, registry.Invalid, "age1", "age-keygen")
		if key := strings.Split(string(secret), "\n")[1]; strings.Contains(err.Error(), key) {
			t.Errorf("a private key stands in the message: %v", err)
		}
	}
	_, err = archive.ReadRecipients(nil, filepath.Join(t.TempDir(), "none"))
	wantKind(t, err, registry.NotFound, "none", "请")
	_, err = archive.ReadIdentities(filepath.Join(t.TempDir(), "none"))
	wantKind(t, err, registry.NotFound, "none", "请")
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte("# two\n"+recipient+"\n\n"+recipient+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.ReadRecipients([]string{recipient}, list); err != nil {
		t.Error(err)
	}
	_, err = archive.ReadIdentities(list)
	wantKind(t, err, registry.Invalid, "AGE-SECRET-KEY-", "请")
}

func TestNothingIsOverwritten(t *testing.T) {
	s, file := small(t)
	dir := filepath.Dir(file)
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := archive.Backup(t.Context(), s, file, archive.BackupOptions{})
	wantKind(t, err, registry.Conflict, "已经存在", "换一个名字")
	_, err = archive.Export(t.Context(), s, file, archive.ExportOptions{})
	wantKind(t, err, registry.Unavailable, file, "请")
	_, err = archive.Export(t.Context(), s, dir, archive.ExportOptions{})
	wantKind(t, err, registry.Conflict, "已经存在")
	_, err = archive.Backup(t.Context(), s, filepath.Join(dir, "no", "b"), archive.BackupOptions{})
	wantKind(t, err, registry.Unavailable, "路径")
	whole := filepath.Join(t.TempDir(), "b")
	if _, err := archive.Backup(t.Context(), s, whole, archive.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err = archive.Restore(t.Context(), whole, dir, archive.RestoreOptions{})
	wantKind(t, err, registry.Conflict, "已有内容", "空的")
	_, err = archive.Restore(t.Context(), whole, file, archive.RestoreOptions{})
	wantKind(t, err, registry.Unavailable, file)
	_, err = archive.Restore(t.Context(), whole, filepath.Dir(s.Path()), archive.RestoreOptions{})
	wantKind(t, err, registry.Conflict, "已有内容")
	_, err = archive.Restore(t.Context(), whole+"x", t.TempDir(), archive.RestoreOptions{})
	wantKind(t, err, registry.NotFound, "核对路径")
	_, err = archive.Import(t.Context(), dir, t.TempDir(), archive.RestoreOptions{})
	wantKind(t, err, registry.NotFound, "manifest.json")
	if content, err := os.ReadFile(file); string(content) != "mine" || len(names(t, dir)) != 1 {
		t.Error(err, string(content), names(t, dir))
	}
}

// A new disk with lost+found and what a killed restore left count as empty.
func TestFoldersThatAreAsGoodAsEmpty(t *testing.T) {
	s, file := small(t)
	if _, err := archive.Backup(t.Context(), s, file, archive.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	for _, name := range []string{"lost+found", "incoming-77.new"} {
		if err := os.Mkdir(filepath.Join(to, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := archive.Restore(t.Context(), file, to, archive.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(t, to), " "); got != "lost+found registry.db" {
		t.Error(got)
	}
}

func TestAnotherHead(t *testing.T) {
	s, file := small(t)
	r, err := archive.Backup(t.Context(), s, file, archive.BackupOptions{})
	if err != nil {
		t.Fatal(err)
	}
	later, other := heads(t, r)[0], heads(t, r)[0]
	later.Seq++
	other.Hash[0] ^= 1
	for _, known := range []registry.Head{later, other} {
		to := filepath.Join(t.TempDir(), "data")
		_, err := archive.Restore(t.Context(), file, to, archive.RestoreOptions{Known: []registry.Head{known}})
		wantKind(t, err, registry.Conflict, "没有恢复", "另外保存的链头", "请改用另一份")
		if len(names(t, filepath.Dir(to))) != 0 {
			t.Error(names(t, filepath.Dir(to)))
		}
	}
}

// A store that is not sound is not backed up over the head of a good backup.
func TestUnsoundStores(t *testing.T) {
	s, file := small(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	forged := bytes.ReplaceAll(content, []byte(planted), []byte("球墨铸铁缩孔"))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, registry.FileName), forged, 0o600); err != nil {
		t.Fatal(err)
	}
	bad, err := registry.Open(dir, registry.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer bad.Close()
	_, err = archive.Backup(t.Context(), bad, file, archive.BackupOptions{})
	wantKind(t, err, registry.Conflict, "没有备份", "tepai doctor")
	_, err = archive.Export(t.Context(), bad, file, archive.ExportOptions{})
	wantKind(t, err, registry.Conflict, "没有导出")
	if len(names(t, filepath.Dir(file))) != 0 || len(names(t, dir)) != 1 {
		t.Error(names(t, filepath.Dir(file)), names(t, dir))
	}
}

// Breaking off leaves nothing.
func TestInterrupted(t *testing.T) {
	s, file := small(t)
	if _, err := archive.Backup(t.Context(), s, file, archive.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := t.TempDir()
	_, backup := archive.Backup(ctx, s, filepath.Join(out, "b"), archive.BackupOptions{})
	_, export := archive.Export(ctx, s, filepath.Join(out, "e"), archive.ExportOptions{})
	_, restore := archive.Restore(ctx, file, filepath.Join(out, "d"), archive.RestoreOptions{})
	for _, err := range []error{backup, export, restore} {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if len(names(t, out)) != 0 || len(names(t, filepath.Dir(s.Path()))) != 1 {
		t.Error(names(t, out), names(t, filepath.Dir(s.Path())))
	}
}

// What stands in a store stands in its backup only when that is not encrypted, and a manifest names no record.
func TestWhatABackupShows(t *testing.T) {
	s, file := small(t)
	recipient, _ := pair(t)
	for path, opt := range map[string]archive.BackupOptions{file: {}, file + ".age": {To: recipients(t, recipient)}} {
		r, err := archive.Backup(t.Context(), s, path, opt)
		if err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{planted, "铸件渗漏", "tepai backup", "registry.db"} {
			if bytes.Contains(content, []byte(word)) == r.Encrypted {
				t.Errorf("encrypted %t and holds %q: %t", r.Encrypted, word, !r.Encrypted)
			}
		}
		if r.Encrypted {
			continue
		}
		store, err := os.ReadFile(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		if n := len(content) - len(store); n > 8<<10 {
			t.Errorf("%d bytes more than the store", n)
		}
		if head := content[:bytes.Index(content, []byte("registry.db\x00"))]; bytes.Contains(head, []byte(planted)) || bytes.Contains(head, []byte("S3")) {
			t.Errorf("the manifest speaks of records: %s", head)
		}
	}
}
