package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Format of a file.
type Format string

const (
	JSONL Format = "jsonl"
	CSV   Format = "csv"
)

// source is a file whose encoding and format are known, ready to be read as UTF-8 from its first character.
type source struct {
	name     string
	encoding Encoding
	format   Format
	body     io.Reader
	temp     *os.File // copy of a reader that cannot seek
}

// open surveys the whole of r, then goes back to its beginning.
func open(r io.Reader, name string) (*source, error) {
	src := &source{name: name}
	seeker, start, err := src.seekable(r)
	if err != nil {
		return nil, err
	}
	found, err := surveyOf(seeker)
	if err == nil {
		err = found.refusal(name)
	}
	if err == nil {
		_, err = seeker.Seek(start+int64(found.mark), io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(wrapRead(name, err), src.close())
	}
	src.encoding, src.format = found.encoding(), formatOf(name, found.head)
	src.body = seeker
	if src.encoding == GB18030 {
		src.body = simplifiedchinese.GB18030.NewDecoder().Reader(seeker)
	}
	return src, nil
}

// seekable gives r itself where it can seek, else a temporary copy.
func (src *source) seekable(r io.Reader) (seeker io.ReadSeeker, start int64, err error) {
	if s, ok := r.(io.ReadSeeker); ok {
		if start, err = s.Seek(0, io.SeekCurrent); err == nil {
			return s, start, nil
		}
	}
	if src.temp, err = os.CreateTemp("", "tepai-intake-*"); err != nil {
		return nil, 0, fmt.Errorf("intake: copy %s: %w", src.name, err)
	}
	if _, err = io.Copy(src.temp, r); err == nil {
		_, err = src.temp.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("intake: copy %s: %w", src.name, err), src.close())
	}
	return src.temp, 0, nil
}

// close removes the temporary copy, where there is one.
func (src *source) close() error {
	if src.temp == nil {
		return nil
	}
	return errors.Join(src.temp.Close(), os.Remove(src.temp.Name()))
}

// formatOf goes by the name's ending, and by the first character where that says nothing.
func formatOf(name string, head []byte) Format {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return CSV
	case ".jsonl", ".ndjson", ".json":
		return JSONL
	}
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		return JSONL
	}
	return CSV
}
