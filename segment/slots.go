package segment

import "math/bits"

// slots knows which slots of the double array are taken.
type slots struct {
	taken []uint64 // a bit per slot
	start int      // where the search begins; what lies before is full or given up
	end   int      // one past the highest slot taken
}

// newSlots has room for about size slots; those before first are taken.
func newSlots(first, size int) *slots {
	s := &slots{taken: make([]uint64, size/64+2)}
	for i := range first {
		s.occupy(i)
	}
	return s
}

func (s *slots) isFree(i int) bool {
	return i/64 >= len(s.taken) || s.taken[i/64]>>(i%64)&1 == 0
}

// nextFree returns the first free slot from i on.
func (s *slots) nextFree(i int) int {
	for w := i / 64; w < len(s.taken); w++ {
		free := ^s.taken[w]
		if w == i/64 {
			free &= ^uint64(0) << (i % 64)
		}
		if free != 0 {
			return w*64 + bits.TrailingZeros64(free)
		}
	}
	return max(i, len(s.taken)*64)
}

// patience is how many vain trials make a stretch count as crowded. Ten times as
// many would shorten the array by 3 % and take seven times as long.
const patience = 1000

// take finds the lowest base where all children find room, and takes it. After
// many vain trials in a crowded stretch it gives that stretch up.
func (s *slots) take(children []trieNode) uint32 {
	lowest := int(children[0].code) // children are in order
	s.start = s.nextFree(s.start)
	for i, tried := s.start, 0; ; i, tried = s.nextFree(i+1), tried+1 {
		base := i - lowest
		if base < 1 || !s.fits(base, children) {
			continue
		}
		if tried > patience && len(children) > 1 {
			s.start = i
		}
		for _, c := range children {
			s.occupy(base + int(c.code))
		}
		return uint32(base)
	}
}

func (s *slots) fits(base int, children []trieNode) bool {
	for _, c := range children {
		if !s.isFree(base + int(c.code)) {
			return false
		}
	}
	return true
}

func (s *slots) occupy(i int) {
	for i/64 >= len(s.taken) {
		s.taken = append(s.taken, 0)
	}
	s.taken[i/64] |= 1 << (i % 64)
	s.end = max(s.end, i+1)
}
