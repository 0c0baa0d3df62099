package registry

import "fmt"

// PersonID says whose personal data: those of a specialist, or of the person who speaks for an enterprise.
type PersonID struct {
	Kind RecordKind // KindPersonal or KindContactPerson
	ID   string     // of the specialist or enterprise
}

// SpecialistPerson is the person behind a record of KindSpecialist.
func SpecialistPerson(id string) PersonID { return PersonID{KindPersonal, id} }

// ContactOf is the contact (联系人) of an enterprise. When another person takes over, forget the old one first: a data key
// belongs to a person.
func ContactOf(enterpriseID string) PersonID { return PersonID{KindContactPerson, enterpriseID} }

// noun is the kind of record to which the person belongs.
func (p PersonID) noun() RecordKind {
	if p.Kind == KindContactPerson {
		return KindEnterprise
	}
	return KindSpecialist
}

// String is the person as a person reads it.
func (p PersonID) String() string { return fmt.Sprintf("%s %s", p.Kind, Shorten(p.ID, 40)) }

func (p PersonID) check() error {
	if p.Kind != KindPersonal && p.Kind != KindContactPerson {
		return invalid("kind", "个人信息只属于特派员或企业联系人，请核对类别")
	}
	return checkID("id", p.ID)
}

// PersonRecord is a person with personal data, on the way into the store.
type PersonRecord struct {
	Who  PersonID
	Data PersonalData
}

// Validate says the first rule that the data break as those of that person, as an *Error of kind Invalid; nil if there is
// none.
func (r PersonRecord) Validate() error {
	if err := r.Who.check(); err != nil {
		return err
	}
	err := r.Data.validate(r.Who.Kind)
	if err == nil && len(r.Data.Stated()) == 0 {
		err = invalid("", "没有填写任何个人信息，请至少填写一项")
	}
	if err != nil {
		return fmt.Errorf("%s：%w", r.Who, err)
	}
	return nil
}

// MaskedField is a recorded field as everybody may see it.
type MaskedField struct {
	Field PersonalField `json:"field"`
	Mask  string        `json:"mask"`
}
