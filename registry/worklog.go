package registry

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tepai/registry/kv"
)

// Entry is one line of a specialist's 工作台账: what happened on a day, and in which record it stands.
type Entry struct {
	On       Date
	Kind     RecordKind
	ID       string
	Dispatch string // empty for what belongs to none
	Says     string // a Chinese sentence
}

// chronicler is a record that has something to say in a specialist's 工作台账. It must also be linked, under the specialist or under
// a dispatch of his.
type chronicler interface {
	chronicle(specialist string) []Entry
}

// WorkLog (工作台账) is the time line of a specialist: the days between from and until, both inclusive, zero = open, in order. It is a
// read over the records that are listed under the specialist, and no record of its own; it is not the 档案 of Art. 18, which the
// home unit keeps. *Error NotFound when there is no such specialist.
func (s *Store) WorkLog(ctx context.Context, specialist string, from, until Date) (entries []Entry, err error) {
	err = s.view(ctx, func(tx kv.Reader) error {
		entries, err = workLog(tx, specialist)
		return err
	})
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.On.IsZero() || e.On.Before(from) || !until.IsZero() && until.Before(e.On) })
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return entries, err
}

func workLog(tx kv.Reader, specialist string) ([]Entry, error) {
	r, _, err := load(tx, KindSpecialist, specialist)
	if err != nil {
		return nil, err
	}
	entries := r.(*Specialist).chronicle(specialist)
	own, err := chronicles(tx, under(KindSpecialist, specialist), specialist)
	if err != nil {
		return nil, err
	}
	dispatches, err := listed(tx, under(KindSpecialist, specialist), KindDispatch)
	if err != nil {
		return nil, err
	}
	entries = append(entries, own...)
	for _, id := range dispatches {
		of, err := chronicles(tx, under(KindDispatch, id), specialist)
		if err != nil {
			return nil, err
		}
		entries = append(entries, of...)
	}
	return entries, nil
}

// chronicles asks the records under l that have something to say.
func chronicles(tx kv.Reader, l link, specialist string) (entries []Entry, err error) {
	for _, kind := range linkedKinds {
		ids, err := listed(tx, l, kind)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			r, _, err := load(tx, kind, id)
			if err != nil {
				return nil, err
			}
			if c, ok := r.(chronicler); ok {
				entries = append(entries, c.chronicle(specialist)...)
			}
		}
	}
	return entries, nil
}

func (v *Specialist) chronicle(string) []Entry {
	on, _ := lastDay(v.Admitted)
	return []Entry{{On: on, Kind: KindSpecialist, ID: v.ID, Says: "进入科技特派员信息库，入库编号 " + v.PoolNumber}}
}

func (v *Dispatch) chronicle(string) []Entry {
	say := func(on Date, format string, args ...any) Entry {
		return Entry{on, KindDispatch, v.ID, v.ID, fmt.Sprintf(format, args...)}
	}
	list := []Entry{say(v.From, "开始派驻企业 %s，到%s期满，服务次数要求 %d 次", v.Enterprise, v.Until.Chinese(), v.Quota)}
	for _, p := range v.Pauses {
		list = append(list, say(p.From, "暂停派驻：%s", p.Why))
		if !p.Until.IsZero() && p.Until != v.Ended {
			list = append(list, say(p.Until.AddDays(1), "恢复派驻"))
		}
	}
	return append(list, say(v.Ended, "派驻结束：%s", v.EndedBy))
}

func (v *Service) chronicle(string) []Entry {
	how := "现场"
	if v.Online {
		how = "线上"
	}
	text := fmt.Sprintf("第 %d 次服务（%s，%s）：%s", v.Number, how, stateName(KindService, v.State), dutyNames(v.Duties))
	return []Entry{{v.On, KindService, v.ID, v.Dispatch, text}}
}

func (v *Summary) chronicle(string) []Entry {
	title := fmt.Sprintf("%s（%s至%s）", v.Kind, v.From.Chinese(), v.Due.Chinese())
	return []Entry{
		{v.Submitted, KindSummary, v.ID, v.Dispatch, "提交" + title},
		{v.Received, KindSummary, v.ID, v.Dispatch, "促进中心接收" + title},
	}
}

func (v *Activity) chronicle(specialist string) []Entry {
	a := v.attendee(specialist)
	if a == nil || a.Attendance == "" {
		return nil
	}
	return []Entry{{v.From, KindActivity, v.ID, "", fmt.Sprintf("%s《%s》：%s", v.Form, v.Title, a.Attendance)}}
}
