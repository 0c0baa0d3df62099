package registry

import (
	"errors"
	"fmt"

	"tepai/registry/kv"
)

// record is a noun that acts are done on.
type record interface {
	recordID() string
	state() State
	setState(State)
	belongsTo(party Actor) bool // whether the party may see to it as its own
	Validate() error
	body() ([]byte, error)
}

// opener reads a body of a kind into a record of its own.
type opener func(body []byte) (record, error)

func openAs[T any, R interface {
	*T
	record
}](decode func([]byte) (T, error)) opener {
	return func(body []byte) (record, error) {
		v, err := decode(body)
		return R(&v), err
	}
}

// openers are the kinds on which acts are done.
func openers() map[RecordKind]opener {
	return map[RecordKind]opener{
		KindApplication: openAs[Application](decodeApplication),
		KindSpecialist:  openAs[Specialist](decodeSpecialist),
		KindEdition:     openAs[PolicyEdition](decodeEdition),
		KindEquity:      openAs[Equity](decodeEquity),
		KindCooperation: openAs[Cooperation](decodeCooperation),
		KindComplaint:   openAs[Complaint](decodeComplaint),
		KindAttachment:  openAs[Attachment](decodeAttachment),
		KindContact:     openAs[Contact](decodeContact),
		KindDelegation:  openAs[Delegation](decodeDelegation),
		KindHandover:    openAs[Handover](decodeHandover),
		KindAssessment:  openAs[Assessment](decodeAssessment),
		KindSubsidy:     openAs[Subsidy](decodeSubsidy),
		KindPublication: openAs[Publication](decodePublication),
		KindRecovery:    openAs[Recovery](decodeRecovery),
		KindCase:        openAs[Case](decodeCase),
		KindAgreement:   openAs[Agreement](decodeAgreement),
		KindDispatch:    openAs[Dispatch](decodeDispatch),
		KindEnterprise:  openAs[Enterprise](decodeEnterprise),
		KindNeed:        openAs[Need](decodeNeed),
		KindDecision:    openAs[Decision](decodeDecision),
		KindService:     openAs[Service](decodeService),
		KindSheet:       openAs[Sheet](decodeSheet),
		KindSummary:     openAs[Summary](decodeSummary),
		KindBundle:      openAs[Bundle](decodeBundle),
		KindActivity:    openAs[Activity](decodeActivity),
	}
}

// load reads a record with the number of its last change; NotFound when there is none.
func load(tx kv.Reader, kind RecordKind, id string) (r record, seq uint64, err error) {
	if checkID("id", id) != nil {
		return nil, 0, missing(kind, id)
	}
	key := recordKey(kind, id)
	value, err := tx.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return nil, 0, missing(kind, id)
	}
	if err != nil {
		return nil, 0, err
	}
	seq, body, err := openRecord(key, value)
	if err != nil {
		return nil, 0, err
	}
	open, ok := openers()[kind]
	if !ok {
		return nil, 0, fmt.Errorf("no acts on %s", string(kind))
	}
	r, err = open(body)
	return r, seq, err
}

// jsonBody is the body of nouns that came with the acts: their JSON keys are the form on disk, behind the version.
func jsonBody[T any](v T) ([]byte, error) { return encodeBody(onDisk[T]{bodyVersion, v}) }

func fromJSON[T any](kind RecordKind) func([]byte) (T, error) {
	return func(body []byte) (T, error) {
		var d onDisk[T]
		err := decodeBody(kind, body, &d)
		return d.Record, err
	}
}

// onDisk puts the version before a noun.
type onDisk[T any] struct {
	V      int `json:"v"`
	Record T   `json:"record"`
}
