package registry

import "slices"

// RecordKind says what kind of record an id belongs to.
type RecordKind string

const (
	KindActivity      RecordKind = "activity"
	KindAttachment    RecordKind = "attachment"
	KindAgreement     RecordKind = "agreement"
	KindAmendment     RecordKind = "amendment"
	KindApplication   RecordKind = "application"
	KindAssessment    RecordKind = "assessment"
	KindBundle        RecordKind = "bundle"
	KindCase          RecordKind = "case"
	KindComplaint     RecordKind = "complaint"
	KindContact       RecordKind = "contact"
	KindContactPerson RecordKind = "contact_person" // personal data of an enterprise's contact, sealed
	KindCooperation   RecordKind = "cooperation"
	KindDecision      RecordKind = "decision"
	KindDelegation    RecordKind = "delegation"
	KindDispatch      RecordKind = "dispatch"
	KindEdition       RecordKind = "edition"
	KindEnterprise    RecordKind = "enterprise"
	KindEquity        RecordKind = "equity"
	KindHandover      RecordKind = "handover"
	KindKeyring       RecordKind = "keyring" // which key file belongs to the store
	KindNeed          RecordKind = "need"
	KindPersonal      RecordKind = "personal" // personal data of a specialist, sealed
	KindPublication   RecordKind = "publication"
	KindRecovery      RecordKind = "recovery"
	KindService       RecordKind = "service"
	KindSheet         RecordKind = "sheet"
	KindSpecialist    RecordKind = "specialist"
	KindSubsidy       RecordKind = "subsidy"
	KindSummary       RecordKind = "summary"
)

// recordType is what the store knows about a kind.
type recordType struct {
	kind   RecordKind
	prefix string // the region of its keys
	word   string // as a person reads it
}

// recordTypes are all kinds, in the order of their regions; see layout.go about that order.
var recordTypes = []recordType{
	{KindApplication, "a/", "申请"},
	{KindAttachment, "at/", "附件"},
	{KindAgreement, "b/", "派驻协议"},
	{KindBundle, "bu/", "小结汇总"},
	{KindContact, "cl/", "联系记录"},
	{KindCooperation, "cp/", "合作项目"},
	{KindCase, "cs/", "取消资格案"},
	{KindComplaint, "ct/", "投诉建议"},
	{KindDecision, "d/", "联合审核"},
	{KindDelegation, "dl/", "授权"},
	{KindDispatch, "dp/", "派驻"},
	{KindEnterprise, "e/", "企业"},
	{KindEdition, "ed/", "制度版本"},
	{KindEquity, "eq/", "投资入股备案"},
	{KindPublication, "gs/", "公示"},
	{KindActivity, "hd/", "培训交流活动"},
	{KindHandover, "ho/", "交接"},
	{KindSubsidy, "jb/", "奖补"},
	{KindAmendment, "k/", "知识库修订"},
	{KindAssessment, "kh/", "考核"},
	{KindKeyring, "kr/", "密钥登记"},
	{KindNeed, "n/", "需求"},
	{KindContactPerson, "pc/", "企业联系人"},
	{KindPersonal, "ps/", "特派员个人信息"},
	{KindRecovery, "rc/", "追回台账"},
	{KindSpecialist, "s/", "特派员"},
	{KindSheet, "sh/", "服务确认单"},
	{KindSummary, "sm/", "小结与总结"},
	{KindService, "sv/", "服务"},
}

// Regions of personal data that are not in the change log, because what stands there must be able to vanish without a
// trace; FORMAT.md says what that means for backups and exports.
const (
	blindPrefix = "bx/" // blind index of identity numbers
	keyPrefix   = "kx/" // wrapped data keys, and tombstones of destroyed ones
)

// bodyIDs decode a body of each kind and give the id that stands in it.
func bodyIDs() map[RecordKind]func(body []byte) (string, error) {
	return map[RecordKind]func(body []byte) (string, error){
		KindEnterprise:    idIn(decodeEnterprise, func(v Enterprise) string { return v.ID }),
		KindApplication:   idIn(decodeApplication, func(v Application) string { return v.ID }),
		KindAgreement:     idIn(decodeAgreement, func(v Agreement) string { return v.ID }),
		KindDispatch:      idIn(decodeDispatch, func(v Dispatch) string { return v.ID }),
		KindCase:          idIn(decodeCase, func(v Case) string { return v.ID }),
		KindDecision:      idIn(decodeDecision, func(v Decision) string { return v.ID }),
		KindAmendment:     idIn(decodeAmendment, func(v Amendment) string { return v.ID }),
		KindNeed:          idIn(decodeNeed, func(v Need) string { return v.ID }),
		KindEdition:       idIn(decodeEdition, func(v PolicyEdition) string { return v.ID }),
		KindEquity:        idIn(decodeEquity, func(v Equity) string { return v.ID }),
		KindCooperation:   idIn(decodeCooperation, func(v Cooperation) string { return v.ID }),
		KindRecovery:      idIn(decodeRecovery, func(v Recovery) string { return v.ID }),
		KindComplaint:     idIn(decodeComplaint, func(v Complaint) string { return v.ID }),
		KindAttachment:    idIn(decodeAttachment, func(v Attachment) string { return v.ID }),
		KindContact:       idIn(decodeContact, func(v Contact) string { return v.ID }),
		KindDelegation:    idIn(decodeDelegation, func(v Delegation) string { return v.ID }),
		KindAssessment:    idIn(decodeAssessment, func(v Assessment) string { return v.ID }),
		KindSubsidy:       idIn(decodeSubsidy, func(v Subsidy) string { return v.ID }),
		KindPublication:   idIn(decodePublication, func(v Publication) string { return v.ID }),
		KindHandover:      idIn(decodeHandover, func(v Handover) string { return v.ID }),
		KindSpecialist:    idIn(decodeSpecialist, func(v Specialist) string { return v.ID }),
		KindContactPerson: idIn(decodeSealed(KindContactPerson), func(v diskSealed) string { return v.ID }),
		KindPersonal:      idIn(decodeSealed(KindPersonal), func(v diskSealed) string { return v.ID }),
		KindKeyring:       idIn(decodeKeyring, func(v diskKeyring) string { return v.ID }),
		KindService:       idIn(decodeService, func(v Service) string { return v.ID }),
		KindSheet:         idIn(decodeSheet, func(v Sheet) string { return v.ID }),
		KindSummary:       idIn(decodeSummary, func(v Summary) string { return v.ID }),
		KindBundle:        idIn(decodeBundle, func(v Bundle) string { return v.ID }),
		KindActivity:      idIn(decodeActivity, func(v Activity) string { return v.ID }),
	}
}

func idIn[T any](decode func([]byte) (T, error), id func(T) string) func([]byte) (string, error) {
	return func(body []byte) (string, error) {
		v, err := decode(body)
		return id(v), err
	}
}

// typeOf gives the zero type for an unknown kind.
func typeOf(k RecordKind) recordType {
	i := slices.IndexFunc(recordTypes, func(t recordType) bool { return t.kind == k })
	if i < 0 {
		return recordType{kind: k, word: string(k)}
	}
	return recordTypes[i]
}

// prefix is the region of keys of a kind; empty for an unknown one.
func (k RecordKind) prefix() string { return typeOf(k).prefix }

// String is the kind as a person reads it.
func (k RecordKind) String() string { return typeOf(k).word }

func recordKey(kind RecordKind, id string) []byte { return []byte(kind.prefix() + id) }

// ours tells whether a key belongs to the layout; all are the regions.
func ours(all []region, key []byte) bool {
	_, ok := regionOf(all, key)
	return ok || string(key) == metaKey
}
