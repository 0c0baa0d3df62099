package registry

// Bounds of a record. They keep out what no form can produce; the texts of a normal profile stay far below.
const (
	MaxID       = 64     // bytes
	MaxName     = 200    // characters of a name, a heading or one list item
	MaxText     = 10_000 // characters of one running text
	MaxList     = 200    // items of one list
	MaxEvidence = 1_000  // items of evidence
	MinText     = 2      // characters that all texts of a record have together
	FirstYear   = 1900
	LastYear    = 2100
)

// Validate says the first rule that the record breaks, as an *Error of kind Invalid whose Field is the key of
// JSON files and CSV headers; nil if there is none. An empty field is "not stated" and breaks nothing, apart from
// the id and the texts: a specialist without a word about the own work cannot be matched.
func (v Specialist) Validate() error {
	return firstBroken(
		checkID("id", v.ID),
		checkLine("name", v.Name),
		checkLine("title", v.Title),
		checkOneOf("degree", v.Degree, degrees),
		checkOneOf("education", v.Education, educations),
		checkOneOf("org_type", v.OrgType, orgTypes),
		checkLine("organisation", v.Organisation),
		checkLine("county", v.County),
		checkIndustry("industry", v.Industry),
		checkLines("fields", v.Fields),
		checkText("expertise", v.Expertise),
		checkLines("keywords", v.Keywords),
		checkText("achievements", v.Achievements),
		checkText("service_wish", v.ServiceWish),
		checkEvidence(v.Evidence),
		checkLine("pool_number", v.PoolNumber),
		checkDate("admitted", v.Admitted),
		checkDate("confirmed", v.Confirmed),
		checkOneOf("standing", string(v.Standing), standings),
		checkDate("paused_to", v.PausedTo),
		checkDate("barred_to", v.BarredTo),
		checkIDs("serving", v.Serving),
		checkRange("capacity", int64(v.Capacity), 0, 100),
		checkIDs("prefer", v.Prefer),
		checkIDs("avoid", v.Avoid),
		checkApart(v.Prefer, v.Avoid),
		checkIDs("equity", v.Equity),
		checkSomeText("expertise", "专业特长（expertise）、技术领域（fields）、关键词（keywords）、成果（achievements）、服务意向（service_wish）、业绩（evidence）", v.Texts()),
	)
}

// Texts are the specialist's own words, in the order of the record, empty ones left out.
func (v Specialist) Texts() []string {
	all := append([]string{v.Expertise, v.Achievements, v.ServiceWish}, v.Fields...)
	all = append(all, v.Keywords...)
	for _, e := range v.Evidence {
		all = append(all, e.Title, e.Text)
	}
	return nonEmpty(all)
}

// Validate is as for Specialist; an enterprise needs an id and a name.
func (v Enterprise) Validate() error {
	return firstBroken(
		checkID("id", v.ID),
		checkStated("name", v.Name, "请填写营业执照上的企业全称"),
		checkLine("name", v.Name),
		checkCreditCode(v.CreditCode),
		checkOneOf("size", v.Size, sizes),
		checkLine("registration_type", v.RegistrationType),
		checkIndustry("industry", v.Industry),
		checkOneOf("county", v.County, counties),
		checkDate("founded", v.Founded),
		checkRange("employees", int64(v.Employees), 0, 10_000_000),
		checkRange("revenue_wan", v.RevenueWan, 0, 1_000_000_000),
		checkText("business", v.Business),
		checkDate("size_confirmed", v.SizeConfirmed),
		checkOneOf("standing", string(v.Standing), standings),
		checkDate("paused_to", v.PausedTo),
		checkDate("barred_to", v.BarredTo),
		checkIDs("prefer", v.Prefer),
		checkIDs("avoid", v.Avoid),
		checkApart(v.Prefer, v.Avoid),
		checkLines("avoid_units", v.AvoidUnits),
	)
}

