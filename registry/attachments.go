package registry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"tepai/registry/blob"
	"tepai/registry/kv"
	"tepai/registry/policy"
)

// AttachmentsName is the folder of attachments inside the data folder.
const AttachmentsName = "attachments"

func (s *Store) attachments() blob.Folder {
	return blob.Folder(filepath.Join(filepath.Dir(s.path), AttachmentsName))
}

// Attach keeps a file and records it. The file is on disk before its record is; the same content again gives the record that is there,
// and mends its file. Refusals: Invalid for content that is neither PDF nor JPEG, cut off, empty or larger than
// MaxAttachment; Denied for roles that attach nothing; Unavailable from the disk.
func (s *Store) Attach(ctx context.Context, actor Actor, title string, content io.Reader) (Attachment, error) {
	if err := firstBroken(actor.check(), checkStated("title", title, "请填写附件的标题，如“学位证书”"), checkLine("title", title)); err != nil {
		return Attachment{}, err
	}
	if !mayAttach(actor.Role) {
		return Attachment{}, &Error{Kind: Denied, Source: string(policy.CentreSetting), Msg: actor.Role.String() + "不能上传附件"}
	}
	var kind AttachmentKind
	b, err := s.attachments().Put(ctx, content, MaxAttachment, func(c io.ReaderAt, size int64) (string, error) {
		var err error
		kind, err = kindOfContent(c, size)
		return endings[kind], err
	})
	if err != nil {
		return Attachment{}, s.attachmentTrouble("", err)
	}
	have, err := s.Attachment(ctx, b.Sum)
	if !isMissing(err) {
		return have, err
	}
	_, err = s.Do(ctx, actor, Command{Kind: KindAttachment, Act: "attach", Input: AttachmentInput{b.Sum, kind, b.Size, title}})
	var refusal *Error
	if err != nil && !(errors.As(err, &refusal) && refusal.Kind == Conflict) { // somebody else was faster with the same file
		return Attachment{}, err
	}
	return s.Attachment(ctx, b.Sum)
}

// mayAttach is asked before any byte is kept.
func mayAttach(r Role) bool {
	return slices.ContainsFunc(attachmentRows[0].By, func(p Party) bool { return p.Role == r })
}

// Attachment is as Specialist.
func (s *Store) Attachment(ctx context.Context, id string) (Attachment, error) {
	return get(ctx, s, KindAttachment, id, decodeAttachment)
}

// ReadAttachment gives a file, every byte of it held against its hash; NotFound for an unknown id, Unavailable when the file is
// missing or altered.
func (s *Store) ReadAttachment(ctx context.Context, id string) (Attachment, []byte, error) {
	v, err := s.Attachment(ctx, id)
	if err != nil {
		return v, nil, err
	}
	content, err := s.attachments().Read(v.blob())
	return v, content, s.attachmentTrouble(v.Title, err)
}

func (v Attachment) blob() blob.Blob { return blob.Blob{Sum: v.ID, Ext: endings[v.Kind], Size: v.Size} }

// attachmentTrouble puts what the folder says into words for a person.
func (s *Store) attachmentTrouble(title string, err error) error {
	dir := string(s.attachments())
	say := func(kind Kind, format string, args ...any) error {
		return &trouble{&Error{Kind: kind, Field: "file", Msg: fmt.Sprintf(format, args...)}, err}
	}
	var refusal *Error
	switch {
	case err == nil || errors.As(err, &refusal):
		return err
	case errors.Is(err, blob.ErrTooLarge):
		return say(Invalid, "附件超过 %d MB，请降低扫描的分辨率或分成几个文件", MaxAttachment>>20)
	case errors.Is(err, blob.ErrMissing):
		return say(Unavailable, "附件“%s”的文件不在文件夹 %s 里，请从备份恢复该文件夹，或重新上传同一个文件", title, dir)
	case errors.Is(err, blob.ErrAltered):
		return say(Unavailable, "附件“%s”的文件已被改动或损坏，与登记的散列值不符，请从备份恢复，或重新上传同一个文件", title)
	case errors.Is(err, syscall.ENOSPC):
		return say(Unavailable, "磁盘已满，附件没有保存，请腾出磁盘空间后重试")
	}
	return explain(filepath.Join(dir, "附件"), err)
}

// checkAttachments finds records whose file is missing or of another size. It reads no file; ReadAttachment does.
func (s *Store) checkAttachments(c *checker, tx kv.Reader) error {
	for p, err := range tx.Scan([]byte(KindAttachment.prefix()), nil) {
		if err != nil {
			return err
		}
		v, err := decodeRecord(p.Key, p.Value, decodeAttachment)
		if err != nil {
			continue // said with the record
		}
		if err := s.attachments().Stat(v.blob()); err != nil {
			where := fmt.Sprintf("%s %s", KindAttachment, strings.TrimPrefix(string(p.Key), KindAttachment.prefix()))
			c.report(where, "%v", s.attachmentTrouble(v.Title, err))
		}
	}
	return nil
}
