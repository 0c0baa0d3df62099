package policy

// The settings, in the order of the articles that they serve; what each means stands in its row of the table.
const (
	SeatOrProduction ChoiceKey = "seat_or_production" // 晋城的企业
	SizeStandards    SizesKey  = "size_standards"     // 划型标准
	CountyClerks     YesNoKey  = "county_clerks"      // 县（市、区）经办

	QualifyingDegree ChoiceKey = "qualifying_degree" // 学位下限
	QualifyingTitle  ChoiceKey = "qualifying_title"  // 职称下限
	FurtherBars      ListKey   = "further_bars"      // 不予受理的人员
	EvidenceRequired YesNoKey  = "evidence_required" // 证明材料

	SupplementDays  DaysKey     = "supplement_days"  // 补正期限
	ProfileMonths   MonthsKey   = "profile_months"   // 信息核对周期
	PublicationPool WorkdaysKey = "publication_pool" // 入库名单公示

	NeedMonths     MonthsKey = "need_months"     // 需求有效期
	NeedVisibility ChoiceKey = "need_visibility" // 需求公开程度

	HomeUnitSigns YesNoKey = "home_unit_signs" // 所在单位签署协议

	TermMonths     MonthsKey = "term_months"      // 派驻期限
	QuotaYear      NumberKey = "quota_year"       // 服务次数要求
	QuotaPer       ChoiceKey = "quota_per"        // 服务次数按什么计
	QuotaProRata   YesNoKey  = "quota_pro_rata"   // 服务次数按期限折算
	QuotaCounts    ChoiceKey = "quota_counts"     // 哪些服务计次
	SameDay        ChoiceKey = "same_day"         // 同日多次服务
	TwoEnterprises ChoiceKey = "two_enterprises"  // 一次外出服务多家企业
	SilenceDays    DaysKey   = "silence_days"     // 视为确认
	StampedSheets  YesNoKey  = "stamped_sheets"   // 汇总确认表
	ShortfallCap   ChoiceKey = "shortfall_cap"    // 次数不足时的等次上限
	RenewalReview  ChoiceKey = "renewal_review"   // 继续申报的审核
	EndingSoonDays DaysKey   = "ending_soon_days" // 期满提醒
	Capacity       NumberKey = "capacity"         // 同时服务上限

	PartyWeights WeightsKey = "party_weights" // 考核权重

	SummaryMonths     MonthsKey = "summary_months"     // 小结间隔
	SummariesDue      ChoiceKey = "summaries_due"      // 小结到期
	SummariesReceiver ChoiceKey = "summaries_receiver" // 单位不汇总时

	PanelSize            NumberKey   = "panel_size"            // 评审专家人数
	PanelExclusions      ListKey     = "panel_exclusions"      // 评审专家回避
	Grades               ListKey     = "grades"                // 考核等次
	ExcellentFrom        NumberKey   = "excellent_from"        // 优秀的分数线
	CompetentFrom        NumberKey   = "competent_from"        // 称职的分数线
	ReviewRequestDays    DaysKey     = "review_request_days"   // 复核申请期限
	PublicationGrades    WorkdaysKey = "publication_grades"    // 考核结果公示
	LivingExcellent      YearlyKey   = "living_excellent"      // 生活补贴（优秀）
	LivingCompetent      YearlyKey   = "living_competent"      // 生活补贴（称职）
	RewardExcellent      YearlyKey   = "reward_excellent"      // 资金奖励（优秀）
	RewardCompetent      YearlyKey   = "reward_competent"      // 资金奖励（称职）
	SubsidyBudget        YearlyKey   = "subsidy_budget"        // 奖补预算
	FinanceReview        YesNoKey    = "finance_review"        // 财政局审核奖补
	PublicationSubsidies WorkdaysKey = "publication_subsidies" // 奖补名单公示

	InquiryDays     DaysKey     = "inquiry_days"     // 核查期限
	HearingWorkdays WorkdaysKey = "hearing_workdays" // 陈述申辩期限
	BarMonths       MonthsKey   = "bar_months"       // 不再受理申报
	BarStart        ChoiceKey   = "bar_start"        // 三年从哪天起算

	BackdatingDays  DaysKey  = "backdating_days"   // 补录期限
	OnPaperExcluded ListKey  = "on_paper_excluded" // 不得代录的办理
	Holidays        DatesKey = "holidays"          // 放假的工作日
	SwappedWorkdays DatesKey = "swapped_workdays"  // 调休上班的周末
)

// Who does not sit on a panel.
const (
	OfHomeUnit    = "派出单位人员"
	OfRecommender = "推荐单位人员"
	OfEnterprise  = "入驻企业人员"
	WithEquity    = "持有入驻企业股权者"
	Kin           = "本人的近亲属"
)

// The choices of the settings that rules ask about.
const (
	BySeat             = "注册地"
	ByProduction       = "生产地"
	BySeatOrProduction = "注册地或生产地"

	PerDispatch = "每个派驻"
	PerPerson   = "每位特派员"

	CountConfirmed = "企业已确认的"
	CountLogged    = "已登记的"

	EachService = "逐次计"
	OnceADay    = "同日只计一次"

	EachEnterprise = "各计一次"
	OneEnterprise  = "只计最先登记的一家"

	NoCap        = "不限"
	CapCompetent = "最高为称职"
	CapFailed    = "评为不称职"

	FullReview   = "完整审核"
	SimpleReview = "只审新需求和上期考核"

	ByCalendar = "按日历"
	ByTerm     = "按派驻期"

	CentreReceives      = "促进中心说明原因后直接接收"
	RecommenderReceives = "由推荐单位汇总"

	FromDecision = "决定之日"
	FromDelivery = "送达之日"

	ShowSummary     = "对外摘要"
	ShowAll         = "公开"
	ShowRecommended = "仅被推荐的特派员"
	ShowCentre      = "仅中心"
)
