package knowledge

// packer lays a base out flat: all strings behind each other in text, everything else as numbers.
type packer struct {
	text []byte
	nums []int32
}

func (p *packer) num(n int)    { p.nums = append(p.nums, int32(n)) }
func (p *packer) str(s string) { p.num(len(s)); p.text = append(p.text, s...) }

func (p *packer) list(ids []int32) {
	p.num(len(ids))
	p.nums = append(p.nums, ids...)
}

func (p *packer) strs(list []string) {
	p.num(len(list))
	for _, s := range list {
		p.str(s)
	}
}

// unpacker reads what a packer wrote, in the same order. Strings and lists of numbers are parts of what it holds, not
// copies. Whatever does not fit makes it bad; it then gives zeros and empty lists.
type unpacker struct {
	text string
	nums []int32
	bad  bool
}

func (u *unpacker) num() int {
	if len(u.nums) == 0 {
		u.bad = true
		return 0
	}
	n := u.nums[0]
	u.nums = u.nums[1:]
	return int(n)
}

// size is a number of things of which each took at least one number.
func (u *unpacker) size() int {
	n := u.num()
	if n < 0 || n > len(u.nums) {
		u.bad = true
		return 0
	}
	return n
}

func (u *unpacker) str() string {
	n := u.num()
	if n < 0 || n > len(u.text) {
		u.bad = true
		return ""
	}
	s := u.text[:n]
	u.text = u.text[n:]
	return s
}

func (u *unpacker) list() []int32 {
	n := u.size()
	if n == 0 {
		return nil
	}
	list := u.nums[:n:n]
	u.nums = u.nums[n:]
	return list
}

func (u *unpacker) strs() (list []string) {
	n := u.size()
	if n == 0 {
		return nil
	}
	list = make([]string, n)
	for i := range list {
		list[i] = u.str()
	}
	return list
}

// done tells that everything has been read and fitted.
func (u *unpacker) done() bool { return !u.bad && len(u.nums) == 0 && len(u.text) == 0 }
