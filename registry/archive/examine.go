package archive

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tepai/registry"
)

// state is what a store holds.
type state struct {
	head   registry.Head
	counts registry.Counts
}

// examine opens the store in dir, checks it against itself, verifies its chain also against heads that were kept
// elsewhere, and counts it. What is not sound is refused with the first faults.
func examine(ctx context.Context, dir string, known ...registry.Head) (found state, err error) {
	s, err := registry.Open(dir, registry.Options{})
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return examineStore(ctx, s, known...)
}

func examineStore(ctx context.Context, s *registry.Store, known ...registry.Head) (found state, err error) {
	problems, err := s.Check(ctx)
	if err != nil {
		return found, err
	}
	report, err := s.Verify(ctx, known...)
	if err != nil {
		return found, err
	}
	var faults []string
	for _, p := range problems {
		faults = append(faults, p.Msg)
	}
	for _, f := range report.Faults {
		faults = append(faults, f.Msg)
	}
	if len(faults) > 0 {
		return found, &registry.Error{Kind: registry.Conflict, Msg: fmt.Sprintf("数据有 %d 处与写入时不符：%s", len(faults),
			strings.Join(faults[:min(len(faults), 3)], "；"))}
	}
	found.counts, found.head, err = s.Count(ctx)
	return found, err
}
