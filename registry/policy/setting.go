package policy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Key names a setting in files.
type Key string

// The settings, in the order of the articles that they serve.
const (
	QualifyingDegree Key = "qualifying_degree"  // 学位下限
	QualifyingTitle  Key = "qualifying_title"   // 职称下限
	TermMonths       Key = "term_months"        // 派驻期限
	QuotaYear        Key = "quota_year"         // 服务次数要求
	SilenceDays      Key = "silence_days"       // 企业逾期未确认视为确认
	Capacity         Key = "capacity"           // 同时服务上限
	NeedMonths       Key = "need_months"        // 需求多久重新确认
	PanelSize        Key = "panel_size"         // 评审专家人数
	FinanceReview    Key = "finance_review"     // 奖补须财政局审核
	BarMonths        Key = "bar_months"         // 不再受理申报的期限
	InquiryDays      Key = "inquiry_days"       // 核查最长期限
	BackdatingDays   Key = "backdating_days"    // 补录不须说明原因的天数
	SupplementDays   Key = "supplement_days"    // 退回补正的期限
	HomeUnitSigns    Key = "home_unit_signs"    // 协议须所在单位签署
	SubsidyExcellent Key = "subsidy_excellent"  // 优秀的奖补标准
	SubsidyCompetent Key = "subsidy_competent"  // 称职的奖补标准
	PublicationDays  Key = "publication_days"   // 公示工作日
	SeatOrProduction Key = "seat_or_production" // 晋城的注册地或生产地
)

// Kind is what values a setting takes.
type Kind uint8

const (
	Number Kind = iota // a whole number within Least and Most
	YesNo
	Choice // one of Choices
)

// Setting is one parameter of the policy.
type Setting struct {
	Key         Key
	Name        string // as a person reads it
	Means       string // one sentence
	Unit        string // 个月, 次, 天, 元
	Kind        Kind
	Default     string
	Least, Most int
	Choices     []string
	Source      Source // who fixed the default
}

// table is every setting; the policy's own figures cite their article, everything else the centre may set.
var table = []Setting{
	{Key: QualifyingDegree, Name: "学位下限", Means: "达到这一学位即符合选拔条件（一）", Kind: Choice, Default: "硕士", Choices: []string{"硕士", "博士"}, Source: Article(5, 1)},
	{Key: QualifyingTitle, Name: "职称下限", Means: "达到这一级职称即符合选拔条件（一）", Kind: Choice, Default: "中级", Choices: []string{"中级", "副高级", "正高级"}, Source: Article(5, 1)},
	{Key: SupplementDays, Name: "补正期限", Means: "退回补正的申请须在多少天内补齐", Unit: "天", Default: "30", Least: 1, Most: 365, Source: CentreSetting},
	{Key: SeatOrProduction, Name: "晋城的企业", Means: "按注册地还是按生产地认定", Kind: Choice, Default: "注册地或生产地", Choices: []string{"注册地", "生产地", "注册地或生产地"}, Source: CentreSetting},
	{Key: NeedMonths, Name: "需求有效期", Means: "需求入库后多少个月须重新确认", Unit: "个月", Default: "12", Least: 1, Most: 60, Source: CentreSetting},
	{Key: HomeUnitSigns, Name: "所在单位签署协议", Means: "派驻协议是否须由所在单位作为第三方签署", Kind: YesNo, Default: "否", Source: CentreSetting},
	{Key: TermMonths, Name: "派驻期限", Means: "协议没有另行约定时的派驻期限", Unit: "个月", Default: "12", Least: 1, Most: 60, Source: CentreSetting},
	{Key: QuotaYear, Name: "服务次数要求", Means: "全年服务不少于多少次", Unit: "次", Default: "24", Least: 1, Most: 366, Source: Article(11)},
	{Key: SilenceDays, Name: "视为确认", Means: "企业多少天内没有确认也没有异议的服务记录视为已确认；0 为不视为", Unit: "天", Default: "15", Most: 365, Source: CentreSetting},
	{Key: Capacity, Name: "同时服务上限", Means: "一位特派员同时服务的企业数，本人另有约定的从其约定", Unit: "家", Default: "3", Least: 1, Most: 100, Source: CentreSetting},
	{Key: PanelSize, Name: "评审专家人数", Means: "考核评审专家至少几人", Unit: "人", Default: "3", Least: 1, Most: 15, Source: CentreSetting},
	{Key: FinanceReview, Name: "财政局审核奖补", Means: "奖补在支付以前是否须经财政局审核", Kind: YesNo, Default: "是", Source: CentreSetting},
	{Key: SubsidyExcellent, Name: "优秀的奖补标准", Means: "考核优秀者每个派驻期的生活补贴与资金奖励合计", Unit: "元", Default: "0", Most: 1_000_000, Source: CentreSetting},
	{Key: SubsidyCompetent, Name: "称职的奖补标准", Means: "考核称职者每个派驻期的生活补贴与资金奖励合计", Unit: "元", Default: "0", Most: 1_000_000, Source: CentreSetting},
	{Key: InquiryDays, Name: "核查期限", Means: "核查期间暂停推荐，最长多少天", Unit: "天", Default: "60", Least: 1, Most: 365, Source: CentreSetting},
	{Key: BarMonths, Name: "不再受理申报", Means: "取消资格后多少个月内不再受理申报", Unit: "个月", Default: "36", Least: 1, Most: 120, Source: Article(21)},
	{Key: PublicationDays, Name: "公示工作日", Means: "名单公示多少个工作日；0 为不公示", Unit: "个工作日", Default: "0", Most: 60, Source: CentreSetting},
	{Key: BackdatingDays, Name: "补录期限", Means: "发生日期早于录入日期多少天须说明原因", Unit: "天", Default: "30", Most: 3650, Source: CentreSetting},
}

