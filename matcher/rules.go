package matcher

import "tepai/registry"

// forbids asks the registry's rules, the strictest first: eligibility on the day, conflict with the enterprise, capacity.
// The Reason is empty when none forbids.
func forbids(v registry.Specialist, enterprise registry.Enterprise, o *RankOptions) Excluded {
	if o.NoRules {
		return Excluded{}
	}
	if e := v.Eligible(o.day()); !e.OK {
		return Excluded{v.ID, e.Reason, e.Source}
	}
	if enterprise.ID != "" {
		if c := v.ConflictWith(enterprise); c.Barred {
			return Excluded{v.ID, c.Reason, c.Source}
		}
	}
	if w := v.Workload(0); w.Full {
		return Excluded{v.ID, w.Reason, w.Source}
	}
	return Excluded{}
}
