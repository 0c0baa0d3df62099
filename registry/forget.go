package registry

import (
	"context"
	"fmt"
	"strings"

	"tepai/registry/kv"
)

// ActForget is the act of destroying a person's data key.
const ActForget = "forget"

// ForgetPerson destroys a person's data key: a tombstone takes its place, and the entries of the blind index go. What the
// record and the change log hold of the person is ciphertext that nobody can open from then on; the chain stays valid.
// One Change says who did it and why. It needs no key file.
//
// The old pages with the key are free pages of the file until it is compacted; so ForgetPerson compacts, and when that
// fails it says so. Calling it again for a person already forgotten writes no Change and only compacts. Backups made
// before keep their copy of the key: docs/privacy.md.
//
// Refusals: NotFound when nothing is recorded of the person; Invalid without a reason, or with a number in it;
// Unavailable.
func (s *Store) ForgetPerson(ctx context.Context, actor Actor, who PersonID, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := firstBroken(actor.check(), who.check(), checkPurpose("reason", reason, "请写明因何删除，如“本人要求”“退出信息库满三年”")); err != nil {
		return err
	}
	err := s.update(ctx, func(tx kv.Writer) error {
		return actOn{tx: tx, actor: actor, store: s, at: s.now()}.forget(who, reason)
	})
	if err != nil {
		return err
	}
	s.announce()
	return s.scrub(ctx, who.String()+"的数据密钥")
}

func (a actOn) forget(who PersonID, reason string) error {
	p, err := readSealed(a.tx, who)
	if err != nil {
		return err
	}
	if p.body == nil {
		return nothingRecorded(p)
	}
	if p.disk.forgotten() {
		return nil
	}
	body, err := encodeBody(diskSealed{V: bodyVersion, ID: who.ID, Key: p.disk.Key})
	if err != nil {
		return err
	}
	d := draft{kind: who.Kind, id: who.ID, key: recordKey(who.Kind, who.ID), body: body, act: ActForget}
	if d.note, err = a.actor.disclose(nil, reason); err != nil {
		return err
	}
	if d.side, err = blindEntriesOf(a.tx, who); err != nil {
		return err
	}
	grave, err := putDataKey(who, diskDataKey{Key: p.disk.Key, Destroyed: tombstone(a.at, a.actor, reason)})
	if err != nil {
		return err
	}
	d.side = append(d.side, grave)
	return a.put([]draft{d}, PutOptions{Update: true}, &PutReport{})
}

// scrub compacts the file, because its free pages still hold what was just overwritten. It is not broken off halfway: the act
// has been done.
func (s *Store) scrub(ctx context.Context, what string) error {
	if _, _, err := s.Compact(context.WithoutCancel(ctx)); err != nil {
		return &trouble{&Error{Kind: Unavailable, Msg: fmt.Sprintf(
			"%s已销毁并记入变更日志，但数据文件未能压缩，它的旧字节还留在文件的空闲页里（%v）。请腾出磁盘空间后再做一次，直到没有这条提示", what, err)}, err}
	}
	return nil
}
