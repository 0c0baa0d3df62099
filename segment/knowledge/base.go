package knowledge

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed base/*.txt
var embedded embed.FS

// Embedded gives the files of the base that comes with the program.
func Embedded() fs.FS {
	sub, err := fs.Sub(embedded, "base")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return sub
}

// Options for Load; the zero value works.
type Options struct {
	// Fields tells whether a name is a node of the taxonomy of technical fields; nil accepts every name.
	Fields func(name string) bool
}

// Base is a loaded knowledge base: immutable, safe for concurrent readers.
type Base struct {
	graph
	*compiled
	surfaces   [][]string // of concepts: name and synonyms as written
	generation string
	stats      Stats
	pool       sync.Pool
}

// Load reads all *.txt files at the top of fsys. The error is Problems, with every fault of every file, or that of
// reading fsys.
func Load(fsys fs.FS, o Options) (*Base, error) {
	b, problems, err := load(fsys, o)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return b, nil
}

// load gives the base that remains when faulty lines are left out.
func load(fsys fs.FS, o Options) (*Base, Problems, error) {
	files, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, nil, fmt.Errorf("知识库目录读不了：%w", err)
	}
	slices.Sort(files)
	p, sum := &parser{fold: &folder{}}, sha256.New()
	fmt.Fprintf(sum, "knowledge %s\n", algorithm)
	for _, name := range files {
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, fmt.Errorf("知识库文件读不了：%w", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
		p.file(name, string(content))
	}
	l := p.link(o.Fields)
	b := &Base{graph: l.graph, compiled: l.compile(), generation: hex.EncodeToString(sum.Sum(nil)[:6])}
	b.finish(len(files))
	return b, l.problems.sorted(), nil
}

func (b *Base) finish(files int) {
	b.stats = Stats{Files: files, Rules: len(b.rules), Wordings: len(b.phrases)}
	b.surfaces = make([][]string, len(b.entries))
	count := [kinds]*int{&b.stats.Concepts, &b.stats.Objects, &b.stats.Symptoms}
	for i, e := range b.entries {
		*count[e.kind]++
		b.surfaces[i] = make([]string, 0, len(e.wordings))
		for _, w := range e.wordings {
			if w.literal() {
				b.surfaces[i] = append(b.surfaces[i], w.text)
			}
		}
	}
	for _, r := range b.rules {
		if strings.TrimSpace(r.example) != "" {
			b.stats.Examples++
		}
	}
	signs, rules := len(b.asked), len(b.rules)
	b.pool.New = func() any { return &scratch{bySign: make([][]int32, signs), met: make([]uint8, rules)} }
}

// Generation is a short hash of all files and of the algorithm's version: equal generations diagnose equally.
func (b *Base) Generation() string { return b.generation }

// Stats counts the entries.
func (b *Base) Stats() Stats { return b.stats }

// Diagnose infers fields, causes and terms from the passages of one need. It is pure and deterministic; the order of
// the passages matters only for the order of mentions and the choice between equally near places.
func (b *Base) Diagnose(passages ...Passage) Diagnosis {
	s := b.pool.Get().(*scratch)
	defer b.pool.Put(s)
	defer s.reset()
	b.observe(s, passages)
	d := newDraft()
	for _, id := range b.candidates(s) {
		if f, ok := b.fire(s, id); ok {
			d.rule(&b.rules[id], f)
		}
	}
	b.mentions(s, d)
	b.objects(s, d)
	return b.diagnosis(d)
}
