package main

import (
	"fmt"
	"slices"
	"strings"

	"tepai/registry"
	"tepai/registry/intake"
)

// settlePersonal leaves the personal data of a file out where it is told to, and refuses them where nothing can seal them.
func (c *importCommand) settlePersonal(a *app, batch *intake.Batch, result *imported) error {
	persons := batch.Persons()
	switch {
	case len(persons) == 0:
	case c.WithoutPersonal:
		result.Dropped = len(persons)
		batch.DropPersonal()
	case a.Key == "":
		return &registry.Error{Kind: registry.Unavailable, Field: "key", Msg: fmt.Sprintf(
			"%s 里有 %d 人的个人信息（%s），没有密钥文件不能保存，没有写入任何数据。请用 --key 指明密钥文件（没有的先运行 tepai key create 文件名），或加 --without-personal 不要这些信息",
			c.File, len(persons), fieldsOf(persons))}
	}
	return nil
}

// fieldsOf lists what is stated of any person.
func fieldsOf(persons []registry.PersonRecord) string {
	var words []string
	for _, p := range persons {
		for _, f := range p.Data.Stated() {
			if !slices.Contains(words, f.String()) {
				words = append(words, f.String())
			}
		}
	}
	return strings.Join(words, "、")
}
