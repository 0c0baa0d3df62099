package registry_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tepai/registry"
)

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const scan = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

// A file is known by its content, comes back as it was handed in, and its loss or damage is seen.
func TestAttachments(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	ctx := t.Context()
	v, err := o.Attach(ctx, wang, "学位证书", strings.NewReader(scan))
	if err != nil || v.Kind != registry.PDF || v.Size != int64(len(scan)) || v.By != wang.ID || v.On != day(t, "2026-03-02") {
		t.Fatalf("%+v %v", v, err)
	}
	if _, content, err := o.ReadAttachment(ctx, v.ID); err != nil || string(content) != scan {
		t.Fatalf("%q %v", content, err)
	}
	before, err := o.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := o.Attach(ctx, centre, "另一个标题", strings.NewReader(scan)); err != nil || again != v {
		t.Errorf("%+v %v", again, err)
	}
	if after, err := o.Head(ctx); err != nil || after != before {
		t.Error("the same file was recorded twice", err)
	}

	path := filepath.Join(filepath.Dir(o.Path()), registry.AttachmentsName, v.ID[:2], v.ID+".pdf")
	for says, damage := range map[string]func() error{
		"已被改动":  func() error { return os.WriteFile(path, bytes.ToUpper([]byte(scan)), 0o600) },
		"不在文件夹": func() error { return os.Remove(path) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		_, _, err := o.ReadAttachment(ctx, v.ID)
		wantKind(t, err, registry.Unavailable, says)
		if problems, err := o.Check(ctx); err != nil || says == "不在文件夹" && (len(problems) != 1 || !strings.Contains(problems[0].Msg, says)) {
			t.Error(problems, err)
		}
		if _, err := o.Attach(ctx, centre, "学位证书", strings.NewReader(scan)); err != nil { // handed in anew
			t.Fatal(err)
		}
	}
}

func TestAttachmentsByContent(t *testing.T) {
	o := openOffice(t, "2026-03-02")
	picture := photo(t)
	for name, c := range map[string]struct {
		content string
		says    string // empty = taken
	}{
		"a photo":                       {string(picture), ""},
		"a photo with an appended film": {string(picture) + "ftypmp42", ""},
		"a photo cut off":               {string(picture[:len(picture)-2]), "不完整"},
		"a head without a picture":      {"\xff\xd8\xff\xd9", "不完整"},
		"a scan cut off":                {scan[:20], "不完整"},
		"a Word file":                   {"PK\x03\x04word", "须为 PDF 或 JPG"},
		"nothing":                       {"", "须为 PDF 或 JPG"},
		"too much":                      {scan + strings.Repeat(" ", registry.MaxAttachment), "超过 20 MB"},
	} {
		v, err := o.Attach(t.Context(), wang, name, strings.NewReader(c.content))
		if c.says == "" {
			if err != nil || v.Kind != registry.JPEG {
				t.Errorf("%s: %+v %v", name, v, err)
			}
			continue
		}
		wantKind(t, err, registry.Invalid, c.says)
	}
	_, err := o.Attach(t.Context(), wang, " ", strings.NewReader(scan))
	wantKind(t, err, registry.Invalid, "请填写附件的标题")
	_, err = o.Attach(t.Context(), registry.Actor{ID: "root", Role: registry.Administrator}, "x", strings.NewReader(scan))
	wantKind(t, err, registry.Denied, "系统管理员不能上传附件")
}
