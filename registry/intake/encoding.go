package intake

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"tepai/registry"
)

// Encoding of a file's text.
type Encoding string

const (
	UTF8     Encoding = "UTF-8"
	UTF8Mark Encoding = "UTF-8 BOM"
	GB18030  Encoding = "GB18030"
)

// survey is what one pass over the bytes of a file tells.
type survey struct {
	head  []byte // the first bytes, after the mark
	mark  int    // length of the byte order mark
	size  int64
	wide  int // well-formed UTF-8 sequences of three bytes or more, as Han characters are
	wrong int // bytes that fit into no UTF-8 sequence
	zero  bool
}

const chunk = 64 << 10

// surveyOf reads r to its end in chunks.
func surveyOf(r io.Reader) (*survey, error) {
	s := &survey{}
	buf, kept := make([]byte, chunk), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		part := buf[:kept+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return nil, err
		}
		if s.size == 0 {
			s.begin(part)
		}
		s.size += int64(n)
		done := s.look(part, last)
		if last {
			return s, nil
		}
		kept = copy(buf, part[done:])
	}
}

func (s *survey) begin(part []byte) {
	if bytes.HasPrefix(part, []byte("\xef\xbb\xbf")) {
		s.mark = 3
	}
	s.head = bytes.Clone(part[s.mark:min(len(part), 512)])
}

// look counts what stands in part and says how much of it is settled: a sequence cut off at the end comes again.
func (s *survey) look(part []byte, last bool) int {
	s.zero = s.zero || bytes.IndexByte(part, 0) >= 0
	for i := 0; i < len(part); {
		if n := asciiRun(part[i:]); n > 0 {
			i += n
			continue
		}
		if !last && !utf8.FullRune(part[i:]) {
			return i
		}
		_, n := utf8.DecodeRune(part[i:])
		switch {
		case n == 1:
			s.wrong++
		case n >= 3:
			s.wide++
		}
		i += n
	}
	return len(part)
}

// asciiRun is the number of ASCII bytes at the beginning, counted by eights.
func asciiRun(part []byte) int {
	n := 0
	for len(part)-n >= 8 && binary.LittleEndian.Uint64(part[n:])&0x8080808080808080 == 0 {
		n += 8
	}
	for n < len(part) && part[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// encoding is UTF-8 by its mark or because all bytes fit, else GB18030; but where nearly all Han characters are sound
// UTF-8 it is a damaged UTF-8 file, whose lines say so, for in GB18030 text such sequences hardly ever occur.
func (s *survey) encoding() Encoding {
	switch {
	case s.mark > 0:
		return UTF8Mark
	case s.wrong == 0 || s.wide > 4*s.wrong:
		return UTF8
	}
	return GB18030
}

// refusal is for files that are no text that we read.
func (s *survey) refusal(name string) error {
	switch {
	case bytes.HasPrefix(s.head, []byte("PK\x03\x04")), bytes.HasPrefix(s.head, []byte("\xd0\xcf\x11\xe0")):
		return refuse("%s 是 Excel 工作簿或压缩包，请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入", name)
	case bytes.HasPrefix(s.head, []byte("\xff\xfe")), bytes.HasPrefix(s.head, []byte("\xfe\xff")):
		return refuse("%s 是 UTF-16（“Unicode 文本”）编码，请另存为“CSV UTF-8（逗号分隔）”后再导入", name)
	case s.zero:
		return refuse("%s 含有空字节，不是文本文件，请导入 csv 或 jsonl 文件", name)
	case s.size == int64(s.mark):
		return refuse("%s 是空文件，请核对文件是否选对", name)
	}
	return nil
}

// wrapRead adds the file's name to trouble in reading; a refusal has it already.
func wrapRead(name string, err error) error {
	var e *registry.Error
	if errors.As(err, &e) {
		return err
	}
	return fmt.Errorf("intake: read %s: %w", name, err)
}
