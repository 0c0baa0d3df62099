package registry

import (
	"context"
	"errors"
	"fmt"

	"tepai/registry/kv"
)

// Specialist returns the record under id; *Error NotFound when there is none.
func (s *Store) Specialist(ctx context.Context, id string) (Specialist, error) {
	return get(ctx, s, KindSpecialist, id, decodeSpecialist)
}

// Enterprise is as Specialist.
func (s *Store) Enterprise(ctx context.Context, id string) (Enterprise, error) {
	return get(ctx, s, KindEnterprise, id, decodeEnterprise)
}

// Need is as Specialist.
func (s *Store) Need(ctx context.Context, id string) (Need, error) {
	return get(ctx, s, KindNeed, id, decodeNeed)
}

// Specialists returns the records with an id above after in the byte order of ids, at most limit of them; limit 0
// means all. All come from one moment. There are no more pages when it returns fewer than limit.
func (s *Store) Specialists(ctx context.Context, after string, limit int) ([]Specialist, error) {
	return list(ctx, s, KindSpecialist, after, limit, decodeSpecialist)
}

// Enterprises is as Specialists.
func (s *Store) Enterprises(ctx context.Context, after string, limit int) ([]Enterprise, error) {
	return list(ctx, s, KindEnterprise, after, limit, decodeEnterprise)
}

// Needs is as Specialists.
func (s *Store) Needs(ctx context.Context, after string, limit int) ([]Need, error) {
	return list(ctx, s, KindNeed, after, limit, decodeNeed)
}

func get[T any](ctx context.Context, s *Store, kind RecordKind, id string, decode func([]byte) (T, error)) (v T, err error) {
	if checkID("id", id) != nil {
		return v, missing(kind, id)
	}
	err = s.view(ctx, func(tx kv.Reader) error {
		key := recordKey(kind, id)
		value, err := tx.Get(key)
		if errors.Is(err, kv.ErrNotFound) {
			return missing(kind, id)
		}
		if err != nil {
			return err
		}
		v, err = decodeRecord(key, value, decode)
		return err
	})
	return v, err
}

func list[T any](ctx context.Context, s *Store, kind RecordKind, after string, limit int, decode func([]byte) (T, error)) (found []T, err error) {
	err = s.view(ctx, func(tx kv.Reader) error {
		found, err = listIn(tx, kind, after, limit, decode)
		return err
	})
	return found, err
}

func listIn[T any](tx kv.Reader, kind RecordKind, after string, limit int, decode func([]byte) (T, error)) ([]T, error) {
	from := recordKey(kind, after)
	if after != "" {
		from = append(from, 0) // the key right behind
	}
	var found []T
	for p, err := range tx.Scan([]byte(kind.prefix()), from) {
		if err != nil {
			return nil, err
		}
		v, err := decodeRecord(p.Key, p.Value, decode)
		if err != nil {
			return nil, err
		}
		if found = append(found, v); len(found) == limit {
			break
		}
	}
	return found, nil
}

func decodeRecord[T any](key, value []byte, decode func([]byte) (T, error)) (v T, err error) {
	_, body, err := openRecord(key, value)
	if err != nil {
		return v, err
	}
	if v, err = decode(body); err != nil {
		return v, fmt.Errorf("record %q: %w", key, err)
	}
	return v, nil
}

func missing(kind RecordKind, id string) error {
	return &Error{Kind: NotFound, Msg: fmt.Sprintf("没有编号为 %s 的%s，请核对编号", Shorten(id, 40), kind)}
}

// Agreement is as Specialist.
func (s *Store) Agreement(ctx context.Context, id string) (Agreement, error) {
	return get(ctx, s, KindAgreement, id, decodeAgreement)
}

// Dispatch is as Specialist.
func (s *Store) Dispatch(ctx context.Context, id string) (Dispatch, error) {
	return get(ctx, s, KindDispatch, id, decodeDispatch)
}

// Application is as Specialist.
func (s *Store) Application(ctx context.Context, id string) (Application, error) {
	return get(ctx, s, KindApplication, id, decodeApplication)
}

// Case is as Specialist.
func (s *Store) Case(ctx context.Context, id string) (Case, error) {
	return get(ctx, s, KindCase, id, decodeCase)
}

// Recovery is as Specialist.
func (s *Store) Recovery(ctx context.Context, id string) (Recovery, error) {
	return get(ctx, s, KindRecovery, id, decodeRecovery)
}

// Equity is as Specialist.
func (s *Store) Equity(ctx context.Context, id string) (Equity, error) {
	return get(ctx, s, KindEquity, id, decodeEquity)
}

// Cooperation is as Specialist.
func (s *Store) Cooperation(ctx context.Context, id string) (Cooperation, error) {
	return get(ctx, s, KindCooperation, id, decodeCooperation)
}

// Dispatches is as Specialists.
func (s *Store) Dispatches(ctx context.Context, after string, limit int) ([]Dispatch, error) {
	return list(ctx, s, KindDispatch, after, limit, decodeDispatch)
}

// Decision is what both offices decided about a record; *Error NotFound where neither has.
func (s *Store) Decision(ctx context.Context, kind RecordKind, id string) (Decision, error) {
	return get(ctx, s, KindDecision, decisionID(kind, id), decodeDecision)
}

// Assessment is as Specialist; that of a dispatch is Dispatch.Assessment.
func (s *Store) Assessment(ctx context.Context, id string) (Assessment, error) {
	return get(ctx, s, KindAssessment, id, decodeAssessment)
}

