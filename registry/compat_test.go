package registry_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tepai/registry"
	"tepai/registry/kv"
	"tepai/registry/kv/bolt"
)

// -update writes the store file of the present format anew:
//
//	go test ./registry -run Compat -update
//
// Do so only before a format is released. Afterwards the file stays as it is for ever, and a new format gets a file of
// its own beside it.
var update = flag.Bool("update", false, "write testdata/compat anew")

const compatDir = "../testdata/compat"

// compatRecords is what stands in the files: every field of every noun, and texts that are hard to keep.
func compatRecords() registry.Records {
	return registry.Records{
		Specialists: []registry.Specialist{
			{
				ID: "S0001", Name: "示例甲", Title: "教授级高级工程师", Degree: "博士", Education: "研究生",
				OrgType: "高等院校", Organisation: "示例大学", County: "泽州县", Industry: "金属制品业",
				Fields: []string{"球墨铸铁", "QT450-10"}, Expertise: "铸造工艺“渗漏”<分析> & 改进\n第二行 𠀀😀",
				Keywords: []string{"铸造", "热处理"}, Achievements: "省级奖一项", ServiceWish: "愿到泽州服务",
				Evidence: []registry.Evidence{
					{Kind: registry.Paper, Title: "论文", Text: "摘要", Year: 2019},
					{Kind: registry.PastService, Title: "某厂缩松攻关", Year: 2022},
				},
				Standing: registry.Paused, BarredTo: "2026-12-31", Serving: []string{"E0001"}, Capacity: 2,
				Prefer: []string{"E0002"}, Avoid: []string{"E0003"}, Equity: []string{"E0004"},
			},
			{ID: "S0002", Expertise: "煤层气排采"},
		},
		Enterprises: []registry.Enterprise{{
			ID: "E0001", Name: "示例铸造有限公司", Size: "小型", RegistrationType: "有限责任公司", Industry: "金属制品业",
			County: "泽州县", Founded: "2008-05-12", Employees: 86, RevenueWan: 4200, Business: "球墨铸铁管件",
			Prefer: []string{"S0001"}, Avoid: []string{"S0009"}, AvoidUnits: []string{"某研究所"},
		}},
		Needs: []registry.Need{{
			ID: "N0001", EnterpriseID: "E0001", EnterpriseType: "铸造企业", Industry: "金属制品业", Title: "铸件渗漏",
			Description: "试压时渗漏，废品率 8%", Wanted: "废品率降到 2% 以下", FieldHint: "铸造",
			Diagnosis: &registry.Diagnosis{Field: "铸造", Causes: "缩松", Terms: []string{"补缩", "孕育"}, Source: "person"},
			State:     registry.NeedSolved, SolvedBy: []string{"S0001"}, Difficulty: "easy",
		}},
	}
}

func writeCompat(t *testing.T, path string) {
	clock := time.Date(2025, 6, 1, 9, 30, 0, 123_000_000, time.FixedZone("", 8*3600))
	s, err := registry.Open(t.TempDir(), registry.Options{Create: true, Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	older := registry.Specialist{ID: "S0002", Expertise: "瓦斯抽采"}
	if _, err := s.PutSpecialist(t.Context(), registry.Actor{ID: "录入员"}, older); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutAll(t.Context(), registry.Actor{ID: "import"}, compatRecords(), registry.PutOptions{Update: true}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if _, err := s.Backup(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{path: file.Bytes(), headFile(path): []byte(head.String() + "\n")} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func headFile(path string) string { return strings.TrimSuffix(path, ".db") + ".head" }

// Store files of every format open, verify against the head that was kept beside them, and hold what was put in.
func TestCompat(t *testing.T) {
	if *update {
		writeCompat(t, filepath.Join(compatDir, "format-1.db"))
	}
	files, err := filepath.Glob(filepath.Join(compatDir, "format-*.db"))
	if err != nil || len(files) == 0 {
		t.Fatal("no store files", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			s := open(t, unpack(t, path))
			text, err := os.ReadFile(headFile(path))
			if err != nil {
				t.Fatal(err)
			}
			head, err := registry.ParseHead(string(text))
			if err != nil {
				t.Fatal(err)
			}
			if report, err := s.Verify(t.Context(), head); err != nil || report.Head != head || len(report.Faults) > 0 {
				t.Fatal(report, err)
			}
			want := compatRecords()
			got, err := readAll(t, s)
			if err != nil || !reflect.DeepEqual(got.Specialists, want.Specialists) ||
				!reflect.DeepEqual(got.Enterprises, want.Enterprises) || !reflect.DeepEqual(got.Needs, want.Needs) {
				t.Fatalf("%v\n got %+v\nwant %+v", err, got, want)
			}
			if len(got.Changes) != 5 || got.Changes[0].Actor != "录入员" || got.Changes[2].Act != registry.ActUpdate {
				t.Fatalf("%+v", got.Changes)
			}
			if report, err := s.PutAll(t.Context(), clerk, want, registry.PutOptions{}); err != nil || report.Unchanged != 4 {
				t.Fatal("what was written before counts as changed:", report, err)
			}
		})
	}
}

// unpack copies a store file to a data folder of its own.
func unpack(t *testing.T, path string) (dir string) {
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, registry.FileName), file, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The chain verifies by what FORMAT.md says alone, without a line of this package.
func TestCompatChainByTheBook(t *testing.T) {
	db, err := bolt.Open(t.Context(), filepath.Join(unpack(t, filepath.Join(compatDir, "format-1.db")), registry.FileName), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	prev, seq := make([]byte, 32), 0
	err = db.View(t.Context(), func(tx kv.Reader) error {
		for p, err := range tx.Scan([]byte("c/"), nil) {
			if err != nil {
				return err
			}
			seq++
			end := len(p.Value) - 32
			sum := sha256.Sum256(p.Value[:end])
			if !bytes.Equal(sum[:], p.Value[end:]) || !bytes.Equal(prev, p.Value[end-32:end]) {
				return fmt.Errorf("entry %d does not fit", seq)
			}
			prev = bytes.Clone(sum[:])
		}
		meta, err := tx.Get([]byte("meta"))
		if want := fmt.Sprintf(`{"format":1,"seq":%d,"hash":"%x"}`, seq, prev); err == nil && string(meta) != want {
			err = fmt.Errorf("meta %s, want %s", meta, want)
		}
		return err
	})
	if err != nil || seq != 5 {
		t.Fatal(seq, err)
	}
}
