package registry

// The ways between nouns and disk structs. Every field is named, so that the compiler and the round-trip test see a
// forgotten one.

func (v Specialist) body() ([]byte, error) {
	d := diskSpecialist{
		V: bodyVersion, ID: v.ID, Name: v.Name, Title: v.Title, Degree: v.Degree, Education: v.Education,
		OrgType: v.OrgType, Organisation: v.Organisation, County: v.County, Industry: v.Industry, Fields: v.Fields,
		Expertise: v.Expertise, Keywords: v.Keywords, Achievements: v.Achievements, ServiceWish: v.ServiceWish,
		PoolNumber: v.PoolNumber, Admitted: v.Admitted, Confirmed: v.Confirmed,
		Standing: string(v.Standing), PausedTo: v.PausedTo, BarredTo: v.BarredTo, Serving: v.Serving, Capacity: v.Capacity,
		Prefer: v.Prefer, Avoid: v.Avoid, Equity: v.Equity,
	}
	for _, e := range v.Evidence {
		d.Evidence = append(d.Evidence, diskEvidence{string(e.Kind), e.Title, e.Text, e.Year})
	}
	return encodeBody(d)
}

func decodeSpecialist(body []byte) (Specialist, error) {
	var d diskSpecialist
	if err := decodeBody(KindSpecialist, body, &d); err != nil {
		return Specialist{}, err
	}
	v := Specialist{
		ID: d.ID, Name: d.Name, Title: d.Title, Degree: d.Degree, Education: d.Education,
		OrgType: d.OrgType, Organisation: d.Organisation, County: d.County, Industry: d.Industry, Fields: d.Fields,
		Expertise: d.Expertise, Keywords: d.Keywords, Achievements: d.Achievements, ServiceWish: d.ServiceWish,
		PoolNumber: d.PoolNumber, Admitted: d.Admitted, Confirmed: d.Confirmed,
		Standing: Standing(d.Standing), PausedTo: d.PausedTo, BarredTo: d.BarredTo, Serving: d.Serving, Capacity: d.Capacity,
		Prefer: d.Prefer, Avoid: d.Avoid, Equity: d.Equity,
	}
	for _, e := range d.Evidence {
		v.Evidence = append(v.Evidence, Evidence{EvidenceKind(e.Kind), e.Title, e.Text, e.Year})
	}
	return v, nil
}

func (v Enterprise) body() ([]byte, error) {
	return encodeBody(diskEnterprise{
		V: bodyVersion, ID: v.ID, Name: v.Name, CreditCode: v.CreditCode, Size: v.Size,
		RegistrationType: v.RegistrationType, Industry: v.Industry, County: v.County, Founded: v.Founded,
		Employees: v.Employees, RevenueWan: v.RevenueWan, Business: v.Business,
		SizeConfirmed: v.SizeConfirmed, Standing: string(v.Standing), PausedTo: v.PausedTo, BarredTo: v.BarredTo,
		Prefer: v.Prefer, Avoid: v.Avoid, AvoidUnits: v.AvoidUnits,
	})
}

func decodeEnterprise(body []byte) (Enterprise, error) {
	var d diskEnterprise
	if err := decodeBody(KindEnterprise, body, &d); err != nil {
		return Enterprise{}, err
	}
	return Enterprise{
		ID: d.ID, Name: d.Name, CreditCode: d.CreditCode, Size: d.Size,
		RegistrationType: d.RegistrationType, Industry: d.Industry, County: d.County, Founded: d.Founded,
		Employees: d.Employees, RevenueWan: d.RevenueWan, Business: d.Business,
		SizeConfirmed: d.SizeConfirmed, Standing: Standing(d.Standing), PausedTo: d.PausedTo, BarredTo: d.BarredTo,
		Prefer: d.Prefer, Avoid: d.Avoid, AvoidUnits: d.AvoidUnits,
	}, nil
}

func (v Need) body() ([]byte, error) {
	d := diskNeed{
		V: bodyVersion, ID: v.ID, EnterpriseID: v.EnterpriseID, EnterpriseType: v.EnterpriseType, Industry: v.Industry,
		Title: v.Title, Description: v.Description, Wanted: v.Wanted, FieldHint: v.FieldHint,
		State: string(v.State), SolvedBy: v.SolvedBy, Difficulty: v.Difficulty,
		Tried: v.Tried, BudgetWan: v.BudgetWan, Deadline: v.Deadline, Cooperation: v.Cooperation,
		Summary: v.Summary, Visibility: string(v.Visibility), Field: v.Field, ClassifiedBy: v.ClassifiedBy,
		Confirmed: v.Confirmed, Into: v.Into, Referred: v.Referred,
	}
	for _, t := range v.Targets {
		d.Targets = append(d.Targets, diskTarget(t))
	}
	if g := v.Diagnosis; g != nil {
		d.Diagnosis = &diskDiagnosis{g.Field, g.Causes, g.Terms, g.Source}
	}
	return encodeBody(d)
}

func decodeNeed(body []byte) (Need, error) {
	var d diskNeed
	if err := decodeBody(KindNeed, body, &d); err != nil {
		return Need{}, err
	}
	v := Need{
		ID: d.ID, EnterpriseID: d.EnterpriseID, EnterpriseType: d.EnterpriseType, Industry: d.Industry,
		Title: d.Title, Description: d.Description, Wanted: d.Wanted, FieldHint: d.FieldHint,
		State: NeedState(d.State), SolvedBy: d.SolvedBy, Difficulty: d.Difficulty,
		Tried: d.Tried, BudgetWan: d.BudgetWan, Deadline: d.Deadline, Cooperation: d.Cooperation,
		Summary: d.Summary, Visibility: Visibility(d.Visibility), Field: d.Field, ClassifiedBy: d.ClassifiedBy,
		Confirmed: d.Confirmed, Into: d.Into, Referred: d.Referred,
	}
	for _, t := range d.Targets {
		v.Targets = append(v.Targets, Target(t))
	}
	if g := d.Diagnosis; g != nil {
		v.Diagnosis = &Diagnosis{g.Field, g.Causes, g.Terms, g.Source}
	}
	return v, nil
}