// Validate is as for Specialist.
func (v Need) Validate() error {
	return firstBroken(
		checkID("id", v.ID),
		checkOptionalID("enterprise", v.EnterpriseID),
		checkLine("enterprise_type", v.EnterpriseType),
		checkIndustry("industry", v.Industry),
		checkLine("title", v.Title),
		checkText("description", v.Description),
		checkText("wanted", v.Wanted),
		checkLine("field_hint", v.FieldHint),
		checkDiagnosis(v.Diagnosis),
		checkOneOf("state", string(v.State), needStates),
		checkIDs("solved_by", v.SolvedBy),
		checkLine("difficulty", v.Difficulty),
		checkTargets(v.Targets),
		checkText("tried", v.Tried),
		checkRange("budget_wan", v.BudgetWan, 0, 1_000_000_000),
		checkDate("deadline", v.Deadline),
		checkLine("cooperation", v.Cooperation),
		checkText("summary", v.Summary),
		checkOneOf("visibility", string(v.Visibility), visibilities),
		checkField("field", v.Field),
		checkDate("confirmed", v.Confirmed),
		checkIDs("into", v.Into),
		checkLine("referred", v.Referred),
		checkSomeText("description", "需求名称（title）、现状与问题（description）、目标（wanted）、技术领域（field_hint）", v.Texts()),
	)
}

// Texts are the enterprise's own words, in the order of the record, empty ones left out.
func (v Need) Texts() []string {
	return nonEmpty([]string{v.Title, v.Description, v.Wanted, v.FieldHint})
}

func checkTargets(items []Target) error {
	if err := checkCount("targets", len(items), MaxList); err != nil {
		return err
	}
	for _, t := range items {
		err := firstBroken(checkStated("targets.name", t.Name, "请写指标名称，如废品率"), checkLine("targets.name", t.Name),
			checkStated("targets.value", t.Value, "请写要达到的数值"), checkLine("targets.value", t.Value), checkLine("targets.unit", t.Unit))
		if err != nil {
			return err
		}
	}
	return nil
}

// checkField wants a field of the taxonomy, or nothing.
func checkField(field, name string) error {
	if _, ok := ParseField(name); name != "" && !ok {
		return invalid(field, "“%s”不是技术领域分类里的名称，请从分类中选择", Shorten(name, 20))
	}
	return nil
}

func checkEvidence(items []Evidence) error {
	if err := checkCount("evidence", len(items), MaxEvidence); err != nil {
		return err
	}
	for _, e := range items {
		err := firstBroken(
			checkStated("evidence.kind", string(e.Kind), "请填 paper、patent、project 或 service"),
			checkOneOf("evidence.kind", string(e.Kind), evidenceKinds),
			checkText("evidence.title", e.Title),
			checkText("evidence.text", e.Text),
			checkStated("evidence.text", e.Title+e.Text, "请填写题目（title）或内容（text），或者删去这一条业绩"),
			checkYear("evidence.year", e.Year),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

func checkDiagnosis(d *Diagnosis) error {
	if d == nil {
		return nil
	}
	return firstBroken(
		checkLine("diagnosis.field", d.Field),
		checkText("diagnosis.causes", d.Causes),
		checkLines("diagnosis.terms", d.Terms),
		checkLine("diagnosis.source", d.Source),
	)
}

var (
	evidenceKinds = []string{string(Paper), string(Patent), string(Project), string(PastService)}
	standings     = []string{string(Paused), string(Withdrawn), string(Disqualified)}
	needStates    = []string{string(NeedDispatched), string(NeedSolved), string(NeedClosed), string(NeedIncomplete), string(NeedUnclassified),
		string(NeedMatching), string(NeedSolvedAlone), string(NeedWithdrawn), string(NeedExpired), string(NeedMerged), string(NeedReferred)}
	visibilities = []string{string(InFull), string(ToRecommended), string(ToCentre)}
	sizes        = []string{"微型", "小型", "中型", "大型"}
)

// CheckID says, as an *Error of kind Invalid for the field "id", why a text is no id: [A-Za-z0-9_.-]{1,64}.
func CheckID(id string) error { return checkID("id", id) }
