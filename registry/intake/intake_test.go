package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tepai/registry"
	"tepai/registry/intake"
)

const sheet = "编号,姓名*,职称,最高学位,工作单位,行业,技术领域（可多填）,专业特长,备注,手机号\n" +
	"S-1,王某某,副教授,硕士研究生,某某大学,C33 金属制品业,铸造、热处理；焊接,\"球墨铸铁, 擅长“缩松”\n与\"\"缩孔\"\"\",无,13900000000\n" +
	",,,,,,,,,\n" +
	"S-2,李某,高级技师,大专,,,,煤矿机电,,\n"

func TestReadSpreadsheetInEveryEncoding(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text string
		want intake.Encoding
	}{
		"plain":   {sheet, intake.UTF8},
		"marked":  {"\ufeff" + sheet, intake.UTF8Mark},
		"gb18030": {gb, intake.GB18030},
		"crlf":    {strings.ReplaceAll(sheet, "\n", "\r\n"), intake.UTF8},
	} {
		t.Run(name, func(t *testing.T) {
			b := mustRead(t, "人员.csv", c.text, registry.KindSpecialist)
			if err := b.Err(); err != nil {
				t.Fatal(err)
			}
			if b.Encoding != c.want || len(b.Specialists) != 2 || fmt.Sprint(b.Ignored, len(b.Persons())) != "[备注] 1" {
				t.Fatalf("%s, %d rows, ignored %v, persons %v", b.Encoding, len(b.Specialists), b.Ignored, b.Persons())
			}
			first, second := b.Specialists[0], b.Specialists[1]
			if first.Line != 2 || second.Line != 5 {
				t.Errorf("lines %d and %d", first.Line, second.Line)
			}
			v := first.Value
			if v.Degree != "硕士" || v.Education != "硕士研究生" || v.Industry != "金属制品业" || fmt.Sprint(v.Fields) != "[铸造 热处理 焊接]" || v.Expertise != "球墨铸铁, 擅长“缩松”\n与\"缩孔\"" {
				t.Errorf("%+v", v)
			}
			if w := second.Value; w.Degree != "" || w.Education != "大专" {
				t.Errorf("大专 in the column of degrees is an education: %+v", w)
			}
		})
	}
}

func TestReaderThatCannotSeek(t *testing.T) {
	b, err := intake.Read(iotest.OneByteReader(strings.NewReader(sheet)), "人员.csv", registry.KindSpecialist, intake.Options{})
	if err != nil || b.Err() != nil || b.Len() != 2 {
		t.Fatal(b.Len(), err, b.Err())
	}
	broken := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(sheet)))
	if _, err = intake.Read(broken, "人员.csv", registry.KindSpecialist, intake.Options{}); !errors.Is(err, iotest.ErrTimeout) {
		t.Fatal(err)
	}
}

