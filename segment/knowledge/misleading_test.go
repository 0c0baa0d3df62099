package knowledge

import (
	"slices"
	"strings"
	"testing"
)

// One word, several trades: what stands beside it decides. Every text names fields that must be among the first three, and others
// that must not be.
func TestMisleadingWords(t *testing.T) {
	b, _, err := load(Embedded(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, right, wrong string }{
		{"我们用硬质合金刀具车钢件，两个小时就崩刃。", "机械加工、粉末冶金", "铸造、有色冶金"},
		{"铝合金压铸件表面老起泡，喷涂后更明显。", "铸造", "机械加工、粉末冶金"},
		{"厂里电脑中了病毒，文件全打不开，要钱才给解。", "信息安全", "兽医、植物保护"},
		{"猪场进了病毒，母猪流产，小猪死了一半。", "兽医、生猪", "信息安全、植物保护"},
		{"西红柿叶子卷了，说是病毒病，打药不管用。", "植物保护、蔬菜", "信息安全、兽医"},
		{"手机镜头装好以后一边清楚一边糊。", "光学、光学元件、光学设计", "机械加工、表面工程"},
		{"不锈钢要做到镜面，抛光老有划痕。", "表面工程、机械加工", "光学元件、光学设计"},
		{"桑叶上有白粉，蚕不爱吃。", "蚕桑、栽桑养蚕、植物保护", "涂料、粉末冶金"},
		{"轴承座的铸件老有砂眼。", "铸造", "轴承与传动"},
		{"陈醋放久了长白膜。", "酿造、发酵、食品加工", "化工"},
		{"锅炉管子内壁结了厚厚一层垢。", "锅炉、工业锅炉、水处理", "口腔"},
		{"机械手抓鸡蛋老抓破。", "机器人、工业自动化", "家禽"},
		{"皮带机老跑偏，把边都磨坏了。", "矿山机电", "服装"},
		{"羊群里有几只瘸腿，蹄子烂了。", "兽医、牛羊", "机械加工"},
		{"光伏板上落了煤灰，发电少了两成。", "太阳能、光伏", "煤矿开采"},
	} {
		var first []string
		for _, f := range b.Diagnose(Passage{Text: c.text}).Fields {
			if len(first) < 3 {
				first = append(first, f.Name)
			}
		}
		if len(first) == 0 {
			t.Errorf("%s: no field", c.text)
			continue
		}
		one := func(list string) bool {
			return slices.ContainsFunc(strings.Split(list, "、"), func(name string) bool {
				return slices.ContainsFunc(first, func(f string) bool { return strings.Contains(f, name) })
			})
		}
		if !one(c.right) || slices.Contains(strings.Split(c.wrong, "、"), first[0]) {
			t.Errorf("%s: %v, want %s and not %s first", c.text, first, c.right, c.wrong)
		}
	}
}
