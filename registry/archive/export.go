package archive

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tepai/registry"
)

// linesEnding follows the name of a region in the name of its file.
const linesEnding = ".jsonl"

// ExportOptions of Export.
type ExportOptions struct {
	Keys bool             // also the data keys of persons, wrapped: with the key file they open what is sealed
	Now  func() time.Time // the clock of the manifest; nil = time.Now
}

// Export writes the whole store as of now as plain lines into the folder dir, which must be empty or not exist: one file
// for each region that has something in it, and the manifest. Acts go on meanwhile. The folder gets its name when
// everything is on disk; on an error nothing is left. Refusals: Conflict when dir is not empty or the store is not sound,
// Unavailable when a disk is full or fails.
func Export(ctx context.Context, s *registry.Store, dir string, opt ExportOptions) (r Report, err error) {
	if _, err := examineStore(ctx, s); err != nil {
		return r, unsound("没有导出", err, keepIt)
	}
	err = newFolder(dir, func(temp string) error {
		e := exporter{dir: temp, report: Report{Path: dir, Manifest: Manifest{
			Format: exportFormat, Version: version, Made: clock(opt.Now), Counts: registry.Counts{}, Keys: opt.Keys}}}
		head, err := s.Dump(ctx, registry.DumpOptions{Keys: opt.Keys}, e.line)
		if err == nil {
			err = e.finish(head)
		}
		r = e.report
		return errors.Join(err, e.close())
	})
	if err != nil {
		return Report{}, err
	}
	return r, nil
}

// exporter writes the file of one region after the other.
type exporter struct {
	dir    string
	report Report

	region string
	file   *os.File
	out    *bufio.Writer
	sum    hash.Hash
	now    File // the one being written
}

func (e *exporter) line(l registry.Line) error {
	if l.Region != e.region {
		if err := errors.Join(e.close(), e.begin(l.Region)); err != nil {
			return err
		}
	}
	e.now.Lines++
	e.now.Bytes += int64(len(l.Text)) + 1
	e.report.Counts[l.Region]++
	if _, err := e.out.Write(l.Text); err != nil {
		return err
	}
	return e.out.WriteByte('\n')
}

func (e *exporter) begin(region string) (err error) {
	e.region, e.now, e.sum = region, File{Name: region + linesEnding}, sha256.New()
	if e.file, err = newIn(e.dir, e.now.Name); err != nil {
		return err
	}
	e.out = bufio.NewWriterSize(io.MultiWriter(e.file, e.sum), 1<<16)
	return nil
}

// close ends the file being written, if there is one, and files it in the manifest.
func (e *exporter) close() error {
	if e.file == nil {
		return nil
	}
	err := errors.Join(e.out.Flush(), e.file.Sync(), e.file.Close())
	e.file = nil
	e.now.SHA256 = hex.EncodeToString(e.sum.Sum(nil))
	e.report.Files = append(e.report.Files, e.now)
	e.report.Bytes += e.now.Bytes
	return err
}

// finish writes the manifest.
func (e *exporter) finish(head registry.Head) error {
	if err := e.close(); err != nil {
		return err
	}
	e.report.Head = head.String()
	text, err := e.report.Manifest.encode()
	if err != nil {
		return err
	}
	f, err := newIn(e.dir, manifestName)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func newIn(dir, name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// newFolder lets fill write into a folder beside dir and gives it that name when it is whole. dir must be empty or not
// there. On an error nothing is left.
func newFolder(dir string, fill func(temp string) error) (err error) {
	dir = filepath.Clean(dir)
	there, err := empty(dir)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".*"+unfinished)
	if err != nil {
		return writeTrouble(dir, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	err = fill(temp)
	if err == nil {
		err = syncFolder(temp)
	}
	if err == nil && there {
		err = os.Remove(dir) // only if it is still empty
	}
	if err == nil {
		err = os.Rename(temp, dir)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(dir))
	}
	return writeTrouble(dir, err)
}

// empty tells an empty folder from none, and refuses any other.
func empty(dir string) (there bool, err error) {
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err == nil && len(list) > 0:
		return true, vacant(filepath.Join(dir, list[0].Name()))
	}
	return true, writeTrouble(dir, err)
}