func TestFaultsNameLineFieldReasonAndWayOut(t *testing.T) {
	good := `{"id":"s1","expertise":"铸造工艺"}` + "\n"
	for _, c := range []struct {
		name, file, text string
		kind             registry.RecordKind
		says             string // the first fault
		good             int
	}{
		{"broken json", "a.jsonl", strings.Repeat("\n", 6) + `{"id":"s1",,}`, registry.KindSpecialist, "第 7 行第 12 个字符：JSON 写法有误，请", 0},
		{"unfinished", "a.jsonl", good + `{"id":"s2","name":"王`, registry.KindSpecialist, "第 2 行第 20 个字符：JSON 没有写完", 1},
		{"trailing data", "a.jsonl", good + `{"id":"s2","expertise":"铸造"} {}`, registry.KindSpecialist, "第 2 行第 30 个字符：对象结束后还有多余的内容", 1},
		{"no object", "a.jsonl", good + `"s2"`, registry.KindSpecialist, "第 2 行：这一行不是 JSON 对象", 1},
		{"key twice", "a.jsonl", good + `{"id":"s2","id":"s3"}`, registry.KindSpecialist, "第 2 行第 12 个字符 id：同一个对象里这个键写了两次", 1},
		{"key twice below", "a.jsonl", good + `{"id":"s2","evidence":[{"kind":"paper","kind":"patent"}]}`, registry.KindSpecialist, "kind：同一个对象里这个键写了两次", 1},
		{"id twice", "a.jsonl", good + "\n" + good, registry.KindSpecialist, "第 3 行 id：编号 s1 与第 1 行重复，请", 1},
		{"number as id", "a.jsonl", `{"id":1024,"expertise":"铸造工艺"}`, registry.KindSpecialist, `第 1 行第 7 个字符 id：编号 1024 写成了数字，请加上引号，写成 "1024"`, 0},
		{"no id", "a.jsonl", `{"expertise":"铸造工艺"}`, registry.KindSpecialist, "第 1 行 id：编号没有填写，请", 0},
		{"capital key", "a.jsonl", `{"ID":"s1","expertise":"铸造工艺"}`, registry.KindSpecialist, "第 1 行 id：编号没有填写", 0},
		{"wrong type", "a.jsonl", `{"id":"s1","expertise":7}`, registry.KindSpecialist, "第 1 行第 24 个字符 expertise：这里应当是文字，请", 0},
		{"damaged byte", "a.jsonl", good + "{\"id\":\"s2\",\"expertise\":\"铸\xe9造\"}", registry.KindSpecialist, "第 2 行：含有损坏的 UTF-8 字节，请", 1},
		{"neither encoding", "a.csv", "id,expertise\ns1,\xff\xff\xff\n", registry.KindSpecialist, "第 2 行：含有的字节既不是 UTF-8 也不是 GB18030", 0},
		{"degree", "a.jsonl", `{"id":"s1","expertise":"铸造工艺","degree":"铁匠"}`, registry.KindSpecialist, "degree：“铁匠”不是学位，请填博士", 0},
		{"industry", "a.jsonl", `{"id":"s1","expertise":"铸造工艺","industry":"金属炼丹"}`, registry.KindSpecialist, "第 1 行第 42 个字符 industry：“金属炼丹”不是《国民经济行业分类》", 0},
		{"evidence kind", "a.jsonl", `{"id":"s1","evidence":[{"kind":"book","text":"x"}]}`, registry.KindSpecialist, "evidence.kind：“book”不在可选范围内，请改为：paper", 0},
		{"evidence year", "a.csv", "id,evidence\ns1,\"[{\"\"kind\"\":\"\"论文\"\",\"\"title\"\":\"\"论铸造\"\",\"\"year\"\":\"\"去年\"\"}]\"\n", registry.KindSpecialist, "第 2 行 evidence.year：“去年”不是整数", 0},
		{"identity number", "a.csv", "编号,特长,身份证号\ns1,铸造,140522199001011234\n", registry.KindSpecialist, "第 2 行 id_number：证件号码的校验位", 0},
		{"credit code", "a.csv", "编号,企业名称,统一社会信用代码\ne1,某公司,91350100M000100Y44\n", registry.KindEnterprise, "credit_code：统一社会信用代码的校验位", 0},
		{"county", "a.csv", "编号,企业名称,所属县（市、区）\ne1,某公司,太原市\n", registry.KindEnterprise, "county：“太原市”不在可选范围内，请改为：城区", 0},
		{"too few cells", "a.csv", "编号,企业名称,行业\ne1,某公司\n", registry.KindEnterprise, "第 2 行：这一行有 2 格，表头有 3 格，请", 0},
		{"open quote", "a.csv", "编号,企业名称\ne1,\"某公司\ne2,乙\n", registry.KindEnterprise, "第 2 行：英文双引号没有配对", 0},
		{"text after quote", "a.csv", "编号,企业名称\ne1,\"某\"公司\ne2,乙\n", registry.KindEnterprise, "第 2 行：双引号结束后", 1},
		{"need of one character", "a.jsonl", `{"id":"n1","description":"漏"}`, registry.KindNeed, "description：全部文字只有 1 个字", 0},
		{"need of 20,000", "a.jsonl", `{"id":"n1","description":"` + strings.Repeat("漏", 20_000) + `"}`, registry.KindNeed, "description：有 20000 个字，最多 10000 个，请精简", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := mustRead(t, c.file, c.text, c.kind)
			if len(b.Faults) == 0 || !strings.Contains(b.Faults[0].String(), c.says) || b.Faults[0].Remedy == "" {
				t.Fatalf("%v, want %q", b.Faults, c.says)
			}
			var refusal *registry.Error
			if b.Len() != c.good || !errors.As(b.Err(), &refusal) || refusal.Kind != registry.Invalid {
				t.Errorf("%d good rows, %v", b.Len(), b.Err())
			}
			if strings.Contains(b.Err().Error()+fmt.Sprint(b.Faults), "140522199001011234") {
				t.Error("an identity number stands in a fault")
			}
		})
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ name, file, text, says string }{
		{"empty", "a.csv", "", "空文件"},
		{"only a mark", "a.csv", "\ufeff", "空文件"},
		{"header only", "a.csv", "编号,企业名称\n", "没有一条记录"},
		{"blank lines only", "a.jsonl", "\n\n", "没有一条记录"},
		{"no column for ids", "a.csv", "企业名称,行业\n某公司,铸造\n", "缺少编号列（id 或“编号”），第 1 行的表头是：企业名称、行业"},
		{"no column for names", "a.csv", "编号,行业\ne1,铸造\n", "缺少名称列"},
		{"two columns for one key", "a.csv", "编号,企业名称,单位名称\ne1,甲,乙\n", "“企业名称”和“单位名称”是同一项（name），请只留一列"},
		{"workbook", "a.csv", "PK\x03\x04rest", "另存为“CSV UTF-8"},
		{"old workbook", "a.xls", "\xd0\xcf\x11\xe0", "另存为“CSV UTF-8"},
		{"utf-16", "a.csv", "\xff\xfe\x01\x00", "UTF-16"},
		{"binary", "a.csv", "a,b\x00", "不是文本文件"},
		{"array", "a.json", "[\n{}]", "像是一个 JSON 数组，请"},
		{"pretty json", "a.json", "{\n  \"id\": \"e1\"\n}", "分多行书写的 JSON，请"},
	} {
		_, err := intake.Read(strings.NewReader(c.text), c.file, registry.KindEnterprise, intake.Options{})
		var refusal *registry.Error
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Msg, c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

func TestFaultsAreCountedBeyondTheirNumber(t *testing.T) {
	b, err := intake.Read(strings.NewReader(strings.Repeat("{}\n", 70)+`{"id":"n1","title":"渗漏"}`), "a.jsonl", registry.KindNeed, intake.Options{})
	if err != nil || len(b.Faults) != 50 || b.More != 20 || b.Len() != 1 {
		t.Fatalf("%d faults, %d more, %d rows, %v", len(b.Faults), b.More, b.Len(), err)
	}
	if msg := b.Err().Error(); !strings.Contains(msg, "a.jsonl 有 70 处错误") || !strings.HasSuffix(msg, "还有 20 处") {
		t.Error(msg)
	}
}

func TestSeparatorsAndSmallKindnesses(t *testing.T) {
	for _, text := range []string{
		"编号\t企业名称\t从业人员\t上年度营业收入（万元）\t成立日期\t统一社会信用代码\t规模\ne1\t某公司\t1,200人\t3500.0\t2010年5月1日\t待补\t中型企业\n",
		"编号;企业名称;从业人员;上年度营业收入（万元）;成立日期;统一社会信用代码;规模\ne1;某公司;\"1,200人\";3500;2010/5/1;;中型\n",
		"id,name,employees,revenue_wan,founded,credit_code,size\n'e1,某公司,1200,3500,20100501,,中\n",
	} {
		b := mustRead(t, "a.csv", strings.Replace(text, "'e1", "e1", 1), registry.KindEnterprise)
		if err := b.Err(); err != nil {
			t.Fatal(err)
		}
		e := b.Enterprises[0].Value
		if e.Employees != 1200 || e.RevenueWan != 3500 || e.Founded != "2010-05-01" || e.Size != "中型" || e.CreditCode != "" {
			t.Errorf("%+v", e)
		}
	}
	b := mustRead(t, "x", "编号,企业名称,主营业务\ne1,某公司,'=SUM(A1)\n", registry.KindEnterprise)
	if b.Err() != nil || b.Enterprises[0].Value.Business != "=SUM(A1)" {
		t.Errorf("%v %+v", b.Err(), b.Enterprises)
	}
}

func mustRead(t *testing.T, name, text string, kind registry.RecordKind) intake.Batch {
	t.Helper()
	b, err := intake.Read(strings.NewReader(text), name, kind, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}
