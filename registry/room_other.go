//go:build !linux && !darwin && !freebsd

package registry

// room is not asked for here: the disk itself refuses.
func room(string) (free int64, known bool) { return 0, false }
