package knowledge

import (
	"strings"
	"testing"
)

// need300 is a need of about 300 characters in the manner of an enterprise.
const need300 = `我们厂做泵壳和阀体，去年换了新砂线以后，试压的时候老是冒汗，补焊也没用，客户退货退了两回。老师傅说是砂子的事，` +
	`换了两家的砂还是不行。炉子那边也不省心，电费一个月四十多万，烘干房上面烤焦下面还湿，除尘器的布袋三个月就糊住，环保来了两趟，` +
	`限期整改。打磨车间灰大得看不见人，年轻人不愿干，招不到人。轴承座加工出来孔位偏，精度达不到图纸，加工中心是新买的，没人会调。` +
	`还有一台空压机三天两头坏，厂家说备件停产了，进口的又太贵。希望请一位懂行的老师来现场看看，找出原因，把废品率降到百分之五以下，` +
	`顺便帮我们把工艺规程编一编，再看看余热能不能用起来，给工人讲讲课。今年年底以前要见到效果，费用可以商量。`

func BenchmarkDiagnose(b *testing.B) {
	base, _, err := load(Embedded(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	passages := []Passage{{"description", need300, false}, {"industry", "通用设备制造业", true}}
	b.Logf("%d characters, %+v, %d rules fire", len([]rune(need300)), base.Stats(), len(base.Diagnose(passages...).Fired))
	b.SetBytes(int64(len(need300)))
	b.ReportAllocs()
	for b.Loop() {
		base.Diagnose(passages...)
	}
}

func BenchmarkDiagnoseLong(b *testing.B) {
	base, _, err := load(Embedded(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	long := strings.Repeat(need300, 66) // 20,000 characters
	b.SetBytes(int64(len(long)))
	for b.Loop() {
		base.Diagnose(Passage{Text: long})
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := load(Embedded(), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
