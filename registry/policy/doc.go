// Package policy is 《晋城市中小企业科技特派员制度（试行）》 as data: its articles, the parameters that it fixes or leaves to the
// centre, and the editions in which they are in force, with the rules that need nothing but them and the calendar: terms,
// bars, due dates, counts of services, sizes of enterprises.
//
// Three tables hold it: the provisions (one row an article), the settings (one row a parameter, with the article that it
// serves and the source of its default), and the editions (values of the settings, between two days). Account lays them
// out in the order of the articles, together with the rules that registry adds; `tepai policy show` and docs/policy.md
// print that.
//
// It holds no records and does nothing; the acts that follow it stand in registry. Refusals are *Refusal with a Chinese
// sentence and the source of the rule.
package policy
