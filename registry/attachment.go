package registry

import (
	"tepai/registry/policy"
)

// Attachment (附件) is a file that belongs to the records: a scan or a photo. Records name it by its id, which is the SHA-256 of its
// content in hexadecimal (Proxy.Scan, Service.Attachments …); the bytes stand in the folder of attachments.
type Attachment struct {
	ID    string         `json:"id"`
	Kind  AttachmentKind `json:"kind"`
	Size  int64          `json:"size"` // bytes
	Title string         `json:"title"`
	On    Date           `json:"on"`           // when it was handed in
	By    string         `json:"by"`           // the person who handed it in
	Role  Role           `json:"role"`         // in what capacity
	Of    string         `json:"of,omitempty"` // for whom, as in Actor
	State State          `json:"state"`
}

// AttachmentKind is what a file is by its content, whatever its name says.
type AttachmentKind string

const (
	PDF  AttachmentKind = "PDF"
	JPEG AttachmentKind = "JPG"
)

// MaxAttachment is how many bytes a file may have: a form of a few pages scanned in colour takes two or three million.
const MaxAttachment = 20 << 20

// Kept is the only state of an attachment.
const Kept State = "kept"

var attachmentRows = []Transition{
	row(Transition{Kind: KindAttachment, Act: "attach", Says: "上传附件", To: Kept,
		By: []Party{{Role: CentreStaff}, {Role: BureauOfficer}, {Role: FinanceOfficer}, {Role: CountyClerk}, {Role: HomeUnit},
			{Role: EnterpriseStaff}, {Role: SpecialistRole}, {Role: ExpertReviewer}},
		Sources: []policy.Source{policy.CentreSetting}, Records: "文件的散列值、类型、大小和标题，上传人"}, attach),
}

// AttachmentInput describes a file that stands in the folder already; Store.Attach makes it.
type AttachmentInput struct {
	ID    string         `json:"id"`
	Kind  AttachmentKind `json:"kind"`
	Size  int64          `json:"size"`
	Title string         `json:"title"`
}

func attach(d *Deed, _ *Attachment, in AttachmentInput) error {
	if !isDigest(in.ID) {
		return invalid("id", "附件的编号须为文件的散列值，请重新上传文件")
	}
	if _, err := find[*Attachment](d, KindAttachment, in.ID); !isMissing(err) {
		if err == nil {
			err = &Error{Kind: Conflict, Field: "id", Msg: "同一个文件已经上传过，可以直接引用"}
		}
		return err
	}
	d.make(KindAttachment, &Attachment{ID: in.ID, Kind: in.Kind, Size: in.Size, Title: in.Title, On: d.How.On,
		By: d.Party.ID, Role: d.Party.Role, Of: d.Party.Of})
	return nil
}

func (v *Attachment) recordID() string       { return v.ID }
func (v *Attachment) state() State           { return v.State }
func (v *Attachment) setState(s State)       { v.State = s }
func (v *Attachment) belongsTo(a Actor) bool { return a.Role == v.Role && a.Of == v.Of }

// Validate is as for Specialist.
func (v *Attachment) Validate() error {
	return firstBroken(checkID("id", v.ID), checkOneOf("kind", string(v.Kind), []string{string(PDF), string(JPEG)}),
		checkRange("size", v.Size, 1, MaxAttachment), checkStated("title", v.Title, "请填写附件的标题，如“学位证书”"), checkLine("title", v.Title))
}

func (v *Attachment) body() ([]byte, error) { return jsonBody(*v) }

var decodeAttachment = fromJSON[Attachment](KindAttachment)
