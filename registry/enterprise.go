package registry

// Enterprise (中小企业) is who needs help. An empty field means "not stated".
type Enterprise struct {
	ID               string   `json:"id"`
	Name             string   `json:"name,omitempty"`
	CreditCode       string   `json:"credit_code,omitempty"` // 统一社会信用代码, GB 32100; empty = 待补
	Size             string   `json:"size,omitempty"`        // 企业规模: 中型 小型 微型 大型
	RegistrationType string   `json:"registration_type,omitempty"`
	Industry         string   `json:"industry,omitempty"` // a division of GB/T 4754
	County           string   `json:"county,omitempty"`
	Founded          string   `json:"founded,omitempty"` // 2006-01-02
	Employees        int      `json:"employees,omitempty"`
	RevenueWan       int64    `json:"revenue_wan,omitempty"`    // 上年度营业收入, 万元
	Business         string   `json:"business,omitempty"`       // 主营业务
	SizeConfirmed    string   `json:"size_confirmed,omitempty"` // day on which a person confirmed the size
	Standing         Standing `json:"standing,omitempty"`       // empty = in order; disqualified under Art. 21
	PausedTo         string   `json:"paused_to,omitempty"`      // last day on which it is given nobody, while an inquiry runs
	BarredTo         string   `json:"barred_to,omitempty"`      // last day of a bar under Art. 21
	Prefer           []string `json:"prefer,omitempty"`         // ids of specialists that the enterprise would like to have
	Avoid            []string `json:"avoid,omitempty"`          // 暂不考虑: ids of specialists
	AvoidUnits       []string `json:"avoid_units,omitempty"`    // 不予推荐单位: names of units
}
