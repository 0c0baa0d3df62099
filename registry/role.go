package registry

import "strings"

// Role (角色) is in what capacity somebody acts.
type Role string

const (
	CentreStaff     Role = "centre"        // 市中小企业发展促进中心
	BureauOfficer   Role = "bureau"        // 市科学技术局
	FinanceOfficer  Role = "finance"       // 市财政局
	CountyClerk     Role = "county"        // 县（市、区）经办
	HomeUnit        Role = "unit"          // 所在（派出）单位, 推荐单位
	EnterpriseStaff Role = "enterprise"    // 中小企业
	SpecialistRole  Role = "specialist"    // 科技特派员, also while an applicant
	ExpertReviewer  Role = "reviewer"      // 评审专家
	Administrator   Role = "administrator" // 系统管理员
)

var roleNames = map[Role]string{
	CentreStaff: "市中小企业发展促进中心", BureauOfficer: "市科学技术局", FinanceOfficer: "市财政局", CountyClerk: "县（市、区）经办",
	HomeUnit: "所在单位", EnterpriseStaff: "企业", SpecialistRole: "科技特派员", ExpertReviewer: "评审专家", Administrator: "系统管理员",
}

// String is the role as a person reads it.
func (r Role) String() string {
	if name, ok := roleNames[r]; ok {
		return name
	}
	return string(r)
}

// official tells whether acts of the role on paper need a stamped or signed scan and a second person who checks it.
func (r Role) official() bool {
	return r == BureauOfficer || r == FinanceOfficer || r == ExpertReviewer
}

// outside tells whether the role is none of the offices: its acts may be entered by the centre without that.
func (r Role) outside() bool {
	return r == HomeUnit || r == EnterpriseStaff || r == SpecialistRole
}

// Actor is who does an act.
type Actor struct {
	ID   string // the person; stands in the change log; required
	Role Role   // in what capacity; empty for a program such as an import
	Of   string // for whom: the unit's name, the enterprise's, the specialist's or the applicant's id, the county; empty for offices
}

func (a Actor) check() error {
	if strings.TrimSpace(a.ID) == "" {
		return invalid("actor", "没有写明操作人，请登录或指定操作人后再写入")
	}
	return nil
}

// among tells whether the actor acts for one of the three sides of a dispatch.
func (a Actor) among(enterprise, specialist, homeUnit string) bool {
	switch a.Role {
	case EnterpriseStaff:
		return a.Of == enterprise
	case SpecialistRole:
		return a.Of == specialist
	case HomeUnit:
		return SameName(a.Of, homeUnit)
	}
	return false
}
