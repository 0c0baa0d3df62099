package segment

import (
	"strings"
	"sync"
	"testing"
)

func TestTerms(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"signs only", "，。！ \n—— 😀", ""},

		// Han.
		{"words and the pair between them", "铸件渗漏", "铸件/word[0:6] 件渗/bigram[3:9] 渗漏/word[6:12]"},
		{"longer word with shorter ones inside", "凝固模拟", "凝固/inner[0:6] 凝固模拟/word[0:12] 固模/bigram[3:9] 模拟/inner[6:12]"},
		{"word across the path", "研究生命", "研究/word[0:6] 研究生/inner[0:9] 究生/bigram[3:9] 生命/word[6:12]"},
		{"single on the path", "修泵", "修/single[0:3] 修泵/bigram[0:6] 泵/single[3:6]"},
		{"stop words vanish, with their pairs if particles", "我们的铸件", "铸件/word[9:15]"},
		{"unknown character alone", "𠮷", "𠮷/single[0:4]"},
		{"unknown character beside letters", "x𠮷", "𠮷/single[1:5]"},
		{"extension B", "𠮷𠮶", "𠮷𠮶/bigram[0:8]"},
		{"no pair across a sign", "铸、件", "铸/single[0:3] 件/single[6:9]"},

		// Latin.
		{"stems", "High-performance castings", "high/latin[0:4] perform/latin[5:16] cast/latin[17:25]"},
		{"stop words", "the design of an engine", "design/latin[4:10] engin/latin[17:23]"},
		{"genitive", "company's pump", "compani/latin[0:7] pump/latin[10:14]"},
		{"abbreviation", "PLC控制", "plc/code[0:3] 控制/word[3:9]"},
		{"plural abbreviation finds its singular", "VOCs", "voc/latin[0:4] vocs/code[0:4]"},
		{"two capitals are no stop word", "IT, it", "it/code[0:2]"},
		{"initials", "X-ray, R&D", "x-ray/code[0:5] ray/latin[2:5] r&d/code[7:10]"},
		{"accents", "Müller", "müller/latin[0:7]"},
		{"greek", "γ射线", "γ射线/code[0:8] 射线/inner[2:8]"},
		{"single letters say nothing", "a b X", ""},

		// Codes.
		{"grade and its base", "QT450-10", "qt450/code[0:5] qt450-10/code[0:8]"},
		{"formula", "Al₂O₃", "al2o3/code[0:9]"},
		{"standard", "GB/T 9439-2010", "gb/t9439/code[0:9] gb/t9439-2010/code[0:14]"},
		{"standard without blanks", "GB/T9439", "gb/t9439/code[0:8]"},
		{"standard of a province", "DB14/T 1049.2", "db14/t1049.2/code[0:13]"},
		{"standard without letter", "ISO 9001认证", "iso9001/code[0:8] 认证/word[8:14]"},
		{"no standard", "GB和T", "gb/code[0:2]"},
		{"mixed words", "3D打印", "3d/code[0:2] 3d打印/code[0:8] 打印/inner[2:8]"},
		{"mixed word, other width", "４Ｓ店", "4s/code[0:6] 4s店/code[0:9]"},
		{"languages", "C++和C#", "c++/code[0:3] c#/code[6:8]"},
		{"steel", "45#钢", "45#/code[0:3] 钢/single[3:6]"},
		{"particulates", "PM2.5", "pm2/code[0:3] pm2.5/code[0:5]"},
		{"network, not weight", "5G基站", "5g/code[0:2] 5g基站/code[0:8] 基站/inner[2:8]"},

		// Numbers.
		{"percent", "95%", "95%/number[0:3]"},
		{"full width", "９５％", "95%/number[0:9]"},
		{"degrees", "80℃和80 °C", "80°c/number[0:5] 80°c/number[8:14]"},
		{"decimals", "3.2m", "3.2m/number[0:4]"},
		{"thousands", "1,500 kg/h", "1500kg/h/number[0:10]"},
		{"powers", "12m³/h", "12m3/h/number[0:7]"},
		{"range", "3-5mm", "5mm/number[2:5]"},
		{"chinese unit", "5万吨煤", "5万吨/number[0:7] 万吨/word[1:7] 吨煤/bigram[4:10] 煤/single[7:10]"},
		{"bare numbers are no terms", "2023 1.5 1,000 2023-05-01 0356-2021234", ""},

		// Original offsets.
		{"combining mark", "cafe\u0301", "café/latin[0:6]"},
		{"invisible inside", "铸\u200b造", "铸造/word[0:9]"},
		{"byte order mark", "\ufeff铸造", "铸造/word[3:9]"},
		{"one character, two letters", "5㎏", "5kg/number[0:4]"},
		{"one character, several words", "㍿", "株式/bigram[0:3] 株式会社/word[0:3] 式会/bigram[0:3] 会社/inner[0:3]"},
		{"compatibility ideograph", "\uf90a", "金/single[0:3]"},
		{"broken bytes separate", "铸\xff造\xe9\x93", "铸/single[0:3] 造/single[4:7]"},
		{"emoji separate", "铸👨‍👩‍👧造", "铸/single[0:3] 造/single[21:24]"},
	}
	s := New(dictionary(t))
	var sc Scratch
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := strings.ReplaceAll(strings.TrimSpace(show(s.Terms(&sc, test.text))), "\n", " ")
			if got != test.want {
				t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

// TestTermsAgree says that what is one thing to a reader is one term, however it
// is written.
func TestTermsAgree(t *testing.T) {
	groups := [][]string{
		{"PLC", "plc", "ＰＬＣ", "Plc"},
		{"GB/T 9439", "GB/T9439", "gb/t 9439", "ＧＢ／Ｔ　９４３９"},
		{"80℃", "80°C", "80 ℃", "８０℃"},
		{"1,500kg", "1500 kg", "1500KG", "1500㎏"},
		{"Al2O3", "AL2O3", "Al₂O₃"},
		{"QT450-10", "QT450－10", "qt450–10"},
		{"castings", "Casting", "cast"},
		{"3m³", "3m3", "3 M3"},
	}
	s := New(dictionary(t))
	for _, group := range groups {
		want := texts(s, group[0])
		for _, text := range group[1:] {
			if got := texts(s, text); got != want {
				t.Errorf("%q gives %s, %q gives %s", text, got, group[0], want)
			}
		}
	}
}

// texts joins the terms' texts.
func texts(s *Segmenter, text string) string {
	var sc Scratch
	var list []string
	for _, term := range s.Terms(&sc, text) {
		list = append(list, string(term.Text))
	}
	return strings.Join(list, " ")
}

func TestTermsAllocateNothing(t *testing.T) {
	text := sample(t) + " QT450-10, GB/T 9439-2010, 1,500 kg/h, High-performance castings' VOCs, cafe\u0301, ㍿, ℃, 5万吨, 3D打印, ½, \xff"
	s := New(dictionary(t))
	var sc Scratch
	if n := testing.AllocsPerRun(20, func() { s.Terms(&sc, text) }); n != 0 {
		t.Errorf("%v allocations per call of Terms", n)
	}
	if n := testing.AllocsPerRun(20, func() { sc.Normalize(text) }); n != 0 {
		t.Errorf("%v allocations per call of Normalize", n)
	}
}

func TestTermsInParallel(t *testing.T) {
	s := New(dictionary(t))
	text := sample(t)
	var alone Scratch
	want := show(s.Terms(&alone, text))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var sc Scratch
			for range 5 {
				if show(s.Terms(&sc, text)) != want {
					t.Error("terms differ between goroutines")
				}
			}
		})
	}
	wg.Wait()
}

func TestStemCacheForgets(t *testing.T) {
	var c stemCache
	for i := range 3 * stemGeneration {
		word := []byte("castings" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
		c.stem(word)
	}
	if len(c.young) > stemGeneration || len(c.old) > stemGeneration {
		t.Errorf("cache holds %d and %d words, more than %d each", len(c.young), len(c.old), stemGeneration)
	}
	if got := c.stem([]byte("castings")); string(got) != "cast" {
		t.Errorf("stem of castings = %s", got)
	}
}

func TestClip(t *testing.T) {
	tests := []struct {
		text  string
		limit int
		want  string
	}{
		{"铸造", 6, "铸造"}, {"铸造", 5, "铸"}, {"铸造", 3, "铸"}, {"铸造", 2, ""}, {"a𠮷", 4, "a"},
		{"\x80\x80\x80\x80\x80\x80", 5, "\x80\x80\x80\x80\x80"},
	}
	for _, test := range tests {
		if got := clip(test.text, test.limit); got != test.want {
			t.Errorf("clip(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
		}
	}
}
