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
	// CacheDir is a folder for the compiled base (some 15 MB), made if need be. Empty means tepai below
	// os.UserCacheDir; NoCache means none. A folder that cannot be written costs a tenth of a second at each start,
	// nothing else. Bases of less than leastCached bytes are quicker parsed than looked up.
	CacheDir string
	// Amendments are worked into what the files say, in their order. One that no longer fits is left out: see Base.Refused.
	Amendments []Amendment
}

// Base is a loaded knowledge base: immutable, safe for concurrent readers.
type Base struct {
	graph
	*compiled
	surfaces   [][]string // of concepts: name and synonyms as written
	generation string
	inForce    []Amendment
	refused    Problems
	stats      Stats
	pool       sync.Pool
}

// Load reads all *.txt files at the top of fsys. The error is Problems, with every fault of every file, or that of
// reading fsys.
func Load(fsys fs.FS, o Options) (*Base, error) {
	s, err := read(fsys)
	if err != nil {
		return nil, err
	}
	s.amend(o.Amendments)
	if b, err := readCache(s.cacheFile(o.CacheDir), s); err == nil && b.allFields(o.Fields) {
		return b, nil
	}
	b, problems := s.withAmendments(o)
	if len(problems) > 0 {
		return nil, problems
	}
	writeCache(s.cacheFile(o.CacheDir), s, b)
	return b, nil
}

// load gives the base that remains when faulty lines are left out.
func load(fsys fs.FS, o Options) (*Base, Problems, error) {
	s, err := read(fsys)
	if err != nil {
		return nil, nil, err
	}
	b, problems := s.build(o)
	return b, problems, nil
}

// sources are the files of a base as read, in order of their names, and the amendments to them.
type sources struct {
	names, texts []string
	size         int
	files        [sha256.Size]byte // of the algorithm's version, names and texts
	amendments   []Amendment
	sum          [sha256.Size]byte // of files and amendments
}

func read(fsys fs.FS) (*sources, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("知识库目录读不了：%w", err)
	}
	slices.Sort(names)
	s, sum := &sources{names: names}, sha256.New()
	fmt.Fprintf(sum, "knowledge %s %x\n", algorithm, sha256.Sum256([]byte(voiceTable)))
	for _, name := range names {
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("知识库文件读不了：%w", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
		s.texts, s.size = append(s.texts, string(content)), s.size+len(content)
	}
	s.files = [sha256.Size]byte(sum.Sum(nil))
	s.sum = s.files
	return s, nil
}

// places are the names under which lines of the sources stand.
func (s *sources) places() []string {
	list := slices.Clone(s.names)
	for _, a := range s.amendments {
		list = append(list, a.place().File)
	}
	return list
}

func (s *sources) generation() string { return hex.EncodeToString(s.sum[:6]) }

// build parses the files, each with a parser of its own and at the same time, and compiles what is right in them.
func (s *sources) build(o Options) (*Base, Problems) {
	parts := make([]parser, len(s.names))
	var wg sync.WaitGroup
	for i, name := range s.names {
		wg.Go(func() { parts[i].file(name, s.texts[i]) })
	}
	wg.Wait()
	all := joined(parts)
	for _, a := range s.amendments {
		all.amend(a)
	}
	l, c := all.link(o.Fields)
	b := &Base{graph: l.graph, compiled: c, generation: s.generation(), inForce: s.amendments}
	b.finish(len(s.names))
	return b, l.problems.sorted()
}

// allFields tells whether every field that the base names is known.
func (b *Base) allFields(known func(string) bool) bool {
	return known == nil || !slices.ContainsFunc(b.fields, func(name string) bool { return !known(name) })
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

// Diagnose infers fields, causes and terms from the passages of one need, by all routes.
func (b *Base) Diagnose(passages ...Passage) Diagnosis {
	return b.DiagnoseBy(AllRoutes, nil, passages...)
}

// DiagnoseBy infers by some routes only, with the diagnoses of past needs beside the base. It is pure and
// deterministic; the order of the passages matters only for the order of mentions and the choice between equally near
// places.
func (b *Base) DiagnoseBy(routes Routes, past []Precedent, passages ...Passage) Diagnosis {
	s := b.pool.Get().(*scratch)
	defer b.pool.Put(s)
	defer s.reset()
	b.observe(s, passages)
	d := newDraft(routes)
	if routes.Has(Rule) {
		b.fireAll(s, d, passages)
	}
	b.mentions(s, d)
	b.objects(s, d)
	for _, p := range past {
		b.precedent(d, p)
	}
	return b.diagnosis(d)
}

// fireAll draws the conclusions of every rule that fires; a text that tells of others fires none.
func (b *Base) fireAll(s *scratch, d *draft, passages []Passage) {
	rules := b.candidates(s)
	if len(rules) > 0 && s.tellsOfOthers(passages) {
		return
	}
	asked := s.asks() || b.complains(s)
	for _, id := range rules {
		if f, ok := b.fire(s, id); ok && (asked || b.rules[id].asksComplaint(b.entries)) {
			d.rule(&b.rules[id], f)
		}
	}
}
