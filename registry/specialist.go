package registry

// Specialist (科技特派员) is a person of the pool: who can help, with what, and what proves it.
// An empty field means "not stated". The texts are in the specialist's own words.
type Specialist struct {
	ID           string     `json:"id"`
	Name         string     `json:"name,omitempty"`
	Title        string     `json:"title,omitempty"`     // 职称, as written; its level is TitleLevel(Title)
	Degree       string     `json:"degree,omitempty"`    // 最高学位: 博士 硕士 学士 or empty
	Education    string     `json:"education,omitempty"` // 最高学历: 研究生 本科 大专 …
	OrgType      string     `json:"org_type,omitempty"`  // one of the four kinds of units of Art. 2
	Organisation string     `json:"organisation,omitempty"`
	County       string     `json:"county,omitempty"`
	Industry     string     `json:"industry,omitempty"` // a division of GB/T 4754
	Fields       []string   `json:"fields,omitempty"`   // technical fields in the person's own words
	Expertise    string     `json:"expertise,omitempty"`
	Keywords     []string   `json:"keywords,omitempty"`
	Achievements string     `json:"achievements,omitempty"`
	ServiceWish  string     `json:"service_wish,omitempty"`
	Evidence     []Evidence `json:"evidence,omitempty"`

	PoolNumber string   `json:"pool_number,omitempty"` // 入库编号: year and serial, never given twice
	Admitted   string   `json:"admitted,omitempty"`    // 入库日期, 2006-01-02
	Confirmed  string   `json:"confirmed,omitempty"`   // day of the last yearly check of the profile
	Standing   Standing `json:"standing,omitempty"`    // empty = active
	PausedTo   string   `json:"paused_to,omitempty"`   // last day of a pause that ends by itself; empty = until somebody resumes
	BarredTo   string   `json:"barred_to,omitempty"`   // last day (2006-01-02) of a bar under Art. 21
	Serving    []string `json:"serving,omitempty"`     // ids of the enterprises with a running dispatch
	Capacity   int      `json:"capacity,omitempty"`    // most enterprises at a time; 0 = the setting's default
	Prefer     []string `json:"prefer,omitempty"`      // ids of enterprises that the specialist would like to serve
	Avoid      []string `json:"avoid,omitempty"`       // 暂不考虑: ids of enterprises
	Equity     []string `json:"equity,omitempty"`      // ids of enterprises in which the specialist holds shares (Art. 13)
}

// Evidence is one thing that the specialist has done and can show.
type Evidence struct {
	Kind  EvidenceKind `json:"kind"`
	Title string       `json:"title,omitempty"`
	Text  string       `json:"text,omitempty"`
	Year  int          `json:"year,omitempty"` // 0 = not stated
}

// EvidenceKind names what an item of evidence is.
type EvidenceKind string

const (
	Paper       EvidenceKind = "paper"
	Patent      EvidenceKind = "patent"
	Project     EvidenceKind = "project"
	PastService EvidenceKind = "service" // a past service to an enterprise
)

// Standing is the state of a member of the pool.
type Standing string

const (
	Active       Standing = ""             // 在库
	Paused       Standing = "paused"       // 暂停, no sanction
	Withdrawn    Standing = "withdrawn"    // 退出
	Disqualified Standing = "disqualified" // 取消资格 (Art. 21)
)
