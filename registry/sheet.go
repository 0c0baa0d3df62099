package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// Sheet (服务确认单) is one stamped sheet by which an enterprise confirms many services of a dispatch at once.
type Sheet struct {
	ID         string   `json:"id"`
	Dispatch   string   `json:"dispatch"`
	Enterprise string   `json:"enterprise"`
	Services   []string `json:"services"`
	Scan       string   `json:"scan"` // SHA-256 of the scan with the stamp
	By         string   `json:"by"`   // who signed
	On         Date     `json:"on"`
	State      State    `json:"state"`
}

// Filed is the one state of a sheet.
const Filed State = "filed"

var sheetRows = []Transition{
	row(Transition{Kind: KindSheet, Act: "file", Says: "登记服务确认单", To: Filed,
		By:      []Party{{Role: EnterpriseStaff}},
		Guards:  []Guard{sheetsAllowed, ofTheOwnEnterprise},
		Sources: []policy.Source{policy.Article(11), policy.CentreSetting}, Records: "盖章的确认单、所列的各次服务、签字人和日期"}, fileSheet),
}

// SheetInput is what the sheet lists; the scan is here, or with the paper from which the centre enters it.
type SheetInput struct {
	Dispatch string   `json:"dispatch"`
	Services []string `json:"services"`
	Scan     string   `json:"scan"`
}

func (in SheetInput) partOf() (RecordKind, string) { return KindDispatch, in.Dispatch }

// sheetsAllowed: the centre may want every service confirmed by itself.
var sheetsAllowed = Guard{"sheets-allowed", "可以用一张盖章的汇总表确认多次服务", policy.CentreSetting, func(d *Deed) string {
	if !d.settings().Yes(policy.StampedSheets) {
		return "本版制度设定为逐次确认，不用汇总确认表；请逐条确认服务"
	}
	return ""
}}

// ofTheOwnEnterprise: the enterprise that is served confirms.
var ofTheOwnEnterprise = Guard{"own-enterprise", "入驻企业确认自己接受的服务", policy.Article(11), func(d *Deed) string {
	of, err := find[*Dispatch](d, KindDispatch, inputOf[SheetInput](d).Dispatch)
	if err != nil || !of.belongsTo(d.Party) {
		return "只能确认本企业接受的服务，请核对派驻编号"
	}
	return ""
}}

// fileSheet confirms all that stands on the sheet, or nothing.
func fileSheet(d *Deed, _ *Sheet, in SheetInput) error {
	of, err := find[*Dispatch](d, KindDispatch, in.Dispatch)
	if err != nil {
		return inField("dispatch", err)
	}
	n, err := nextSerial(d.tx, fmt.Sprintf("sheet.%d", d.Today.Year))
	if err != nil {
		return err
	}
	v := &Sheet{ID: fmt.Sprintf("QR%d-%04d", d.Today.Year, n), Dispatch: of.ID, Enterprise: of.Enterprise, Services: in.Services,
		Scan: in.Scan, By: d.Party.ID, On: d.How.On}
	if p := d.How.Proxy; v.Scan == "" && p != nil {
		v.Scan = p.Scan
	}
	if len(v.Services) == 0 {
		return invalid("services", "请选择确认单所列的服务")
	}
	d.make(KindSheet, v)
	for _, id := range v.Services {
		if err := v.confirm(d, id); err != nil {
			return err
		}
	}
	return nil
}

func (v *Sheet) confirm(d *Deed, id string) error {
	service, err := find[*Service](d, KindService, id)
	switch {
	case err != nil:
		return inField("services", err)
	case service.Dispatch != v.Dispatch:
		return invalid("services", "服务 %s 属于派驻 %s，不能列在这张确认单上", id, service.Dispatch)
	case service.State != Logged && service.State != Disputed:
		return invalid("services", "服务 %s 现在是“%s”，不须再确认", id, stateName(KindService, service.State))
	}
	if err := service.confirm(v.On, v.ID); err != nil {
		return err
	}
	service.State = Confirmed
	d.change(KindService, service)
	return nil
}

func (v *Sheet) recordID() string             { return v.ID }
func (v *Sheet) state() State                 { return v.State }
func (v *Sheet) setState(s State)             { v.State = s }
func (v *Sheet) partOf() (RecordKind, string) { return KindDispatch, v.Dispatch }
func (v *Sheet) links() []link                { return []link{under(KindDispatch, v.Dispatch)} }
func (v *Sheet) belongsTo(a Actor) bool       { return a.Role == EnterpriseStaff && a.Of == v.Enterprise }

// Validate is as for Specialist.
func (v *Sheet) Validate() error {
	if !isDigest(v.Scan) {
		return invalid("scan", "请附盖章的确认单扫描件")
	}
	return firstBroken(checkID("id", v.ID), checkID("dispatch", v.Dispatch), checkID("enterprise", v.Enterprise), checkIDs("services", v.Services),
		checkStated("by", v.By, "请填写签字人"))
}

func (v *Sheet) body() ([]byte, error) { return jsonBody(*v) }

var decodeSheet = fromJSON[Sheet](KindSheet)
