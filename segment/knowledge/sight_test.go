package knowledge

import (
	"slices"
	"strings"
	"testing"
)

// seen renders what stands in a text: "症状 渗漏=冒汗".
func seen(b *Base, text string) []string {
	out := []string{}
	for _, s := range b.Sightings(Passage{Text: text}) {
		out = append(out, s.Entry+"="+text[s.Start:s.End])
	}
	return out
}

func TestSightings(t *testing.T) {
	b := mustBuild(t,
		"概念 | 烧失量 | LOI、loss on ignition | |",
		"概念 | 三维打印 | 3D打印 | |",
		"概念 | 低碳钢 | | |",
		"物类 | 铸件 | 泵壳、阀体 | |",
		"物类 | 水泵 | 泵!泵壳 | |",
		"物类 | 循环水 | | |",
		"物类 | 高压柜 | | |",
		"物类 | 废水 | 污水 | |",
		"症状 | 渗漏 | 渗!渗透!渗碳、冒汗、漏水 |",
		"症状 | 渗透差 | 渗透不进 |",
		"症状 | 壳漏 | 泵壳漏水 |",
		"概念 | 阀体加工 | | |",
		"症状 | 顶板淋水 | 顶板漏水 |",
		"症状 | 水浑 | 水…浑 |",
		"症状 | 电费高 | 电费…高 |",
		"症状 | 强度低 | 强度…低 |",
		"症状 | 叶黄 | 叶…黄、烤…叶…黄 |",
		"症状 | 水难处理 | 污水…没法 |",
	)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"name and lay wording", "铸件就是泵壳", []string{"物类 铸件=铸件", "物类 铸件=泵壳"}},
		{"longest wins over another class", "顶板漏水", []string{"症状 顶板淋水=顶板漏水"}},
		{"short wording elsewhere stays", "顶板漏水，管子漏水", []string{"症状 顶板淋水=顶板漏水", "症状 渗漏=漏水"}},
		{"cancel word", "做渗碳处理", []string{}},
		{"cancelled here, not there", "渗碳以后往外渗", []string{"症状 渗漏=渗"}},
		{"cancelled by a word that is another entry", "渗透不进", []string{"症状 渗透差=渗透不进"}},
		{"cancel word that is another class's wording", "泵壳和泵", []string{"物类 铸件=泵壳", "物类 水泵=泵"}},
		{"gap", "电费一个月特别高", []string{"症状 电费高=电费一个月特别高"}},
		{"gap of nothing", "电费高", []string{"症状 电费高=电费高"}},
		{"gap of eight", "电费一二三四五六七八高", []string{"症状 电费高=电费一二三四五六七八高"}},
		{"gap of nine", "电费一二三四五六七八九高", []string{}},
		{"gap over a comma", "电费嘛，高", []string{"症状 电费高=电费嘛，高"}},
		{"no gap over a sentence mark", "交电费。高", []string{}},
		{"no gap over a line", "交电费\n高", []string{}},
		{"single part swallowed by a longer word", "电费和高压柜", []string{"物类 高压柜=高压柜"}},
		{"head of a compound counts", "循环水很浑", []string{"物类 循环水=循环水", "症状 水浑=水很浑"}},
		{"modifier of a compound does not", "强度和低碳钢", []string{"概念 低碳钢=低碳钢"}},
		{"parts come in order", "高的是电费", []string{}},
		{"three parts", "烤的时候叶子发黄", []string{"症状 叶黄=烤的时候叶子发黄", "症状 叶黄=叶子发黄"}},
		{"nearest beginning", "电费，电费高", []string{"症状 电费高=电费高"}},
		{"gap wording suppresses nothing", "污水没法处理", []string{"物类 废水=污水", "症状 水难处理=污水没法"}},
		{"Latin: case and width", "ＬＯＩ 和 Loi", []string{"概念 烧失量=ＬＯＩ", "概念 烧失量=Loi"}},
		{"Latin: words of their own", "exploit, loin, LOI值", []string{"概念 烧失量=LOI"}},
		{"Latin: phrase", "Loss on Ignition of clay", []string{"概念 烧失量=Loss on Ignition"}},
		{"digits have borders", "13D打印，3D打印件", []string{"概念 三维打印=3D打印"}},
		{"settled, said before", "已解决泵壳冒汗问题，又漏水", []string{"物类 铸件=泵壳", "症状 渗漏=漏水"}},
		{"settled, said behind", "冒汗的问题现在已经解决", []string{}},
		{"not yet settled", "冒汗的问题尚未解决", []string{"症状 渗漏=冒汗"}},
		{"denied", "不存在冒汗，漏水没有", []string{"症状 渗漏=漏水"}},
		{"a denial reaches its clause only", "不存在问题，漏水", []string{"症状 渗漏=漏水"}},
		{"objects and concepts beside a denied complaint stay", "泵壳不存在冒汗，低碳钢未发生漏水", []string{"物类 铸件=泵壳", "概念 低碳钢=低碳钢"}},
		{"declined", "不涉及泵壳和低碳钢，阀体漏水", []string{"物类 铸件=阀体", "症状 渗漏=漏水"}},
		{"declined up to a turn", "不需要停泵壳就能治漏水", []string{"症状 渗漏=漏水"}},
		{"a refusal does not reach far", "不需要贵单位再给我们准备那么多各种各样的泵壳", []string{"物类 铸件=泵壳"}},
		{"not this", "不是泵壳的问题，是阀体的问题", []string{"物类 铸件=阀体"}},
		{"a question excuses nobody", "是不是泵壳的问题", []string{"物类 铸件=泵壳"}},
		{"both are blamed", "不是泵壳就是阀体的毛病", []string{"物类 铸件=泵壳", "物类 铸件=阀体"}},
		{"excepted", "除泵壳外，其余都漏水", []string{"症状 渗漏=漏水"}},
		{"excepted by 以外", "除了泵壳以外都由我方负责，阀体漏水", []string{"物类 铸件=阀体", "症状 渗漏=漏水"}},
		{"besides adds", "除了泵壳外，阀体也漏水", []string{"物类 铸件=泵壳", "物类 铸件=阀体", "症状 渗漏=漏水"}},
		{"removing excepts nothing", "清除泵壳外皮，其余都漏水", []string{"物类 铸件=泵壳", "症状 渗漏=漏水"}},
		{"a complaint hides another complaint, and no thing", "泵壳漏水", []string{"物类 铸件=泵壳", "症状 壳漏=泵壳漏水"}},
		{"a concept hides the thing in it", "阀体加工", []string{"概念 阀体加工=阀体加工"}},
		{"nothing", "今天天气很好。", []string{}},
		{"empty", "", []string{}},
		{"broken bytes around", "\xe6\x9b泵壳\xff冒汗\x80", []string{"物类 铸件=泵壳", "症状 渗漏=冒汗"}},
		{"rare characters around", "𠮷泵壳😀冒汗👨‍👩‍👧", []string{"物类 铸件=泵壳", "症状 渗漏=冒汗"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := seen(b, c.text); !slices.Equal(got, c.want) {
				t.Errorf("%s:\ngot  %s\nwant %s", c.text, strings.Join(got, "; "), strings.Join(c.want, "; "))
			}
		})
	}
}

