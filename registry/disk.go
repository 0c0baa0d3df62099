package registry

import (
	"bytes"
	"encoding/json"
)

// bodyVersion is the version of the structs below, written into every body. It grows when a field is added, removed
// or given another meaning; decodeBody then learns to read the older ones. A program refuses bodies newer than its own.
const bodyVersion = 1

// diskSpecialist is a Specialist on disk. The structs here are apart from the nouns, so that renaming in the program
// changes no file.
type diskSpecialist struct {
	V            int            `json:"v"`
	ID           string         `json:"id"`
	Name         string         `json:"name,omitempty"`
	Title        string         `json:"title,omitempty"`
	Degree       string         `json:"degree,omitempty"`
	Education    string         `json:"education,omitempty"`
	OrgType      string         `json:"org_type,omitempty"`
	Organisation string         `json:"organisation,omitempty"`
	County       string         `json:"county,omitempty"`
	Industry     string         `json:"industry,omitempty"`
	Fields       []string       `json:"fields,omitempty"`
	Expertise    string         `json:"expertise,omitempty"`
	Keywords     []string       `json:"keywords,omitempty"`
	Achievements string         `json:"achievements,omitempty"`
	ServiceWish  string         `json:"service_wish,omitempty"`
	Evidence     []diskEvidence `json:"evidence,omitempty"`
	PoolNumber   string         `json:"pool_number,omitempty"`
	Admitted     string         `json:"admitted,omitempty"`
	Confirmed    string         `json:"confirmed,omitempty"`
	Standing     string         `json:"standing,omitempty"`
	PausedTo     string         `json:"paused_to,omitempty"`
	BarredTo     string         `json:"barred_to,omitempty"`
	Serving      []string       `json:"serving,omitempty"`
	Capacity     int            `json:"capacity,omitempty"`
	Prefer       []string       `json:"prefer,omitempty"`
	Avoid        []string       `json:"avoid,omitempty"`
	Equity       []string       `json:"equity,omitempty"`
}

type diskEvidence struct {
	Kind  string `json:"kind"`
	Title string `json:"title,omitempty"`
	Text  string `json:"text,omitempty"`
	Year  int    `json:"year,omitempty"`
}

type diskEnterprise struct {
	V                int      `json:"v"`
	ID               string   `json:"id"`
	Name             string   `json:"name,omitempty"`
	CreditCode       string   `json:"credit_code,omitempty"`
	Size             string   `json:"size,omitempty"`
	RegistrationType string   `json:"registration_type,omitempty"`
	Industry         string   `json:"industry,omitempty"`
	County           string   `json:"county,omitempty"`
	Founded          string   `json:"founded,omitempty"`
	Employees        int      `json:"employees,omitempty"`
	RevenueWan       int64    `json:"revenue_wan,omitempty"`
	Business         string   `json:"business,omitempty"`
	SizeConfirmed    string   `json:"size_confirmed,omitempty"`
	Standing         string   `json:"standing,omitempty"`
	PausedTo         string   `json:"paused_to,omitempty"`
	BarredTo         string   `json:"barred_to,omitempty"`
	Prefer           []string `json:"prefer,omitempty"`
	Avoid            []string `json:"avoid,omitempty"`
	AvoidUnits       []string `json:"avoid_units,omitempty"`
}

type diskNeed struct {
	V              int            `json:"v"`
	ID             string         `json:"id"`
	EnterpriseID   string         `json:"enterprise,omitempty"`
	EnterpriseType string         `json:"enterprise_type,omitempty"`
	Industry       string         `json:"industry,omitempty"`
	Title          string         `json:"title,omitempty"`
	Description    string         `json:"description,omitempty"`
	Wanted         string         `json:"wanted,omitempty"`
	FieldHint      string         `json:"field_hint,omitempty"`
	Diagnosis      *diskDiagnosis `json:"diagnosis,omitempty"`
	State          string         `json:"state,omitempty"`
	SolvedBy       []string       `json:"solved_by,omitempty"`
	Difficulty     string         `json:"difficulty,omitempty"`
	Targets        []diskTarget   `json:"targets,omitempty"`
	Tried          string         `json:"tried,omitempty"`
	BudgetWan      int64          `json:"budget_wan,omitempty"`
	Deadline       string         `json:"deadline,omitempty"`
	Cooperation    string         `json:"cooperation,omitempty"`
	Summary        string         `json:"summary,omitempty"`
	Visibility     string         `json:"visibility,omitempty"`
	Field          string         `json:"field,omitempty"`
	ClassifiedBy   string         `json:"classified_by,omitempty"`
	Confirmed      string         `json:"confirmed,omitempty"`
	Into           []string       `json:"into,omitempty"`
	Referred       string         `json:"referred,omitempty"`
}

type diskTarget struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Unit  string `json:"unit,omitempty"`
}

type diskDiagnosis struct {
	Field  string   `json:"field,omitempty"`
	Causes string   `json:"causes,omitempty"`
	Terms  []string `json:"terms,omitempty"`
	Source string   `json:"source,omitempty"`
}

// encodeBody writes a disk struct as JSON: fields in the order of the struct, no spaces, no HTML escapes. Equal
// records give equal bytes.
func encodeBody(disk any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(disk); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decodeBody reads a body into its disk struct. A field that this version does not know means damage or tampering:
// a program that knows more would have written a higher version.
func decodeBody(kind RecordKind, body []byte, disk any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	err := dec.Decode(disk)
	if err == nil && dec.InputOffset() == int64(len(body)) {
		return nil
	}
	var head struct{ V int }
	if json.Unmarshal(body, &head) == nil && head.V > bodyVersion {
		return newerFormat(kind.String()+"记录格式", head.V, bodyVersion)
	}
	return damaged("%s body: %w", string(kind), err)
}
