package registry

import (
	"fmt"

	"tepai/registry/policy"
)

// CentreSetting is the source of rules that the policy's text does not contain.
const CentreSetting = "本中心设定"

// Eligibility says whether a member of the pool, or an enterprise, may be suggested, invited and dispatched on a day, and between
// which days that answer holds: the same question on any day in From…Until (both inclusive, zero = open) has the same answer
// as long as the record stays as it is.
type Eligibility struct {
	OK          bool
	Reason      string // a Chinese sentence; empty when OK
	Source      string // article or setting; empty when OK
	Who         string // who can change it; empty when OK
	From, Until Date
}

const (
	theCentre  = "市中小企业发展促进中心"
	theOffices = "市中小企业发展促进中心、市科学技术局（联合）"
)

// Eligible follows the standing and the bar of Art. 21, to the day. A bar refuses through its last day whatever the
// standing is; someone disqualified stays outside the pool after it, until a new application is accepted. A pause with a last
// day ends by itself.
func (v Specialist) Eligible(on Date) Eligibility {
	end, barred := lastDay(v.BarredTo)
	if barred && !end.Before(on) {
		return Eligibility{Source: string(policy.Article(21)), Who: theOffices, Until: end,
			Reason: fmt.Sprintf("已取消资格，三年内不再受理其申报（至%s）", end.Chinese())}
	}
	e := v.standingAnswer(on)
	if barred && !end.Before(e.From) {
		e.From = end.AddDays(1)
	}
	return e
}

func (v Specialist) standingAnswer(on Date) Eligibility {
	switch v.Standing {
	case Active:
		return Eligibility{OK: true}
	case Paused:
		return v.pausedAnswer(on)
	case Withdrawn:
		return Eligibility{Reason: "本人已退出信息库，重新申请入库后可再推荐", Source: CentreSetting, Who: theOffices}
	case Disqualified:
		return Eligibility{Reason: "已取消资格，重新申报并经审核入库后可再推荐", Source: string(policy.Article(21)), Who: theOffices}
	}
	return Eligibility{Reason: fmt.Sprintf("状态“%s”无法识别，请经办人核实", v.Standing), Source: CentreSetting, Who: theCentre}
}

func (v Specialist) pausedAnswer(on Date) Eligibility {
	end, ends := lastDay(v.PausedTo)
	switch {
	case !ends:
		return Eligibility{Reason: "已暂停推荐，恢复后可再推荐", Source: CentreSetting, Who: theCentre}
	case end.Before(on):
		return Eligibility{OK: true, From: end.AddDays(1)}
	}
	return Eligibility{Reason: fmt.Sprintf("暂停推荐到%s", end.Chinese()), Source: CentreSetting, Who: theOffices, Until: end}
}

// Served says the same of an enterprise: small or medium, confirmed by a person (Art. 2), not barred (Art. 21), not under
// inquiry.
func (v Enterprise) Served(on Date) Eligibility {
	end, barred := lastDay(v.BarredTo)
	if barred && !end.Before(on) {
		return Eligibility{Source: string(policy.Article(21)), Who: theOffices, Until: end,
			Reason: fmt.Sprintf("该企业已取消资格，三年内不再受理其申报（至%s）", end.Chinese())}
	}
	e := v.orderAnswer(on)
	if barred && !end.Before(e.From) {
		e.From = end.AddDays(1)
	}
	return e
}

func (v Enterprise) orderAnswer(on Date) Eligibility {
	pause, paused := lastDay(v.PausedTo)
	switch {
	case v.Standing == Disqualified:
		return Eligibility{Source: string(policy.Article(21)), Who: theOffices, Reason: "该企业已取消资格，重新申报后可再派驻"}
	case v.Size == "大型":
		return Eligibility{Source: string(policy.Article(2)), Who: theCentre, Reason: "该企业为大型企业；科技特派员派驻到晋城市中小企业"}
	case v.SizeConfirmed == "":
		return Eligibility{Source: string(policy.Article(2)), Who: theCentre, Reason: "企业规模还没有经人确认，请中心先确认规模"}
	case paused && !pause.Before(on):
		return Eligibility{Source: CentreSetting, Who: theOffices, Until: pause, Reason: fmt.Sprintf("该企业正在核查，暂停派驻到%s", pause.Chinese())}
	case paused:
		return Eligibility{OK: true, From: pause.AddDays(1)}
	}
	return Eligibility{OK: true}
}

// lastDay reads a day of a record; no day, or one that is none, has no last day.
func lastDay(text string) (Date, bool) {
	d, err := ParseDate(text)
	return d, text != "" && err == nil
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
