package main

import (
	"slices"
	"strings"
	"time"

	"tepai/registry"
	"tepai/registry/policy"
)

//go:generate go test -count=1 -run ^TestPolicyDocument$ -update .

type policyCommand struct {
	Show policyShow `cmd:"" help:"按条文顺序列出制度：每一条变成了什么、有哪些设定和规则、依据是什么。"`
}

type policyShow struct {
	Edition  string `help:"哪一版制度；缺省为最近一版，示例版本为 sample。" placeholder:"代号"`
	Markdown bool   `help:"输出 Markdown，即 docs/policy.md 的内容。"`
}

// policyAccount is what policy show --json prints.
type policyAccount struct {
	Edition policy.Edition `json:"edition"`
	InForce bool           `json:"in_force"` // on the day of asking
	Today   registry.Date  `json:"today"`
	Parts   []policy.Part  `json:"parts"`
}

func (c *policyShow) Run(a *app) error {
	e, err := editionNamed(c.Edition)
	if err != nil {
		return err
	}
	today := registry.DateOf(time.Now())
	_, inForce := policy.InForce([]policy.Edition{e}, today)
	account := policyAccount{e, inForce, today, policy.Account(e, registry.Rules())}
	show := account.print
	if c.Markdown {
		show = account.markdown
	}
	return a.print(account, show)
}

// editionNamed finds an edition by its id; without one the latest that is no sample.
func editionNamed(id string) (policy.Edition, error) {
	editions := append(policy.BuiltIn(), policy.Sample())
	if id == "" {
		latest := slices.MaxFunc(policy.BuiltIn(), func(a, b policy.Edition) int { return a.From.Compare(b.From) })
		return latest, nil
	}
	var known []string
	for _, e := range editions {
		if e.ID == id {
			return e, nil
		}
		known = append(known, e.ID+" "+e.Title())
	}
	return policy.Edition{}, &registry.Error{Kind: registry.NotFound, Source: string(policy.Article(22)),
		Msg: "没有代号为“" + registry.Shorten(id, 20) + "”的制度版本，现有：" + strings.Join(known, "、")}
}
