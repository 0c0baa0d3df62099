package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tepai/registry"
	"tepai/registry/intake"
)

// foresee counts what an import would do, and refuses where it would be refused, without writing; where there is no store yet
// everything is new.
func (c *importCommand) foresee(a *app, batch *intake.Batch, result *imported) (err error) {
	store, err := registry.Open(a.Data, registry.Options{Logger: a.log})
	var refusal *registry.Error
	if errors.As(err, &refusal) && refusal.Kind == registry.NotFound {
		result.Created = batch.Len()
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	head, err := store.Head(a.ctx)
	if err != nil {
		return err
	}
	result.Head = head.Seq
	records := batch.Records()
	differ, err := compareAll(a.ctx, store, records, result)
	if err == nil && len(differ) > 0 && !c.Update {
		return &registry.Error{Kind: registry.Conflict, Msg: fmt.Sprintf("已有 %d 条编号相同而内容不同的记录：%s。如要以新内容替换，请选择更新",
			len(differ), strings.Join(differ[:min(len(differ), 10)], "、"))}
	}
	return err
}

func compareAll(ctx context.Context, store *registry.Store, r registry.Records, result *imported) ([]string, error) {
	specialists, err1 := compare(ctx, r.Specialists, store.Specialist, func(v registry.Specialist) string { return v.ID }, result)
	enterprises, err2 := compare(ctx, r.Enterprises, store.Enterprise, func(v registry.Enterprise) string { return v.ID }, result)
	needs, err3 := compare(ctx, r.Needs, store.Need, func(v registry.Need) string { return v.ID }, result)
	return append(append(specialists, enterprises...), needs...), errors.Join(err1, err2, err3)
}

// compare counts the records by what the store holds under their ids, and gives the ids of those that differ.
func compare[T any](ctx context.Context, records []T, get func(context.Context, string) (T, error), id func(T) string, result *imported) (differ []string, err error) {
	for _, v := range records {
		old, err := get(ctx, id(v))
		var refusal *registry.Error
		switch {
		case errors.As(err, &refusal) && refusal.Kind == registry.NotFound:
			result.Created++
			continue
		case err != nil:
			return nil, err
		}
		if same, err := equal(old, v); err != nil {
			return nil, err
		} else if same {
			result.Unchanged++
			continue
		}
		result.Updated++
		differ = append(differ, id(v))
	}
	return differ, nil
}

// equal compares as the store does: an empty list is no list.
func equal(a, b any) (bool, error) {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return bytes.Equal(x, y), errors.Join(err1, err2)
}
