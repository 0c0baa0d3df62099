package registry

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"tepai/registry/kv"
)

// VerifyReport is what Verify found.
type VerifyReport struct {
	Entries uint64  // entries read
	Head    Head    // the head that the store itself states
	Faults  []Fault // in log order; none means that the chain holds
}

// Fault is a place where the change log is not what was written.
type Fault struct {
	Seq uint64 // the entry at fault
	Msg string // Chinese sentence
}

// maxFaults is how many faults a report names; a log with more is not mended by a longer list.
const maxFaults = 100

// verifyStep is how many entries one transaction reads, so that writers are not kept waiting.
const verifyStep = 1000

// Verify reads the whole change log up to the present head and recomputes its chain. It finds every entry that was
// changed, removed, put in or moved, and entries cut off at the end, because the head stands in a record of its own
// that is written with them.
//
// A chain without a key cannot betray everything: who can write the file can also compute a whole new chain with its
// head. That is found only with a head that was kept elsewhere: pass it as known, and an entry that does not bear
// that hash is a fault.
func (s *Store) Verify(ctx context.Context, known ...Head) (VerifyReport, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return VerifyReport{}, err
	}
	v := verifier{report: VerifyReport{Head: head}, known: known}
	for v.last.Seq < head.Seq {
		more := false
		err := s.view(ctx, func(tx kv.Reader) error {
			more, err = v.step(tx)
			return err
		})
		if err != nil {
			return v.report, err
		}
		if !more {
			break
		}
	}
	return v.report, v.end(ctx, s)
}

// verifier walks along the chain.
type verifier struct {
	report VerifyReport
	known  []Head
	last   Head // number by key and hash as stored of the entry read last
}

func (v *verifier) fault(seq uint64, format string, args ...any) {
	if len(v.report.Faults) < maxFaults {
		v.report.Faults = append(v.report.Faults, Fault{seq, fmt.Sprintf(format, args...)})
	}
}

// step reads the next entries up to the head and says whether there may be more.
func (v *verifier) step(tx kv.Reader) (more bool, err error) {
	n := 0
	for p, err := range tx.Scan([]byte(changePrefix), changeKey(v.last.Seq+1)) {
		if err != nil {
			return false, err
		}
		if n == verifyStep {
			return true, nil
		}
		seq, ok := changeSeq(p.Key)
		if !ok {
			v.fault(v.last.Seq+1, "变更日志里混入了不认识的条目（键 %x）", p.Key)
			continue
		}
		if seq > v.report.Head.Seq {
			return false, nil // written after the head was read, or behind the end: Check looks there
		}
		v.entry(seq, p.Value)
		n++
	}
	return false, nil
}

// entry tests one entry against the one before.
func (v *verifier) entry(seq uint64, value []byte) {
	v.report.Entries++
	for gap := v.last.Seq + 1; gap < seq && len(v.report.Faults) < maxFaults; gap++ {
		v.fault(gap, "第 %d 条变更不见了", gap)
	}
	c, err := openChange(value)
	switch {
	case err != nil:
		v.fault(seq, "第 %d 条变更无法读取：%v", seq, err)
	case !intact(value):
		v.fault(seq, "第 %d 条变更的内容被改动：与其散列值不符", seq)
	case c.Seq != seq:
		v.fault(seq, "第 %d 条变更的位置上是第 %d 条：次序被改动", seq, c.Seq)
	case seq == v.last.Seq+1 && c.Prev != v.last.Hash:
		v.fault(seq, "第 %d 条变更与前一条接不上：其中一条被替换", seq)
	}
	for _, k := range v.known {
		if k.Seq == seq && k.Hash != c.Hash {
			v.fault(seq, "第 %d 条变更与另外保存的链头不符：日志在保存之后被重写", seq)
		}
	}
	v.last = Head{seq, c.Hash}
}

// end compares the last entry with the heads and looks behind it.
func (v *verifier) end(ctx context.Context, s *Store) error {
	head := v.report.Head
	for gap := v.last.Seq + 1; gap <= head.Seq && len(v.report.Faults) < maxFaults; gap++ {
		v.fault(gap, "第 %d 条变更不见了：日志尾部被截去", gap)
	}
	if v.last.Seq == head.Seq && v.last.Hash != head.Hash {
		v.fault(head.Seq, "第 %d 条变更与链头记录不符：该条或链头被替换", head.Seq)
	}
	for _, k := range v.known {
		if k.Seq > head.Seq {
			v.fault(k.Seq, "另外保存的链头是第 %d 条，日志只到第 %d 条：尾部被截去", k.Seq, head.Seq)
		}
		if k.Seq == 0 && k.Hash != [32]byte{} {
			v.fault(0, "另外保存的链头无效：序号为 0 而散列值不为 0")
		}
	}
	return v.behind(ctx, s)
}

// behind finds entries above the head that no commit has announced.
func (v *verifier) behind(ctx context.Context, s *Store) error {
	return s.view(ctx, func(tx kv.Reader) error {
		now, err := getMeta(tx)
		if err != nil {
			return err
		}
		for p, err := range tx.Scan([]byte(changePrefix), append(changeKey(now.Seq), 0)) {
			if err != nil {
				return err
			}
			seq, _ := changeSeq(p.Key)
			v.fault(seq, "链头（第 %d 条）之后还有第 %d 条变更：有人添加了条目，或链头被改回", now.Seq, seq)
			if len(v.report.Faults) >= maxFaults {
				break
			}
		}
		return nil
	})
}

func changeSeq(key []byte) (seq uint64, ok bool) {
	rest, _ := bytes.CutPrefix(key, []byte(changePrefix))
	if len(rest) != 8 {
		return 0, false
	}
	return binary.BigEndian.Uint64(rest), true
}
