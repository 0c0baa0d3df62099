package registry

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"tepai/registry/kv"
)

// fillAll sets every field below v to something that is not its zero value.
func fillAll(t *testing.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(t, v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(t, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAll(t, v.Index(0))
		fillAll(t, v.Index(1))
	case reflect.String:
		v.SetString("铸件 <b>&\"\u2028𠀀😀 " + v.Type().Name())
	case reflect.Int, reflect.Int64:
		v.SetInt(1<<40 + 7)
	default:
		t.Fatalf("a field of kind %s: teach this test", v.Kind())
	}
}

func roundTrip[T any](t *testing.T, body func(T) ([]byte, error), decode func([]byte) (T, error)) {
	t.Helper()
	for _, full := range []bool{false, true} {
		var v T
		if full {
			fillAll(t, reflect.ValueOf(&v).Elem())
		}
		b, err := body(v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode(b)
		if err != nil || !reflect.DeepEqual(got, v) {
			t.Fatalf("%v\n%s\n got %+v\nwant %+v", err, b, got, v)
		}
		again, err := body(got)
		if err != nil || string(again) != string(b) {
			t.Fatalf("%v: encoded anew\n%s\n%s", err, again, b)
		}
	}
}

// Every field of a noun comes back from disk. A field added to a noun and forgotten in disk.go fails here.
func TestEveryFieldIsStored(t *testing.T) {
	t.Run("specialist", func(t *testing.T) { roundTrip(t, Specialist.body, decodeSpecialist) })
	t.Run("enterprise", func(t *testing.T) { roundTrip(t, Enterprise.body, decodeEnterprise) })
	t.Run("need", func(t *testing.T) { roundTrip(t, Need.body, decodeNeed) })
}

func TestBodiesFromElsewhere(t *testing.T) {
	_, err := decodeSpecialist([]byte(`{"v":2,"id":"S1","wings":2}`))
	var e *Error
	if !errors.As(err, &e) || e.Kind != Unavailable || !strings.Contains(e.Msg, "升级") {
		t.Fatal(err)
	}
	for _, body := range []string{`{"v":1,"id":"S1","wings":2}`, `{"v":1,"id":"S1"} `, `{"v":1,"id":"S1"}{}`, `{"v":1,`, `[]`, ``, `{"v":1,"id":1}`} {
		if _, err := decodeSpecialist([]byte(body)); !errors.Is(err, kv.ErrDamaged) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestHeadText(t *testing.T) {
	h := Head{Seq: 12, Hash: [32]byte{1, 0xab}}
	got, err := ParseHead(" " + h.String() + "\n")
	if err != nil || got != h {
		t.Fatal(got, err)
	}
	for _, s := range []string{"", "12", "12:", "x:" + strings.Repeat("0", 64), "12:" + strings.Repeat("0", 63), "12:" + strings.Repeat("g", 64)} {
		if _, err := ParseHead(s); err == nil {
			t.Errorf("%q passed", s)
		}
	}
}

func FuzzOpenChange(f *testing.F) {
	c := Change{Seq: 1, Actor: "clerk", Act: ActCreate, Kind: KindNeed, ID: "N1", Body: []byte(`{"v":1,"id":"N1"}`)}
	f.Add(c.seal())
	f.Add([]byte{0, 0, 0, 14, 't', 'e', 'p', 'a', 'i'})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, value []byte) {
		c, err := openChange(value)
		if err != nil {
			if !errors.Is(err, kv.ErrDamaged) {
				t.Fatal(err)
			}
			return
		}
		again, err := openChange(c.seal())
		c.Hash = again.Hash
		c.At, again.At = c.At.UTC(), again.At.UTC()
		if err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("%v\n%+v\n%+v", err, c, again)
		}
	})
}

func FuzzOpenRecord(f *testing.F) {
	f.Add([]byte("s/S1"), frameRecord([]byte("s/S1"), 7, []byte("body")))
	f.Fuzz(func(t *testing.T, key, value []byte) {
		seq, body, err := openRecord(key, value)
		if err == nil && string(frameRecord(key, seq, body)) != string(value) {
			t.Fatal("another value passes for the same record")
		}
	})
}
