package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"tepai/registry"
	"tepai/registry/seal"
)

// keyCommand keeps the key file of personal data; docs/privacy.md is the handbook.
type keyCommand struct {
	Create keyCreate `cmd:"" help:"新建密钥文件，个人信息都用它加密；请另存副本，丢失后无法恢复。"`
	Rotate keyRotate `cmd:"" help:"换一把主密钥：加进 --key 的密钥文件，并让 --data 里每个人的数据密钥改用它。"`
}

type keyCreate struct {
	File string `arg:"" name:"文件" help:"写成哪个文件；不能在数据文件夹里，已有的不会覆盖。"`
}

type keyRotate struct {
	Retire bool `help:"从密钥文件里移除旧的主密钥；此前的备份从此读不出个人信息。"`
}

// keyed is what --json prints of both.
type keyed struct {
	File    string   `json:"file"`
	Index   string   `json:"index"`
	Masters []string `json:"masters"`
	Persons int      `json:"persons"`
}

func keyedOf(k *seal.Keys, persons int) keyed {
	result := keyed{File: k.Path(), Index: k.IndexID().String(), Persons: persons}
	for _, m := range k.Masters() {
		result.Masters = append(result.Masters, m.ID.String())
	}
	return result
}

// keys opens the key file of --key; nil where none is named.
func (a *app) keys() (*seal.Keys, error) {
	if a.Key == "" {
		return nil, nil
	}
	return registry.OpenKeys(a.Key)
}

func (c *keyCreate) Run(a *app) error {
	k, err := registry.CreateKeys(c.File, a.Data, time.Now())
	if err != nil {
		return err
	}
	return a.print(keyedOf(k, 0), func(w io.Writer) {
		fmt.Fprintf(w, "已新建密钥文件 %s\n请现在就另存一份副本，离线保管，不要和数据、备份放在一起：丢失它，已加密的个人信息谁也无法恢复\n使用时加 --key %s，或设置 TEPAI_KEY，或写进设置文件（key: %s）\n", c.File, c.File, c.File)
	})
}

// Run adds the key to the file first: a data key must never stand under one that no file holds.
func (c *keyRotate) Run(a *app) error {
	if a.Key == "" {
		return &registry.Error{Kind: registry.Invalid, Msg: "没有指明密钥文件，请用 --key（或 TEPAI_KEY、设置文件里的 key）指明"}
	}
	keys, err := a.keys()
	if err != nil {
		return err
	}
	persons, keys, err := a.rotate(keys)
	if err != nil {
		return err
	}
	if c.Retire {
		if keys, err = registry.RetireKeys(keys); err != nil {
			return err
		}
	}
	return a.print(keyedOf(keys, persons), func(w io.Writer) { c.tell(w, keys, persons) })
}

// rotate opens the store before it touches the key file, so that nothing happens where the data are missing or busy.
func (a *app) rotate(keys *seal.Keys) (persons int, next *seal.Keys, err error) {
	before, err := registry.Open(a.Data, registry.Options{Keys: keys, Logger: a.log})
	if err != nil {
		return 0, nil, err
	}
	if err := before.Close(); err != nil {
		return 0, nil, err
	}
	if next, err = registry.RotateKeys(keys, time.Now()); err != nil {
		return 0, nil, err
	}
	store, err := registry.Open(a.Data, registry.Options{Keys: next, Logger: a.log})
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	persons, err = store.RewrapKeys(a.ctx, registry.Actor{ID: operator("key")})
	return persons, next, err
}

func (c *keyRotate) tell(w io.Writer, keys *seal.Keys, persons int) {
	fmt.Fprintf(w, "新的主密钥是 %s，%d 人的数据密钥已改用它\n请用新的 %s 更新离线保存的副本\n", keys.Current().ID, persons, keys.Path())
	if c.Retire {
		fmt.Fprintln(w, "旧的主密钥已移除：此前的备份要配合旧的密钥文件副本才能读出个人信息")
		return
	}
	fmt.Fprintln(w, "旧的主密钥仍留在文件里，供恢复此前的备份；不再需要时，下次加 --retire 移除")
}
