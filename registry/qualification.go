package registry

import "fmt"

// Answer is how a condition stands that a machine may not always decide.
type Answer uint8

const (
	NeedsPerson  Answer = iota // what is stated does not decide it
	Satisfied                  // what is stated, once proved, satisfies it
	NotSatisfied               // what is stated excludes it
)

// Qualification says how someone stands to the condition of Art. 5 (一): 硕士以上学位或中级以上职称.
type Qualification struct {
	Answer Answer
	By     string // what satisfied it: "学位", "职称"; empty otherwise
	Reason string // a Chinese sentence
	Source string // 第五条
}

// Qualification judges what is stated, not whether it is proved. A degree is looked at first; an education never
// counts for a degree, and a title that the table does not know goes to a person.
func (v Specialist) Qualification() Qualification {
	q := Qualification{Source: "第五条"}
	level := TitleLevel(v.Title)
	switch {
	case v.Degree == "博士" || v.Degree == "硕士":
		q.Answer, q.By = Satisfied, "学位"
		q.Reason = fmt.Sprintf("最高学位%s，符合“硕士以上学位”", v.Degree)
	case level >= Intermediate:
		q.Answer, q.By = Satisfied, "职称"
		q.Reason = fmt.Sprintf("职称%s（%s），符合“中级以上职称”", v.Title, level)
	case level == LevelUnknown && v.Title != "":
		q.Reason = fmt.Sprintf("职称“%s”的级别需由经办人认定", Shorten(v.Title, 20))
	case v.Title == "":
		q.Reason = "没有填写职称，学位也未达到或没有填写硕士，请经办人与本人核实"
	case v.Degree == "学士" || maySurelyNotHoldMaster(v.Education):
		q.Answer = NotSatisfied
		q.Reason = fmt.Sprintf("最高%s，职称%s（%s），未达到硕士以上学位或中级以上职称", v.schooling(), v.Title, level)
	default:
		q.Reason = fmt.Sprintf("职称%s（%s）未达到中级，最高学位没有填写，请经办人核实（学历不等于学位）", v.Title, level)
	}
	return q
}

func (v Specialist) schooling() string {
	if v.Degree != "" {
		return "学位" + v.Degree
	}
	return "学历" + v.Education
}