func TestLookup(t *testing.T) {
	b := mustBuild(t,
		"概念 | 铸造缺陷 | casting defect | | 铸造",
		"概念 | 缩松 | 疏松、Shrinkage | 铸造缺陷 | 铸造",
		"物类 | 铸件 | 泵壳 | |",
		"症状 | 渗漏 | 冒汗 |",
		"规则 | 铸件 + 渗漏 | 缩松 0.8 | | 铸造 | 泵壳冒汗。")
	c, ok := b.Concept("shrinkage")
	if !ok || c.Name != "缩松" || c.Line != 2 || !slices.Equal(c.Synonyms, []string{"疏松", "Shrinkage"}) ||
		!slices.Equal(c.Broader, []string{"铸造缺陷"}) || !slices.Equal(c.Fields, []string{"铸造"}) {
		t.Errorf("Concept by synonym: %+v, %v", c, ok)
	}
	if up, ok := b.Concept("铸造缺陷"); !ok || !slices.Equal(up.Narrower, []string{"缩松"}) {
		t.Errorf("Concept by name: %+v", up)
	}
	if _, ok := b.Concept("铸件"); ok {
		t.Error("an object is no concept")
	}
	found := b.Find("铸")
	if len(found) != 2 || found[0].Name != "铸造缺陷" || found[1].Name != "铸件" {
		t.Errorf("Find: %+v", found)
	}
	if exact := b.Find("冒汗"); len(exact) != 1 || exact[0].Rules[0].String() != "t.txt:5" {
		t.Errorf("Find by wording: %+v", exact)
	}
	if b.Find(" ") != nil {
		t.Error("an empty text finds nothing")
	}
	if got, want := b.Stats(), (Stats{Files: 1, Concepts: 2, Objects: 1, Symptoms: 1, Rules: 1, Wordings: 9, Examples: 1}); got != want {
		t.Errorf("Stats: %+v", got)
	}
}
