package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tepai/registry/kv"
)

// Amendment (知识库修订) is a line by which a centre changes its knowledge base. What the line may say is the knowledge
// base's own affair; here it is kept, with who proposed it and who put it in force.
type Amendment struct {
	ID         string         `json:"id"`
	Line       string         `json:"line"`
	Reason     string         `json:"reason,omitempty"`
	State      AmendmentState `json:"state"`
	ProposedBy string         `json:"proposed_by"`
	DecidedBy  string         `json:"decided_by,omitempty"` // who adopted or withdrew it last
	Generation int            `json:"generation,omitempty"` // counts adoptions and withdrawals over all amendments; the newest is the overlay's
}

// AmendmentState is where an amendment stands.
type AmendmentState string

const (
	AmendmentProposed  AmendmentState = "proposed"  // 已提出, not in force
	AmendmentAdopted   AmendmentState = "adopted"   // 已采纳, in force
	AmendmentWithdrawn AmendmentState = "withdrawn" // 已撤回, not in force
)

var amendmentStates = []string{string(AmendmentProposed), string(AmendmentAdopted), string(AmendmentWithdrawn)}

// MaxAmendment is the longest line of an amendment, in characters.
const MaxAmendment = 4_000

// Validate is as for Specialist.
func (v Amendment) Validate() error {
	return firstBroken(
		checkID("id", v.ID),
		checkStated("line", v.Line, "请写一行知识库条目，如“症状 | 渗漏 | 冒汗”"),
		checkLength("line", v.Line, MaxAmendment),
		checkOneLine("line", v.Line),
		checkText("reason", v.Reason),
		checkOneOf("state", string(v.State), amendmentStates),
		checkStated("proposed_by", v.ProposedBy, "请写明提出人"),
	)
}

func checkOneLine(field, s string) error {
	if strings.ContainsAny(s, "\r\n") {
		return invalid(field, "一条修订只写一行，请分成几条提出")
	}
	return nil
}

// The acts on amendments.
const (
	ActPropose  = "propose"
	ActAdopt    = "adopt"
	ActWithdraw = "withdraw"
)

// ProposeAmendment records a line that is not in force yet and gives it the next number (A0001, A0002 …). Refusals: Invalid,
// Unavailable.
func (s *Store) ProposeAmendment(ctx context.Context, actor Actor, line, reason string) (Amendment, error) {
	return s.amend(ctx, actor, ActPropose, func(all []Amendment) (Amendment, error) {
		return Amendment{ID: fmt.Sprintf("A%04d", len(all)+1), Line: strings.TrimSpace(line), Reason: strings.TrimSpace(reason),
			State: AmendmentProposed, ProposedBy: actor.ID}, nil
	})
}

// AdoptAmendment puts an amendment in force, also one that was withdrawn. Refusals: NotFound; Conflict when it is in force.
func (s *Store) AdoptAmendment(ctx context.Context, actor Actor, id string) (Amendment, error) {
	return s.decide(ctx, actor, ActAdopt, id, AmendmentAdopted, "已经采纳，正在生效")
}

// WithdrawAmendment takes an amendment out of force, or turns a proposal down. Refusals: NotFound; Conflict when it has
// been withdrawn.
func (s *Store) WithdrawAmendment(ctx context.Context, actor Actor, id string) (Amendment, error) {
	return s.decide(ctx, actor, ActWithdraw, id, AmendmentWithdrawn, "已经撤回")
}

func (s *Store) decide(ctx context.Context, actor Actor, act, id string, to AmendmentState, already string) (Amendment, error) {
	return s.amend(ctx, actor, act, func(all []Amendment) (Amendment, error) {
		newest := 0
		for _, a := range all {
			newest = max(newest, a.Generation)
		}
		i := slices.IndexFunc(all, func(a Amendment) bool { return a.ID == id })
		if i < 0 {
			return Amendment{}, missing(KindAmendment, id)
		}
		a := all[i]
		if a.State == to {
			return a, &Error{Kind: Conflict, Field: "state", Msg: fmt.Sprintf("知识库修订 %s %s，没有改动", id, already)}
		}
		a.State, a.DecidedBy, a.Generation = to, actor.ID, newest+1
		return a, nil
	})
}

// amend is one act on one amendment, decided in the light of all of them.
func (s *Store) amend(ctx context.Context, actor Actor, act string, change func(all []Amendment) (Amendment, error)) (after Amendment, err error) {
	if err := actor.check(); err != nil {
		return after, err
	}
	err = s.update(ctx, func(tx kv.Writer) error {
		all, err := listIn(tx, KindAmendment, "", 0, decodeAmendment)
		if err != nil {
			return err
		}
		if after, err = change(all); err != nil {
			return err
		}
		drafts, err := appendDraft(nil, KindAmendment, after.ID, after.Validate(), after.body)
		if err != nil {
			return err
		}
		drafts[0].act = act
		var report PutReport
		return actOn{tx: tx, actor: actor, store: s, at: s.now()}.put(drafts, PutOptions{Update: true}, &report)
	})
	if err != nil {
		return Amendment{}, err
	}
	s.announce()
	return after, nil
}

// Amendment is as Specialist.
func (s *Store) Amendment(ctx context.Context, id string) (Amendment, error) {
	return get(ctx, s, KindAmendment, id, decodeAmendment)
}

// Amendments is as Specialists.
func (s *Store) Amendments(ctx context.Context, after string, limit int) ([]Amendment, error) {
	return list(ctx, s, KindAmendment, after, limit, decodeAmendment)
}

// InForce gives the adopted amendments of a list in the order of their adoption.
func InForce(all []Amendment) []Amendment {
	list := slices.DeleteFunc(slices.Clone(all), func(a Amendment) bool { return a.State != AmendmentAdopted })
	slices.SortFunc(list, func(a, b Amendment) int { return a.Generation - b.Generation })
	return list
}

// diskAmendment is an Amendment on disk.
type diskAmendment struct {
	V          int    `json:"v"`
	ID         string `json:"id"`
	Line       string `json:"line"`
	Reason     string `json:"reason,omitempty"`
	State      string `json:"state"`
	ProposedBy string `json:"proposed_by"`
	DecidedBy  string `json:"decided_by,omitempty"`
	Generation int    `json:"generation,omitempty"`
}

func (v Amendment) body() ([]byte, error) {
	return encodeBody(diskAmendment{V: bodyVersion, ID: v.ID, Line: v.Line, Reason: v.Reason, State: string(v.State),
		ProposedBy: v.ProposedBy, DecidedBy: v.DecidedBy, Generation: v.Generation})
}

func decodeAmendment(body []byte) (Amendment, error) {
	var d diskAmendment
	if err := decodeBody(KindAmendment, body, &d); err != nil {
		return Amendment{}, err
	}
	return Amendment{ID: d.ID, Line: d.Line, Reason: d.Reason, State: AmendmentState(d.State),
		ProposedBy: d.ProposedBy, DecidedBy: d.DecidedBy, Generation: d.Generation}, nil
}
