package policy

import "tepai/registry/calendar"

// poolSettings serve Art. 1 to 8: who may join, what is registered.
var poolSettings = []Setting{
	{Key: SeatOrProduction, Name: "晋城的企业", Means: "按注册地还是按生产地认定企业在晋城", Article: 2, UsedIn: "企业登记、派驻协议、继续申报",
		Default: BySeatOrProduction, Choices: []string{BySeat, ByProduction, BySeatOrProduction}, Source: CentreSetting},
	{Key: SizeStandards, Name: "划型标准", Means: "按行业、从业人员、营业收入和资产总额提出企业规模，由人确认；缺省为工信部联企业〔2011〕300号", Article: 2, UsedIn: "企业登记、继续申报",
		Source: CentreSetting},
	{Key: CountyClerks, Name: "县（市、区）经办", Means: "县（市、区）是否设经办，录入和查看本县的企业与需求", Article: 3, UsedIn: "企业登记、需求登记",
		Default: "是", Source: CentreSetting},
	{Key: QualifyingDegree, Name: "学位下限", Means: "达到这一学位即符合选拔条件（一）", Article: 5, UsedIn: "申请审核",
		Default: "硕士", Choices: []string{"硕士", "博士"}, Source: Article(5, 1)},
	{Key: QualifyingTitle, Name: "职称下限", Means: "达到这一级职称即符合选拔条件（一）", Article: 5, UsedIn: "申请审核",
		Default: "中级", Choices: []string{"中级", "副高", "正高"}, Source: Article(5, 1)},
	{Key: FurtherBars, Name: "不予受理的人员", Means: "选拔条件以外不受理其申请的人员", Article: 5, UsedIn: "提交申请、申请审核",
		Choices: []string{"公务员", "参公人员", "列入严重失信名单的人员"}, Source: CentreSetting},
	{Key: EvidenceRequired, Name: "证明材料", Means: "审核通过以前，学位或职称是否须有证书为证", Article: 5, UsedIn: "申请审核",
		Default: "是", Source: CentreSetting},
	{Key: SupplementDays, Name: "补正期限", Means: "退回补正的申请须在多少天内补齐", Article: 6, UsedIn: "退回补正", Unit: "天",
		Default: "30", Least: 1, Most: 365, Source: CentreSetting},
	{Key: ProfileMonths, Name: "信息核对周期", Means: "在库的特派员每隔多少个月核对一次信息", Article: 6, UsedIn: "年度信息核对", Unit: "个月",
		Default: "12", Least: 1, Most: 60, Source: CentreSetting},
	{Key: PublicationPool, Name: "入库名单公示", Means: "入库名单公示多少个工作日；0 为不公示", Article: 6, UsedIn: "审核通过、入库", Unit: "个工作日",
		Default: "0", Most: 60, Source: CentreSetting},
	{Key: NeedMonths, Name: "需求有效期", Means: "需求入库后多少个月须由企业重新确认，过期不再对接", Article: 7, UsedIn: "需求确认、对接", Unit: "个月",
		Default: "12", Least: 1, Most: 60, Source: CentreSetting},
	{Key: NeedVisibility, Name: "需求公开程度", Means: "企业没有表示同意以前，需求向外显示什么、给谁看", Article: 7, UsedIn: "需求登记",
		Default: ShowSummary, Choices: []string{ShowSummary, ShowAll, ShowRecommended, ShowCentre}, Source: CentreSetting},
}

// generalSettings serve every article.
var generalSettings = []Setting{
	{Key: BackdatingDays, Name: "补录期限", Means: "发生日期早于录入日期多少天以上须说明原因", UsedIn: "各项办理", Unit: "天",
		Default: "30", Most: 3650, Source: CentreSetting},
	{Key: OnPaperExcluded, Name: "不得代录的办理", Means: "哪些办理须由本人登录、不能由促进中心代录，写办理的名称", UsedIn: "代录",
		Most: 200, Source: CentreSetting},
	{Key: Holidays, Name: "放假的工作日", Means: "周一至周五中因节假日放假的日子，公示和陈述申辩不计入", UsedIn: "公示、陈述申辩",
		Most: 1000, Source: CentreSetting},
	{Key: SwappedWorkdays, Name: "调休上班的周末", Means: "周六、周日中因调休上班的日子，公示和陈述申辩计入", UsedIn: "公示、陈述申辩",
		Most: 1000, Source: CentreSetting},
}

// Calendar is the edition's calendar of working days.
func (s Settings) Calendar() calendar.Workdays {
	return calendar.NewWorkdays(s.Dates(Holidays), s.Dates(SwappedWorkdays))
}
