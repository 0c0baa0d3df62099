package pool

import (
	"fmt"
	"strconv"
	"strings"
)

// slot fills a slot: a figure, a name of the endless tail, or a word of the domain.
func (w *writer) slot(b *strings.Builder, name string) {
	if text, ok := w.figure(name); ok {
		b.WriteString(text)
		return
	}
	if text, ok := w.rare(name); ok {
		b.WriteString(text)
		return
	}
	if name == "领域" {
		b.WriteString(w.topic.name)
		return
	}
	list := w.topic.clauses[name]
	if len(list) == 0 {
		list = w.material.names.clauses[name]
	}
	if len(list) == 0 {
		panic(fmt.Sprintf("no slot %q", name))
	}
	w.specify(b, name)
	w.write(b, list[w.zipf(len(list), 0.5)])
}

// specify says now and then which model of a machine it was and where a material comes from.
func (w *writer) specify(b *strings.Builder, name string) {
	which := map[string]string{"设备": "型号", "材料": "地", "对象": "牌号"}[name]
	if which != "" && w.chance(0.12) {
		text, _ := w.rare(which)
		b.WriteString(text)
	}
}

func (w *writer) figure(name string) (string, bool) {
	switch name {
	case "小数":
		return strconv.Itoa(w.between(2, 9)), true
	case "数":
		return strconv.Itoa(w.between(10, 99)), true
	case "年数":
		return strconv.Itoa(w.between(3, 38)), true
	case "年":
		return strconv.Itoa(w.between(2008, 2025)), true
	case "温":
		return strconv.Itoa(10 * w.between(3, 160)), true
	case "万元", "吨":
		return strconv.Itoa([]int{1, 5, 10, 50, 100}[w.random.IntN(5)] * w.between(2, 30)), true
	case "百分":
		if w.chance(0.3) {
			return fmt.Sprintf("%d.%d%%", w.between(1, 99), w.between(1, 9)), true
		}
		return strconv.Itoa(w.between(2, 98)) + "%", true
	}
	return "", false
}

// rare spells the word of a rank. Equal ranks are equal words.
func (w *writer) rare(name string) (string, bool) {
	switch name {
	case "专利号": // never twice
		return fmt.Sprintf("ZL20%02d1%07d.%d", w.between(8, 25), w.random.IntN(1e7), w.between(0, 9)), true
	case "地", "企业", "品种", "试剂", "型号", "code", "牌号", "标准", "菌号":
	default:
		return "", false
	}
	s := &speller{names: w.material.names, state: w.rank()}
	switch name {
	case "地":
		return s.place(), true
	case "企业":
		return s.place() + s.pick("号") + s.pick("号") + s.pick("业") + s.pick("尾"), true
	case "品种":
		return s.pick("品头") + s.pick("品中") + strconv.Itoa(1+s.below(99)) + "号", true
	case "试剂":
		return s.compound(), true
	case "型号", "code":
		return fmt.Sprintf("%s-%d%s", s.letters(1+s.below(3)), 10+s.below(990), s.letters(s.below(2))), true
	case "牌号":
		return fmt.Sprintf("%d%s%d%s", 1+s.below(60), s.element(), 1+s.below(9), s.element()), true
	case "标准":
		return fmt.Sprintf("%s %d", []string{"GB/T", "GB", "JB/T", "MT/T", "DB14/T"}[s.below(5)], 100+s.below(40000)), true
	}
	return "CGMCC" + strconv.Itoa(1000+s.below(40000)), true
}

// speller turns a rank into a spelling.
type speller struct {
	names *domain
	state uint64
}

// below gives the next number of splitmix64 (Steele, Lea and Flood 2014), below n.
func (s *speller) below(n int) int {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 1 % uint64(n))
}

func (s *speller) pick(key string) string {
	list := s.names.clauses[key]
	return list[s.below(len(list))].literal()
}

// place is a village; distant ranks have longer names.
func (s *speller) place() string {
	long := s.state > 300
	name := s.pick("地头")
	if long {
		name += s.pick("地头")
	}
	return name + s.pick("地")
}

// compound is a chemical name.
func (s *speller) compound() string {
	name := ""
	if s.below(2) == 0 {
		name = strconv.Itoa(1+s.below(6)) + "-"
	}
	for range 1 + s.below(3) {
		name += s.pick("试剂头")
	}
	return name + s.pick("试剂中") + s.pick("试剂尾")
}

func (s *speller) letters(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte("ABCDEFGHJKLMNPQRSTWXYZ"[s.below(22)])
	}
	return b.String()
}

func (s *speller) element() string {
	return []string{"Cr", "Mn", "Ni", "Mo", "V", "Ti", "Si", "Al", "Cu", "Nb"}[s.below(10)]
}
