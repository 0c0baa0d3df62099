package registry

import (
	"bufio"
	"bytes"
	"io"
)

// endings are how files of a kind end in their names.
var endings = map[AttachmentKind]string{PDF: ".pdf", JPEG: ".jpg"}

// kindOfContent tells a PDF from a JPEG by what stands in it, and refuses anything else and what was cut off: its end is missing.
func kindOfContent(content io.ReaderAt, size int64) (AttachmentKind, error) {
	head := make([]byte, min(size, 8))
	if _, err := content.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", err
	}
	var kind AttachmentKind
	var whole func(io.ReaderAt, int64) (bool, error)
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		kind, whole = PDF, pdfEnds
	case bytes.HasPrefix(head, []byte{0xFF, 0xD8, 0xFF}):
		kind, whole = JPEG, jpegEnds
	default:
		return "", invalid("file", "附件须为 PDF 或 JPG 文件；这个文件的内容两者都不是（只改文件名不行），请另存为 PDF 或 JPG 后再上传")
	}
	if ends, err := whole(content, size); err != nil || !ends {
		if err == nil {
			err = invalid("file", "这个 %s 文件不完整，多半是传输中断，请重新上传", kind)
		}
		return "", err
	}
	return kind, nil
}

// pdfEnds looks for the end mark of a PDF in its last 1024 bytes, where readers look for it (ISO 32000-1, Annex H, note 18).
func pdfEnds(content io.ReaderAt, size int64) (bool, error) {
	tail := make([]byte, min(size, 1024))
	if _, err := content.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return false, err
	}
	return bytes.Contains(tail, []byte("%%EOF")), nil
}

// jpegEnds walks along the segments to the end mark (ITU-T T.81, Annex B). What phones append behind it is no concern.
func jpegEnds(content io.ReaderAt, size int64) (bool, error) {
	r := bufio.NewReader(io.NewSectionReader(content, 2, size-2))
	ends, err := jpegWalk(r)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return false, nil
	}
	return ends, err
}

func jpegWalk(r *bufio.Reader) (bool, error) {
	for scanned := false; ; {
		marker, err := nextMarker(r)
		switch {
		case err != nil:
			return false, err
		case marker == 0xD9: // end of image
			return scanned, nil
		case marker >= 0xD0 && marker <= 0xD7 || marker == 0x01: // these stand alone
			continue
		}
		scanned = scanned || marker == 0xDA // start of scan: compressed data follow its segment
		var length [2]byte
		if _, err := io.ReadFull(r, length[:]); err != nil {
			return false, err
		}
		if _, err := r.Discard(max(0, int(length[0])<<8+int(length[1])-2)); err != nil {
			return false, err
		}
	}
}

// nextMarker skips compressed data, in which FF 00 stands for a byte FF, and fill bytes.
func nextMarker(r *bufio.Reader) (byte, error) {
	for {
		if _, err := r.ReadSlice(0xFF); err == bufio.ErrBufferFull {
			continue
		} else if err != nil {
			return 0, err
		}
		marker, err := r.ReadByte()
		for err == nil && marker == 0xFF {
			marker, err = r.ReadByte()
		}
		if err != nil || marker != 0 {
			return marker, err
		}
	}
}
