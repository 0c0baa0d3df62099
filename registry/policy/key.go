package policy

// Kind is what values a setting takes.
type Kind uint8

const (
	Number   Kind = iota // a whole number in the setting's unit
	Months               // calendar months
	Days                 // calendar days
	Workdays             // working days
	YesNo                // 是 or 否
	Choice               // one of the setting's choices
	List                 // several of the setting's choices, or free items where it has none
	Dates                // calendar days
	Yearly               // an amount of yuan for each budget year
	Weights              // per cent for each of the setting's choices, 100 together
	Sizes                // the 划型标准 by industry
)

// String is the kind as a person reads it.
func (k Kind) String() string {
	return [...]string{"整数", "月数", "天数", "工作日数", "是或否", "选项", "清单", "日期清单", "分年度金额", "权重", "划型标准"}[k]
}

// Key names a setting in files. Every kind of value has keys of its own type, so that a setting can only be read as what it is:
// Settings.Months takes a MonthsKey and nothing else.
type Key interface {
	String() string
	Kind() Kind
}

// Countable are the keys of settings that Settings.Int reads.
type Countable interface {
	Key
	countable()
}

// The types of keys, one a kind.
type (
	NumberKey   string
	MonthsKey   string
	DaysKey     string
	WorkdaysKey string
	YesNoKey    string
	ChoiceKey   string
	ListKey     string
	DatesKey    string
	YearlyKey   string
	WeightsKey  string
	SizesKey    string
)

func (k NumberKey) String() string   { return string(k) }
func (k MonthsKey) String() string   { return string(k) }
func (k DaysKey) String() string     { return string(k) }
func (k WorkdaysKey) String() string { return string(k) }
func (k YesNoKey) String() string    { return string(k) }
func (k ChoiceKey) String() string   { return string(k) }
func (k ListKey) String() string     { return string(k) }
func (k DatesKey) String() string    { return string(k) }
func (k YearlyKey) String() string   { return string(k) }
func (k WeightsKey) String() string  { return string(k) }
func (k SizesKey) String() string    { return string(k) }

func (NumberKey) Kind() Kind   { return Number }
func (MonthsKey) Kind() Kind   { return Months }
func (DaysKey) Kind() Kind     { return Days }
func (WorkdaysKey) Kind() Kind { return Workdays }
func (YesNoKey) Kind() Kind    { return YesNo }
func (ChoiceKey) Kind() Kind   { return Choice }
func (ListKey) Kind() Kind     { return List }
func (DatesKey) Kind() Kind    { return Dates }
func (YearlyKey) Kind() Kind   { return Yearly }
func (WeightsKey) Kind() Kind  { return Weights }
func (SizesKey) Kind() Kind    { return Sizes }

func (NumberKey) countable()   {}
func (MonthsKey) countable()   {}
func (DaysKey) countable()     {}
func (WorkdaysKey) countable() {}
