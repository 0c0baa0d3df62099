package registry_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tepai/registry"
)

// world is what the store should hold: one map for each kind, and how many changes led there.
type world struct {
	specialists map[string]registry.Specialist
	enterprises map[string]registry.Enterprise
	needs       map[string]registry.Need
	changes     uint64
}

func (w world) clone() world {
	return world{maps.Clone(w.specialists), maps.Clone(w.enterprises), maps.Clone(w.needs), w.changes}
}

// put plays PutAll on the maps and says what it should report.
func (w *world) put(r registry.Records) (report registry.PutReport) {
	for _, v := range r.Specialists {
		count(&report, w.specialists, v.ID, v)
	}
	for _, v := range r.Enterprises {
		count(&report, w.enterprises, v.ID, v)
	}
	for _, v := range r.Needs {
		count(&report, w.needs, v.ID, v)
	}
	w.changes += uint64(report.Created + report.Updated)
	return report
}

func count[T any](report *registry.PutReport, known map[string]T, id string, v T) {
	old, there := known[id]
	switch {
	case !there:
		report.Created++
	case reflect.DeepEqual(old, v):
		report.Unchanged++
	default:
		report.Updated++
	}
	known[id] = v
}

// words draws texts with what a store could stumble over: quotes, line ends, HTML, characters outside of the BMP.
func words() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune("铸铁件渗漏𠀀😀\u2028\ufffd<&>\"\\\n aZ0")), 2, 12, -1)
}

// batch draws records with few ids, so that they meet again.
func batch(r *rapid.T) (b registry.Records) {
	id := rapid.SampledFrom([]string{"1", "2", "10", "1.0", "a", "A", "Z-9", "_"})
	text := words()
	for _, id := range rapid.SliceOfNDistinct(id, 0, 5, rapid.ID).Draw(r, "specialists") {
		v := registry.Specialist{ID: id, Expertise: "长于" + text.Draw(r, "expertise"), Capacity: rapid.IntRange(0, 2).Draw(r, "capacity")}
		if rapid.Bool().Draw(r, "evidence") {
			v.Evidence = []registry.Evidence{{Kind: registry.Patent, Title: "专利" + text.Draw(r, "title"), Year: 2020}}
		}
		b.Specialists = append(b.Specialists, v)
	}
	for _, id := range rapid.SliceOfNDistinct(id, 0, 3, rapid.ID).Draw(r, "enterprises") {
		b.Enterprises = append(b.Enterprises, registry.Enterprise{ID: id, Name: "厂" + text.Draw(r, "name")})
	}
	for _, id := range rapid.SliceOfNDistinct(id, 0, 3, rapid.ID).Draw(r, "needs") {
		v := registry.Need{ID: id, Title: "求助" + text.Draw(r, "title")}
		if rapid.Bool().Draw(r, "diagnosed") {
			v.Diagnosis = &registry.Diagnosis{Terms: []string{"词" + text.Draw(r, "term")}}
		}
		b.Needs = append(b.Needs, v)
	}
	return b
}

// Random batches leave the store and the maps equal, the numbers of changes as expected, and the store consistent
// after each.
func TestActsAgainstAModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dir := t.TempDir()
		s, err := registry.Open(dir, registry.Options{Create: true})
		if err != nil {
			r.Fatal(err)
		}
		defer func() { s.Close() }()
		w := world{map[string]registry.Specialist{}, map[string]registry.Enterprise{}, map[string]registry.Need{}, 0}
		for range rapid.IntRange(1, 6).Draw(r, "batches") {
			b, update := batch(r), rapid.Bool().Draw(r, "update")
			next := w.clone()
			want := next.put(b)
			got, err := s.PutAll(t.Context(), clerk, b, registry.PutOptions{Update: update})
			if want.Updated > 0 && !update {
				var e *registry.Error
				if !errors.As(err, &e) || e.Kind != registry.Conflict {
					r.Fatalf("%+v: %v", want, err)
				}
			} else {
				want.Head = got.Head
				if err != nil || got != want || got.Head.Seq != next.changes {
					r.Fatalf("got %+v, want %+v: %v", got, want, err)
				}
				w = next
			}
			if rapid.IntRange(0, 3).Draw(r, "reopen") == 0 {
				s.Close()
				if s, err = registry.Open(dir, registry.Options{}); err != nil {
					r.Fatal(err)
				}
			}
			same(r, t, s, w)
		}
	})
}

// same compares the store with the maps, and the maps with the replayed change log.
func same(r *rapid.T, t *testing.T, s *registry.Store, w world) {
	specialists, err := s.Specialists(t.Context(), "", 0)
	enterprises, err2 := s.Enterprises(t.Context(), "", 0)
	needs, err3 := s.Needs(t.Context(), "", 0)
	if err := errors.Join(err, err2, err3); err != nil {
		r.Fatal(err)
	}
	if !reflect.DeepEqual(specialists, inOrder(w.specialists)) || !reflect.DeepEqual(enterprises, inOrder(w.enterprises)) || !reflect.DeepEqual(needs, inOrder(w.needs)) {
		r.Fatalf("store %+v %+v %+v, model %+v", specialists, enterprises, needs, w)
	}
	replayed := map[string]registry.Specialist{}
	changes, err := s.Changes(t.Context(), 0, 0)
	if err != nil || uint64(len(changes)) != w.changes {
		r.Fatal(len(changes), w.changes, err)
	}
	for _, c := range changes {
		if c.Kind == registry.KindSpecialist {
			if replayed[c.ID], err = c.Specialist(); err != nil {
				r.Fatal(err)
			}
		}
	}
	if !reflect.DeepEqual(replayed, w.specialists) {
		r.Fatalf("replayed %+v, model %+v", replayed, w.specialists)
	}
	consistent(t, s)
	if t.Failed() {
		r.FailNow()
	}
}

func inOrder[T any](m map[string]T) (list []T) {
	for _, id := range slices.Sorted(maps.Keys(m)) {
		list = append(list, m[id])
	}
	return list
}
