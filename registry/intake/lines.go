package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// lineReader gives the lines of a text one after the other and never keeps more than most bytes of one.
type lineReader struct {
	r    *bufio.Reader
	most int
	line []byte
	n    int // number of the line given last, from 1
}

func newLineReader(r io.Reader, most int) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(r, chunk), most: most}
}

// next gives the next line without its end, valid until the next call; long means that it had more than most bytes
// and was passed over. After the last line the error is io.EOF.
func (l *lineReader) next() (line []byte, long bool, err error) {
	l.line = l.line[:0]
	for begun := false; ; begun = true {
		part, err := l.r.ReadSlice('\n')
		if err == io.EOF && !begun && len(part) == 0 {
			return nil, false, io.EOF
		}
		if long = long || len(l.line)+len(part) > l.most+2; !long {
			l.line = append(l.line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && err != io.EOF {
			return nil, false, err
		}
		l.n++
		line := bytes.TrimSuffix(bytes.TrimSuffix(l.line, []byte("\n")), []byte("\r"))
		return line, long || len(line) > l.most, nil
	}
}
