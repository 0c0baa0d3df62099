package segment

// Scratch is the working memory of one goroutine. The zero value is ready; it
// grows with the longest text seen and is best kept and used again. Whatever
// Terms and Normalize returned from it is overwritten by the next call.
type Scratch struct {
	folder
	origin []int32 // Normalize's answer

	lattice // of the stretch at hand

	scanned int    // cells before this one have been read as Latin
	parts   []span // of the token at hand
	arena   []byte // texts that do not stand in norm as they are
	stems   stemCache

	terms      []Term
	disordered bool
}

// Normalize returns the folded form of text, as all terms are cut from it, and
// for each of its bytes the byte of text where the character begins that it came
// from; origin has one element more, the length of text (at most MaxText).
//
// The folded form is NFKC in lower case, with the dashes of codes as "-",
// without invisible characters, and with U+FFFD for each broken byte. It is
// valid UTF-8. Folding it again changes nothing. Both results are valid until
// sc is used again.
func (sc *Scratch) Normalize(text string) (norm []byte, origin []int32) {
	sc.fold(text)
	origin = sc.origin[:0]
	for k := 0; k+1 < len(sc.cells); k++ {
		for range sc.cells[k+1].norm - sc.cells[k].norm {
			origin = append(origin, sc.cells[k].orig)
		}
	}
	sc.origin = append(origin, sc.cells[len(sc.cells)-1].orig)
	return sc.norm, sc.origin
}

// Origin returns the byte range of the original text that stands behind
// norm[from:to], given the origin that Normalize returned with it. The range
// covers whole characters, also when from and to cut one ("㎏" is two folded
// bytes and one character). 0 ≤ from < to ≤ len(origin)-1.
func Origin(origin []int32, from, to int) (start, end int) {
	last := origin[to-1]
	for to < len(origin)-1 && origin[to] == last {
		to++
	}
	return int(origin[from]), int(origin[to])
}
