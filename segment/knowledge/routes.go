package knowledge

// FiringKind says by which route a firing leads to its terms.
type FiringKind uint8

const (
	Rule     FiringKind = iota // a rule's conditions stand in the text
	Mention                    // the text names the concept by its name
	Synonym                    // the text names the concept by another surface
	Broader                    // the text names a concept directly below the inferred one
	Narrower                   // the text names the concept directly above the inferred ones
	Likeness                   // a need like this one was found to be so: a Precedent
)

var firingNames = [...]string{"规则", "提到", "同义", "上位", "下位", "同类"}

// String gives the Chinese word for the route: 规则, 提到, 同义, 上位, 下位, 同类.
func (k FiringKind) String() string { return firingNames[k] }

// Routes is a set of firing kinds, to measure what each is worth. What the text names beside concepts, its objects, votes
// for fields by the route Mention.
type Routes uint8

// AllRoutes is the set of all kinds; the zero Routes is the empty one, by which nothing is inferred.
const AllRoutes Routes = 1<<len(firingNames) - 1

// RoutesOf gives the set of some kinds.
func RoutesOf(kinds ...FiringKind) (r Routes) {
	for _, k := range kinds {
		r |= 1 << k
	}
	return r
}

// Has tells whether a kind is in the set.
func (r Routes) Has(k FiringKind) bool { return r&(1<<k) != 0 }
