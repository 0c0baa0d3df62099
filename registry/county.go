package registry

import "strings"

// counties are the counties, districts and cities of Jincheng, and the development zone.
var counties = []string{"城区", "高平市", "泽州县", "阳城县", "陵川县", "沁水县", "晋城经济技术开发区"}

// Counties are the 县（市、区）of Jincheng and the development zone, in the order of official lists.
func Counties() []string { return append([]string(nil), counties...) }

// ParseCounty reads a county as people write it (高平, 晋城市城区, 山西省晋城市泽州县, 开发区). ok is false for a place
// outside Jincheng; an empty cell is "not stated".
func ParseCounty(text string) (county string, ok bool) {
	t := fold(text)
	if t == "" {
		return "", true
	}
	t = strings.TrimPrefix(strings.TrimPrefix(t, "山西省"), "山西")
	t = strings.TrimPrefix(t, "晋城市")
	switch t {
	case "市辖区", "晋城城区":
		return "城区", true
	case "开发区", "经开区", "晋城开发区", "晋城经开区", "经济技术开发区", "晋城经济开发区", "经济开发区":
		return "晋城经济技术开发区", true
	}
	for _, c := range counties {
		if t == c || t == strings.TrimRight(c, "市县") {
			return c, true
		}
	}
	return "", false
}
