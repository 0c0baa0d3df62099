package registry

import (
	"fmt"
	"strings"

	"tepai/registry/policy"
)

// Circumstances say how an act was done: when it happened, why, and from what paper it was entered. They stand in the
// change log beside the act.
type Circumstances struct {
	On     Date   `json:"on"`               // 发生日期, apart from the day of entry; zero = the day of entry
	Reason string `json:"reason,omitempty"` // compulsory for long back-dating
	Proxy  *Proxy `json:"proxy,omitempty"`  // 代录: nil when the actor acts for himself
}

// Proxy is an act of another party that the centre enters (代录).
type Proxy struct {
	Role       Role   `json:"role"`         // whose act it is
	Of         string `json:"of,omitempty"` // for whom, as in Actor
	Signer     string `json:"signer"`       // who signed or spoke
	Dated      Date   `json:"dated"`        // the date on the paper, or of the call
	Medium     Medium `json:"medium"`       // how it came
	DocumentNo string `json:"document_no"`  // 文号, where there is one
	Scan       string `json:"scan"`         // SHA-256 of the scan in hexadecimal; compulsory for acts of offices and reviewers
	CheckedBy  string `json:"checked_by"`   // the second person, for acts of offices and reviewers
}

// Medium is how a party's act reached the centre.
type Medium string

const (
	OnPaper  Medium = "纸质"
	ByPhone  Medium = "电话"
	ByWeChat Medium = "微信"
	ByMail   Medium = "邮件"
)

var media = []string{string(OnPaper), string(ByPhone), string(ByWeChat), string(ByMail)}

// check holds the dates and the paper against the rules; today is the day of entry.
func (c *Circumstances) check(actor Actor, today Date, s policy.Settings) error {
	switch days := s.Int(policy.BackdatingDays); {
	case today.Before(c.On):
		return invalid("on", "发生日期%s晚于今天，请核对", c.On.Chinese())
	case c.On.Before(today.AddDays(-days)) && strings.TrimSpace(c.Reason) == "":
		return &Error{Kind: Invalid, Source: string(policy.CentreSetting), Field: "reason",
			Msg: fmt.Sprintf("发生日期%s早于今天 %d 天以上，请说明补录的原因", c.On.Chinese(), days)}
	}
	if c.Proxy == nil {
		return nil
	}
	return c.Proxy.check(actor, today)
}

// check: only the centre enters for others; what an office or a reviewer did needs a scan and a second person.
func (p *Proxy) check(actor Actor, today Date) error {
	if actor.Role != CentreStaff {
		return &Error{Kind: Denied, Source: string(policy.CentreSetting), Msg: "只有市中小企业发展促进中心可以代录他方的办理"}
	}
	if !p.Role.outside() && !p.Role.official() {
		return invalid("proxy.role", "%s的办理不能代录，请由本人登录办理", p.Role)
	}
	err := firstBroken(
		checkStated("proxy.signer", p.Signer, "请填写签字人或来电人的姓名"),
		checkOneOf("proxy.medium", string(p.Medium), media),
		checkStated("proxy.medium", string(p.Medium), "请选择 纸质、电话、微信 或 邮件"),
	)
	switch {
	case err != nil:
		return err
	case p.Dated.IsZero() || today.Before(p.Dated):
		return invalid("proxy.dated", "请填写纸面上的日期，不晚于今天")
	case p.Role.official() && (p.Medium != OnPaper || !isDigest(p.Scan)):
		return invalid("proxy.scan", "代录%s的办理须附盖章或签字的扫描件", p.Role)
	case p.Role.official() && strings.TrimSpace(p.CheckedBy) == "":
		return invalid("proxy.checked_by", "代录%s的办理须由另一人核对，请填写核对人", p.Role)
	case p.CheckedBy == actor.ID:
		return invalid("proxy.checked_by", "核对人不能是录入人本人，请由另一人核对")
	}
	return nil
}

// isDigest tells whether s is a SHA-256 in hexadecimal.
func isDigest(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// party is for whom the act counts: the actor, or whoever the paper is from.
func (c *Circumstances) party(actor Actor) Actor {
	if c.Proxy == nil {
		return actor
	}
	return Actor{ID: c.Proxy.Signer, Role: c.Proxy.Role, Of: c.Proxy.Of}
}
