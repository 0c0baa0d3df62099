package registry

import (
	"fmt"
	"maps"
	"slices"

	"tepai/registry/kv"
)

// personChecker compares three regions that belong together: personal records, which the change log vouches for, and
// data keys and blind index, for which it cannot. With a key file it also opens everything.
type personChecker struct {
	*checker
	sealed   map[PersonID]diskSealed
	holding  map[PersonID]string // blind value of the identity number, with a key file
	withheld map[PersonID]bool   // whose data key an export left behind
}

func (c *checker) persons(tx kv.Reader) error {
	p := personChecker{c, map[PersonID]diskSealed{}, map[PersonID]string{}, map[PersonID]bool{}}
	if err := p.records(tx); err != nil {
		return err
	}
	if err := p.dataKeys(tx); err != nil {
		return err
	}
	return p.blind(tx)
}

// records remembers who has personal data. What is wrong with a record by itself has been reported before.
func (c *personChecker) records(tx kv.Reader) error {
	for _, kind := range both {
		for p, err := range tx.Scan([]byte(kind.prefix()), nil) {
			if err != nil {
				return err
			}
			who, ok := personAt(p.Key)
			d, err := decodeRecord(p.Key, p.Value, decodeSealed(kind))
			if err == nil && ok {
				c.sealed[who] = d
			}
		}
	}
	return nil
}

// dataKeys wants one data key for each record: wrapped for one that can be opened, destroyed for one that was forgotten.
func (c *personChecker) dataKeys(tx kv.Reader) error {
	missing := maps.Clone(c.sealed)
	for p, err := range tx.Scan([]byte(keyPrefix), nil) {
		if err != nil {
			return err
		}
		who, ok := personAt(p.Key[len(keyPrefix):])
		if _, there := c.sealed[who]; !ok || !there {
			c.report("file", "数据密钥 %q 不属于任何人的个人信息", p.Key)
			continue
		}
		delete(missing, who)
		if err := c.dataKey(who, p); err != nil {
			c.report(who.String(), "%s 的数据密钥有误：%v", who, err)
		}
	}
	for _, who := range slices.SortedFunc(maps.Keys(missing), comparePersons) {
		c.report(who.String(), "%s 的个人信息没有数据密钥，无法读出", who)
	}
	return nil
}

func (c *personChecker) dataKey(who PersonID, p kv.Pair) error {
	seq, body, err := openRecord(p.Key, p.Value)
	if err != nil {
		return err
	}
	d, err := decodeDataKey(body)
	switch known := c.sealed[who]; {
	case err != nil:
		return err
	case seq == 0 || seq > c.head.Seq:
		return fmt.Errorf("来自第 %d 条变更，日志只到第 %d 条", seq, c.head.Seq)
	case d.Key != known.Key || (d.Destroyed != nil) != known.forgotten():
		return fmt.Errorf("第 %d 把，已销毁 %t；记录用的是第 %d 把，已删除 %t", d.Key, d.Destroyed != nil, known.Key, known.forgotten())
	case d.Wrapped == nil || c.keys == nil:
		c.withheld[who] = d.Withheld
		return nil
	}
	return c.open(who, d)
}

// open opens all that is sealed and remembers what the blind index must hold.
func (c *personChecker) open(who PersonID, d diskDataKey) error {
	key, err := c.keys.Unwrap(d.Wrapped, who.owner(d.Key)...)
	if err != nil {
		return keyTrouble(c.keys.Path(), err)
	}
	data, err := sealedPerson{who: who, disk: c.sealed[who], key: key, keys: c.keys}.data(nil)
	if err == nil && !data.Identity.IsZero() {
		c.holding[who] = string(blindKey(c.keys, data.Identity.ClearText(), who))
	}
	return err
}

// blind wants an entry for each person who has an identity number, and no other.
func (c *personChecker) blind(tx kv.Reader) error {
	missing := c.holders()
	for p, err := range tx.Scan([]byte(blindPrefix), nil) {
		if err != nil {
			return err
		}
		who, ok := blindOwner(p.Key)
		_, _, broken := openRecord(p.Key, p.Value)
		switch {
		case !ok || broken != nil:
			c.report("file", "证件号码索引里有无法读取的条目 %x", p.Key)
		case !missing[who]:
			c.report(who.String(), "证件号码索引里有多余的 %s", who)
		case c.keys != nil && !c.withheld[who] && c.holding[who] != string(p.Key):
			c.report(who.String(), "证件号码索引里 %s 的条目与其证件号码不符", who)
		}
		delete(missing, who)
	}
	for _, who := range slices.SortedFunc(maps.Keys(missing), comparePersons) {
		c.report(who.String(), "证件号码索引里缺少 %s，按号码查不到此人", who)
	}
	return nil
}

func (c *personChecker) holders() map[PersonID]bool {
	all := map[PersonID]bool{}
	for who, d := range c.sealed {
		if d.Sealed[string(FieldIdentity)] != nil {
			all[who] = true
		}
	}
	return all
}

func comparePersons(a, b PersonID) int {
	return slices.Compare(recordKey(a.Kind, a.ID), recordKey(b.Kind, b.ID))
}
