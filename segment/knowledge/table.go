package knowledge

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The base as a table, one row a line of a file: CSV in UTF-8 with a byte order mark, as Excel reads and writes it.
// Comments and empty lines are rows, too. Not kept: spaces around | and 、, empty columns at the end of a line, empty
// files. The column 行 is for the reader's eye: files are written in the order of the rows.
var tableHead = []string{"文件", "行", "种类", "名称或条件", "说法或原因", "上位或术语", "领域", "例句"}

const (
	fileColumn = 0
	kindColumn = 2
	cellColumn = 3 // the first column of a line behind its kind

	commentRow = "注释"
	emptyRow   = "空行"
	otherRow   = "其他" // a line that is no entry: kept as it stands in the first cell
)

var lineKinds = []string{"概念", "物类", "症状", "规则"}

// WriteTable writes all *.txt files at the top of fsys as a table, in order of their names.
func WriteTable(w io.Writer, fsys fs.FS) error {
	s, err := read(fsys)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{tableHead}
	for i, text := range s.texts {
		lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
		if last := len(lines) - 1; strings.TrimSpace(lines[last]) == "" {
			lines = lines[:last]
		}
		for n, line := range lines {
			rows = append(rows, rowOf(s.names[i], n+1, strings.TrimSpace(line)))
		}
	}
	return out.WriteAll(rows)
}

func rowOf(file string, n int, line string) []string {
	row := make([]string, len(tableHead))
	row[fileColumn], row[1] = file, strconv.Itoa(n)
	cols := strings.Split(line, "|")
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	for len(cols) > 1 && cols[len(cols)-1] == "" && cols[0] != "规则" {
		cols = cols[:len(cols)-1]
	}
	switch {
	case line == "":
		row[kindColumn] = emptyRow
	case line[0] == '#':
		row[kindColumn], row[cellColumn] = commentRow, harmless(line[1:])
	case slices.Contains(lineKinds, cols[0]) && len(cols) <= len(row)-kindColumn:
		for i, cell := range cols {
			row[kindColumn+i] = harmless(cell)
		}
	default:
		row[kindColumn], row[cellColumn] = otherRow, harmless(line)
	}
	return row
}

// formulaSigns begin what a spreadsheet would take for a formula, in any width; the apostrophe that guards them is one
// of them, so that it can be taken off again without doubt.
const formulaSigns = "=+-@\t\r'＝＋－＠"

func harmless(cell string) string {
	if first, size := utf8.DecodeRuneInString(cell); size > 0 && strings.ContainsRune(formulaSigns, first) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	rest, guarded := strings.CutPrefix(cell, "'")
	if first, size := utf8.DecodeRuneInString(rest); guarded && size > 0 && strings.ContainsRune(formulaSigns, first) {
		return rest
	}
	return cell
}

// TableFile is one file of the base as a table gives it.
type TableFile struct {
	Name string // a plain name that ends in .txt
	Text string
}

// ReadTable reads what WriteTable wrote, or a person has changed since: the files in order of first mention. The error
// is Problems, by the table's rows, when single rows are wrong.
func ReadTable(name string, r io.Reader) ([]TableFile, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, Problems{{name, 1, "不是 UTF-8 编码，请在 Excel 里另存为“CSV UTF-8（逗号分隔）”"}}
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil || !slices.Equal(head, tableHead) {
		return nil, Problems{{name, 1, "第一行应是表头：" + strings.Join(tableHead, ",") + "（用半角逗号分开）"}}
	}
	t := table{name: name, at: map[string]int{}}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			return nil, Problems{{name, line, "双引号没有配对，请核对这一行"}}
		}
		t.row(line, row)
	}
	if len(t.problems) > 0 {
		return nil, t.problems
	}
	return t.files, nil
}

// table collects the rows by file.
type table struct {
	name     string
	files    []TableFile
	at       map[string]int
	problems Problems
}

func (t *table) row(line int, row []string) {
	if !slices.ContainsFunc(row, func(cell string) bool { return cell != "" }) {
		return // a row that has been emptied
	}
	text, why := "", ""
	if file := row[fileColumn]; path.Base(file) != file || strings.ContainsAny(file, `\:`) || !strings.HasSuffix(file, ".txt") || file == ".txt" {
		why = fmt.Sprintf("文件名“%s”不能用，应是 casting.txt 这样不带文件夹的名字", brief(file))
	} else if len(row) <= kindColumn {
		why = "缺种类（第三列）"
	} else {
		text, why = lineOf(row[kindColumn:])
	}
	if why != "" {
		t.problems.add(Place{t.name, line}, "%s", why)
		return
	}
	i, ok := t.at[row[fileColumn]]
	if !ok {
		i = len(t.files)
		t.at[row[fileColumn]], t.files = i, append(t.files, TableFile{Name: row[fileColumn]})
	}
	t.files[i].Text += text + "\n"
}

// lineOf writes a row's kind and cells as a line of a file.
func lineOf(cells []string) (line, why string) {
	kind, cells := strings.TrimSpace(cells[0]), slices.Clone(cells[1:])
	for i := range cells {
		if cells[i] = unguarded(cells[i]); strings.ContainsAny(cells[i], "\r\n") {
			return "", "格子里不能换行"
		}
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case kind == emptyRow:
		return "", ""
	case kind == commentRow:
		return "#" + strings.Join(cells, " "), ""
	case kind == otherRow:
		return strings.Join(cells, " "), ""
	case !slices.Contains(lineKinds, kind):
		return "", fmt.Sprintf("不认识的种类“%s”，应是 %s、%s、%s 或 %s", brief(kind), strings.Join(lineKinds, "、"), commentRow, emptyRow, otherRow)
	}
	line = kind
	for _, cell := range cells {
		if strings.Contains(cell, "|") {
			return "", "格子里不能有“|”"
		}
		line += " |"
		if cell != "" {
			line += " " + cell
		}
	}
	return line, ""
}
