package registry

import "slices"

// ConflictOfInterest says what stands between a specialist and an enterprise.
type ConflictOfInterest struct {
	Barred bool
	Reason string   // a Chinese sentence; empty unless Barred
	Source string   // 本中心设定, empty unless Barred
	Facts  []string // to be shown beside a suggestion, barring nothing: shares held under Art. 13
}

// ConflictWith looks, in this order, for the own employer, 暂不考虑 from either side, a unit that the enterprise does
// not want recommended, and a dispatch that runs already. Names of units are compared whole, but for width and spaces.
func (v Specialist) ConflictWith(e Enterprise) ConflictOfInterest {
	var c ConflictOfInterest
	switch unwanted := func(unit string) bool { return SameName(unit, v.Organisation) }; {
	case SameName(v.Organisation, e.Name):
		c.Reason = "该企业是特派员的所在单位"
	case slices.Contains(e.Avoid, v.ID):
		c.Reason = "企业暂不考虑该特派员"
	case slices.Contains(v.Avoid, e.ID):
		c.Reason = "特派员暂不考虑该企业"
	case slices.ContainsFunc(e.AvoidUnits, unwanted):
		c.Reason = "企业把特派员的所在单位列为不予推荐单位"
	case slices.Contains(v.Serving, e.ID):
		c.Reason = "特派员正在该企业派驻服务"
	}
	if c.Barred = c.Reason != ""; c.Barred {
		c.Source = CentreSetting
	}
	if slices.Contains(v.Equity, e.ID) {
		c.Facts = append(c.Facts, "特派员持有该企业股份（第十三条允许，评审时须回避）")
	}
	return c
}
