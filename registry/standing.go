package registry

import "fmt"

// CentreSetting is the source of rules that the policy's text does not contain.
const CentreSetting = "本中心设定"

// Eligibility says whether a member of the pool may be suggested on a day, and between which days that answer holds:
// the same question on any day in From…Until (both inclusive, zero = open) has the same answer.
type Eligibility struct {
	OK          bool
	Reason      string // a Chinese sentence; empty when OK
	Source      string // article or setting; empty when OK
	From, Until Date
}

// Eligible follows the standing and the bar of Art. 21, to the day. A bar refuses through its last day whatever the
// standing is; someone disqualified stays outside the pool after it, until a new application is accepted.
func (v Specialist) Eligible(on Date) Eligibility {
	end, err := ParseDate(v.BarredTo)
	barred := v.BarredTo != "" && err == nil
	if barred && !end.Before(on) {
		return Eligibility{Source: "第二十一条", Until: end, Reason: fmt.Sprintf("已取消资格，三年内不再受理其申报（至%s）", end.Chinese())}
	}
	e := v.standingAnswer()
	if barred {
		e.From = end.AddDays(1)
	}
	return e
}

func (v Specialist) standingAnswer() Eligibility {
	switch v.Standing {
	case Active:
		return Eligibility{OK: true}
	case Paused:
		return Eligibility{Reason: "已暂停推荐，恢复后可再推荐", Source: CentreSetting}
	case Withdrawn:
		return Eligibility{Reason: "本人已退出信息库，重新申请入库后可再推荐", Source: CentreSetting}
	case Disqualified:
		return Eligibility{Reason: "已取消资格，重新申报并经审核入库后可再推荐", Source: "第二十一条"}
	}
	return Eligibility{Reason: fmt.Sprintf("状态“%s”无法识别，请经办人核实", v.Standing), Source: CentreSetting}
}

// DefaultCapacity is the most enterprises that a specialist serves at a time where neither the record nor a setting
// says otherwise: 24 services a year for each (Art. 11) are then six visits a month.
const DefaultCapacity = 3

// Workload compares the running dispatches with the capacity.
type Workload struct {
	Serving, Capacity int
	Full              bool
	Reason            string // a Chinese sentence; empty while there is room
	Source            string // 本中心设定 when full
}

// Workload counts against the specialist's own capacity, or against the setting where the record has none; a setting
// of 0 is DefaultCapacity.
func (v Specialist) Workload(setting int) Workload {
	w := Workload{Serving: len(v.Serving), Capacity: v.Capacity}
	if w.Capacity == 0 {
		w.Capacity = setting
	}
	if w.Capacity == 0 {
		w.Capacity = DefaultCapacity
	}
	if w.Full = w.Serving >= w.Capacity; w.Full {
		w.Source = CentreSetting
		w.Reason = fmt.Sprintf("正在服务 %d 家企业，已达到同时服务上限 %d 家", w.Serving, w.Capacity)
	}
	return w
}
