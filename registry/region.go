package registry

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// region is a part of the key space: in an export it is a file of its own, in a count a number of its own.
type region struct {
	name   string // of the file in an export: for records the kind
	prefix string // of its keys
	form   form   // of its lines in an export

	// withhold takes a secret out of a value and leaves what the rest of the store needs of it; nil = nothing is secret
	// that is not ciphertext.
	withhold func(key, value []byte) ([]byte, error)
}

// form is how a pair is written as text.
type form uint8

const (
	asPair   form = iota // key and value as they are
	asChange             // an entry of the change log with its fields
	asRecord             // id, number of the change, body
)

// sideRegions stand beside the records and the change log; an export carries them all, also what could be derived anew.
var sideRegions = []region{
	{name: "counters", prefix: counterPrefix},
	{name: "links", prefix: linkPrefix},
	{name: "receipts", prefix: receiptPrefix},
	{name: "blind_index", prefix: blindPrefix},
	{name: "data_keys", prefix: keyPrefix, form: asRecord, withhold: withholdDataKey},
}

// regions are all parts of a store but its meta record, in the order of their keys.
func regions() []region {
	all := append([]region{{name: "changes", prefix: changePrefix, form: asChange}}, sideRegions...)
	for _, t := range recordTypes {
		all = append(all, region{name: string(t.kind), prefix: t.prefix, form: asRecord})
	}
	slices.SortFunc(all, func(a, b region) int { return cmp.Compare(a.prefix, b.prefix) })
	return all
}

// regionOf finds the region of a key.
func regionOf(all []region, key []byte) (region, bool) {
	i := slices.IndexFunc(all, func(r region) bool { return bytes.HasPrefix(key, []byte(r.prefix)) })
	if i < 0 {
		return region{}, false
	}
	return all[i], true
}

// named finds a region by its name.
func named(all []region, name string) (region, error) {
	i := slices.IndexFunc(all, func(r region) bool { return r.name == name })
	if i < 0 {
		var known []string
		for _, r := range all {
			known = append(known, r.name)
		}
		return region{}, &Error{Kind: Unavailable, Msg: fmt.Sprintf(
			"本程序不认识“%s”这一类数据（认识的有 %s）。数据可能由更新版本的 tepai 写成，请升级程序后再试", Shorten(name, 40), strings.Join(known, "、"))}
	}
	return all[i], nil
}
