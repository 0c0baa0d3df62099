package intake_test

import (
	"bytes"
	"fmt"
	"testing"

	"tepai/registry"
	"tepai/registry/intake"
)

func BenchmarkRead(b *testing.B) {
	var jsonl, table bytes.Buffer
	table.WriteString("编号,职称,最高学位,行业,技术领域,专业特长\n")
	for i := range 10_000 {
		fmt.Fprintf(&jsonl, `{"id":"s%d","title":"副教授","degree":"博士","industry":"金属制品业","fields":["铸造","热处理"],"expertise":"长期从事球墨铸铁件的铸造工艺、缩松缺陷控制与等温淬火研究。","evidence":[{"kind":"paper","title":"论球化衰退","year":2021}]}`+"\n", i)
		fmt.Fprintf(&table, "s%d,副教授,博士,金属制品业,铸造、热处理,长期从事球墨铸铁件的铸造工艺、缩松缺陷控制与等温淬火研究。\n", i)
	}
	for name, data := range map[string][]byte{"jsonl": jsonl.Bytes(), "csv": table.Bytes()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				batch, err := intake.Read(bytes.NewReader(data), "a."+name, registry.KindSpecialist, intake.Options{})
				if err != nil || batch.Len() != 10_000 {
					b.Fatal(batch.Len(), err)
				}
			}
		})
	}
}
