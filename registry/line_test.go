package registry

import (
	"bytes"
	"testing"
)

// Any key and value of a region beside the log comes back from its line, also where they are no text.
func FuzzPairLine(f *testing.F) {
	for _, seed := range [][2]string{{"year", "\x00\x00\x00\x00\x00\x00\x00\x07"}, {"clerk/键", `{"id":"S1"}`}, {"\xff\xfe", ""}, {"a", "null"}, {"a", ` {}`}, {"", "<b>&\u2028"}, {"\ufffd", `"\u003c"`}} {
		f.Add([]byte(seed[0]), []byte(seed[1]))
	}
	r := region{name: "side", prefix: "x/"}
	f.Fuzz(func(t *testing.T, rest, value []byte) {
		key := append([]byte(r.prefix), rest...)
		text, err := r.text(key, value)
		if err != nil {
			t.Fatal(err)
		}
		gotKey, gotValue, err := r.pair(text)
		if err != nil || !bytes.Equal(gotKey, key) || !bytes.Equal(gotValue, value) || bytes.ContainsRune(text, '\n') {
			t.Fatalf("%q %q became %s and %q %q (%v)", key, value, text, gotKey, gotValue, err)
		}
	})
}

// What cannot come back from its line is told when it is written.
func TestLinesThatWouldNotComeBack(t *testing.T) {
	record := region{name: "specialist", prefix: "s/", form: asRecord}
	for _, c := range []struct{ key, body string }{{"s/S1", `{"id": "S1"}`}, {"s/S1", `{`}, {"s/\xff", `{}`}} {
		if text, err := record.text([]byte(c.key), frameRecord([]byte(c.key), 7, []byte(c.body))); err == nil {
			t.Errorf("%q %s became %s", c.key, c.body, text)
		}
	}
	changes := region{name: "changes", prefix: changePrefix, form: asChange}
	c := Change{Seq: 3, Actor: "a\xff", Act: ActCreate, Kind: KindNeed, ID: "N1", Body: []byte(`{}`)}
	if text, err := changes.text(changeKey(3), c.seal()); err == nil {
		t.Errorf("became %s", text)
	}
	if text, err := changes.text(changeKey(4), (&Change{Seq: 3, Body: []byte(`{}`)}).seal()); err == nil {
		t.Errorf("an entry in another place became %s", text)
	}
}

// Nearly every line that is none is refused, and none ends the program.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"id":"S1","seq":1,"body":{}}`))
	f.Add([]byte(`{"seq":1,"at":"2026-01-01T00:00:00Z","body":{},"prev":"","hash":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, r := range regions() {
			key, value, err := r.pair(text)
			if err == nil && !bytes.HasPrefix(key, []byte(r.prefix)) {
				t.Fatalf("%s: key %q, value %q", r.name, key, value)
			}
		}
	})
}
