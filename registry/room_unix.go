//go:build linux || darwin || freebsd

package registry

import "syscall"

// room is how many bytes the disk under dir still takes from an ordinary user; known is false when the system does not say.
func room(dir string) (free int64, known bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true
}
