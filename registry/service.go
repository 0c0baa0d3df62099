package registry

import (
	"strings"
	"time"

	"tepai/registry/policy"
)

// Service (服务记录) is one service of a specialist to the enterprise of a dispatch, on site or online (Art. 11), for one or more of the
// six duties (Art. 15).
type Service struct {
	ID          string   `json:"id"`
	Dispatch    string   `json:"dispatch"`
	Specialist  string   `json:"specialist"`
	Enterprise  string   `json:"enterprise"`
	Number      int      `json:"number"`          // within the dispatch, in the order of entry; never given twice
	On          Date     `json:"on"`              // the day of the service
	Clock       string   `json:"clock,omitempty"` // when it began, 14:30
	Minutes     int      `json:"minutes,omitempty"`
	Online      bool     `json:"online,omitempty"`
	Place       string   `json:"place,omitempty"` // compulsory on site; of an online service, by which means
	Duties      []Duty   `json:"duties"`
	Problem     string   `json:"problem,omitempty"`
	Measures    string   `json:"measures"`
	Result      string   `json:"result,omitempty"`
	Attachments []string `json:"attachments,omitempty"` // SHA-256 in hexadecimal
	Logged      Date     `json:"logged"`                // the day of entry, from which the enterprise's silence counts
	Confirmed   Date     `json:"confirmed,omitzero"`
	ConfirmedBy string   `json:"confirmed_by,omitempty"` // the person, BySilence, the id of a sheet, or ByTheCentre
	Objection   string   `json:"objection,omitempty"`    // of the enterprise
	State       State    `json:"state"`
}

// What stands in Service.ConfirmedBy beside persons and sheets.
const (
	BySilence   = "视为确认"
	ByTheCentre = "中心核实"
)

// The states of a service.
const (
	Logged    State = "logged"
	Confirmed State = "confirmed"
	Disputed  State = "disputed"
	Struck    State = "struck" // taken back, or found not to count
)

// deemed is the first day on which silence stands for the enterprise's word; the zero Date where it never does. The days
// of the setting follow the day of entry, and all of them are the enterprise's.
func (v *Service) deemed(s policy.Settings) Date {
	days := s.Int(policy.SilenceDays)
	if v.State != Logged || days == 0 {
		return Date{}
	}
	return v.Logged.AddDays(days + 1)
}

// stands tells whether the enterprise has confirmed the service by a day, by word, on a sheet or by silence.
func (v *Service) stands(on Date, s policy.Settings) bool {
	from := v.deemed(s)
	if v.State == Confirmed {
		from = v.Confirmed
	}
	return !from.IsZero() && !on.Before(from)
}

// visit is the service as the count of Art. 11 sees it on a day.
func (v *Service) visit(on Date, s policy.Settings) policy.Visit {
	return policy.Visit{ID: v.ID, On: v.On, Dispatch: v.Dispatch, Confirmed: v.stands(on, s)}
}

func (v *Service) recordID() string             { return v.ID }
func (v *Service) state() State                 { return v.State }
func (v *Service) setState(s State)             { v.State = s }
func (v *Service) partOf() (RecordKind, string) { return KindDispatch, v.Dispatch }
func (v *Service) links() []link                { return []link{under(KindDispatch, v.Dispatch)} }
func (v *Service) belongsTo(a Actor) bool       { return a.among(v.Enterprise, v.Specialist, "") }

// Validate is as for Specialist.
func (v *Service) Validate() error {
	if !v.Online {
		if err := checkStated("place", v.Place, "现场服务请写明地点；线上服务请选择线上"); err != nil {
			return err
		}
	}
	return firstBroken(
		checkID("id", v.ID), checkID("dispatch", v.Dispatch), checkID("specialist", v.Specialist), checkID("enterprise", v.Enterprise),
		checkStated("on", v.On.String(), "请填写服务日期"), checkClock("clock", v.Clock), checkRange("minutes", int64(v.Minutes), 0, 24*60),
		checkLine("place", v.Place), checkDuties("duties", v.Duties),
		checkText("problem", v.Problem), checkStated("measures", v.Measures, "请写明做了什么"), checkText("measures", v.Measures),
		checkText("result", v.Result), checkDigests("attachments", v.Attachments), checkText("objection", v.Objection),
	)
}

// checkClock wants a time of the day, 14:30, or nothing.
func checkClock(field, text string) error {
	if _, err := time.Parse("15:04", text); text != "" && (err != nil || len(text) != len("15:04")) {
		return invalid(field, "时间“%s”请写成 14:30 的样子", Shorten(text, 20))
	}
	return nil
}

// checkDigests wants SHA-256 sums, each once.
func checkDigests(field string, sums []string) error {
	for _, sum := range sums {
		if !isDigest(sum) {
			return invalid(field, "附件“%s”不是文件的散列值，请重新上传", Shorten(strings.TrimSpace(sum), 20))
		}
	}
	return checkIDs(field, sums)
}

func (v *Service) body() ([]byte, error) { return jsonBody(*v) }

var decodeService = fromJSON[Service](KindService)
