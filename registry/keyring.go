package registry

import (
	"errors"
	"fmt"
	"strconv"

	"tepai/registry/kv"
	"tepai/registry/seal"
)

// sideWrite is a pair of a region beside the change log, to be written with the change of a draft; without body the key
// is deleted.
type sideWrite struct {
	key, body []byte
}

// dataKeyKey is where a person's wrapped data key stands: behind its prefix the key of the record.
func dataKeyKey(who PersonID) []byte {
	return append([]byte(keyPrefix), recordKey(who.Kind, who.ID)...)
}

// owner are the parts to which a data key is bound: a data key of somebody else, or one destroyed before, does not open
// in this place.
func (p PersonID) owner(generation int) []string {
	return []string{string(p.Kind), p.ID, strconv.Itoa(generation)}
}

// getDataKey reads a person's entry among the data keys; ok is false when there is none.
func getDataKey(tx kv.Reader, who PersonID) (d diskDataKey, ok bool, err error) {
	key := dataKeyKey(who)
	value, err := tx.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	d, err = decodeRecord(key, value, decodeDataKey)
	return d, err == nil, err
}

func putDataKey(who PersonID, d diskDataKey) (sideWrite, error) {
	d.V = bodyVersion
	body, err := encodeBody(d)
	return sideWrite{dataKeyKey(who), body}, err
}

// getKeyring reads which key file belongs to the store; the zero value means that there are no personal data yet.
func getKeyring(tx kv.Reader) (d diskKeyring, err error) {
	key := recordKey(KindKeyring, keyringID)
	value, err := tx.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return d, nil
	}
	if err != nil {
		return d, err
	}
	return decodeRecord(key, value, decodeKeyring)
}

// checkKeyring refuses the key file of another store: a second index key would make look-ups miss without a word. The zero
// value says that the file is yet to be registered: there are no personal data, or everybody has been forgotten, which
// is how a store goes on when its key file was lost.
func checkKeyring(tx kv.Reader, keys *seal.Keys) (diskKeyring, error) {
	d, err := getKeyring(tx)
	if err != nil || d.Index == "" || d.Index == keys.IndexID().String() {
		return d, err
	}
	live, err := anyDataKey(tx)
	switch {
	case err == nil && !live:
		d = diskKeyring{}
	case err == nil:
		err = &Error{Kind: Unavailable, Field: "key", Msg: fmt.Sprintf(
			"密钥文件 %s 不属于这份数据（数据登记的索引密钥是 %s，该文件里是 %s）。请用 --key 指明原来的密钥文件或它的副本", keys.Path(), d.Index, keys.IndexID())}
	}
	return d, err
}

// anyDataKey tells whether there is a data key that has not been destroyed.
func anyDataKey(tx kv.Reader) (bool, error) {
	for p, err := range tx.Scan([]byte(keyPrefix), nil) {
		if err != nil {
			return false, err
		}
		if d, err := decodeRecord(p.Key, p.Value, decodeDataKey); err != nil || d.Destroyed == nil {
			return true, err
		}
	}
	return false, nil
}

// keyringDraft registers the key file as it is now.
func keyringDraft(keys *seal.Keys) (draft, error) {
	body, err := encodeBody(diskKeyring{V: bodyVersion, ID: keyringID, Index: keys.IndexID().String(), Master: keys.Current().ID.String()})
	return draft{kind: KindKeyring, id: keyringID, key: recordKey(KindKeyring, keyringID), body: body}, err
}
