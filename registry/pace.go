package registry

import (
	"context"
	"fmt"

	"tepai/registry/kv"
	"tepai/registry/policy"
)

// Pace (服务进度) holds the services of a dispatch against what its term asks for (Art. 11), as of a day. It blocks nothing: a
// shortfall is shown, to the two sides while there is time and to the panel with its reasons.
type Pace struct {
	On       Date // as of
	From     Date // the first day of the term
	Last     Date // the last day of the term, or the one on which it ended
	Asked    int  // services that the term asks for; pro rata where it rested or ended early
	Counted  int  // services that count by On
	Waiting  int  // services of the term by On that do not count yet: the enterprise has not confirmed them, or disputes them
	Due      int  // of Asked, what an even pace would have reached by On, rounded down
	Forecast int  // what the present pace leads to on Last, rounded down; 0 before the first day
}

// Behind is how many services are missing to an even pace; 0 when none.
func (p Pace) Behind() int { return max(0, p.Due-p.Counted) }

// Shortfall is how many services are missing to what the whole term asks for; 0 when none.
func (p Pace) Shortfall() int { return max(0, p.Asked-p.Counted) }

// String is the pace as a person reads it.
func (p Pace) String() string {
	text := fmt.Sprintf("至%s已计 %d 次，服务次数要求 %d 次", p.On.Chinese(), p.Counted, p.Asked)
	if p.Waiting > 0 {
		text += fmt.Sprintf("，另有 %d 次待确认", p.Waiting)
	}
	switch {
	case p.On.Before(p.From):
		return text + "；派驻尚未开始"
	case p.Last.Before(p.On) && p.Shortfall() > 0:
		return text + fmt.Sprintf("；派驻已结束，差 %d 次", p.Shortfall())
	case p.Last.Before(p.On):
		return text + "；已达到要求"
	case p.Behind() > 0:
		return text + fmt.Sprintf("；按进度应达 %d 次，差 %d 次，预计到期 %d 次", p.Due, p.Behind(), p.Forecast)
	}
	return text + fmt.Sprintf("；进度正常，预计到期 %d 次", p.Forecast)
}

// Pace counts the services of a dispatch by a day. Services are all of the specialist's, because the settings may count per
// person or several enterprises of one visit as one; those of other terms and later days are left out.
func (v Dispatch) Pace(on Date, services []Service, s policy.Settings) Pace {
	v = v.asOf(on)
	p := Pace{On: on, From: v.From, Last: v.last(), Asked: v.asked(s)}
	visits, waiting := v.visits(v.From, p.Last, on, services, s)
	p.Counted, p.Waiting = s.Count(visits, v.ID), waiting
	if all, gone := v.served(p.Last), v.served(on); gone > 0 {
		p.Due, p.Forecast = p.Asked*gone/all, p.Counted*all/gone
	}
	return p
}

// visits are the services that may count, from one day to another as they are known on a third, and how many of the dispatch
// wait for the enterprise's word.
func (v Dispatch) visits(from, until, on Date, services []Service, s policy.Settings) (visits []policy.Visit, waiting int) {
	logged := s.Text(policy.QuotaCounts) == policy.CountLogged
	for i := range services {
		service := &services[i]
		if service.On.Before(from) || until.Before(service.On) || on.Before(service.On) || service.State == Struck {
			continue
		}
		if visit := service.visit(on, s); visit.Confirmed || logged && service.State != Disputed {
			visits = append(visits, visit)
		} else if service.Dispatch == v.ID {
			waiting++
		}
	}
	return visits, waiting
}

// asOf is the dispatch as of a day: a rest that has no end yet ends for the count with that day.
func (v Dispatch) asOf(on Date) Dispatch {
	pauses := make([]Pause, len(v.Pauses))
	copy(pauses, v.Pauses)
	for i := range pauses {
		if pauses[i].Until.IsZero() {
			pauses[i].Until = on
		}
	}
	v.Pauses = pauses
	return v
}

// last is the last day of service: of the term, or the one on which it ended before.
func (v *Dispatch) last() Date {
	if !v.Ended.IsZero() && v.Ended.Before(v.Until) {
		return v.Ended
	}
	return v.Until
}

// restsOn tells whether the dispatch is paused on a day.
func (v *Dispatch) restsOn(on Date) bool {
	for _, p := range v.Pauses {
		if !on.Before(p.From) && (p.Until.IsZero() || !p.Until.Before(on)) {
			return true
		}
	}
	return false
}

// served is how many days of the term up to and with a day were no rest.
func (v *Dispatch) served(until Date) int {
	if v.last().Before(until) {
		until = v.last()
	}
	days := 0
	for d := v.From; !until.Before(d); d = d.AddDays(1) {
		if !v.restsOn(d) {
			days++
		}
	}
	return days
}

// asked is how many services the term asks for: what the two agreed on, and less where it ended early or rested without being
// extended, by the share that the setting gives a term of as many days.
func (v *Dispatch) asked(s policy.Settings) int {
	days := v.served(v.last())
	return min(v.Quota, s.Required(v.From, v.From.AddDays(days-1)))
}

// PaceOf gives the pace of a dispatch on a day under the edition under which it began; *Error NotFound when there is none.
func (s *Store) PaceOf(ctx context.Context, dispatch string, on Date) (p Pace, err error) {
	err = s.view(ctx, func(tx kv.Reader) error {
		p, err = s.paceIn(tx, dispatch, on)
		return err
	})
	return p, err
}

func (s *Store) paceIn(tx kv.Reader, dispatch string, on Date) (Pace, error) {
	r, _, err := load(tx, KindDispatch, dispatch)
	if err != nil {
		return Pace{}, err
	}
	v := r.(*Dispatch)
	services, err := servicesBy(tx, v.Specialist)
	if err != nil {
		return Pace{}, err
	}
	settings, err := s.settingsOf(tx, *v)
	return v.Pace(on, services, settings), err
}

// servicesBy lists the services of a specialist, of every dispatch.
func servicesBy(tx kv.Reader, specialist string) (all []Service, err error) {
	ids, err := listed(tx, under(KindSpecialist, specialist), KindDispatch)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		of, err := listUnder(tx, under(KindDispatch, id), KindService, decodeService)
		if err != nil {
			return nil, err
		}
		all = append(all, of...)
	}
	return all, nil
}

// settingsOf are those under which a dispatch is finished.
func (s *Store) settingsOf(tx kv.Reader, v Dispatch) (policy.Settings, error) {
	editions, err := s.editionsIn(tx)
	for _, e := range editions {
		if e.ID == v.Edition {
			return e.Settings, err
		}
	}
	return policy.Settings{}, err
}
