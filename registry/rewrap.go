package registry

import (
	"context"
	"fmt"

	"tepai/registry/kv"
	"tepai/registry/seal"
)

// ActRewrap is the act by which all data keys come under the current master key.
const ActRewrap = "rewrap"

// RewrapKeys wraps every person's data key anew under the current master key of the key file, in one transaction and
// with one Change, and compacts the file, so that the old wrappings leave it. It returns how many persons there were to
// do, and when it returns without error, the older master keys may be retired. Refusals: Unavailable without a key file
// or when a data key does not open; then nothing has changed.
func (s *Store) RewrapKeys(ctx context.Context, actor Actor) (persons int, err error) {
	if err := firstBroken(actor.check(), s.needKeys()); err != nil {
		return 0, err
	}
	err = s.update(ctx, func(tx kv.Writer) error {
		persons, err = rewrapIn(actOn{tx: tx, actor: actor, store: s, at: s.now()})
		return err
	})
	if err != nil {
		return 0, err
	}
	s.announce()
	return persons, s.scrub(ctx, "旧主密钥包着的数据密钥")
}

func rewrapIn(a actOn) (persons int, err error) {
	keys := a.store.keys
	known, err := checkKeyring(a.tx, keys)
	if err != nil || known.Index == "" {
		return 0, err
	}
	d, err := keyringDraft(keys)
	if err != nil {
		return 0, err
	}
	if d.side, err = rewrapped(a.tx, keys); err != nil {
		return 0, err
	}
	if len(d.side) == 0 && known.Master == keys.Current().ID.String() {
		return 0, nil
	}
	d.act, d.always = ActRewrap, true
	return len(d.side), a.put([]draft{d}, PutOptions{Update: true}, &PutReport{})
}

// rewrapped gives the entries that change.
func rewrapped(tx kv.Reader, keys *seal.Keys) (list []sideWrite, err error) {
	for p, err := range tx.Scan([]byte(keyPrefix), nil) {
		if err != nil {
			return nil, err
		}
		d, err := decodeRecord(p.Key, p.Value, decodeDataKey)
		if err != nil {
			return nil, err
		}
		who, ok := personAt(p.Key[len(keyPrefix):])
		if !ok {
			return nil, damaged("data key of nobody: %q", p.Key)
		}
		if d.Wrapped == nil {
			continue
		}
		wrapped, err := keys.Rewrap(d.Wrapped, who.owner(d.Key)...)
		if err != nil {
			return nil, keyTrouble(keys.Path(), fmt.Errorf("data key of %q: %w", p.Key, err))
		}
		if string(wrapped) == string(d.Wrapped) {
			continue
		}
		d.Wrapped = wrapped
		w, err := putDataKey(who, d)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, nil
}