// Assessments is as Specialists.
func (s *Store) Assessments(ctx context.Context, after string, limit int) ([]Assessment, error) {
	return list(ctx, s, KindAssessment, after, limit, decodeAssessment)
}

// AssessmentsOf lists the assessments of a specialist, in the order of their ids; none for an unknown one.
func (s *Store) AssessmentsOf(ctx context.Context, specialist string) ([]Assessment, error) {
	return readUnder(ctx, s, under(KindSpecialist, specialist), KindAssessment, decodeAssessment)
}

// AssessmentsBy is as AssessmentsOf, for a reviewer of the panel.
func (s *Store) AssessmentsBy(ctx context.Context, reviewer string) ([]Assessment, error) {
	return readUnder(ctx, s, link{linkReviewer, reviewer}, KindAssessment, decodeAssessment)
}

// Subsidy is as Specialist; that of an assessment is Assessment.Subsidy.
func (s *Store) Subsidy(ctx context.Context, id string) (Subsidy, error) {
	return get(ctx, s, KindSubsidy, id, decodeSubsidy)
}

// Subsidies is as Specialists.
func (s *Store) Subsidies(ctx context.Context, after string, limit int) ([]Subsidy, error) {
	return list(ctx, s, KindSubsidy, after, limit, decodeSubsidy)
}

// SubsidiesOf lists the subsidies of a specialist, in the order of their ids; none for an unknown one.
func (s *Store) SubsidiesOf(ctx context.Context, specialist string) ([]Subsidy, error) {
	return readUnder(ctx, s, under(KindSpecialist, specialist), KindSubsidy, decodeSubsidy)
}

// SubsidiesIn lists the subsidies of a budget year, those carried over to it among them, in the order of their ids.
func (s *Store) SubsidiesIn(ctx context.Context, year int) ([]Subsidy, error) {
	return readUnder(ctx, s, underYear(year), KindSubsidy, decodeSubsidy)
}

// Publication is as Specialist.
func (s *Store) Publication(ctx context.Context, id string) (Publication, error) {
	return get(ctx, s, KindPublication, id, decodePublication)
}

// Publications is as Specialists.
func (s *Store) Publications(ctx context.Context, after string, limit int) ([]Publication, error) {
	return list(ctx, s, KindPublication, after, limit, decodePublication)
}

// Handover is as Specialist.
func (s *Store) Handover(ctx context.Context, id string) (Handover, error) {
	return get(ctx, s, KindHandover, id, decodeHandover)
}

// Service is as Specialist.
func (s *Store) Service(ctx context.Context, id string) (Service, error) {
	return get(ctx, s, KindService, id, decodeService)
}

// Sheet is as Specialist.
func (s *Store) Sheet(ctx context.Context, id string) (Sheet, error) {
	return get(ctx, s, KindSheet, id, decodeSheet)
}

// Summary is as Specialist.
func (s *Store) Summary(ctx context.Context, id string) (Summary, error) {
	return get(ctx, s, KindSummary, id, decodeSummary)
}

// Bundle is as Specialist.
func (s *Store) Bundle(ctx context.Context, id string) (Bundle, error) {
	return get(ctx, s, KindBundle, id, decodeBundle)
}

// Activity is as Specialist.
func (s *Store) Activity(ctx context.Context, id string) (Activity, error) {
	return get(ctx, s, KindActivity, id, decodeActivity)
}

// DispatchesOf lists the dispatches of a specialist, in the order of their ids; none for an unknown one.
func (s *Store) DispatchesOf(ctx context.Context, specialist string) ([]Dispatch, error) {
	return readUnder(ctx, s, under(KindSpecialist, specialist), KindDispatch, decodeDispatch)
}

// DispatchesTo is as DispatchesOf, for an enterprise.
func (s *Store) DispatchesTo(ctx context.Context, enterprise string) ([]Dispatch, error) {
	return readUnder(ctx, s, under(KindEnterprise, enterprise), KindDispatch, decodeDispatch)
}

// DispatchesFrom is as DispatchesOf, for a home unit.
func (s *Store) DispatchesFrom(ctx context.Context, unit string) ([]Dispatch, error) {
	return readUnder(ctx, s, underUnit(unit), KindDispatch, decodeDispatch)
}

// ServicesOf lists the services of a dispatch, in the order of entry; none for an unknown one.
func (s *Store) ServicesOf(ctx context.Context, dispatch string) ([]Service, error) {
	return readUnder(ctx, s, under(KindDispatch, dispatch), KindService, decodeService)
}

// SummariesOf lists the summaries of a dispatch, in the order of their ids; none for an unknown one.
func (s *Store) SummariesOf(ctx context.Context, dispatch string) ([]Summary, error) {
	return readUnder(ctx, s, under(KindDispatch, dispatch), KindSummary, decodeSummary)
}

// SummariesOfUnit lists the summaries that a unit compiles, in the order of their ids; none for an unknown one.
func (s *Store) SummariesOfUnit(ctx context.Context, unit string) ([]Summary, error) {
	return readUnder(ctx, s, underUnit(unit), KindSummary, decodeSummary)
}

// BundlesOf lists the bundles of a unit, in the order of their ids; none for an unknown one.
func (s *Store) BundlesOf(ctx context.Context, unit string) ([]Bundle, error) {
	return readUnder(ctx, s, underUnit(unit), KindBundle, decodeBundle)
}

// ActivitiesOf lists the activities to which a specialist was asked, in the order of their ids; none for an unknown one.
func (s *Store) ActivitiesOf(ctx context.Context, specialist string) ([]Activity, error) {
	return readUnder(ctx, s, under(KindSpecialist, specialist), KindActivity, decodeActivity)
}
