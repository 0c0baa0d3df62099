package archive

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tepai/registry"
)

// maxLine is the longest line of an export in bytes: the largest record, an amendment of the knowledge base, takes a
// hundredth of it.
const maxLine = 64 << 20

// Import puts the store of an export back into the folder data, which must be empty or not exist: records, change log,
// hashes and head are the same as they were. Everything is compared as in Restore, and refused as there; one difference
// refuses the whole.
func Import(ctx context.Context, dir, data string, opt RestoreOptions) (r Report, err error) {
	m, err := exportIn(dir)
	if err != nil {
		return r, broken(ctx, dir, err)
	}
	err = newStore(data, func(temp string) error {
		if err := load(ctx, dir, m, temp); err != nil {
			return broken(ctx, dir, err)
		}
		return m.confirm(ctx, temp, opt.Known)
	})
	if err != nil {
		return Report{}, err
	}
	r = Report{Manifest: m, Path: dir}
	for _, f := range m.Files {
		r.Bytes += f.Bytes
	}
	return r, nil
}

// exportIn reads the manifest of an export and holds it against the names in the folder.
func exportIn(dir string) (m Manifest, err error) {
	f, err := os.Open(filepath.Join(dir, manifestName))
	if err != nil {
		return m, &registry.Error{Kind: registry.NotFound, Msg: fmt.Sprintf("%s 里没有 %s，不是一份完整的导出。请核对路径（%v）", dir, manifestName, err)}
	}
	defer f.Close()
	if m, err = readManifest(f, exportFormat); err != nil {
		return m, err
	}
	there, err := filepath.Glob(filepath.Join(dir, "*"+linesEnding))
	if err != nil {
		return m, err
	}
	for _, path := range there {
		if !slices.ContainsFunc(m.Files, func(f File) bool { return f.Name == filepath.Base(path) }) {
			return m, fmt.Errorf("%s is not in the manifest", filepath.Base(path))
		}
	}
	return m, nil
}

// load makes a store in temp of the lines in dir.
func load(ctx context.Context, dir string, m Manifest, temp string) error {
	s, err := registry.Open(temp, registry.Options{Create: true})
	if err != nil {
		return err
	}
	_, err = s.Load(ctx, lines(dir, m))
	return errors.Join(err, s.Close())
}

// lines yields the lines of all files, and an error where a file is not what the manifest says.
func lines(dir string, m Manifest) iter.Seq2[registry.Line, error] {
	return func(yield func(registry.Line, error) bool) {
		for _, f := range m.Files {
			if err := f.lines(dir, yield); err != nil {
				if !errors.Is(err, errEnough) {
					yield(registry.Line{}, err)
				}
				return
			}
		}
	}
}

// errEnough says that nobody wants more lines.
var errEnough = errors.New("enough")

func (f File) lines(dir string, yield func(registry.Line, error) bool) error {
	region, ok := strings.CutSuffix(f.Name, linesEnding)
	if !ok || region == "" || filepath.Base(f.Name) != f.Name {
		return fmt.Errorf("manifest: %q is no file of lines", f.Name)
	}
	in, err := os.Open(filepath.Join(dir, f.Name))
	if err != nil {
		return err
	}
	defer in.Close()
	sum := sha256.New()
	found := File{Name: f.Name}
	scan := bufio.NewScanner(io.TeeReader(in, sum))
	scan.Buffer(nil, maxLine)
	for scan.Scan() {
		found.Lines++
		found.Bytes += int64(len(scan.Bytes())) + 1
		if !yield(registry.Line{Region: region, Text: scan.Bytes()}, nil) {
			return errEnough
		}
	}
	found.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if err := scan.Err(); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if found != f {
		return fmt.Errorf("%s: %d lines of %d bytes, SHA-256 %s; the manifest says %d, %d, %s", f.Name,
			found.Lines, found.Bytes, found.SHA256, f.Lines, f.Bytes, f.SHA256)
	}
	return nil
}
