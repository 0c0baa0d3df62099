package registry

import (
	"context"

	"tepai/registry/kv"
	"tepai/registry/policy"
)

// SummariesDue lists what is to be submitted for a dispatch under the settings, in order; a dispatch that ended early owes what
// fell due until then.
func (v Dispatch) SummariesDue(s policy.Settings) []policy.Due { return s.Summaries(v.From, v.last()) }

// Owed is a summary that a dispatch owes (Art. 19).
type Owed struct {
	policy.Due
	Record string // id of the Summary; empty while there is none
	State  State  // of it
	Late   bool   // as of the day asked about, it has not been submitted and the day on which it is due is over
}

// SummariesOwed lists what a dispatch owes by its end, with what has been written of it, as of a day; *Error NotFound when there is no
// such dispatch.
func (s *Store) SummariesOwed(ctx context.Context, dispatch string, on Date) (list []Owed, err error) {
	err = s.view(ctx, func(tx kv.Reader) error {
		r, _, err := load(tx, KindDispatch, dispatch)
		if err != nil {
			return err
		}
		written, err := listUnder(tx, under(KindDispatch, dispatch), KindSummary, decodeSummary)
		if err != nil {
			return err
		}
		v := r.(*Dispatch)
		settings, err := s.settingsOf(tx, *v)
		list = nil
		for _, due := range v.SummariesDue(settings) {
			list = append(list, owed(due, written, on))
		}
		return err
	})
	return list, err
}

func owed(due policy.Due, written []Summary, on Date) Owed {
	o := Owed{Due: due, Late: due.On.Before(on)}
	for _, v := range written {
		if v.Due == due.On {
			o.Record, o.State = v.ID, v.State
			o.Late = o.Late && (v.Submitted.IsZero() || on.Before(v.Submitted))
		}
	}
	return o
}
