package knowledge

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// thereAndBack writes files as a table and reads them again.
func thereAndBack(t testing.TB, fsys fs.FS) (csv string, files fstest.MapFS) {
	t.Helper()
	var out bytes.Buffer
	if err := WriteTable(&out, fsys); err != nil {
		t.Fatal(err)
	}
	csv = out.String()
	list, err := ReadTable("t.csv", &out)
	if err != nil {
		t.Fatal(err)
	}
	files = fstest.MapFS{}
	for _, f := range list {
		files[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
	}
	return csv, files
}

// TestTableLosesNothing: entries, rules, their lines, comments and empty lines of the whole base survive the way.
func TestTableLosesNothing(t *testing.T) {
	csv, files := thereAndBack(t, Embedded())
	again, _ := thereAndBack(t, files)
	if csv != again {
		t.Error("the table of the table differs")
	}
	a, _, _ := load(Embedded(), Options{})
	b, problems, err := load(files, Options{})
	if err != nil || len(problems) > 0 || !reflect.DeepEqual(a.graph, b.graph) {
		t.Errorf("entries and rules differ: %v", problems)
	}
	for name, f := range files {
		before, _ := fs.ReadFile(Embedded(), name)
		if plain(string(before)) != plain(string(f.Data)) {
			t.Errorf("%s differs in more than spaces and empty columns", name)
		}
	}
}

// plain takes away what the table may take away.
func plain(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		out = append(out, strings.TrimRight(strings.ReplaceAll(strings.TrimSpace(line), " ", ""), "|"))
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

func TestTableIsNoFormula(t *testing.T) {
	text := "#=cmd()\n#'- 引号\n概念 | @缩松 | =1+1、-甲\n\n胡说|八道\n症状 | a,b\"c | '=x | ' |\n规则 | 铸件 | ＝甲 0.5 | | |\n"
	csv, files := thereAndBack(t, fstest.MapFS{"a.txt": {Data: []byte("\ufeff" + text)}})
	if !strings.HasPrefix(csv, "\ufeff文件,行,") {
		t.Errorf("%q", csv[:20])
	}
	for line := range strings.Lines(csv) {
		for cell := range strings.SplitSeq(line, ",") {
			if strings.ContainsAny(strings.TrimPrefix(cell, `"`)[:min(1, len(cell))], "=+-@") {
				t.Errorf("a formula: %s", line)
			}
		}
	}
	want := "#=cmd()\n#'- 引号\n概念 | @缩松 | =1+1、-甲\n\n胡说|八道\n症状 | a,b\"c | '=x | '\n规则 | 铸件 | ＝甲 0.5\n"
	if got := string(files["a.txt"].Data); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestTablesThatAreRefused(t *testing.T) {
	head := "\ufeff" + strings.Join(tableHead, ",") + "\n"
	for name, c := range map[string]struct {
		csv  string
		line int
		word string
	}{
		"no head":        {"a.txt,1,概念,缩松\n", 1, "表头"},
		"empty":          {"", 1, "表头"},
		"other encoding": {"\xce\xc4\xbc\xfe", 1, "CSV UTF-8"},
		"a folder":       {head + "../a.txt,1,概念,缩松\n", 2, "文件名"},
		"a drive":        {head + `c:\a.txt,1,概念,缩松` + "\n", 2, "文件名"},
		"no text file":   {head + "a.exe,1,概念,缩松\n", 2, "文件名"},
		"no kind":        {head + "a.txt,1,概念,缩松\na.txt,2\n", 3, "种类"},
		"strange kind":   {head + "a.txt,1,现象,缩松\n", 2, "不认识的种类“现象”"},
		"a bar":          {head + "a.txt,1,概念,缩|松\n", 2, "|"},
		"a line break":   {head + "a.txt,1,概念,\"缩\n松\"\n", 2, "换行"},
		"a loose quote":  {head + "a.txt,1,概念,\"缩松\n", 2, "双引号"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadTable("t.csv", strings.NewReader(c.csv))
			var problems Problems
			if !errors.As(err, &problems) || problems[0].Line != c.line || !strings.Contains(problems[0].Msg, c.word) {
				t.Errorf("%v", err)
			}
		})
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add(strings.Join(tableHead, ",") + "\na.txt,1,概念,缩松,'=x\n,,\na.txt,,空行\nb.txt,3,注释, 甲\n")
	f.Fuzz(func(t *testing.T, csv string) {
		list, err := ReadTable("t.csv", strings.NewReader(csv))
		if err != nil {
			return
		}
		files := fstest.MapFS{}
		for _, x := range list {
			files[x.Name] = &fstest.MapFile{Data: []byte(x.Text)}
		}
		var out bytes.Buffer
		if err := WriteTable(&out, files); err != nil {
			t.Fatal(err)
		}
	})
}
