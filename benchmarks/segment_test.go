package benchmarks

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-ego/gse"

	"tepai/segment"
)

// BenchmarkSegment cuts the same generated text with segment.Terms, which gives
// words, inner words, pairs and codes with offsets, and with its peer gse, which
// gives words: Cut with its hidden Markov model, and ModeSegment, which also has
// offsets. To reach: at least eight times gse's Cut, without allocating.
func BenchmarkSegment(b *testing.B) {
	dict, err := segment.LoadDictionary(segment.Options{})
	if err != nil {
		b.Fatal(err)
	}
	peer, err := gse.NewEmbed("zh_s")
	if err != nil {
		b.Fatal(err)
	}
	terms := segment.New(dict)
	for _, size := range []int{1 << 10, 64 << 10} {
		text := requestText(size)
		run := func(name string, cut func()) {
			b.Run(fmt.Sprintf("%s/%dKB", name, size>>10), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					cut()
				}
			})
		}
		var scratch segment.Scratch
		terms.Terms(&scratch, text)
		run("tepai-Terms", func() { terms.Terms(&scratch, text) })
		run("tepai-Normalize", func() { scratch.Normalize(text) })
		run("gse-ModeSegment", func() { peer.ModeSegment([]byte(text)) })
		run("gse-Cut-HMM", func() { peer.Cut(text, true) })
	}
}

// BenchmarkSegmentStart measures every start but the first: the dictionary read
// from its cache file. To reach: below 20 ms.
func BenchmarkSegmentStart(b *testing.B) {
	dir := b.TempDir()
	if _, err := segment.LoadDictionary(segment.Options{CacheDir: dir}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := segment.LoadDictionary(segment.Options{CacheDir: dir}); err != nil {
			b.Fatal(err)
		}
	}
}

// requestText makes at least size bytes of text as enterprises write it, the
// same at every call.
func requestText(size int) string {
	random := rand.New(rand.NewPCG(20, 24))
	pick := func(words string) string {
		list := strings.Fields(words)
		return list[random.IntN(len(list))]
	}
	var text strings.Builder
	for text.Len() < size {
		fmt.Fprintf(&text, "我们%s生产%s，%s以后经常%s，%s也没有%s。",
			pick("厂里 车间 公司 基地 合作社 矿上"), pick("球铁泵壳 液压支架 玻璃镜片 连翘饮片 杂粮粥 生丝 QT450-10阀体 PLC控制柜"),
			pick("试压 热处理 镀膜 烘干 杀菌 脱胶 调试 搬运"), pick("渗漏 开裂 起皮发霉 结块 褐变 断线 误报 变形超差"),
			pick("换了材料 调整参数 补焊 请人看过 加大投入 降低温度"), pick("明显改善 找到原因 稳定下来 达到标准"))
		fmt.Fprintf(&text, "合格率只有%d%%左右，温度控制在%d℃，希望懂%s和%s的专家到现场%s，按照GB/T %d验收。\n",
			60+random.IntN(35), 20+random.IntN(900), pick("凝固模拟 机器视觉 有限元分析 种质资源 高效液相色谱 瓦斯抽采"),
			pick("工艺优化 故障诊断 精益生产 生物防治 废水处理 数据治理"), pick("指导 诊断 培训 试验 论证"), 1000+random.IntN(9000))
	}
	return text.String()
}