// All lists every setting, in the order of the articles.
func All() []Setting { return slices.Clone(table) }

// Lookup finds a setting by its key.
func Lookup(k Key) (Setting, bool) {
	i := slices.IndexFunc(table, func(s Setting) bool { return s.Key == k })
	if i < 0 {
		return Setting{}, false
	}
	return table[i], true
}

// Check says in a Chinese sentence what is wrong with a value; empty when it may be used.
func (s Setting) Check(value string) string {
	switch s.Kind {
	case YesNo:
		if value != "是" && value != "否" {
			return fmt.Sprintf("%s应填“是”或“否”", s.Name)
		}
	case Choice:
		if !slices.Contains(s.Choices, value) {
			return fmt.Sprintf("%s应为%q之一", s.Name, s.Choices)
		}
	default:
		n, err := strconv.Atoi(value)
		if err != nil || n < s.Least || n > s.Most {
			return fmt.Sprintf("%s应为 %d 到 %d 之间的整数（%s）", s.Name, s.Least, s.Most, s.Unit)
		}
	}
	return ""
}

// Settings are the values of one edition; what is not set has its default. The zero Settings is all defaults.
type Settings struct{ set map[Key]string }

// With gives settings in which one value is another; the error is a Chinese sentence.
func (s Settings) With(k Key, value string) (Settings, error) {
	setting, ok := Lookup(k)
	if !ok {
		return s, fmt.Errorf("没有名为“%s”的设定", k)
	}
	if why := setting.Check(value); why != "" {
		return s, fmt.Errorf("%s", why)
	}
	next := Settings{map[Key]string{}}
	for key, v := range s.set {
		next.set[key] = v
	}
	if next.set[k] = value; value == setting.Default {
		delete(next.set, k)
	}
	return next, nil
}

// Text is the value of a setting as written. An unknown key is a bug and panics.
func (s Settings) Text(k Key) string {
	if v, ok := s.set[k]; ok {
		return v
	}
	setting, ok := Lookup(k)
	if !ok {
		panic("policy: no setting " + string(k))
	}
	return setting.Default
}

// Int is the value of a Number.
func (s Settings) Int(k Key) int {
	n, err := strconv.Atoi(s.Text(k))
	if err != nil {
		panic("policy: setting " + string(k) + " is no number")
	}
	return n
}

// Yes is the value of a YesNo.
func (s Settings) Yes(k Key) bool { return s.Text(k) == "是" }

// MarshalJSON writes only what differs from the defaults.
func (s Settings) MarshalJSON() ([]byte, error) {
	if s.set == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(s.set)
}

// UnmarshalJSON refuses unknown keys and values out of range.
func (s *Settings) UnmarshalJSON(data []byte) error {
	var values map[Key]string
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	next := Settings{}
	for k, v := range values {
		var err error
		if next, err = next.With(k, v); err != nil {
			return err
		}
	}
	*s = next
	return nil
}
