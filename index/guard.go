package index

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// errBroken marks an index folder that cannot be used; it is set aside and built anew.
var errBroken = errors.New("index is broken")

// errBusy says that another process holds the index folder.
var errBusy = errors.New("index is held by another process")

// errStale says that the index was made with another dictionary or layout.
var errStale = errors.New("index is of another generation")

// errUnclosed says that bleve did not let the folder go.
var errUnclosed = errors.New("index does not close")

// errMissing says that there is no index yet.
var errMissing = errors.New("no index")

// guard calls into bleve. Damaged files make it panic or read beyond a mapping; both come back as errBroken.
func guard[T any](call func() (T, error)) (v T, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v\n%s", errBroken, r, debug.Stack())
		}
	}()
	return call()
}
